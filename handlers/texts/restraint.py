"""Words around who is to be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm import restraint
from crm.outbox import About
from crm.tables import Customer, Note
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from nlp import bereavement

HOW_TO = "不打扰谁？例如：<code>不打扰 张伟</code>；以后恢复就发 <code>可以联系 张伟</code>。现在名单是空的。"
HOW_TO_LIFT = "恢复联系谁？例如：<code>可以联系 张伟</code>"


def lines(customer: Customer, today: date) -> list[str]:
    """What holds for the customer, a line each, for his card."""
    told = []
    if customer.no_contact:
        told.append("🚫 不打扰名单：不提醒生日、节日、流失和营销")
    if customer.mourning_until is not None and customer.mourning_until >= today:
        told.append(f"🕯 家里有丧事：到{_day(customer.mourning_until)}为止不祝福、不营销")
    if customer.bad_payer:
        told.append("💳 有欠款：不发优惠")
    return told


def mourning(customer: Customer, note: Note | None) -> str:
    """What a note that tells of a death has done; empty for any other."""
    until = customer.mourning_until
    if until is None or note is None or not bereavement.is_told(note.text):
        return ""
    return f"🕯 像是家里有丧事，到{_day(until)}为止不提醒祝福和营销。不是的话点 [解除]。"


def left_alone(customer: Customer, note: Note | None) -> str:
    """What a note that asks to leave the customer alone has done; empty for any other."""
    if note is None or not customer.no_contact or not restraint.asks_to_leave(customer, note):
        return ""
    return "🚫 也进了不打扰名单：不提醒生日、节日、流失和营销。"


def leave(customer: Customer, note: Note | None) -> tuple[Button, ...]:
    """The button that puts him on the list, below a note that sounds as if he asked for it."""
    if note is None or not restraint.may_ask_to_leave(customer, note):
        return ()
    return (Button("加入不打扰名单", buttons.SetNoContact(customer.customer_id, True)),)


def wished(on: date | None) -> str:
    """What a note that tells of a wish for the birthday of that day has done; empty for any other."""
    return f"🎂 记下了：{_day(on)}的生日已祝福，不再提醒。" if on is not None else ""


def allow(customer: Customer) -> tuple[Button, ...]:
    """The button that takes him off the list."""
    return (Button("可以联系", buttons.SetNoContact(customer.customer_id, False)),)


def lift(customer: Customer) -> tuple[Button, ...]:
    """The button that ends the mourning."""
    return (Button("解除", buttons.SetMourning(customer.customer_id, False)),)


def page(customer: Customer, today: date, head: str = "") -> Say:
    """What holds for the customer, and what can be changed."""
    customer_id = customer.customer_id
    mourns = customer.mourning_until is not None and customer.mourning_until >= today
    held = lines(customer, today) or ["可以联系，没有限制。"]
    rows: Rows = (
        (
            _toggle(
                "不打扰", "可以联系", buttons.SetNoContact(customer_id, not customer.no_contact), customer.no_contact
            ),
            _toggle("家有丧事", "解除哀悼", buttons.SetMourning(customer_id, not mourns), mourns),
        ),
        (
            _toggle("有欠款", "欠款已清", buttons.SetBadPayer(customer_id, not customer.bad_payer), customer.bad_payer),
            Button("看客户", buttons.ShowCustomer(customer_id)),
        ),
    )
    told = [head, f"<b>{esc(customer.name)}</b>{_company(customer)}", *held]
    return Say("\n".join(line for line in told if line), rows, about=About(customer_id))


def no_contact(customer: Customer, changed: bool) -> str:
    """After [不打扰] or [可以联系]."""
    if customer.no_contact:
        done = "✅ 已进不打扰名单" if changed else "之前就在不打扰名单里"
        return f"{done}。您自己定的提醒照响。"
    return "✅ 已恢复，可以联系了。" if changed else "本来就可以联系，没有改动。"


def each(rows: Sequence[Customer], holds: bool) -> Say:
    """Several customers at once."""
    names = "、".join(f"<b>{esc(row.name)}</b>" for row in rows)
    made = [Button(row.name[:20], buttons.ShowRestraint(row.customer_id)) for row in rows[:6]]
    done = f"✅ {names} 都进了不打扰名单。" if holds else f"✅ {names} 都可以联系了。"
    return Say(done, tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2)))


def bad_payer(customer: Customer, changed: bool) -> str:
    """After [有欠款] or [欠款已清]."""
    if customer.bad_payer:
        return "✅ 记下了：有欠款，营销和优惠不再提醒发给这位客户。" if changed else "之前已记为有欠款。"
    return "✅ 记下了：欠款已清。" if changed else "本来就没有欠款记录，没有改动。"


def mourned(customer: Customer, changed: bool) -> str:
    """After [家有丧事] or [解除]."""
    if customer.mourning_until is not None:
        return "✅ 记下了，请节哀。" if changed else "之前已记下，日期重新算了。"
    return "✅ 已解除，可以祝福了。" if changed else "之前已解除。"


def which(found: Sequence[Customer], word: str, holds: bool) -> Say:
    """Several customers fit."""
    made = [(Button(_label(c), buttons.SetNoContact(c.customer_id, holds)),) for c in found]
    return Say(f"找到这几位，{word}哪一位？", tuple(made))


def listed(found: Sequence[Customer], total: int, offset: int, page_size: int, today: date) -> Say:
    """Everybody who is left alone."""
    if not total:
        return Say(HOW_TO)
    told = [f"🤫 现在不打扰的客户 {total} 位："]
    told += [f"· {esc(c.name)}{_company(c)} {' '.join(line[0] for line in lines(c, today))}" for c in found]
    told.append("🚫 不打扰 · 🕯 哀悼期 · 💳 有欠款。点名字可以改。")
    made = [Button(_label(c), buttons.ShowRestraint(c.customer_id)) for c in found]
    rows = [tuple(made[at : at + 2]) for at in range(0, len(made), 2)]
    if total > page_size:
        following = offset + page_size if offset + page_size < total else 0
        rows.append((Button("更多" if following else "回到开头", buttons.ListRestrained(following)),))
    return Say("\n".join(told), tuple(rows))


def _toggle(on: str, off: str, press: buttons.Press, holds: bool) -> Button:
    return Button(off if holds else on, press)


def _day(last: date) -> str:
    return f"{last.month}月{last.day}日"


def _label(customer: Customer) -> str:
    text = f"{customer.name} {customer.company or ''}".strip()
    return text if len(text) <= 24 else text[:23] + "…"


def _company(customer: Customer) -> str:
    return f"（{esc(customer.company)}）" if customer.company else ""
