"""Buttons of notes."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("nu")
class UndoNote(Press):
    """The note is taken back."""

    note_id: int


@button("nr")
class RestoreNote(Press):
    """The note taken back is there again."""

    note_id: int


@button("nm")
class MoveNote(Press):
    """The note is this customer's after all."""

    note_id: int
    customer_id: int


@button("nt")
class EditTags(Press):
    """The labels are shown as toggles."""

    note_id: int
    page: int


@button("ng")
class CorrectTag(Press):
    """A label holds, or not, as the person says."""

    note_id: int
    label: str
    holds: bool
    page: int


@button("nc")
class ConfirmTag(Press):
    """The answer to 'is it …?' below a note: the label holds, or not."""

    note_id: int
    label: str
    holds: bool


@button("nd")
class TagsDone(Press):
    """The note's card is shown again."""

    note_id: int


@button("np")
class DatePromise(Press):
    """The promise in the note is due so many days from now; -1: no task."""

    note_id: int
    days: int


@button("ne")
class PromiseOn(Press):
    """The note becomes a task of this day, an ordinal."""

    note_id: int
    on: int


@button("nb")
class UndoNotesMoved(Press):
    """Several notes that were moved together go back to whose they were."""

    draft_id: int
