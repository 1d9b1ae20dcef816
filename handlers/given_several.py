"""Several customers given in one message, each to a named colleague; what else it tells of one who is given stays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session
from telegram import Update

from crm import entries, handovers, search, understanding
from crm.leads import Outcome, Saved
from crm.members import Actor
from crm.tables import Customer, Member
from crm.understanding import Understanding
from handlers import arguments, buttons, notes, ownership, places, transfers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import agenda as agenda_texts
from handlers.texts import whom as whom_texts
from nlp import lazy

LONGEST = 200
MOST = 20  # customers of one message
_MAY_BE = lazy.regex("[给归由]|[划分转移]到|业务员|负责人|跟进人|销售")
_PARTS = re.compile(r"[、,，;；和与及跟\s]+")
_LEADING = re.compile(
    r"^[\s,，。;；、]*(?:请|帮我|麻烦)?(?:把|将)?(?:客户(?=[^\s的]{2}))?|(?:这[几两三四]?[个位家])?(?:客户)?(?:以后|今后|后面|现在|先|就|都|全部?|一起|统统)*$"
)
_VERB = "转让?|分配?|移交|交|派|划|归|还"
_TAIL = "跟进?|负责|对接|管理?|接手?|名下|[手那这][上里边]"
_OWN = "归属?[于到]?|划归|的?(?:业务员|负责人|跟进人|归属人?|销售)(?:改|换|变更?)[成为到]"  # no more than whose
_POST = r"(?:业务员|负责人|跟进人|对接人?)[:： ]?"  # or who is met there: of a list whose others are given
_HIS_OWN = lazy.regex("我(?!们|司|店|家|公司)")  # of what is to be done: who gives does it himself
_OWNER = lazy.regex(
    r"(?:^|[\s,，;；|])(?:(?P<own>归属?[于到]?)|负责人[:：]?|业务员[:：]?)\s?(?P<who>[一-鿿]{2,4}?)"
    r"(?:跟进?|负责|名下)?(?=$|[\s,，。;；|])"
)
_QUESTION = re.compile(r"[?？吗呢]|谁|什么|哪")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who may be meant by each name, and the colleague; `rest`: what the message tells besides, as typed."""

    each: list[tuple[list[Customer], Member]]
    rest: str


async def take(update: Update, context: Context) -> bool:
    """True where several are given, or one with news of him: they are given, and the news is a note."""
    text = arguments.text_of(update)
    if len(text) > LONGEST or not places.is_private(update) or not _MAY_BE.search(text) or _QUESTION.search(text):
        return False
    wish = await context.read(lambda db, actor: read(db, actor, text))
    if wish is None:
        return False

    seen = await _told(context, wish) if wish.rest else None

    def work(db: Session, actor: Actor) -> None:
        for found, member in wish.each:
            context.reply(db, _given(db, actor, context, found, member))
        if seen is not None and seen.customer is not None:
            _note(db, actor, context, seen, wish)

    await context.commit(work)
    return True


async def _told(context: Context, wish: Wish) -> Understanding:
    """What the message tells besides, as a note of the one who is given."""
    customer, tagger, at = wish.each[0][0][0], context.services.tagger(), context.written_at
    return await context.read(lambda db, actor: understanding.about(actor, customer, wish.rest, tagger, at))


def _note(db: Session, actor: Actor, context: Context, seen: Understanding, wish: Wish) -> None:
    """The note; what is to be done is the colleague's who has the customer now, unless who gives does it himself."""
    ((found, taker),) = wish.each
    whose, at = found[0].customer_id, context.written_at
    made = entries.record(db, actor, whose, seen.text, seen.said, seen.todo, at, context.origin)
    context.reply(db, notes.said(made, actor, context))
    if made.task is None or not actor.sees_team or taker.member_id == actor.member_id or _HIS_OWN.search(wish.rest):
        return
    handovers.give_task(db, actor, made.task.task_id, taker.member_id)
    what = agenda_texts.thing(made.customer, made.task.what)
    transfers.tell(db, context, actor, taker, agenda_texts.given_to_you(what, actor.name, made.customer))


def read(db: Session, actor: Actor, text: str) -> Wish | None:
    """陈经理 赵经理 都归小李, 周经理移交给小李 张建国移交给小周; None of any other words.

    One customer alone is given by handlers/ownership.py, unless the message says only whose he is (罗总 归小李) or
    tells more of him (李总交给小李跟 欠款3万).
    """
    names = {member.name: member for member in reversed(handovers.takers_named(db, actor, text))}
    if not names:
        return None
    called = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    given = re.compile(
        rf"(?:(?P<own>{_OWN})|(?P<verb>{_VERB})?[给归由]|(?P<moved>[划分转移]到)|(?P<post>{_POST}))"
        rf"\s*(?P<who>{called})(?:来|去)?(?P<tail>{_TAIL})?[吧了]*(?=[\s,，。;；、]|$)"
    )
    each: list[tuple[list[Customer], Member]] = []
    at, is_plain, is_own, posts = 0, False, False, 0
    for match in given.finditer(text):
        found = [_called(db, actor, part) for part in _named(text[at : match.start()])]
        if not found or not all(found) or (match["moved"] and not match["tail"]):
            return None
        each += [(rows, names[match["who"]]) for rows in found]
        is_own = bool(match["own"] or match["moved"])
        is_plain = not (is_own or match["tail"] or match["verb"] in ("移交", "分", "分配", "划", "归"))
        posts += match["post"] is not None
        at = match.end()
    rest = text[at:].strip(" ,，。;；、！!")
    if len(each) > MOST or posts == len(each):
        return None
    is_one = len(each) == 1 and len(each[0][0]) == 1
    is_meant = is_one and not is_plain if rest else is_own or len(each) > 1
    return Wish(each, rest) if is_meant else None


def give_as_told(db: Session, actor: Actor, context: Context, outcome: Outcome, text: str) -> None:
    """A new customer of a list (徐海涛 138… 归小李) is the colleague's at once, where who leads typed it."""
    if not isinstance(outcome, Saved) or not actor.sees_team or not (each := list(_OWNER.finditer(text))):
        return
    told = next((one for one in each if one["own"]), each[0])  # 业务员 小周 归小李: that may be his post
    there = [member for member in handovers.takers_named(db, actor, told["who"]) if member.name == told["who"]]
    if len(there) == 1 and there[0].member_id != outcome.customer.owner_id:
        context.reply(db, ownership.give(db, actor, context, outcome.customer.customer_id, there[0].member_id))


def _named(said: str) -> list[str]:
    """The names before 给小李."""
    bare = said
    for _ in range(2):
        bare = _LEADING.sub("", bare.strip())
    return [part for part in _PARTS.split(bare) if part]


def _called(db: Session, actor: Actor, part: str) -> list[Customer]:
    """Who is called so; [] of a word that names nobody."""
    found = search.by_keys(db, actor, [part.lower()], MOST) if len(part) > 1 else []
    return [row for row in found if row.name == part] or found[: ownership.FOUND]


def _given(db: Session, actor: Actor, context: Context, found: list[Customer], member: Member) -> Say:
    """The one who is meant is the colleague's; of several it is asked."""
    if len(found) == 1:
        return ownership.give(db, actor, context, found[0].customer_id, member.member_id)
    return whom_texts.which(found, lambda customer_id: buttons.SuggestOwner(customer_id, member.member_id))
