"""What is said about contact cards."""

from __future__ import annotations

from collections.abc import Sequence

from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc

TOO_LARGE = "名片文件太大了（最多 1 MB），请只发一张名片，或直接打字：<code>加客户 王总 13800138000</code>"
NAMED = 20
BUTTONS = 6


def several(saved: Sequence[Customer], total: int) -> Say:
    """How many of the cards are new customers now."""
    lines = [f"✅ 名片 {total} 张，新存 {len(saved)} 位，已有 {total - len(saved)} 位。"]
    names = "、".join(esc(customer.name) for customer in saved[:NAMED])
    if names:
        lines.append(names + ("…" if len(saved) > NAMED else ""))
    made = [Button(customer.name[:20], buttons.ShowCustomer(customer.customer_id)) for customer in saved[:BUTTONS]]
    return Say("\n".join(lines), tuple(tuple(made[i : i + 3]) for i in range(0, len(made), 3)))


def no_card() -> Say:
    """The file holds no contact."""
    return Say("这个文件里没读到联系人，请重新导出 .vcf，或直接打字：<code>加客户 王总 13800138000</code>")
