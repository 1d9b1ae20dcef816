"""Words around leads that nobody has touched, and customers given to a colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from crm import ladder
from crm.ladder import Neglected
from crm.members import Actor
from crm.outbox import About
from crm.tables import Customer, Member, Transfer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import tasks

PAGE = 5
TOUCHED = "新线索都有人跟了"
NOBODY = "成员已离开"
NOTHING = "没有等着联系的新线索，都有人跟了。"


def told(leads: Sequence[Neglected], steps: Mapping[int, int], actor: Actor, now: datetime, more: int) -> Say:
    """The push: leads that have come to a further step; a lead of another rep at the last one can be given away."""
    gravest = max(steps.get(lead.customer.customer_id, 1) for lead in leads)
    head = "🌱 有新线索还没人联系："
    if gravest >= ladder.STEPS:
        head = (
            "🌱 有新线索一直没人联系，要不要换个人跟？" if actor.sees_team else "🌱 新线索还没联系，主管也收到了提醒："
        )
    return _page(head, leads[:PAGE], steps, actor, now, buttons.ShowLadder(PAGE) if more or len(leads) > PAGE else None)


def listed(leads: Sequence[Neglected], offset: int, actor: Actor, now: datetime) -> Say:
    """All untouched leads that were told of, a page of them."""
    if not leads:
        return Say(NOTHING)
    offset = offset if 0 <= offset < len(leads) else 0
    steps = {lead.customer.customer_id: lead.customer.lead_rung for lead in leads}
    following = offset + PAGE if offset + PAGE < len(leads) else 0
    more = buttons.ShowLadder(following) if len(leads) > PAGE else None
    head = f"🌱 还没联系的新线索 {len(leads)} 位："
    return _page(head, leads[offset : offset + PAGE], steps, actor, now, more, offset)


def _page(
    head: str,
    leads: Sequence[Neglected],
    steps: Mapping[int, int],
    actor: Actor,
    now: datetime,
    more: buttons.Press | None,
    offset: int = 0,
) -> Say:
    lines, made = [head], []
    for number, lead in enumerate(leads, offset + 1):
        days = (actor.today(now) - lead.since.astimezone(actor.zone).date()).days
        is_own = lead.customer.owner_id == actor.member_id
        owner = "" if is_own else f" · 负责人 {esc(lead.owner)}"
        lines.append(f"{number}. {tasks.named(lead.customer)} · {days} 天了{owner}")
        customer_id = lead.customer.customer_id
        if actor.sees_team and steps.get(customer_id, 1) >= ladder.STEPS:
            made.append(Button(f"转给 {number} ▸", buttons.OfferCustomer(customer_id)))
        else:
            made.append(Button(f"查看 {number}", buttons.ShowCustomer(customer_id)))
    lines.append("联系后记一笔，就不再提醒。")
    rows: list[tuple[Button, ...]] = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    if more is not None:
        rows.append((Button("更多", more),))
    return Say("\n".join(lines), tuple(rows))


def given(customer: Customer, taker: Member, back: Member | None = None, act: Transfer | None = None) -> Say:
    """The customer has gone to the colleague; `back`: who had him before and may again."""
    row = [Button("查看客户", buttons.ShowCustomer(customer.customer_id))]
    if customer.stage == "lead":
        row.append(Button("其他线索", buttons.ShowLadder(0)))
    if back is not None:
        row.insert(0, Button(f"转回 {back.name[:8]}", buttons.GiveCustomer(customer.customer_id, back.member_id)))
    elif act is not None:
        row.insert(0, Button("撤销", buttons.UndoTransfer(act.transfer_id)))
    rows: Rows = (tuple(row),)
    return Say(f"🤝 {tasks.named(customer)} 已转给 {esc(taker.name)}。", rows, about=About(customer.customer_id))


def taken_from_you(customer: Customer, giver: str, taker: str) -> Say:
    """To whoever had the customer."""
    return Say(f"🤝 {esc(giver)} 把 {tasks.named(customer)} 转给了 {esc(taker)}，待办一起转走了。")
