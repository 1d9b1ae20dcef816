"""What is said of customers by condition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from crm.conditions import Fitting
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards
from handlers.texts import customers as customer_texts
from nlp.conditions import NotUnderstood

EXAMPLE = "行业=五金 价值=高 90天未下单"
HOW_TO = (
    f"按条件找，例如：\n<code>{EXAMPLE}</code>\n<code>地区=苏州、无锡 没下过单</code>\n"
    "<code>高价值易流失 或 消费5万以上</code>\n"
    "能用：行业、地区、公司、职位、来源、负责人、价值、分组、阶段、标签、性别、消费、下单次数、流失概率、N天未下单、N天没联系、"
    "近N天下单、本月生日、有投诉、没微信、新客户、买过=…；空格是“且”，“或”写出来。"
)


def nobody(said: str) -> Say:
    """The answer to a question in everyday words (谁好久没联系了) of which it holds of nobody."""
    return Say(f"现在没有这样的客户（{esc(said)}）。" if said else "现在还没有客户。")


def listed(found: Fitting, said: str, draft_id: int, offset: int, shown: int, owners: Mapping[int | None, str]) -> Say:
    """How many fit, how the condition was understood, and a page of them."""
    head = f"🔎 符合的客户 <b>{found.total}</b> 位：{esc(said)}" if said else f"👥 客户 <b>{found.total}</b> 位"
    if not found.customers:
        return Say(f"{head}\n放宽一点再试，或发 /customers 看条件的写法。")
    made = [
        (Button(_label(row, owners, found.born), buttons.ShowCustomer(row.customer_id)),) for row in found.customers
    ]
    last = offset + len(found.customers)
    if found.total > shown:
        head += f"\n第 {offset + 1}–{last} 位，{'生日近的' if found.born else '价值高的'}在前。"
        is_last = last >= found.total
        label = "回到开头" if is_last else "更多"
        made.append((Button(label, buttons.MoreFitting(draft_id, 0 if is_last else last)),))
    made.append((Button(f"导出 {found.total:,} 位", buttons.ExportFitting(draft_id)),))
    return Say(head if said else f"{head}\n{HOW_TO}", tuple(made))


def _label(row: Customer, owners: Mapping[int | None, str], born: Mapping[int, date]) -> str:
    """The customer, with the colleague who has him for who sees all, after his birthday where that is asked for."""
    on = born.get(row.customer_id)
    when = f"{on.month}月{on.day}日 " if on is not None else ""
    owner = f" · {owners[row.owner_id]}" if row.owner_id in owners else ""
    return when + cards.clip(customer_texts.label(row), 24) + owner


def not_understood(error: NotUnderstood) -> Say:
    """A word that is no condition, with the nearest that are."""
    of = f"“{esc(error.field)}”不能是" if error.field else "没看懂"
    meant = f"，是不是“{'”“'.join(esc(word) for word in error.nearest)}”？" if error.nearest else "。"
    word = f"“{esc(cards.clip(error.word, 20))}”" if error.word else "条件"
    return Say(f"{of}{word}{meant}\n例如：<code>{EXAMPLE}</code>")


IN_GROUP = "按条件找客户请私聊我，群里不列名单。"
