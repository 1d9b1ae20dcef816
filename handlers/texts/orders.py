"""What is said about orders and returns."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm.orders import NewOrder, Placed
from crm.outbox import About
from crm.tables import Customer, Order, Task
from crm.unit_prices import Doubted
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days
from nlp.reader.deliveries import Delivery

HOW_TO = (
    "谁、多少钱、买什么，写在一条里就行，例如：<code>订单 张伟 12000 螺栓M8</code>；"
    "退货：<code>订单 张伟 退货 500 螺栓M8</code>"
)
NO_AMOUNT = "没看出金额，请写成数字再发一次，例如：<code>订单 张伟 12000 螺栓M8</code>（1.2万、¥12,000 也行）"
SEVERAL_AMOUNTS = (
    "这条里有几单、几个金额，我怕记错：请写总数，或一单发一条，例如：<code>订单 张伟 一共8000 螺栓M8</code>"
)
UNSURE_AMOUNT = (
    "优惠、运费这些算进去没有，我拿不准，怕记错：请写总数再发一次，例如：<code>订单 张伟 一共8000 螺栓M8</code>"
)
CONTRADICTED = "单价乘数量和总数对不上，怕记错：请写对的总数再发一次，例如：<code>订单 张伟 一共8000 螺栓M8</code>"
NO_CUSTOMER = "这单是谁的？请加上客户名，例如：<code>订单 张伟 12000 螺栓M8</code>"
LABEL = 26
SHOWN = 4  # goods of one order on its card
COPIED = range(8, 250)  # characters worth a button; Bot API, CopyTextButton: at most 256


def unclear(sentence: str, typed: str) -> Say:
    """What is missing, and a button that copies what was typed, so that it is corrected and not typed again."""
    rows = ((Button("复制我发的内容", copy=f"订单 {typed}"),),) if len(typed) in COPIED else ()
    return Say(sentence, rows)


def placed(
    done: Placed,
    zone: ZoneInfo,
    now: datetime,
    head: str | None = None,
    twin: Order | None = None,
    whose: str = "",
) -> Say:
    """The card of an order just recorded; `twin`: the same one, entered before; `whose`: another of his firm has it."""
    order, customer = done.order, done.customer
    title = head or ("↩️ 退货已记下" if order.amount_fen < 0 else "✅ 订单已记下")
    lines = [
        title,
        f"👤 <b>{esc(customer.name)}</b>{_company(customer)}",
        f"💰 {cards.money(order.amount_fen)}{'，已收款' if order.is_paid else ''}",
        f"📦 {what}" if (what := goods(order)) else "",
        f"📅 {days.day(order.ordered_on, now.astimezone(zone).date())}",
        f"累计 {cards.money(done.total_fen)}",
        _twice(order, twin, zone, whose) if twin is not None else "",
    ]
    rows = (
        (
            Button("撤销", buttons.UndoOrder(order.order_id)),
            *((Button("没收款", buttons.OrderPaid(order.order_id, 0)),) if order.is_paid else ()),
            Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
        ),
    )
    return Say("\n".join(line for line in lines if line), rows, about=About(customer.customer_id))


def offered(draft_id: int, customer_id: int, fen: int) -> Button:
    """What a new customer is told to have bought is booked by a tap."""
    return Button(f"记订单 {cards.money(fen)}", buttons.OrderOf(draft_id, customer_id))


def returns_more(customer: Customer, bought_fen: int, has_bought: bool) -> str:
    """Why a return is asked about: so much was never bought, or all of it was given back before."""
    none = "买的都退完了" if has_bought else "还没有记过订单"
    bought = f"只记了 {cards.money(bought_fen)} 的订单" if bought_fen > 0 else none
    return f"⚠️ {esc(customer.name)} {bought}，退的比买的多"


def with_part(said: Say, order: Order, paid_fen: int) -> Say:
    """The card of an order that stands again or is another by now, with what was booked with it as paid."""
    if not paid_fen or order.is_paid:
        return said
    left_fen = order.amount_fen - paid_fen
    left = f"，{'还差' if left_fen > 0 else '多收'} {cards.money(abs(left_fen))}" if left_fen else ""
    return dataclasses.replace(said, text=f"{said.text}\n💰 已付 {cards.money(paid_fen)}（已记回款）{left}")


def with_kept(said: Say, kept_fen: int) -> Say:
    """The undo of an order whose rest came later: that money stays."""
    more = f"\n💰 后来收的 {cards.money(kept_fen)} 还记着回款" if kept_fen else ""
    return dataclasses.replace(said, text=f"{said.text}{more}")


def with_left(said: Say, left: Sequence[Task]) -> Say:
    """The undo of an order with a tap for each day on which its goods were to go out."""
    rows = tuple((Button(f"取消提醒：{task.what[:20]}", buttons.CancelTask(task.task_id)),) for task in left)
    return dataclasses.replace(said, rows=(*said.rows, *rows))


def remind_of(delivery: Delivery, order_id: int) -> Button:
    """The day on which goods go out becomes a task by a tap."""
    on = delivery.on
    press = buttons.RemindOfDelivery(order_id, on.toordinal(), delivery.what)
    return Button(f"提醒我 {on.month}月{on.day}日 {delivery.what}", press)


def returned_before(fen: int, on: date) -> str:
    """Why a return is asked about: its money may be that of one that is kept already."""
    return f"⚠️ {on.month}月{on.day}日已记过退货 {cards.money(fen)}，只是退钱的话不用再记"


def far_beyond(fen: int, largest_fen: int) -> str:
    """Why an order is asked about: nothing like it was ever sold."""
    return f"⚠️ {cards.money(fen)} 比团队最大的一单（{cards.money(largest_fen)}）大 {fen // largest_fen} 倍，没看错吧？"


def total_doubted(customer: Customer, fen: int) -> str:
    """Why the sum that was asked for is asked about: a bare number, hardly a sum."""
    return f"⚠️ {esc(customer.name)} 这一单的总数是 {cards.money(fen)}？"


def return_doubted(customer: Customer, fen: int, why: str, draft_id: int) -> Say:
    """A return of more than was bought waits for a tap."""
    return doubted(customer, fen, why, draft_id, "退货")


def doubted(customer: Customer, fen: int, why: str, draft_id: int, what: str = "订单") -> Say:
    """An order or a return that is hardly meant waits for a tap."""
    sure = Button(f"是{what} {cards.money(fen)}", buttons.OrderOf(draft_id, customer.customer_id))
    return Say(why, ((sure, Button("不保存", buttons.DropDraft(draft_id))),), about=About(customer.customer_id))


def _twice(order: Order, twin: Order, zone: ZoneInfo, whose: str) -> str:
    if whose:
        so = f"在同公司 {esc(whose)} 名下记过 {cards.money(twin.amount_fen)} 的一单"
        return f"⚠️ {twin.created_at.astimezone(zone):%H:%M} {so}，记重了就点 [撤销]"
    so = (
        "刚记过一模一样的一单" if twin.product == order.product else f"记过同一天 {cards.money(twin.amount_fen)} 的一单"
    )
    return f"⚠️ {twin.created_at.astimezone(zone):%H:%M} {so}，记重了就点 [撤销]"


def not_followed(done: Placed) -> str:
    """The edited message is not the same order any more: it stays as it was."""
    return f"这条已记成订单 {cards.money(done.order.amount_fen)}，没有改动。要改请点 [撤销] 再发一次。"


def paid(done: Placed, zone: ZoneInfo, now: datetime) -> Say:
    """The card of an order that is told to be paid at once, or not."""
    order, head = done.order, "✅ 算已收款" if done.order.is_paid else "✅ 改成没收款，不计进回款"
    card = placed(done, zone, now, head)
    if order.is_paid:  # [撤销] takes back the mark, not the sale
        show = Button("查看客户", buttons.ShowCustomer(done.customer.customer_id))
        return dataclasses.replace(card, rows=((Button("撤销", buttons.OrderPaid(order.order_id, 0)), show),))
    back = Button("已收款", buttons.OrderPaid(order.order_id, 1))
    debt = f"要记欠款就发：<code>欠款 {esc(done.customer.name)} {order.amount_fen / 100:g}</code>"
    return dataclasses.replace(card, text=f"{card.text}\n{debt}", rows=((back, *card.rows[0]),))


def with_rest(said: Say, sold_fen: int, left_fen: int) -> Say:
    """The card of the payment of what was left of an order, which says how much was paid of it before."""
    before = f"这单 {cards.money(sold_fen)}，之前已付 {cards.money(sold_fen - left_fen)}"
    line = f"（{before}，这次只记余下的 {cards.money(left_fen)}）"
    head, _, page_of = said.text.partition("\n")
    return dataclasses.replace(said, text=f"{head}\n{line}\n{page_of}")


def removed(done: Placed) -> Say:
    """The undo of an order."""
    head = "↩️ 已撤销" if done.changed else "这单已经撤销过了："
    text = (
        f"{head} <b>{esc(done.customer.name)}</b> 的{cards.money(done.order.amount_fen)}，"
        f"累计 {cards.money(done.total_fen)}"
    )
    rows = (
        (
            Button("恢复", buttons.RestoreOrder(done.order.order_id)),
            Button("查看客户", buttons.ShowCustomer(done.customer.customer_id)),
        ),
    )
    return Say(text, rows, about=About(done.customer.customer_id))


def whose(
    new: NewOrder,
    draft_id: int,
    candidates: Sequence[Customer],
    new_name: str | None,
    near: bool,
    shown: Sequence[Customer] = (),
) -> Say:
    """Whose order it is, when the words fit several or nobody; shown: the customer shown last, who may be meant."""
    made = [Button(_label(c), buttons.OrderOf(draft_id, c.customer_id)) for c in candidates]
    rows = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    last = [Button(f"新客户：{_cut(new_name)}", buttons.OrderOfNew(draft_id))] if new_name else []
    last += [Button(f"记到 {_label(c)}", buttons.OrderOf(draft_id, c.customer_id)) for c in shown]
    rows.append((*last, Button("不保存", buttons.DropDraft(draft_id))))
    what = f"{cards.money(new.amount_fen)}{' ' + esc(new.product) if new.product else ''}"
    if not candidates:
        ask = f"没找到「{esc(new_name or '')}」这位客户，{what} 这单先帮您留着，要新建客户吗？"
    else:
        ask = f"{what} 这单是谁的？" + ("（没找到完全一样的名字）" if near else "")
    return Say(ask, tuple(rows))


def each_or_all(one: Doubted, customer: Customer, draft_id: int) -> Say:
    """What one number beside pieces may be: the price of one, or of all; what is paid each month: of a year or once."""
    told, customer_id = cards.money(one.lone.sums[1]), customer.customer_id
    each, whole = f"一共 {cards.money(one.each_fen)}", f"一共 {cards.money(one.all_fen)}"
    lines = ((one.goods, one.lone), *one.others)
    counted = ((f"{goods} " if goods and goods[-1].isascii() else goods, lone) for goods, lone in lines)  # ER32 5个
    said = "、".join(f"{esc(goods)}{lone.pieces:f}{lone.piece}，{cards.money(lone.sums[1])}" for goods, lone in counted)
    text = f"<b>{esc(customer.name)}</b> {said} 是单价还是总价？"
    if one.is_monthly:
        each, whole = f"一年 {cards.money(one.each_fen)}", f"只记首月 {cards.money(one.all_fen)}"
        text = f"<b>{esc(customer.name)}</b> 每月 {told}：按{each} 记，还是{whole}？"
    elif one.others:
        each, whole = f"都是单价，{each}", f"都是总价，{whole}"
    else:
        each, whole = f"单价 {told}，{each}", f"总价 {told}，{whole}" if one.goods else whole
    rows = (
        (Button(each, buttons.OrderByPiece(draft_id, customer_id)),),
        (Button(whole, buttons.OrderOf(draft_id, customer_id)),),
        (Button("不保存", buttons.DropDraft(draft_id)),),
    )
    return Say(text, rows, about=About(customer_id))


def not_found() -> Say:
    """The order is gone or somebody else's."""
    return Say("找不到这张订单，可能不在您名下了。发 <code>查 客户名</code> 看订单。")


