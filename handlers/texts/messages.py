"""What is said to free messages that no noun took."""

from __future__ import annotations

from crm.outbox import About
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc

NO_CAPTION = (
    "请给图片或文件配一句说明，例如：<code>张伟 合同已签</code>，我就记到客户名下。要导入客户请发 .xlsx 或 .csv 文件。"
)
EDIT_NOT_TAKEN = "改过的这条没有对应的客户或记录，请重新发一条。"
FOLLOWED = "✏️ 已按您改的更新"
TASK_NOT_FOLLOWED = "这条已定成提醒，改过的话里没看出以后的时间，提醒没有动。要改请点 [改时间]，或 [撤销] 再发一次。"
COMMAND_OF = {"reminder": "remind", "order": "order", "note": "note"}
_HOW_TO = {
    "remind": "要定提醒请这样发：<code>提醒 明天下午3点 给{name}回电话</code>",
    "order": "要记订单请这样发：<code>订单 {name} 12000 螺栓M8</code>",
    "done": "办完的事，请在待办卡片上点 [完成]。",
    "today": "今天要做的事请发 /today。",
    "summary": "客户汇总请发 /summary。",
    "risk": "流失风险请发 /risk。",
}
_ASK = {
    "note": "给 <b>{name}</b> 记什么？直接发一句话。",
    "reminder": "什么时候提醒您跟进 <b>{name}</b>？例如：<code>明天下午3点回电话</code>",
    "order": "<b>{name}</b> 的订单：金额和产品，例如：<code>12000 螺栓M8</code>",
}
_DEFAULT = "没看懂这一句，发 /help 看能做什么。"


def how_to(action: str, customer: Customer | None = None) -> str:
    """How to get what was meant, by command."""
    return _HOW_TO.get(action, _DEFAULT).format(name=esc(customer.name) if customer else "王总")


def ask_about(customer: Customer, what: str) -> Say:
    """The next text says what."""
    rows = ((Button("算了", buttons.ShowCustomer(customer.customer_id)),),)
    text = _ASK.get(what, _ASK["note"]).format(name=esc(customer.name))
    return Say(text, rows, about=About(customer.customer_id))
