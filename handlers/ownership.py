"""Who has which customer: given by who leads, offered by a rep to a colleague, with the way back and a brief."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import briefs, candidates, customers, handovers, members, notes, pool, search
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Member
from handlers import arguments, buttons, registry, transfers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import agenda as agenda_texts
from handlers.texts import customers as customer_texts
from handlers.texts import ladder as ladder_texts
from handlers.texts import ownership as texts
from handlers.texts import successions as succession_texts
from handlers.texts import whom as whom_texts
from nlp import conditions as read_conditions
from nlp import when
from nlp.conditions import NotUnderstood

WORDS = ("分配", "分派", "分客户")
KIND = "assign"
ALL = ("大家", "所有人", "各位", "每个人", "全组")
_END = r"\s*+[。！!]*+\s*+$"
IN_WORDS = re.compile(
    rf"^\s*(?:请|帮我)?(?:(?:把|将)?\s*(?P<what>\S.{{1,60}}?)\s*(?:(?:转让?|分配?|移交|交|派|划|还是|归?还|退还?)给|[转还退交]回(?:给|到)?)"
    rf"|(?:分配|分派|转让)\s*(?P<which>\S.{{1,60}}?)\s*给)\s*(?P<who>\S{{1,24}}?)(?:吧|了|去跟|跟|跟进)?"
    rf"(?:[,，。;； ]++(?P<why>(?!.*[元块钱款万])[^?？\d\s,，][^?？\d]{{2,40}}?))?{_END}"
    r"|^\s*(?P<whom>\S.{0,20}?)\s*(?:(?:以后|今后|后面|现在|改|就|都|全)*(?:给|归|由|换|让)了?|(?:以后|今后)都?)"
    rf"\s*(?P<other>\S{{1,12}}?)(?:来|去)?(?:跟进?|负责|对接|管|接手?)(?:了|吧)*{_END}"  # 孙丽给小周跟了
    rf"|^\s*(?:请|帮我)?(?:把|将)\s*(?P<these>\S.{{1,40}}?)\s*(?:都|全部?)?给\s*(?P<mate>[^\s了]{{1,12}}?)(?:吧|了)?{_END}"
)
WHAT, WHO = ("what", "which", "whom", "these"), ("who", "other", "mate")
_WHOSE = re.compile(r"^\S{1,8}?(?:名下|手上|手里)?的客户(?=\S{2})")
_THE_CUSTOMER = re.compile(r"(?<=\S{2})这[个位家](?:客户|人)$")
_GIVEN = re.compile(rf"^(?P<what>.+?)\s*(?:分?给|→|->)\s*(?P<who>[^\s=＝]+(?:\s+[^\s=＝]+)*?){_END}")
_NAMES = re.compile(r"[、,，和与及\s]+")
_ERRAND = re.compile(r"^[让叫请][他她]")  # of the reason: what is to be done is a task
FOUND = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be given and to whom: one customer or several of a name, or those of a condition."""

    customers: list[Customer]
    condition: str
    takers: list[Member]
    stranger: str = ""  # a name of nobody who sells
    is_colleague: bool = False  # but of a member of the team

    def __bool__(self) -> bool:
        """True when it is known what is to be given."""
        return bool(self.customers or self.condition)


async def assign(update: Update, context: Context) -> None:
    """/assign 张伟 小周; 分配 行业=五金 给 小周; 分配 张伟"""
    typed = arguments.after(update, WORDS)
    is_command = arguments.text_of(update).startswith("/")
    wish = await context.read(lambda db, actor: read(db, actor, typed))
    if not is_command and typed and not wish:
        await as_free_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _answer(db, actor, context, typed, wish)))


async def give_in_words(update: Update, context: Context) -> None:
    """把陈立新转给小周: only where what and who are known for sure; anything else is free text."""
    from handlers import given_several  # it gives with this module, so it is imported when this one is there

    if await given_several.take(update, context):
        return
    match = IN_WORDS.match(arguments.text_of(update))
    said, taker = (next((match[name] for name in names if match[name]), "") if match else "" for names in (WHAT, WHO))
    why = match["why"] if match else None
    if not why and len(several := await context.read(lambda db, actor: _several(db, actor, said, taker))) > 1:
        await context.commit(lambda db, actor: _give_each(db, actor, context, several))
        return
    wish, is_reason = await context.read(
        lambda db, actor: (wish := _of(db, actor, said, taker), _is_reason(actor, context, wish, why or ""))
    )
    is_sure = wish.customers[:1] == wish.customers and not wish.condition
    is_known = bool(wish.takers) or (wish.is_colleague and is_sure)
    is_his = len(wish.customers) == 1 and not _tells_more(said, wish.customers[0])
    if not wish or not is_known or not (is_his or wish.condition) or (why and not is_reason):
        await as_free_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        answer = _answer(db, actor, context, said, wish)
        if why:
            notes.add(db, actor, wish.customers[0].customer_id, why.strip(), None, context.now, context.origin)
        context.reply(db, answer)

    await context.commit(work)


