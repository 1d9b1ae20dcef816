"""Who is entered of one firm, with post and masked number; the card of each is a tap away."""

from __future__ import annotations

from collections.abc import Mapping

from crm.firm_contacts import Contact, Contacts
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, masking

SHOWN = 12
NO_POST = "没写职位"


def page(found: Contacts, owners: Mapping[int | None, str]) -> Say:
    """The contacts, or that there are none; where nobody has the post asked for, all of the firm."""
    firm, post = esc(cards.clip(found.firm, 30)), esc(cards.clip(found.post, 20))
    if not found.found:
        return Say(f"客户里没有「{firm}」的联系人。")
    number = len(found.found)
    if post and not found.is_of_post:
        head = f"🏢 <b>{firm}</b>：没记着谁是{post}。录着的有 {number} 位："
    else:
        head = f"🏢 <b>{firm}</b>{f' · {post}' if post else ''}：{number} 位"
    shown = found.found[:SHOWN]
    lines = [head, *(f"{at}. {_line(one, owners)}" for at, one in enumerate(shown, 1))]
    if number > SHOWN:
        lines.append(f"还有 {number - SHOWN} 位，发 <code>找 {firm}</code> 看。")
    made = [Button(one.customer.name[:20], buttons.ShowCustomer(one.customer.customer_id)) for one in shown]
    return Say("\n".join(lines), tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3)))


def _line(one: Contact, owners: Mapping[int | None, str]) -> str:
    row = one.customer
    parts = [esc(row.name), esc(row.title or NO_POST)]
    if one.phone:
        parts.append(masking.phone(one.phone))
    if row.owner_id in owners:
        parts.append(esc(owners[row.owner_id]))
    return " · ".join(parts)
