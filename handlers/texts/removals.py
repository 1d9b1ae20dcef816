"""What is said when somebody wants a customer deleted."""

from __future__ import annotations

from collections.abc import Sequence

from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import customers


def only_admins(customer: Customer) -> Say:
    """Deleting is for admins; what a rep can do stands below."""
    name, customer_id = esc(customer.name), customer.customer_id
    text = (
        f"客户和他的记录不会因为一句话删掉，<b>{name}</b> 还在，什么都没动。\n"
        f"· 彻底删除（不能恢复）由管理员做：<code>抹除 {name}</code>\n"
        f"· 录重了：<code>合并 {name} 另一个名字</code>\n"
        "· 不跟了、不想再收到他的提醒：点 [不再联系]"
    )
    rows = (
        (
            Button("不再联系", buttons.SetNoContact(customer_id, True)),
            Button("查看客户", buttons.ShowCustomer(customer_id)),
        ),
    )
    return Say(text, rows)


def just_entered(customer: Customer) -> Say:
    """Who was entered a moment ago can be taken back as a whole."""
    text = f"<b>{esc(customers.label(customer))}</b> 是刚录的，要撤销这次录入吗？连同那条记录和待办。"
    undo = Button("撤销录入", buttons.UndoCustomer(customer.customer_id))
    return Say(text, ((undo, Button("查看客户", buttons.ShowCustomer(customer.customer_id))),))


def which(called: str, found: Sequence[Customer], is_admin: bool) -> Say:
    """Nobody is called so, or several are."""
    if not found:
        return Say(f"名单里没有「{esc(called)}」，什么都没动。")
    made = [
        (
            Button(
                customers.label(one)[:30],
                buttons.AskErase(one.customer_id) if is_admin else buttons.ShowCustomer(one.customer_id),
            ),
        )
        for one in found
    ]
    return Say(f"叫「{esc(called)}」的有 {len(found)} 位，是哪一位？现在什么都没动。", tuple(made))
