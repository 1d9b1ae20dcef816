"""Words about sums in foreign money and the team's rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards
from handlers.texts.doubts import as_note
from nlp.fields import currencies
from nlp.fields.currencies import NAMES, Origin, plainly

NO_NUMBER = "没看出汇率，请直接发一个数字，例如：<code>7.12</code>"
SHOWN = 3  # sums of one message


def reckoned(made: Sequence[Origin]) -> str:
    """How the yuan were reckoned: $7,050 × 7.12 = ¥50,196."""
    lines = [
        f"💱 {currencies.shown(one.sum)} × {plainly(one.rate)} = ¥{Decimal(one.yuan.removesuffix('元')):,f}"
        for one in sorted(made, key=lambda one: -one.sum.value)[:SHOWN]
    ]
    return "\n".join(lines)


def ask_rate(currency: str, typed: str, draft_id: int, customer: Customer | None, may_set: bool) -> Say:
    """What is one unit in yuan; what was typed waits meanwhile."""
    sets = "记下后团队以后都按这个算" if may_set else "只用在这一笔；团队的汇率由主管设"
    note = (as_note(customer, (customer,), draft_id),) if customer is not None else ()
    rows: Rows = ((*note, Button("不保存", buttons.DropDraft(draft_id))),)
    ask = f"1 {NAMES[currency]}算多少人民币？直接发数字就行（{sets}）。"
    return Say(f"{ask}\n<i>{esc(cards.clip(typed, 300))}</i>", rows)


def was_set(currency: str, rate: Decimal, before: Decimal | None) -> Say:
    """The rate holds from now on."""
    was = f"（之前 {plainly(before)}）" if before is not None and before != rate else ""
    return Say(f"✅ {NAMES[currency]}汇率 {plainly(rate)}{was}\n以后的{NAMES[currency]}单按这个算，已经记下的不变。")


def also_set(currency: str, rate: Decimal) -> str:
    """The same, as a line below what was booked."""
    return f"{NAMES[currency]}汇率 {plainly(rate)} 也记下了，要改发 <code>{NAMES[currency]}汇率 {plainly(rate)}</code>"


def page(rates: Mapping[str, Decimal]) -> Say:
    """The rates that hold."""
    how = "主管这样设：<code>美元汇率 7.12</code>、<code>欧元按7.8算</code>"
    if not rates:
        return Say(f"还没设汇率。{how}；没设时记外币单我会先问。")
    lines = [f"{name} {plainly(rates[code])}" for code, name in NAMES.items() if code in rates]
    return Say("\n".join(["💱 团队的汇率（1 外币 = 多少人民币）", *lines, how]))


def as_deal(fen: int, draft_id: int, customer_id: int) -> Button:
    """The offer of a note is a deal."""
    return Button(f"记商机 {cards.money(fen)}", buttons.DealOf(draft_id, customer_id))
