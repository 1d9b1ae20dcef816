"""Callback data ↔ dataclasses: each button of the bot is a frozen dataclass here, with a short unique code.

Data is `code:field:field…`, at most 64 bytes (Bot API, InlineKeyboardButton.callback_data). Fields are int, bool, or
str without a colon.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

MAX_BYTES = 64
LARGEST_ID = 2**63 - 1  # a database integer: data that a foreign client made up must not reach a query
_BY_CODE: dict[str, type[Press]] = {}


class Press:
    """Base of all buttons."""

    code: ClassVar[str]


class StaleButton(ValueError):
    """The data belongs to no button of this version."""


P = TypeVar("P", bound=Press)


@dataclass_transform(frozen_default=True)
def button(code: str) -> Callable[[type[P]], type[P]]:
    """The class is a frozen dataclass registered under `code`."""

    def register(cls: type[P]) -> type[P]:
        made = dataclasses.dataclass(frozen=True, slots=False)(cls)
        if code in _BY_CODE:
            raise ValueError(f"two buttons with the code {code}")
        made.code = code
        _BY_CODE[code] = made
        return made

    return register


def encode(press: Press) -> str:
    """The callback data of a press.

    Raises: ValueError when it does not fit 64 bytes or a text holds a colon.
    """
    values = [getattr(press, f.name) for f in dataclasses.fields(press)]  # type: ignore[arg-type]  # all are dataclasses
    parts = [str(int(value)) if isinstance(value, bool | int) else str(value) for value in values]
    data = ":".join([press.code, *parts])
    if len(data.encode()) > MAX_BYTES or any(":" in part for part in parts):
        raise ValueError(f"callback data does not fit: {data}")
    return data


def decode(data: str) -> Press:
    """The press behind callback data.

    Raises: StaleButton for an unknown code or fields that do not fit.
    """
    code, *parts = data.split(":")
    cls = _BY_CODE.get(code)
    fields = dataclasses.fields(cls) if cls else ()  # type: ignore[arg-type]  # all are dataclasses
    if cls is None or len(parts) != len(fields):
        raise StaleButton(data)
    hints = get_type_hints(cls)
    try:
        return cls(*(_read(part, hints[f.name]) for part, f in zip(parts, fields, strict=True)))
    except ValueError as error:
        raise StaleButton(data) from error


def _read(part: str, kind: Any) -> int | str | bool:
    if kind is bool:
        return part == "1"
    if kind is not int:
        return part
    number = int(part)
    if abs(number) > LARGEST_ID:
        raise ValueError(part)
    return number


def pattern(cls: type[Press]) -> str:
    """The regular expression for python-telegram-bot's CallbackQueryHandler."""
    return f"^{cls.code}(:|$)"


# --- customers -------------------------------------------------------------------------------------------------------
@button("cs")
class ShowCustomer(Press):
    """The customer's card is shown in place."""

    customer_id: int


@button("cu")
class UndoCustomer(Press):
    """The customer just made is taken back."""

    customer_id: int


@button("cr")
class RestoreCustomer(Press):
    """The customer taken back is there again."""

    customer_id: int


@button("ce")
class EditCustomer(Press):
    """Which field to change is asked; `page` of the fields."""

    customer_id: int
    page: int


@button("cf")
class EditField(Press):
    """The next text is the field's value."""

    customer_id: int
    field: str


@button("cn")
class NotThisPerson(Press):
    """Whose the entry is, is asked."""

    customer_id: int


@button("cm")
class FoldCustomer(Press):
    """The new customer is the one known already."""

    customer_id: int
    into_id: int


@button("ca")
class AskAbout(Press):
    """The next text is a note, a reminder or an order of the customer; `what` is its name in handlers.answers."""

    customer_id: int
    what: str


@button("cz")
class MoreOfCustomer(Press):
    """What else can be done with the customer, or more of his notes from `offset`."""

    customer_id: int
    offset: int


@button("cx")
class FindMore(Press):
    """The next hits of a search; the draft holds the query."""

    draft_id: int
    offset: int


# --- drafts ----------------------------------------------------------------------------------------------------------
@button("dt")
class DraftToCustomer(Press):
    """What was typed belongs to this customer."""

    draft_id: int
    customer_id: int


@button("dn")
class DraftAsCustomer(Press):
    """What was typed is a new customer."""

    draft_id: int


@button("dx")
class DropDraft(Press):
    """What was typed is not saved."""

    draft_id: int


# --- notes -----------------------------------------------------------------------------------------------------------
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


@button("nd")
class TagsDone(Press):
    """The note's card is shown again."""

    note_id: int


@button("np")
class DatePromise(Press):
    """The promise in the note is due so many days from now; -1: no task."""

    note_id: int
    days: int


