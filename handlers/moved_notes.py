"""What went to the wrong customer, put right in words: 刚才那条是李娜的 不是孙丽的, 记错人了."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    attribution,
    awaiting,
    credit,
    drafts,
    entries,
    named,
    notes,
    recent,
    search,
    tags,
)
from crm.members import Actor
from crm.recent import Deed
from crm.tables import Customer
from handlers import arguments, order_replies, ownership, places, registry
from handlers import notes as note_handlers
from handlers import order_changes as order_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as credit_texts
from handlers.texts import notes as texts
from handlers.texts import tasks as task_texts
from nlp import names, posts

_LAST = r"(?:刚才|刚刚|刚|上面|上一?|最后|这|那)(?:那|这)?"
_NOTE = "(?:一?[条句](?:笔记|记录)?|笔记|记录|一?[单笔](?=是|不是)|(?<=[才刚][那这])个(?=是|不是))"
_SLIP = "(?:记|写|搞|弄)错(?:人|客户)?(?:名下)?了?"
_OF_WHOM = "(?:记|写|搞|弄)错(?:人|客户)(?:名下)?了?"
_WRONG = r"(?:而)?不是(?P<{0}>[^,，。\s]{{1,8}}?)?的?"
_INSTEAD = (  # 不对 是冯姐的, 说错了 是见冯姐, 不对 是提醒老吴
    r"(?<=[了对][,，。!！\s])(?=(?:应该)?(?:是|记到)(?!周[一二三四五六日天末]|星期|礼拜|下|上|[今明后昨前][天晚]|农历|阴历))"
)
_NO_CASE = r"(?:[,，。\s]*(?P<none>(?:也|而且|并|更|都)*(?:不是|不算)(?:什么)?(?:投诉|客诉)))?"
SAID = re.compile(
    rf"^\s*(?:(?:哦|啊|噢)?(?:不对|[说搞弄记写打]?错了)[,，。!！\s]+)?(?!.*(?:介绍|推荐|引荐|什么|谁|哪|吗|多少|[?？]))(?:{_LAST}{_NOTE}?\s*{_SLIP}|{_OF_WHOM}|{_LAST}{_NOTE}|(?=不是)|{_INSTEAD})[,，。\s]*"
    rf"(?:{_WRONG.format('wrong')}[,，。\s]*)?"
    r"(?:(?:应该)?(?:是|记到|改到|归|改记到?)(?P<verb>提醒|见|约|找|联系|回访|拜访|打给)?(?P<who>[^,，。\s\d]{2,10}?)(?:(?:下|订|买|要|说)的|的|名下)*)?"
    rf"(?:[,，。\s]*{_WRONG.format('not_of')})?{_NO_CASE}[了吧。!！\s]*$"
)
NAMED = re.compile(  # 工长那条不是张姐的 是刘先生的
    rf"^\s*(?!.*(?:什么|谁|哪|吗|多少|[?？]))(?P<what>[^,，。\s那这刚上]{{1,8}}?)(?:的|说的)?那一?[条句](?:笔记|记录)?\s*"
    r"(?:(?:记|写|搞|弄)错了?[,，。\s]*)?(?:不是(?P<wrong>[^,，。\s]{1,8}?)的[,，。\s]*)?"
    r"(?:应该)?(?:是|记到|改到|归|改记到?)(?P<who>[^,，。\s\d]{2,8}?)(?:的|名下)"
    rf"(?:[,，。\s]*{_WRONG.format('not_of')})?{_NO_CASE}[了吧。!！\s]*$"
)
OTHERS = 3  # customers offered for a note taken back


@dataclass(frozen=True, slots=True)
class Slip:
    """What is told: the customer in truth as `who`, `not_of` as whose it was entered, '' where that is not said.

    `what`: a word of the note that is meant, '' for the last thing; `is_no_case`: it is no complaint, either.
    """

    who: str
    not_of: str
    is_told: bool  # a slip, in so many words
    text: str
    what: str = ""
    is_no_case: bool = False
    is_of_task: bool = False  # 不对 是提醒老吴
    is_bare: bool = False  # 不对 是冯姐的: of whatever was done last


async def move_in_words(update: Update, context: Context) -> None:
    """What was entered last goes to the customer named; where only a slip is told, a note is taken back.

    这条是大客户 names nobody and tells of no slip: it is read like any other text.
    """
    if await order_replies.take(update, context):
        return
    text = arguments.text_of(update)
    match = SAID.match(text) or NAMED.match(text)
    told = match.groupdict() if match else {}
    who, wrong = told.get("who") or "", told.get("wrong") or told.get("not_of") or ""
    is_bare = match is not None and _BARE.match(text) is not None
    slip = Slip(
        who, wrong, "错" in text, text, told.get("what") or "", bool(told.get("none")), bool(told.get("verb")), is_bare
    )
    is_of_card = is_bare and arguments.replied_to(update) is not None  # of what stands there, not of the last thing
    deed = await context.read(lambda db, actor: _meant(db, actor, context, slip)) if match and not is_of_card else None
    if deed is None or not places.is_private(update):
        await ownership.as_free_text(update, context)
        return
    await context.commit(lambda db, actor: _move(db, actor, context, deed, slip))


def _meant(db: Session, actor: Actor, context: Context, slip: Slip) -> Deed | None:
    """The last note, order, reminder or entry, where one customer is named, or a slip of a note is told.

    不是孙丽是李娜 alone means a note that is of 孙丽.
    """
    if slip.what:
        return attribution.note_with(db, actor, slip.what, context.now) if _only(db, actor, slip.who) else None
    deed = attribution.last(db, actor, context.now)
    found = _called(db, actor, slip.who)
    is_of_order = _SHEET.search(slip.text) is not None
    if deed is None or (is_of_order and (deed.kind not in ("order", "entry") or not _JUST.match(slip.text))):
        return None  # which order 那单 is decides who knows the orders
    if _is_of_newcomer(slip, found) and deed.kind == "note" and slip.not_of:
        return deed if _is_his(db, actor, attribution.owner(db, actor, deed), slip.not_of) else None
    if len(found) != 1 and not (slip.is_told and not slip.is_bare and deed.kind == "note"):
        return None
    if slip.is_bare and not _is_just_done(db, actor, context, deed, slip, found[0]):
        return None
    if slip.text.lstrip().startswith("不是"):
        whose = attribution.owner(db, actor, deed) if deed.kind == "note" else None
        is_his = whose is not None and named.person_words(whose, slip.text)
        return deed if is_his else _earlier(db, actor, context, slip) if deed.kind == "note" else None
    return deed


def _is_just_done(db: Session, actor: Actor, context: Context, deed: Deed, slip: Slip, to: Customer) -> bool:
    """True where the deed is the last thing that passed, and another's: no question was asked since."""
    waiting = drafts.newest_asked(db, actor, context.now)
    if (waiting is not None and waiting.created_at > deed.at) or (slip.is_of_task and deed.kind != "task"):
        return False
    last, whose = recent.last(db, actor, context.now), attribution.owner(db, actor, deed)
    if awaiting.look(actor, context.now) is not None or last is None or last.at != deed.at:
        return False
    return whose is None or whose.customer_id != to.customer_id


