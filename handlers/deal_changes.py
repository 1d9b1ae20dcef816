"""A deal changed in words: 赵凯商机改成170万, 赵凯那单进入报价阶段了, 赵凯商机丢了 被金蝶抢了."""

from __future__ import annotations

from sqlalchemy.orm import Session
from telegram import Update

from crm import awaiting, deal_changes, deals, entries, members, understanding
from crm.deal_changes import Found
from crm.deal_stages import LOST, WON
from crm.deals import Shown
from crm.members import Actor
from crm.understanding import Understanding
from handlers import places
from handlers.context import Context
from handlers.say import Say
from handlers.texts import deals as texts
from handlers.texts import task_changes as task_texts

MEANT_BY = ("note", "order", "unclear", "remind", "done", "update")  # readings that may be news of a deal


async def take(update: Update, context: Context, seen: Understanding) -> bool:
    """The one open deal that is meant is changed, or which one is asked; False where no deal is spoken of."""
    is_read = seen.line is None and seen.question is None and seen.fact is None and not seen.reading.parts
    if not is_read or seen.action not in MEANT_BY or not places.is_private(update):
        return False
    if not deal_changes.may_be_told(seen):
        return False
    at, tagger = context.written_at, context.services.tagger()

    def query(db: Session, actor: Actor) -> tuple[Found, Understanding | None] | None:
        found = deal_changes.meant(db, actor, seen, at)
        if found is None:
            return None
        about = understanding.about(actor, found.customer, seen.text, tagger, at) if found.news.rest else None
        return found, about

    looked = await context.read(query)
    if looked is None or (not looked[0].open and not _would_be_new(looked[0])):
        return False
    await context.commit(lambda db, actor: context.reply(db, done(db, actor, context, *looked)))
    return True


def _would_be_new(found: Found) -> bool:
    """True for what changes nothing but a deal, of which there is none: no note is lost."""
    news = found.news
    return not (news.rest or news.state) and (news.amount_fen is not None or news.place is not None or not news.other)


def done(db: Session, actor: Actor, context: Context, found: Found, about: Understanding | None) -> Say:
    """The one open deal is as the news says, or it is asked which; `about`: the message as a note beside it."""
    awaiting.drop(db, actor)
    customer, news, now = found.customer, found.news, context.now
    members.keep_current(db, actor, customer.customer_id, now)
    if not found.open:
        return texts.none_open(customer, news.amount_fen)
    if len(found.open) > 1:
        stages = deals.stages_of(db, actor)
        called = {WON: stages.won, LOST: stages.lost}
        return texts.which(customer, found.open[:6], called, actor.today(now))
    made = deal_changes.apply(db, actor, found.open[0].deal_id, news, now)
    if about is not None:
        entries.record(db, actor, customer.customer_id, about.text, about.said, about.todo, now, context.origin)
    said = _shown(made, actor, context, found)
    also = f"\n{task_texts.noted(customer.name)}" if about is not None else ""
    return Say(f"{said.text}{also}", said.rows, about=said.about)


def _shown(made: Shown, actor: Actor, context: Context, found: Found) -> Say:
    news = found.news
    if news.other:
        return texts.no_stage(made, news.other)
    if news.state == WON:
        return texts.won(made)
    if news.state == LOST and made.deal.lost_reason is None:
        return texts.ask_reason(made)
    head = "✅ 商机已改" if made.changed else "和原来一样，没有改动"
    return texts.card(made, actor.zone, context.now, head, can_undo=made.changed)
