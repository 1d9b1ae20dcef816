"""Buttons of complaints."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ks")
class CloseComplaint(Press):
    """The case is closed."""

    complaint_id: int


@button("kv")
class SolveComplaint(Press):
    """The case is closed if it is the customer's only open one; else which of them?"""

    complaint_id: int


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
