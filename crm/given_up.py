"""A sale that is off, be it an order or a deal: 撤单 赵凯, 这单黄了 被金蝶抢了, 赵凯不做了."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, deals, named, recent
from crm.members import Actor
from crm.tables import Customer, Deal, Order
from crm.understanding import Understanding
from nlp import lazy, when
from nlp.reader import cues

LONGEST = 60  # characters; a longer message tells a story
LOOKED_AT = 6  # open deals of a customer
DELIVERED = timedelta(days=60)  # an older order is no sale that can be off
_TASKS = ("task", "move")  # kinds of the last deed
_SHEET = "(?:(?:的?(?:那|这|刚才那|刚刚那)一?[个笔张]?|的)(?:订单|单子?|项目|生意|合作)|合作)"
_LOST = lazy.regex(
    r"(?<![没未不别难])(?:丢|输|黄|泡汤|没戏|没[谈做签]?成|谈崩|崩|吹|流失)(?:掉|单)?(?:了|$)|丢单|输单|跑单了"
    r"|(?:不做|不签|不合作|不[谈搞]|做不成|签不成|谈不成|没戏)了"
)
_UNWANTED = lazy.regex("(?:不要|不买|不订|不下|不用)(?:了|$)")  # of a sale that is pointed at
_OFF = lazy.regex(r"(?:取消|作废|撤销|撤单|撤掉?|删除|删掉?|去掉|退单|销单|删单)(?:掉|了|$)?")
_POINTED = lazy.regex(rf"{_SHEET}|撤单|退单|销单|删单|丢单|输单|跑单")
_ASKS = lazy.regex("[?？吗呢]|多少|什么|怎么|哪|能不能|是不是|有没有|要不要|会不会|谁|为啥")
_WISHED = lazy.regex("如果|要是|万一|怕|担心|以为|差点|险些|别让|可能|也许|提醒|记得|别忘|[不没]会|千万|对手|同行|竞品")
_SLIP = lazy.regex("(?:我|是)*[记写录输打搞弄填][错重岔多]了?|重复了?")
_PAUSE = lazy.regex(r"[,，。;；!！\s]")
_BECAUSE = lazy.regex("^[^,，。]*(?:因为|由于)[^,，。]{1,20}?(?=这|那|丢|没|撤)")
_OPENING = lazy.regex(r"^(?:她们?|他们?|客户|说|[,，。\s])+")
_LITTLE = lazy.regex(
    r"一[单笔个]|[的了吧啊呀哈,，。!！;；:：\s]|她们?|他们?|客户|那边|这边|现在|刚才?|今天|昨天|已经?|又|也|都|就|说|给|把|将|帮我|请|直接|彻底|全"
)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What the words say. `reason`: why, '' where that is not told; is_news: the customer's doing, which is a note."""

    reason: str
    is_news: bool
    is_pointed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The customer who has no order that may be meant, and the open deals that are."""

    told: GivenUp
    customer: Customer
    deals: tuple[Deal, ...]


def may_be_told(text: str) -> bool:
    """False where the words alone show that nothing is off."""
    return _LOST.search(text) is not None or _UNWANTED.search(text) is not None or _OFF.search(text) is not None


def told(text: str, called: str = "") -> GivenUp | None:
    """What the text says of a sale that is off; `called`: the words that name the customer.

    >>> told("赵凯这单黄了 被金蝶抢了", "赵凯")
    GivenUp(reason='被金蝶抢了', is_news=True, is_pointed=True)
    >>> told("撤单 赵凯", "赵凯"), told("赵凯这单会不会黄了", "赵凯")
    (GivenUp(reason='', is_news=False, is_pointed=True), None)
    """
    body = text.strip().replace(called, " ", 1) if called else text.strip()
    if len(body) > LONGEST or cues.NOTE.match(text) or _ASKS.search(body) or _WISHED.search(body):
        return None
    sheet = _POINTED.search(body)
    lost = _LOST.search(body) or (_UNWANTED.search(body) if sheet else None)
    end = lost or _OFF.search(body)
    if end is None:
        return None
    rest = f"{body[: end.start()]} {body[end.end() :]}"
    rest = " ".join(_POINTED.sub(" ", rest, count=1).split())
    before = _SLIP.sub("", _POINTED.sub("", _BECAUSE.sub("", body[: end.start()])))
    before = _PAUSE.split(before)[-1] if sheet and lost else before
    if _LITTLE.sub("", before) or not (sheet or lost):
        return None  # 五金不做了, 取消明天的会: something else is off
    why = _OPENING.sub("", rest).strip(" ,，。;；!！")
    has_why = len(_LITTLE.sub("", _SLIP.sub("", why))) > 1
    return GivenUp(why if has_why else "", lost is not None or has_why, sheet is not None)


def meant(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Found | None:
    """The open deals of the one customer named, or shown last, who has no order; None where an order may be meant."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    called = named.words_for(whose[0], seen.text) if len(whose) == 1 else ""
    said = told(seen.text, called)
    if said is None or len(whose) > 1 or (not called and not _follows(db, actor, said, now)):
        return None
    current = actor.current_customer_id
    found = whose or (customers.find_many(db, actor, [current]) if current is not None else [])
    if not found or _has_order(db, actor, found[0].customer_id, now):
        return None
    mine = deals.open_of(db, found[0].customer_id, LOOKED_AT)
    return Found(said, found[0], tuple(mine)) if mine else None


def _follows(db: Session, actor: Actor, said: GivenUp, now: datetime) -> bool:
    """True for words that name nobody, where no order was just entered; 不做了 behind a task means that."""
    if recent.last_order(db, actor, now) is not None:
        return False
    last = recent.last(db, actor, now)
    return said.is_pointed or last is None or last.kind not in _TASKS


def _has_order(db: Session, actor: Actor, customer_id: int, now: datetime) -> bool:
    since = actor.today(now) - DELIVERED
    his = (Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.ordered_on >= since)
    return bool(db.scalar(select(func.count()).select_from(Order).where(*his)))


def reason(said: GivenUp, local: datetime) -> str:
    """Why the deal is lost, as told; '' for words about what is to be done: 这单黄了 下周再去看看."""
    return said.reason if said.reason and not when.find(said.reason, local) else ""
