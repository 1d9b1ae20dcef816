"""Words around who owes: the debts that are noted, and beside them the orders that are neither paid nor noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm.accounts import Overdue
from crm.open_sales import OpenSales
from crm.settling import WITHIN
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import customers
from handlers.texts.cards import clip, money
from handlers.texts.credit import HOW_TO

BUTTONS = 12
NO_SALES = OpenSales()


def listed(
    found: Sequence[Overdue],
    total: tuple[int, int],
    owed: tuple[int, int],
    offset: int,
    following: int | None,
    others: Sequence[Overdue] = (),
    sales: OpenSales = NO_SALES,
) -> Say:
    """Who is overdue, and what all owe, with `others` who are not; who owes where nobody is overdue.

    sales: the orders beside the debts
    """
    number, fen = total
    define = Button("口径", buttons.DefineCredit(0))
    if not owed[0]:
        none = "现在没有逾期的欠款，也没有没到期的（没付清的单子，记过欠款才算）。"
        lines = ["💳 现在没有逾期的欠款，也没有记下没到期的。", *_open(sales, 0)] if sales.number else [none, HOW_TO]
        return Say("\n".join(lines), (*_customers(one.customer for one in sales.largest), (define,)))
    lines = [f"💳 逾期没付的客户 {number} 位，共 {money(fen)}："]
    if not number:
        lines = [f"💳 现在没有逾期的欠款；没到期的 {owed[0]} 位，共 {money(owed[1])}："]
    lines += [f"{offset + at}. {_line(one)}" for at, one in enumerate(found, 1)]
    if number and owed[1] > fen:
        lines.append(f"加上没到期的，一共欠 {money(owed[1])}（{owed[0]} 位）。")
        lines += [f"· {_line(one)}" for one in others]
    if number:
        lines.append("逾期期间优惠活动不发。")
    lines += _open(sales, owed[1])
    debtors = [one.customer for one in (*found, *others)]
    rows = _customers([*debtors, *(one.customer for one in sales.largest)])
    last = (define,) if following is None else (Button("更多", buttons.ListOverdue(following)), define)
    return Say("\n".join(lines), (*rows, last))


def of_colleague(name: str, found: Sequence[Overdue], total: tuple[int, int], sales: OpenSales = NO_SALES) -> Say:
    """What the customers of one colleague owe, due or not, the largest sums first, and their open orders."""
    number, fen = total
    head = f"💳 {esc(name)}的客户"
    lines = [f"{head}一共欠 {money(fen)}，{number} 位：" if number else f"{head}没有记着的欠款。"]
    lines += [f"{at}. {_line(one)}" for at, one in enumerate(found, 1)]
    lines += [f"另有 {number - len(found)} 位未列出"] * (number > len(found))
    lines += _open(sales, fen)
    return Say(
        "\n".join(lines), _customers([*(one.customer for one in found), *(one.customer for one in sales.largest)])
    )


def _open(sales: OpenSales, owed_fen: int) -> list[str]:
    """One line a customer: what he bought of late that is neither paid nor noted; with the debts, what all comes to."""
    if not sales.number:
        return []
    lines = [
        f"🧾 另有 {sales.number} 位近 {WITHIN.days} 天的订单没记收款，也没记欠款，"
        f"共 {money(sales.fen)}（当场付清的不算欠）："
    ]
    for one in sales.largest:
        paid = f"（付过 {money(one.paid_fen)}）" if one.paid_fen else ""
        lines.append(f"· {_called(one.customer)} {money(one.fen)}{paid}")
    if sales.number > len(sales.largest):
        rest_fen = sales.fen - sum(one.fen for one in sales.largest)
        lines.append(f"还有 {sales.number - len(sales.largest)} 位未列出，共 {money(rest_fen)}")
    return [*lines, f"连同记下的欠款，最多还有 {money(owed_fen + sales.fen)} 没收。"] if owed_fen else lines


def _line(one: Overdue) -> str:
    return f"{_called(one.customer)} {money(one.fen)}"


def _called(customer: Customer) -> str:
    """The customer in a list of dozens, which one message must hold."""
    return esc(clip(customers.label(customer), 30))


def _customers(shown: Iterable[Customer]) -> Rows:
    """A button for each of the first customers."""
    keys = {one.customer_id: one.name for one in shown}
    made = [Button(name[:20], buttons.ShowCredit(key)) for key, name in list(keys.items())[:BUTTONS]]
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
