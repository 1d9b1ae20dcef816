"""Words of what a customer, a household or a company bought in a period."""

from __future__ import annotations

from datetime import date, timedelta

from crm.outbox import About
from crm.sales_sheets import Sheet
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import credit, customers, orders
from handlers.texts.cards import money

HOW_TO = (
    "看谁的账？例如：<code>对账 张伟 上月</code>、<code>对账 张伟一家 今年</code>、<code>对账 张伟 公司 近90天</code>。"
)
BAD_PERIOD = f"这段日子不对。{HOW_TO}"
_SCOPES = {"one": "个人", "household": "一家", "company": "公司"}
_DEFINITION = (
    "<b>对账单的口径</b>\n"
    "· 按下单日，首尾两天都算，截止到现在；已撤销的订单不算。\n"
    "· 买 = 金额为正的订单；退 = 退货；净 = 买 − 退。"
    "回款 = 这段时间到账的，当场付清的订单也算；"
    "还欠 = 到现在为止记的欠款 − 全部回款，不分时间段；没记欠款的订单不在里面，另列。\n"
    "· 一家：记了家人关系的客户，连着的都算；公司：公司名写得一样的客户。只算你看得到的客户。"
)


def page(sheet: Sheet, today: date) -> Say:
    """The sums and the newest orders."""
    customer = sheet.customer
    whose = {
        "one": customers.label(customer),
        "household": f"{customer.name} 一家",
        "company": customer.company or customers.label(customer),
    }[sheet.scope]
    lines = [f"🧾 <b>{esc(whose)}</b> {_days(sheet.first, sheet.last)}"]
    if sheet.scope != "one":
        named = "、".join(esc(one.name) for one in sheet.people[:6])
        lines.append(f"{len(sheet.people)} 位：{named}{'…' if len(sheet.people) > 6 else ''}")
    if sheet.scope == "household" and len(sheet.people) == 1:
        lines.append("还没记家人，例如：<code>张伟 和 李芳 是 夫妻</code>")
    net = sheet.sold_fen - sheet.returned_fen
    lines.append(f"{sheet.number} 笔：买 {money(sheet.sold_fen)}，退 {money(sheet.returned_fen)}，净 {money(net)}")
    if sheet.paid_fen or sheet.owed_fen:
        lines.append(f"回款 {money(sheet.paid_fen)}，{_owed(sheet.owed_fen)}")
    if sheet.returned_fen and not sheet.owed_fen and (more_fen := sheet.paid_fen - max(net, 0)) > 0:
        lines.append(f"⚠️ 回款比净额多 {money(more_fen)}，退货的钱要是还没退给客户，记得退")
    if sheet.unpaid_fen:
        lines.append(credit.beside(sheet.unpaid_fen))
    for order, name in sheet.newest:
        by = f" {esc(name)}" if sheet.scope != "one" else ""
        what = f" {orders.goods(order)}" if order.product else ""
        lines.append(f"· {order.ordered_on.month}月{order.ordered_on.day}日{by}{what} {money(order.amount_fen)}")
    if sheet.number > len(sheet.newest):
        lines.append(f"· 还有 {sheet.number - len(sheet.newest)} 笔")
    return Say("\n".join(lines), _rows(sheet, today), about=About(customer.customer_id))


def _owed(fen: int) -> str:
    if fen < 0:
        return f"比记下的欠款多 {money(-fen)}"
    return f"到现在还欠 {money(fen)}" if fen else "记下的欠款都付清了"


def definition(press: buttons.DefineSheet) -> Say:
    """How the sums come about."""
    back = buttons.ShowSheet(press.customer_id, press.scope, press.first, press.last)
    return Say(_DEFINITION, ((Button("返回", back),),), about=About(press.customer_id))


def _rows(sheet: Sheet, today: date) -> tuple[tuple[Button, ...], ...]:
    customer_id, (first, last) = sheet.customer.customer_id, (sheet.first.toordinal(), sheet.last.toordinal())
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    stretches = {
        "本月": (month, today),
        "上月": (before.replace(day=1), before),
        "今年": (today.replace(month=1, day=1), today),
    }
    scopes = tuple(
        Button(f"{'✓ ' if code == sheet.scope else ''}{name}", buttons.ShowSheet(customer_id, code, first, last))
        for code, name in _SCOPES.items()
        if code != "company" or sheet.customer.company
    )
    row = tuple(
        Button(name, buttons.ShowSheet(customer_id, sheet.scope, start.toordinal(), end.toordinal()))
        for name, (start, end) in stretches.items()
    )
    last_row = (
        Button("口径", buttons.DefineSheet(customer_id, sheet.scope, first, last)),
        Button("看客户", buttons.ShowCustomer(customer_id)),
    )
    return scopes, row, last_row


def _days(first: date, last: date) -> str:
    return f"{first.year}年{first.month}月{first.day}日–{last.month}月{last.day}日"
