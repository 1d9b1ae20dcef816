"""Answers that are read page by page: what was typed waits as a draft, whose number [更多] bears."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from crm import drafts
from crm.members import Actor
from handlers.context import Context
from handlers.say import Say

# (…, the text typed, its draft_id, the offset) → the page.
Page = Callable[[Session, Actor, Context, str, int, int], Say]


def first(db: Session, actor: Actor, context: Context, kind: str, typed: str, page: Page) -> None:
    """The first page is the reply; the text waits as a draft of the kind."""
    draft = drafts.keep(db, actor, kind, typed, {}, context.now)
    context.reply(db, page(db, actor, context, typed, draft.draft_id, 0))


async def turn(context: Context, kind: str, draft_id: int, offset: int, page: Page) -> None:
    """The message shows the page at the offset. Raises: drafts.DraftNotFound"""

    def work(db: Session, actor: Actor) -> None:
        typed = drafts.get(db, actor, draft_id, (kind,)).text
        context.edit(db, page(db, actor, context, typed, draft_id, max(offset, 0)))

    await context.commit(work)