def _tells_more(said: str, customer: Customer) -> bool:
    """True for 徐海涛 徐海山的合同发, where a word of several is no part of who the customer is."""
    known = " ".join(filter(None, (customer.name, customer.company, customer.title, customer.region)))
    parts = [part.removesuffix("的") for part in _NAMES.split(said) if part and not part.isdigit()]
    return len(parts) > 1 and not all(part in known or customer.name in part for part in parts)


def _is_reason(actor: Actor, context: Context, wish: Wish, why: str) -> bool:
    """The words may be kept with the customer, who changes hands now; no errand, and of no day to come."""
    if (len(wish.customers), len(wish.takers)) != (1, 1) or wish.stranger or wish.condition or not actor.sees_team:
        return False
    today = actor.today(context.now)
    days = when.find(why, actor.local(context.now))
    is_task = _ERRAND.match(why) or any(one.on is None or one.on >= today for one in days)
    return not is_task and wish.customers[0].owner_id != wish.takers[0].member_id


def _several(db: Session, actor: Actor, said: str, taker: str) -> list[Wish]:
    """王海龙和沈国平, each of whom is one customer, for a colleague; [] for any other words."""
    parts = [part for part in _NAMES.split(said) if part]
    wishes = [_of(db, actor, part, taker) for part in parts] if len(parts) > 1 else []
    is_sure = all(len(wish.customers) == 1 and len(wish.takers) == 1 and not wish.stranger for wish in wishes)
    return wishes if is_sure else []


def _give_each(db: Session, actor: Actor, context: Context, wishes: list[Wish]) -> None:
    for wish in wishes:
        context.reply(db, give(db, actor, context, wish.customers[0].customer_id, wish.takers[0].member_id))


def read(db: Session, actor: Actor, typed: str) -> Wish:
    """What the words after the command mean; the last of them may be a colleague without 给 before."""
    if match := _GIVEN.match(typed):
        return _of(db, actor, match["what"], match["who"])
    before, _, last = typed.rpartition(" ")
    if before and named_takers(db, actor, last)[0]:
        return _of(db, actor, before, last)
    return _of(db, actor, typed, "")


def _of(db: Session, actor: Actor, what: str, who: str) -> Wish:
    what = _WHOSE.sub("", what.strip().removeprefix("客户").strip(" ：:")) or what.strip()
    what = _without_owner(db, actor, _THE_CUSTOMER.sub("", what))
    takers, stranger = named_takers(db, actor, who) if who else ([], "")
    his = what.removesuffix("的客户")  # 孙丽的客户 is herself
    ours = members.called_among(db, actor.team_id, [stranger, what, his])
    if _is_condition(what):
        return Wish([], what, takers, stranger, stranger in ours)
    what = what if his in ours else his
    found = search.find(db, actor, what, FOUND).customers if what else []
    found = [row for row in found if row.name == what] if what in ours else found
    return Wish(found, "", takers, stranger, stranger in ours)


def _without_owner(db: Session, actor: Actor, what: str) -> str:
    """陈刚 of 小周的陈刚 and 把小周的陈刚, where 小周 is a colleague."""
    owner, _, rest = re.sub("^[把将]", "", what).partition("的")
    return rest if rest and members.is_called(db, actor.team_id, owner) else what


def named_takers(db: Session, actor: Actor, said: str) -> tuple[list[Member], str]:
    """The colleagues who sell of these names, and the first name that is none of theirs."""
    there = handovers.takers(db, actor)
    if said in ALL:
        return there, ""
    names = [name for name in _NAMES.split(said) if name]
    by_name = {member.name: member for member in reversed(there)}
    if said.strip() in by_name:
        return [by_name[said.strip()]], ""
    stranger = next((name for name in names if name not in by_name), "")
    return [by_name[name] for name in dict.fromkeys(names) if name in by_name], stranger


def _is_condition(what: str) -> bool:
    try:
        read_conditions.read(what)
    except NotUnderstood:
        return False
    return read_conditions.looks_like(what)


