"""Buttons of tasks for a whole group of customers."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Ra")
class ProposeTasks(Press):
    """What tasks for the customers of a value × churn group would be."""

    group: str


@button("Rb")
class MakeTasks(Press):
    """They are made."""

    draft_id: int


@button("Rc")
class UndoTasks(Press):
    """They are taken back, but for those done."""

    draft_id: int


@button("Rd")
class DropTasks(Press):
    """They are not made."""

    draft_id: int