def amount_impossible() -> Say:
    """Nothing, or too much."""
    return Say("金额要大于 0、小于 1000 亿元，请改一下再发，例如：<code>订单 张伟 12000 螺栓M8</code>")


def ask_order(customer: Customer) -> Say:
    """[下单] below the card."""
    text = f"<b>{esc(customer.name)}</b> 的订单：发金额和产品就行，例如：<code>12000 螺栓M8</code>"
    return Say(text, about=About(customer.customer_id))


def goods(order: Order | NewOrder) -> str:
    """The goods; of more than four the first ones and how many there are, the number where the goods do not hold it."""
    product = order.product or ""
    each = product.split("、")
    if len(each) > SHOWN:
        return f"{esc('、'.join(each[:SHOWN]))} 等 {len(each)} 样"
    tells_each = len(each) > 1 and all(re.search(r"\d", part) for part in each)
    counted = (
        order.quantity and not tells_each and not re.search(rf"(?<![\dA-Za-z.]){order.quantity:g}\s?[一-鿿]", product)
    )
    return f"{esc(product)}{f' ×{order.quantity:g}' if counted else ''}".strip()


def _company(customer: Customer) -> str:
    return f"（{esc(customer.company)}）" if customer.company else ""


def _label(customer: Customer) -> str:
    more = customer.company or customer.title or customer.region
    return _cut(f"{customer.name} {more}" if more else customer.name)


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
