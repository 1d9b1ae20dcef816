"""What a customer bought, told in the message that enters him: 田小军 138… 买了朗逸 12万4, to be booked by a tap."""

from __future__ import annotations

from datetime import datetime

from crm import order_lines, understanding
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import Customer
from nlp import lazy, reader
from nlp.fields.phones import find as numbers
from nlp.reader import goods, goods_names, paid_whole

_HABIT = lazy.regex(  # 年消费20万: what he spends in a year is no order
    r"(?:每?[年月季周天]度?|全年|平时|平均|人均|客单价?)(?:均|的)?(?:总|约)?(?:消费|采购|用量|营业额|流水|收入|销售额|产值|充值|销量|额)[^\s,，。;；!！]{0,4}?"
    r"[¥￥]?[\d.,一二两三四五六七八九十百千]{1,9}[万千亿]?[\d多来几]{0,4}(?:块钱?|元)?(?:左右|上下|以上)?"
)
_OTHERS = lazy.regex(  # 朋友买了茶叶500: somebody else's
    "(?:朋友|同事|同学|邻居|老板|亲戚|老公|老婆|爱人|丈夫|妻子|儿子|女儿|[爸妈哥姐弟妹]|父母|公婆|闺蜜|战友|老乡|客户)(?:们|家)?"
    "(?:也|都|之前|以前|上次|去年|已经|先|刚|在(?:我们?|咱们?)?(?:这里?|店里?|家)){0,2}(?:[买订定拿提办签]|下单|充值|成交)"
)
_ASKED = (None, "note_or_order")


def told(actor: Actor, text: str, customer: Customer, at: datetime) -> NewOrder | None:
    """The order that the text, without its telephone numbers, tells of the customer; None where it tells none."""
    bare = text
    for one in reversed(numbers(text)):
        bare = f"{bare[: one.start]} {bare[one.end :]}"
    bare = _HABIT.sub(" ", bare)
    if _OTHERS.search(bare):
        return None
    local, known = actor.local(at), understanding.as_known(customer)
    read = reader.read(bare, local, [known], known)
    fen = read.amount_fen or 0
    if read.parts or read.ask not in _ASKED or fen <= 0 or (read.action != "order" and read.ask is None):
        return None
    pieces = goods.pieces(read.product, order_lines.read(bare, local).quantity)
    product, quantity = goods_names.apart(read.product, pieces)
    return NewOrder(fen, read.ordered_on or actor.today(at), product, quantity, paid_whole.is_told(bare, fen))
