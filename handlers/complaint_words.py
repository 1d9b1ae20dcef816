"""A step of a complaint in words: 朱杰的投诉已告诉客户了, 把朱杰的投诉转给小周, 朱杰的投诉原因是发货延误.

Only where one customer with a complaint is named for sure; anything else goes on as free text, a note for example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import causes, complaint_lists, complaint_stages, complaints, members, search, understanding
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Customer
from handlers import arguments, notes, registry
from handlers.complaint_choices import give
from handlers.complaints import page
from handlers.context import Context
from handlers.say import Say
from handlers.texts import complaint_choices as choice_texts
from handlers.texts import complaints as texts
from handlers.texts import tags as tag_texts
from nlp import labels

_TOPICS = {tag_texts.NAMES[label]: label for label in labels.TOPICS}
_SELF = ("我", "自己", "本人", "我自己")
_SEVERITIES = {
    "加急": "urgent",
    "紧急": "urgent",
    "特急": "urgent",
    "严重": "serious",
    "一般": "plain",
    "不急": "plain",
}
_LET = "(?:都|就|还是)?(?:让|叫|请|派|安排|由|给)"
_HANDLE = "(?:来|去)?(?:处理|负责|跟进?|管|接手|解决|盯)(?:一?下|着|吧)?"
_VERBS = (
    r"(?:(?P<tell>(?:也?已经?|都)?(?:告诉|告知|通知|回复|答复)(?:了)?(?:客户|他们?|她|对方|人家)?了?)"
    r"|(?P<reopen>(?:请|要)?重新?(?:打)?开(?:启|了)?|还?没(?:有)?解决|又(?:犯|出问题)了)"
    r"|(?P<finish>(?:都|全部?)?(?:可以)?(?:结案?|了结|关(?:闭|掉|了)?|办结)(?:吧|了)?)"
    r"|(?P<resolve>(?:都|也)?(?:已经?)?(?:解决|处理|搞定|摆平)(?:好|完|掉)?了?)"
    r"|(?:(?:转|交|分配?|指派|派|移交)给|转回给?)(?P<to>\S{1,12}?)(?:处理|负责|跟进)?"
    rf"|{_LET}(?P<let>\S{{1,8}}?){_HANDLE}"
    rf"|(?:改成|改为|定为|定成|算|标成?|是)?(?P<severity>{'|'.join(_SEVERITIES)})(?:的|处理)?"
    rf"|(?:归到|归为|分到|分类[是为到]?|属于|归)(?P<topic>{'|'.join(_TOPICS)})(?:问题|类)?"
    r"|(?:的)?原因(?:是|[:：])?\s*(?P<cause>[^\s，。,！!？?]{2,12}))"
)
_NAME = r"(?P<who>[^\s，。,！!？?]{1,12}?)"
OF_HIM = re.compile(rf"^\s*(?:把|将)?{_NAME}\s*的?[这那]?[件个条次]?投诉\s*[,，]?\s*{_VERBS}[。！!~\s]*$")
OF_WHOM = re.compile(
    rf"^\s*(?:看看|看一?下|查一?下|查)?{_NAME}的(?:这|那)?件?投诉(?:处理|解决)?(?:得|的)?"
    r"(?:怎么样了?|进展(?:如何)?|进度|情况|到哪(?:一步)?了?|呢)?[?？。！!~\s]*$"
)
AFTER = re.compile(rf"^\s*投诉\s+{_NAME}\s+{_VERBS}[。！!~\s]*$")
OF_SHOWN = re.compile(
    r"^\s*(?:把|将)?(?:这|那|刚才那?|刚刚那?|上面那?)?[个件条起]?的?投诉\s*[,，]?\s*"
    rf"(?:(?:转|交|分配?|指派|派|移交)给?(?P<to>\S{{1,8}}?)(?:{_HANDLE})?|{_LET}(?P<let>\S{{1,8}}?){_HANDLE})[。！!~\s]*$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """The customer named, the cases that may be meant, and the words of the step by name."""

    customer: Customer
    cases: Sequence[Case]
    step: str
    value: str


async def take(update: Update, context: Context) -> None:
    """A step in words, or free text."""
    typed = arguments.text_of(update)
    said = await context.read(lambda db, actor: _said(db, actor, typed, context))
    if said is None:
        await _pass_on(update, context)
        return
    context.closes_question = True
    await context.commit(lambda db, actor: context.reply(db, _apply(db, actor, context, said)))


async def show(update: Update, context: Context) -> None:
    """朱杰的投诉怎么样了: his open case, or which of several; free text where not one customer is named."""
    match = OF_WHOM.match(arguments.text_of(update))

    def look(db: Session, actor: Actor) -> Said | None:
        found = search.find(db, actor, match["who"], 2).customers if match else []
        if len(found) != 1:
            return None
        cases = complaint_lists.of_customer(db, actor, found[0].customer_id, "open", context.now)
        return Said(found[0], cases, "show", "")

    said = await context.read(look)
    if said is None:
        await _pass_on(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _apply(db, actor, context, said)))


async def take_shown(update: Update, context: Context) -> None:
    """这个投诉让小周跟: the case of the customer replied to or shown last, else the only one, else which is asked."""
    match = OF_SHOWN.match(arguments.text_of(update))
    name = (match["to"] or match["let"]) if match else ""
    message = notes.message_of(update, arguments.text_of(update))

    def look(db: Session, actor: Actor) -> list[Case] | None:
        if not _is_colleague(db, actor, name):
            return None
        replied = (message.chat_id, message.replied_to) if message.replied_to else None
        about = understanding.replied_customer(db, actor, *replied) if replied else None
        shown = about.customer_id if about is not None else actor.current_customer_id
        his = complaint_lists.of_customer(db, actor, shown, "open", context.now) if shown is not None else []
        return his or complaint_lists.find(db, actor, "open", context.now)

    cases = await context.read(look)
    if cases is None:
        await _pass_on(update, context)
        return
    context.closes_question = True

    def work(db: Session, actor: Actor) -> None:
        if len(cases) == 1:
            given = _assign(db, actor, context, cases[0].complaint.complaint_id, name)
            context.reply(db, given if isinstance(given, Say) else page(db, actor, given, context.now))
        else:
            context.reply(db, texts.which_of_all(cases, actor.zone, context.now))

    await context.commit(work)


def _is_colleague(db: Session, actor: Actor, name: str) -> bool:
    """True for oneself and for the name of one of the team: 让厂里处理 gives the case to nobody."""
    return name in _SELF or members.is_called(db, actor.team_id, name)


async def _pass_on(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    await messages.take_text(update, context)


def _said(db: Session, actor: Actor, typed: str, context: Context) -> Said | None:
    match = OF_HIM.match(typed) or AFTER.match(typed)
    if match is None:
        return None
    found = search.find(db, actor, match["who"], 2).customers
    if len(found) != 1:
        return None
    step, value = next((name, words) for name, words in match.groupdict().items() if name != "who" and words)
    if step == "let" and not _is_colleague(db, actor, value):
        return None
    which: complaint_lists.Which = "closed" if step == "reopen" else "open"
    customer_id = found[0].customer_id
    cases = complaint_lists.of_customer(db, actor, customer_id, which, context.now)
    if step == "reopen":
        solved = complaint_lists.of_customer(db, actor, customer_id, "open", context.now)
        cases = [case for case in solved if case.complaint.stage in ("resolved", "told")] or cases[:1]
    return Said(found[0], cases, step, value)


def _apply(db: Session, actor: Actor, context: Context, said: Said) -> Say:
    if not said.cases:
        return texts.none_of(said.customer.name)
    if len(said.cases) > 1:
        every = said.step in ("resolve", "finish") and "都" in said.value
        return texts.ask_which(said.cases, actor.zone, context.now, every)
    case = STEPS[said.step](db, actor, context, said.cases[0].complaint.complaint_id, said.value)
    return case if isinstance(case, Say) else page(db, actor, case, context.now)


def _assign(db: Session, actor: Actor, context: Context, complaint_id: int, name: str) -> Case | Say:
    if name in (*_SELF, actor.name):
        return give(db, actor, context, complaint_id, actor.member_id)
    if actor.sees_team:
        return give(db, actor, context, complaint_id, complaint_stages.named(db, actor, name).member_id)
    actor.require("manager")
    return Say(choice_texts.COLLEAGUE)


def _classify(db: Session, actor: Actor, context: Context, complaint_id: int, **what: Any) -> Case:
    return complaint_stages.classify(db, actor, complaint_id, context.now, **what)


def _caused(db: Session, actor: Actor, context: Context, complaint_id: int, name: str) -> Case | Say:
    try:
        cause = causes.add(db, actor, name, context.now)
    except causes.CauseRefused as refused:
        return choice_texts.refused(refused)
    return _classify(db, actor, context, complaint_id, cause_id=cause.complaint_cause_id)


Step = Callable[[Session, Actor, Context, int, str], "Case | Say"]
STEPS: dict[str, Step] = {
    "show": lambda db, actor, context, number, _: complaints.get(db, actor, number),
    "tell": lambda db, actor, context, number, _: complaint_stages.tell(db, actor, number, context.now),
    "finish": lambda db, actor, context, number, _: complaint_stages.finish(db, actor, number, context.now),
    "resolve": lambda db, actor, context, number, _: complaint_stages.resolve(db, actor, number, context.now),
    "reopen": lambda db, actor, context, number, _: complaints.reopen(db, actor, number, context.now),
    "to": _assign,
    "let": _assign,
    "severity": lambda db, actor, context, number, word: _classify(
        db, actor, context, number, severity=_SEVERITIES[word]
    ),
    "topic": lambda db, actor, context, number, word: _classify(db, actor, context, number, topic=_TOPICS[word]),
    "cause": _caused,
}


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.said(OF_WHOM, show),
        registry.said(OF_SHOWN, take_shown),
        registry.said(OF_HIM, take),
        registry.said(AFTER, take),
    ]
