"""Words around what runs out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm.expiries import Expiry
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days

SHOWN = 10
LENGTH = 44  # characters of a note
HOW_TO = "记下日子我就能列，例如：<code>提醒 4月5日 高飞 会员卡到期</code>"


def page(span: tuple[date, date], goods: str, found: Sequence[Expiry], today: date) -> Say:
    """What runs out in these days, each with its day and customer; one sentence where nothing does."""
    first, last = span
    when = f"{first.month}月{first.day}日–{last.month}月{last.day}日" if first != last else days.day(first, today)
    what = f"「{esc(goods)}」" if goods else ""
    if not found:
        return Say(f"⏳ {when} 没有{what}到期或续费的待办和记录。\n{HOW_TO}")
    shown = found[:SHOWN]
    lines = [f"⏳ <b>{when} {what}到期、续费</b>，{len(found)} 件", *(_line(one, today) for one in shown)]
    lines += [f"另有 {len(found) - SHOWN} 件未列出"] * (len(found) > SHOWN)
    return Say("\n".join(lines), _rows(shown))


def _line(one: Expiry, today: date) -> str:
    named = f"<b>{esc(one.customer.name)}</b>：" if one.customer is not None else ""
    mark = "⏰" if one.task is not None else "📝"
    return f"· {days.day(one.on, today)} {named}{mark} {esc(cards.clip(' '.join(one.words.split()), LENGTH))}"


def _rows(shown: Sequence[Expiry]) -> Rows:
    named = {one.customer.customer_id: one.customer.name for one in shown if one.customer is not None}
    made = [Button(cards.clip(name, 12), buttons.ShowCustomer(key)) for key, name in named.items()]
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
