"""Buttons of complaints."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ks")
class CloseComplaint(Press):
    """The case is closed."""

    complaint_id: int


@button("kv")
class SolveComplaint(Press):
    """The case is solved if it is the customer's only open one; else which of them?"""

    complaint_id: int


@button("ky")
class FinishComplaints(Press):
    """All open cases of the customer are closed; the note says so."""

    customer_id: int


@button("kr")
class ReopenComplaint(Press):
    """The case is open again."""

    complaint_id: int


@button("km")
class MoreComplaints(Press):
    """The next open cases."""

    offset: int


@button("kc")
class ShowComplaint(Press):
    """The case with what it is about."""

    complaint_id: int


@button("Kl")
class ListComplaints(Press):
    """The cases that are open, late, mine or closed."""

    which: str
    offset: int


@button("Ks")
class ResolveComplaint(Press):
    """The trouble is over."""

    complaint_id: int


@button("Kt")
class TellComplaint(Press):
    """The customer has been told; `closes`: and the case is closed."""

    complaint_id: int
    closes: bool


@button("Ka")
class AskHandler(Press):
    """Who shall handle the case?"""

    complaint_id: int
    offset: int


@button("Kg")
class AssignComplaint(Press):
    """The member handles the case."""

    complaint_id: int
    member_id: int


@button("Kf")
class AskTopic(Press):
    """What is the case about?"""

    complaint_id: int


@button("Ko")
class SetTopic(Press):
    """It is about this."""

    complaint_id: int
    topic: str


@button("Ku")
class AskSeverity(Press):
    """How bad is it?"""

    complaint_id: int


@button("Kv")
class SetSeverity(Press):
    """It is that bad."""

    complaint_id: int
    severity: str


@button("Ke")
class AskCause(Press):
    """Why did it happen?"""

    complaint_id: int
    offset: int


@button("Kb")
class SetCause(Press):
    """It happened for this cause."""

    complaint_id: int
    cause_id: int


@button("Kn")
class TypeCause(Press):
    """The next text is the cause."""

    complaint_id: int


@button("Kx")
class RetireCause(Press):
    """The cause is offered no more; 0 shows the list of causes."""

    cause_id: int


@button("Kp")
class ShowRepeats(Press):
    """Causes and who complains again."""


@button("Kq")
class DefineComplaints(Press):
    """The definitions."""


@button("Kw")
class SplitComplaint(Press):
    """The note that joined a case is a matter of its own."""

    note_id: int


@button("Kz")
class TakeBackComplaint(Press):
    """The case is no complaint."""

    complaint_id: int


@button("KA")
class PutBackComplaint(Press):
    """It is one after all."""

    complaint_id: int