def _earlier(db: Session, actor: Actor, context: Context, slip: Slip) -> Deed | None:
    """The last note of him who is named as wrong, where another's was entered since."""
    wrong = search.find(db, actor, slip.not_of, 2).customers if slip.not_of else []
    if len(wrong) != 1:
        return None
    note_id = recent.last_note_of(db, actor, wrong[0].customer_id, context.now)
    return Deed("note", note_id, context.now) if note_id is not None else None


def _called(db: Session, actor: Actor, who: str) -> list[Customer]:
    """Who is called so; of 陈记小炒的老板娘 the shop."""
    found = search.find(db, actor, who, 2).customers if who else []
    shop, _, post = who.rpartition("的")
    return found if found or not shop or not posts.is_one(post) else search.find(db, actor, shop, 2).customers


def _only(db: Session, actor: Actor, called: str) -> bool:
    return len(_called(db, actor, called)) == 1


_BARE = re.compile(r"^\s*(?:哦|啊|噢)?(?:不对|[说搞弄记写打]?错了)[,，。!！\s]+(?:应该)?(?:是|记到)")
_JUST = re.compile(r"^\s*(?:刚|上|最后)")
_SHEET = re.compile("^[^是错]{0,5}[单笔]")


def _move(db: Session, actor: Actor, context: Context, deed: Deed, slip: Slip) -> None:
    found = _called(db, actor, slip.who)
    whose = attribution.owner(db, actor, deed)
    if slip.not_of and len(found) == 1 and not _is_his(db, actor, whose, slip.not_of):
        context.reply(db, Say(texts.not_his(slip.not_of, whose)))
        return
    if len(found) == 1:
        if slip.is_no_case and deed.kind == "note":
            tags.correct(db, actor, deed.key, "complaint", False, context.now)
        context.reply(db, _given(db, actor, context, deed, found[0].customer_id))
        return
    note, customer = notes.remove(db, actor, deed.key, context.now)
    if _is_of_newcomer(slip, found):
        data = {"message_id": note.source_message_id, "chat_id": note.source_chat_id, "called": slip.who}
        draft = drafts.keep(db, actor, "note", note.text, data, context.written_at)
        context.reply(db, texts.removed(customer, note, []))
        context.reply(db, texts.whose(note.text, draft.draft_id, [], None, slip.who))
        return
    context.reply(db, texts.removed(customer, note, found or search.alike(db, actor, customer, OTHERS)))


def _is_of_newcomer(slip: Slip, found: list[Customer]) -> bool:
    """True where it is somebody's whom nobody knows: 马经理, not 她老公."""
    return not found and names.looks_like_name(slip.who)


def _is_his(db: Session, actor: Actor, whose: Customer | None, called: str) -> bool:
    """True where the customer may be called so."""
    if whose is None:
        return False
    named_so = search.find(db, actor, called, 5).customers
    return named.words_for(whose, called) != "" or any(one.customer_id == whose.customer_id for one in named_so)


def _given(db: Session, actor: Actor, context: Context, deed: Deed, customer_id: int) -> Say:
    now = context.now
    if deed.kind == "order":
        return order_handlers.given(db, actor, deed.key, customer_id, now)
    if deed.kind == "task":
        errand = attribution.give_task(db, actor, deed.key, customer_id, now)
        return task_texts.card(errand, actor.zone, now, texts.TASK_MOVED)
    if deed.kind == "entry":
        booked = attribution.give_entry(db, actor, deed.key, customer_id, now)
        return credit_texts.booked(booked, credit.of(db, actor, customer_id, now))
    notes.move(db, actor, deed.key, customer_id, now)
    return note_handlers.said(entries.of_note(db, actor, deed.key), actor, context, texts.MOVED)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(SAID, move_in_words), registry.said(NAMED, move_in_words)]