def _answer(db: Session, actor: Actor, context: Context, typed: str, wish: Wish) -> Say:
    if not typed:
        return Say(texts.HOW_TO if actor.sees_team else texts.HOW_TO_OFFER)
    if wish.stranger and wish:
        return succession_texts.nobody_named(wish.stranger, handovers.takers(db, actor))
    if wish.condition:
        actor.require("manager")
        return transfers.confirm(db, actor, context, wish.condition, wish.takers)
    if not wish.customers:
        return customer_texts.none_found(typed, search.find(db, actor, typed).nearest)
    to = wish.takers[0].member_id if len(wish.takers) == 1 else 0
    if len(wish.customers) > 1:
        return whom_texts.which(wish.customers, lambda customer_id: buttons.SuggestOwner(customer_id, to))
    return one(db, actor, context, wish.customers[0].customer_id, to)


def one(db: Session, actor: Actor, context: Context, customer_id: int, member_id: int) -> Say:
    """One customer: given or offered to the one named, or to whom is asked."""
    if member_id:
        return give(db, actor, context, customer_id, member_id)
    customer = customers.get(db, actor, customer_id)
    takers = handovers.takers(db, actor, customer.owner_id)
    if not actor.sees_team:
        return texts.whom(customer, takers)
    owner = db.get(Member, customer.owner_id) if customer.owner_id is not None else None
    fits = candidates.ranked(db, actor.team_id, customer, takers, context.now)
    return texts.suggested(customer, owner.name if owner else None, fits, pool.owners(db, actor, customer_id))


def give(db: Session, actor: Actor, context: Context, customer_id: int, member_id: int) -> Say:
    """The customer is the colleague's, or where a rep says so the colleague is asked; both reps are told."""
    if not actor.sees_team:
        return _offer(db, actor, context, customer_id, member_id)
    before = db.get(Member, customers.get(db, actor, customer_id).owner_id or 0)
    customer, taker, act = handovers.give_customer(db, actor, customer_id, member_id, context.now)
    members.keep_current(db, actor, customer_id, context.now)  # 转回来 means him
    if before is not taker:
        said = agenda_texts.given_to_you(agenda_texts.thing(customer), actor.name, customer)
        brief = texts.one_brief(briefs.of_customer(db, customer_id, context.now), actor.zone, context.now)
        transfers.tell(db, context, actor, taker, Say(f"{said.text}\n{brief}", said.rows, about=said.about))
        transfers.tell(db, context, actor, before, ladder_texts.taken_from_you(customer, actor.name, taker.name))
    back = before if before is not taker and before is not None and before.is_rep and not before.left_at else None
    return ladder_texts.given(customer, taker, back, act)


def _offer(db: Session, actor: Actor, context: Context, customer_id: int, member_id: int) -> Say:
    if member_id == actor.member_id:
        customers.get(db, actor, customer_id)
        return Say(texts.TO_ONESELF)
    act, taker, is_new = handovers.offer(db, actor, customer_id, member_id, context.now)
    customer = customers.get(db, actor, customer_id)
    if is_new:
        asked = texts.asked(act, customer, db.get(CustomerSummary, customer_id), actor.name)
        transfers.tell(db, context, actor, taker, asked)
    return texts.offered(act, customer, taker, is_new)


async def suggest(update: Update, context: Context) -> None:
    """[分给 ▸], [转给 ▸], a customer of several"""
    press = context.press(buttons.SuggestOwner)
    await context.commit(
        lambda db, actor: context.edit(db, one(db, actor, context, press.customer_id, press.member_id))
    )


async def suggest_for_lead(update: Update, context: Context) -> None:
    """[转给 1 ▸] of an untouched lead"""
    customer_id = context.press(buttons.OfferCustomer).customer_id

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        context.edit(db, one(db, actor, context, customer_id, 0))

    await context.commit(work)


async def give_pressed(update: Update, context: Context) -> None:
    """A colleague's name, pressed by who leads."""
    press = context.press(buttons.GiveCustomer)

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        context.edit(db, give(db, actor, context, press.customer_id, press.member_id))

    await context.commit(work)


async def offer_pressed(update: Update, context: Context) -> None:
    """A colleague's name, pressed by a rep."""
    press = context.press(buttons.ChooseColleague)
    await context.commit(
        lambda db, actor: context.edit(db, give(db, actor, context, press.customer_id, press.member_id))
    )


async def as_free_text(update: Update, context: Context) -> None:
    """The message is none of ours: it goes on as if this noun were not there."""
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("assign", WORDS, assign),
        registry.pressed(buttons.SuggestOwner, suggest),
        registry.pressed(buttons.OfferCustomer, suggest_for_lead),
        registry.pressed(buttons.GiveCustomer, give_pressed),
        registry.pressed(buttons.ChooseColleague, offer_pressed),
        registry.said(IN_WORDS, give_in_words),
    ]
