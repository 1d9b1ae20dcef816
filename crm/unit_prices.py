"""Whether a number beside pieces is the price of one: 8桶 1850, of goods that were sold at 1,850 each before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import drafts, named, order_texts
from crm.members import Actor
from crm.tables import Customer, Draft, Order
from crm.understanding import Understanding
from nlp import lazy
from nlp.fields import charges, money, rows
from nlp.fields.rows import Lone
from nlp.reader import bills, goods_names, sums
from nlp.when import numerals

_LOOKED_AT, _SUCH = 50, 5  # newest orders of the customer; of the same goods
_NEAR = 4  # one part in so many a price may have changed
_END = r"[\s,，。.!！吧啊哦的了]*"
_EACH = (
    r"(?:是|算|按)*(?:单价|每[一-鿿]|一[个件台箱套只包瓶桶条张支把盒袋双卷斤米本]|第一个|前一个|前面那个|[一全整]年)"
    r"(?:是|[:：])?"
)
_ALL = r"(?:是|算|按)*(?:总价|总共|一共|合计|总计|全部|总的|总额|第二个|后一个|(?:只记)?首月|[一1]个月)(?:是|[:：])?"
_MONTHLY = lazy.regex(  # 月缴300的母婴险: of a year, or the first month alone?
    r"(?<!\d)(?:月|每个?月(?:只|就|要)?)[缴交](?:保费|费)?[ :]?[¥￥]?\d"
    r"|\d{2}(?:块钱?|元)?(?:每|一)个?月(?:[缴交]|$|[ ,，])"
    r"|\d{3}(?:块钱?|元)?[ ,，]?月[缴交](?![货房付期稿楼接])"
)
_WHOLE = lazy.regex(r"共|合计|总|全年|[年季趸][缴交]|首付|[月期]供|\d期|分期|租|工资")
_ANSWER = lazy.regex(
    rf"(?:不是单价[,，\s]*)?(?:(?P<each>{_EACH})|(?P<all>{_ALL}))?\s*(?P<sum>[¥￥]?[\d,.]{{1,12}}(?:块钱?|元)?)?{_END}"
)


@dataclass(frozen=True, slots=True)
class Doubted:
    """The pieces with the number that may be the price of one or of all, and what is paid if it is: in fen.

    is_monthly: it is what is paid each month, and the pieces are those of a year.
    goods: what they are, of a bill with other goods; others: more of its lines have such a number
    """

    lone: Lone
    each_fen: int
    all_fen: int
    is_monthly: bool = False
    goods: str = ""
    others: tuple[tuple[str, Lone], ...] = ()


def doubted(db: Session, actor: Actor, seen: Understanding) -> Doubted | None:
    """The only number of an order that may be the price of one piece or of all; None where that is sure.

    It is asked about where the words leave it open, and where the customer has paid that for one before.
    """
    if seen.customer is None or seen.reading.ask not in (None, "what_amount") or (seen.reading.amount_fen or 0) < 0:
        return None
    if (bill := seen.reading.bill) is not None:
        (goods, one), *others = (
            (line.goods, Lone(line.pieces, line.told, line.piece)) for line in bill.open if line.told
        )
        return Doubted(one, bill.each_fen, bill.all_fen, goods=goods, others=tuple(others))
    plain = sums.plain_of(numerals.plain(seen.text))
    fen = seen.reading.amount_fen
    if fen is not None and _is_monthly(plain):
        return Doubted(Lone(Decimal(12), Decimal(fen) / 100, "个月"), 12 * fen, fen, is_monthly=True)
    called = named.words_for(seen.customer, plain)
    plain = plain.replace(called, "；" * len(called)) if called else plain
    lone = rows.lone(plain)
    if lone is None:
        return None
    is_open = fen is None and rows.doubt(plain) is not None
    if not is_open and not (fen is not None and _was_price(db, actor, seen, lone)):
        return None
    beside = charges.beside(seen.text)
    each, whole = (charges.on_goods(beside, one) for one in lone.sums)
    if each is None or whole is None or fen not in (None, whole):
        return None
    return Doubted(lone, each, whole)


def _is_monthly(plain: str) -> bool:
    """True where the only sum is what is paid each month."""
    if _MONTHLY.search(plain) is None or _WHOLE.search(plain) is not None:
        return False
    return len({one.fen for one in money.find(plain) if one.score > 0}) == 1


def held(one: Doubted, customer: Customer) -> dict[str, Any]:
    """What the draft of the order holds beside its sum, so that words answer the question."""
    return {"each_fen": one.each_fen, "told_fen": one.lone.sums[1], "customer_id": customer.customer_id}


def may_answer(text: str) -> bool:
    """True for words that may answer such a question.

    >>> [may_answer(text) for text in ("总价", "是单价", "一共1280", "每盒1280", "7680", "第二个", "张伟 1280", "")]
    [True, True, True, True, True, True, False, False]
    """
    match = _ANSWER.fullmatch(text.strip())
    return match is not None and any(match[name] for name in ("each", "all", "sum"))


def answered(db: Session, actor: Actor, text: str, now: datetime) -> tuple[Draft, bool] | None:
    """The draft of the question that the words answer, and whether the number is the price of one; None for others."""
    match, draft = _ANSWER.fullmatch(text.strip()), drafts.newest_asked(db, actor, now)
    if draft is None or match is None or "each_fen" not in draft.data:
        return None
    each, whole, told = (int(draft.data[name]) for name in ("each_fen", "amount_fen", "told_fen"))
    fen = money.amount_fen(match["sum"]) if match["sum"] else None
    if match["each"]:
        return (draft, True) if fen in (None, told) else None
    if fen == each:  # 一共7680
        return draft, True
    return (draft, False) if (match["all"] and fen is None) or fen in (whole, told) else None


def _was_price(db: Session, actor: Actor, seen: Understanding, lone: Lone) -> bool:
    """True where an order of the customer had pieces that cost that much each, or the same goods for about that."""
    if seen.customer is None:
        return False
    mine = (Order.customer_id == seen.customer.customer_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
    newest = db.scalars(select(Order).where(*mine).order_by(Order.ordered_on.desc()).limit(_LOOKED_AT)).all()
    if any(round(one.amount_fen / (one.quantity or 1)) == round(lone.told * 100) for one in newest if _is_many(one)):
        return True
    goods, _ = goods_names.apart(seen.reading.product, None)
    such = [one for one in newest if goods and goods in (one.product or "")][:_SUCH]
    return any(_is_about(each, lone) for one in such for each in _each(db, actor, one, seen.customer, goods or ""))


def _is_many(order: Order) -> bool:
    return order.quantity is not None and order.quantity > 1


def _each(db: Session, actor: Actor, order: Order, customer: Customer, goods: str) -> list[Decimal]:
    """What one of the goods cost, in yuan, by the order, or by its words where it is of several goods."""
    if order.quantity and order.product == goods:
        return [Decimal(order.amount_fen) / 100 / Decimal(order.quantity)]
    text = order_texts.text_of(db, actor, order)
    at = actor.local(order.created_at)
    bill = bills.of_text(text, named.words_for(customer, text), at) if text else None
    same = [line for line in bill.lines if line.goods == goods and line.is_each] if bill is not None else []
    return [Decimal(line.sums[0]) / 100 / line.pieces for line in same]


def _is_about(each: Decimal, lone: Lone) -> bool:
    """True for 198 of what cost 190 each: as the sum of three it would be far cheaper."""
    return abs(lone.told - each) <= each / _NEAR and lone.told / lone.pieces <= each / 2
