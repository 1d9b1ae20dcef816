"""Buttons of tasks."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("jd")
class DoneTask(Press):
    """The task is done."""

    task_id: int


@button("js")
class SnoozeTask(Press):
    """How long to put the task off is asked (empty choice), or it is put off: hour | morning | week."""

    task_id: int
    choice: str


@button("jt")
class RetimeTask(Press):
    """The next text is when the task is due."""

    task_id: int


@button("ju")
class CancelTask(Press):
    """The task is taken back."""

    task_id: int


@button("jr")
class ReopenTask(Press):
    """The task done or taken back is open again."""

    task_id: int


@button("je")
class EndSeries(Press):
    """The task is repeated no more."""

    task_id: int


@button("jc")
class ShowTask(Press):
    """The task's card again."""

    task_id: int


@button("jw")
class DraftWhen(Press):
    """The drafted reminder is due: hour | afternoon | tomorrow | overmorrow | monday | next_year."""

    draft_id: int
    choice: str


@button("jn")
class DraftWithoutCustomer(Press):
    """The drafted reminder is about no customer."""

    draft_id: int


@button("ja")
class Today(Press):
    """The day's things from `offset`; `done_id` is done first, unless 0; `undone_id` is open again, unless 0."""

    offset: int
    done_id: int
    undone_id: int


@button("jp")
class PutOff(Press):
    """The day's list from `offset` asks which task to put off (`task_id` 0), or until when."""

    offset: int
    task_id: int


@button("jx")
class PutOffTo(Press):
    """The task of the day's list is put off: hour | morning | week."""

    offset: int
    task_id: int
    choice: str


@button("jg")
class GiveAway(Press):
    """A task of the day's list, or else a customer, goes to the colleague; with `member_id` 0 who that is is asked.

    `offset` -1: not from the list but from the task's own card.
    """

    offset: int
    task_id: int
    customer_id: int
    member_id: int


@button("jo")
class Overdue(Press):
    """The overdue tasks from `offset`; first one of them is `done`, put off to `tomorrow`, `dropped` or `open` again.

    Nothing is done first where the choice is empty.
    """

    offset: int
    task_id: int
    choice: str


@button("jm")
class ChangeTask(Press):
    """Of several tasks this one is moved or called off as the draft says; with `task_id` 0 all of them."""

    draft_id: int
    task_id: int


@button("jz")
class UndoTaskChange(Press):
    """The task is due again as it was before the move, and open."""

    draft_id: int


@button("jf")
class MoreAhead(Press):
    """The page at `offset` of the days that the draft names."""

    draft_id: int
    offset: int
