"""What is said of changed fields: from what to what, taken back, and of people who left."""

from __future__ import annotations

import dataclasses
from typing import Any

from crm import customers
from crm.outbox import About
from crm.profile_changes import Changed
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import birthdays, cards
from handlers.texts import customers as customer_texts

LEFT = "看来换人了：原来的号码没有动。要把接手的人建成新联系人吗？"


_UNTOLD = {
    "phone": "的新手机号是多少？回复号码即可",
    "wechat": "的新微信号是什么？回复微信号即可",
    "email": "的新邮箱是什么？回复邮箱即可",
    "company": "的新公司叫什么？回复公司名即可",
    "address": "的新地址在哪里？回复地址即可",
    "title": "现在是什么职位？回复职位即可",
    "name": "的名字应该是什么？回复姓名即可",
    "birthday": "的生日是哪天？回复日期即可，例如 5月20日",
}


def ask_untold(customer: Customer, note_id: int, field: str) -> Say:
    """The sentence is kept as a note; the next text is the value that it does not tell."""
    rows = ((Button("先不填", buttons.ShowCustomer(customer.customer_id)), Button("撤销", buttons.UndoNote(note_id))),)
    name = f"<b>{esc(customer.name)}</b>"
    text = f"✅ 已记到 {name}\n❓ {name} {_UNTOLD[field]}"
    return Say(text, rows, about=About(customer.customer_id, note_id))


def changed(change: Changed) -> Say:
    """What became of the fields, from what to what; one tap brings the old values back, one shows the whole card."""
    customer = change.customer
    about, name = About(customer.customer_id), f"<b>{esc(customer.name)}</b>"
    show = Button("查看客户", buttons.ShowCustomer(customer.customer_id))
    if change.draft_id is None:
        return Say(f"✏️ {name} 没有变化，资料本来就是这样", ((show,),), about=about)
    names = "、".join(customer_texts.FIELD_NAMES.get(field, field) for field in change.after)
    lines = [_from_to(field, change.before[field], change.after[field]) for field in change.after]
    if "birthday" in change.after:
        was, born = (customers.birthdays(Customer(**value["birthday"])) for value in (change.before, change.after))
        lines += birthdays.understood([birthday for birthday in born if birthday not in was], "撤销")
    text = "\n".join([f"✏️ {name} {names}已更新", *lines])
    return Say(text, ((Button("撤销", buttons.UndoChange(change.draft_id)), show),), about=about)


def noted_too(card: Say, customer: Customer) -> Say:
    """The sentence is kept as a note besides."""
    return dataclasses.replace(card, text=f"{card.text}\n📝 这句也记到 {esc(customer.name)} 了")


def change_undone(change: Changed) -> Say:
    """The old values are back."""
    lines = [_from_to(name, change.after[name], value) for name, value in change.before.items()]
    rows = ((Button("查看客户", buttons.ShowCustomer(change.customer.customer_id)),),)
    text = "\n".join([f"↩️ 已撤销，<b>{esc(change.customer.name)}</b> 的资料改回：", *lines])
    return Say(text, rows, about=About(change.customer.customer_id))


def _from_to(name: str, was: object, becomes: object) -> str:
    return f"{customer_texts.FIELD_NAMES[name]}：{esc(_value(name, was))} → {esc(_value(name, becomes))}"


def _value(name: str, value: Any) -> str:
    if name == "phone":
        return "、".join(cards.phone(number) for number in value) or "空"
    if name == "birthday":
        return "、".join(cards.spoken(birthday) for birthday in customers.birthdays(Customer(**value))) or "空"
    return {"male": "男", "female": "女"}.get(value, value) if value else "空"


def left_tasks(gone: Customer, count: int) -> str:
    """Below the card of who came instead: what is still open about him who left."""
    name = esc(gone.name)
    return f"👥 {name} 名下还有 {count} 件待办没完成，发 <code>查 {name}</code> 看看要不要改。"


def left(card: Say, draft_id: int) -> Say:
    """Somebody left and another took over: the note is saved, the other can become a contact."""
    offer = ((Button("新建联系人", buttons.DraftAsCustomer(draft_id)),),)
    return dataclasses.replace(card, text=f"{card.text}\n👥 {LEFT}", rows=(*offer, *card.rows))