# --- complaints ------------------------------------------------------------------------------------------------------
@button("ks")
class CloseComplaint(Press):
    """The case is closed."""

    complaint_id: int


@button("kr")
class ReopenComplaint(Press):
    """The case is open again."""

    complaint_id: int


@button("km")
class MoreComplaints(Press):
    """The next open cases."""

    offset: int


# --- teams -----------------------------------------------------------------------------------------------------------
@button("ts")
class SetupStep(Press):
    """Go on to a step of the set-up: zone | hour | invite | group | done."""

    step: str


@button("tz")
class SetZone(Press):
    """The team's zone; `leads` on to the next step of the set-up."""

    zone: str
    leads: bool


@button("th")
class SetHour(Press):
    """The hour of the morning card; `leads` on to the next step of the set-up."""

    hour: int
    leads: bool


@button("ti")
class InviteAs(Press):
    """A fresh link for a role; `leads` on to the next step of the set-up."""

    role: str
    leads: bool


@button("to")
class OpenSettings(Press):
    """A page of the team's settings: home | zone | hour | name."""

    page: str


@button("tm")
class ShowMember(Press):
    """One colleague; 0 is the list of all."""

    member_id: int


@button("tl")
class SetRole(Press):
    """The colleague has a role, or has it no more."""

    member_id: int
    role: str
    has: bool


@button("tr")
class RemoveMember(Press):
    """The colleague leaves the team; asked again before it is done."""

    member_id: int
    sure: bool


# --- orders ----------------------------------------------------------------------------------------------------------
@button("ou")
class UndoOrder(Press):
    """The order is taken back."""

    order_id: int


@button("or")
class RestoreOrder(Press):
    """The order taken back counts again."""

    order_id: int


@button("oc")
class OrderOf(Press):
    """The drafted order is this customer's."""

    draft_id: int
    customer_id: int


@button("on")
class OrderOfNew(Press):
    """The drafted order is of a customer who is made now, by the name in the draft."""

    draft_id: int


# --- risk ------------------------------------------------------------------------------------------------------------
@button("rm")
class MoreRisk(Press):
    """The next customers at risk."""

    offset: int


@button("rv")
class JudgeRisk(Press):
    """What became of an alert: contacted | wrong | lost."""

    risk_episode_id: int
    verdict: str


@button("rd")
class DefineRisk(Press):
    """How the risk is counted; back on the list with MoreRisk."""


# --- summary ---------------------------------------------------------------------------------------------------------
@button("sg")
class ShowGroup(Press):
    """The customers of a value × churn group, most money first."""

    group: str
    offset: int


@button("sd")
class DefineGroups(Press):
    """The definitions and cut-offs of the groups."""


@button("sb")
class BackToSummary(Press):
    """The summary again, without a new picture."""


# --- imports ---------------------------------------------------------------------------------------------------------
@button("im")
class ShowImport(Press):
    """The card of an import: its columns and what they are taken for."""

    import_id: int


@button("ic")
class ChooseColumn(Press):
    """What a column holds is asked; `page` of the fields."""

    import_id: int
    column: int
    page: int


@button("if")
class MapColumn(Press):
    """The column holds this field; an empty field: it is left out."""

    import_id: int
    column: int
    field: str


@button("ik")
class ImportKind(Press):
    """The rows are customers | orders."""

    import_id: int
    kind: str


@button("ip")
class ImportColumns(Press):
    """Another page of columns."""

    import_id: int
    page: int


@button("id")
class CheckImport(Press):
    """The rows are checked; nothing is written."""

    import_id: int


@button("ig")
class RunImport(Press):
    """The checked rows are written."""

    import_id: int


@button("ix")
class CancelImport(Press):
    """The file is not imported."""

    import_id: int


@button("iu")
class UndoImport(Press):
    """What the import wrote is taken back."""

    import_id: int


@button("ie")
class ImportErrors(Press):
    """The rows that cannot be imported, as a file with the reason of each."""

    import_id: int


# --- tasks -----------------------------------------------------------------------------------------------------------
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
    """The drafted reminder is due: afternoon | tomorrow | overmorrow | monday."""

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


# --- greetings -------------------------------------------------------------------------------------------------------
@button("hg")
class ShowGreeting(Press):
    """A greeting for the customer's birthday kept on that day (ordinal) comes as a message of its own."""

    customer_id: int
    on: int


@button("hn")
class AnotherGreeting(Press):
    """Another greeting for that birthday."""

    customer_id: int
    on: int


@button("hs")
class GreetingSent(Press):
    """The rep has sent the birthday greeting."""

    customer_id: int
    on: int


@button("hl")
class GreetLater(Press):
    """The birthday is brought up again tomorrow."""

    customer_id: int
    on: int


@button("hf")
class FestivalSent(Press):
    """The rep has sent the greetings of the festival on that day (ordinal)."""

    festival: str
    on: int
