"""What a customer bought, told in the message that enters him: 田小军 138… 买了朗逸 12万4, to be booked by a tap."""

from __future__ import annotations

from datetime import datetime

from crm import order_lines, understanding
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import Customer
from nlp import lazy, reader
from nlp.fields.phones import find as numbers
from nlp.reader import Known, counter_sales, goods, goods_names, paid_whole

_HABIT = lazy.regex(  # 年消费20万: what he spends in a year is no order
    r"(?:每?[年月季周天]度?|全年|平时|平均|人均|客单价?)(?:均|的)?(?:总|约)?(?:消费|采购|用量|营业额|流水|收入|销售额|产值|充值|销量|额)[^\s,，。;；!！]{0,4}?"
    r"[¥￥]?[\d.,一二两三四五六七八九十百千]{1,9}[万千亿]?[\d多来几]{0,4}(?:块钱?|元)?(?:左右|上下|以上)?"
)
_OTHERS = lazy.regex(  # 朋友买了茶叶500: somebody else's
    "(?:朋友|同事|同学|邻居|老板|亲戚|老公|老婆|爱人|丈夫|妻子|儿子|女儿|[爸妈哥姐弟妹]|父母|公婆|闺蜜|战友|老乡|客户)(?:们|家)?"
    "(?:也|都|之前|以前|上次|去年|已经|先|刚|在(?:我们?|咱们?)?(?:这里?|店里?|家)){0,2}(?:[买订定拿提办签]|下单|充值|成交)"
)
_ASKED = (None, "note_or_order")
_KIN = "(?:朋友|同事|同学|闺蜜|邻居|亲戚|[姐妹哥弟]+|老公|老婆|女儿|儿子|妈妈?)"
_ENTERED = lazy.regex(  # what is told of a new guest himself, beside what was done for him
    "(?:今天|刚才?|又)*(?:来了?|有)(?:一?[个位])?新(?:客人?|顾客|客户|会员)|新(?:来的)?(?:客人?|顾客|客户|会员)"
    f"|(?:[^\\s,，。\\d]{{2,4}})(?:带|介绍)(?:来|过来)?了?(?:一?[个位]|[她他]|的)*{_KIN}"
    "|(?:朋友|老?客户?|熟人|同事|[^\\s,，。\\d]{2,4})介绍(?:来|过来)?的?|(?:小红书|抖音|快手|大众点评|点评|美团|高德|路过|网上)(?:进来|过来|来|看到)?的?"
    "|(?:电话|手机)(?:号码?)?(?:是|[:：])?(?=\\s|$)"
)


def told(actor: Actor, text: str, customer: Customer, at: datetime) -> NewOrder | None:
    """The order that the text, without its telephone numbers, tells of the customer; None where it tells none."""
    bare = text
    for one in reversed(numbers(text)):
        bare = f"{bare[: one.start]} {bare[one.end :]}"
    bare = _HABIT.sub(" ", bare)
    if _OTHERS.search(bare):
        return None
    local, known = actor.local(at), understanding.as_known(customer)
    if (new := _of_line(bare, local, known)) is not None:
        return new
    read = reader.read(bare, local, [known], known)
    fen = read.amount_fen or 0
    if read.parts or read.ask not in _ASKED or fen <= 0 or (read.action != "order" and read.ask is None):
        return None
    pieces = goods.pieces(read.product, order_lines.read(bare, local).quantity)
    product, quantity = goods_names.apart(read.product, pieces)
    return NewOrder(fen, read.ordered_on or actor.today(at), product, quantity, paid_whole.is_told(bare, fen))


def _of_line(bare: str, local: datetime, known: Known) -> NewOrder | None:
    """What was done for a new guest, where nothing is told beside that but himself: 新客 林小姐 剪发68 微信收了."""
    rest = " ".join(_ENTERED.sub(" ", bare.replace(known.name, " ", 1)).split()).strip(" ,，。")
    sold = counter_sales.of_text(f"{known.name} {rest}", local, known)
    if sold is None:
        return None
    product = "、".join(sold.items)
    return NewOrder(sold.fen, sold.on or local.date(), product, None, paid_whole.is_told(rest, sold.fen))
