"""The log of who saw and changed what, and erasing a customer, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm import audit
from crm.audit import Act
from crm.erasing import Holding
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import days
from handlers.texts.robots import SERVICES
from handlers.texts.teams import ROLE_NAMES

ACTS: Final = {
    audit.SAW: "看了同事的客户",
    audit.EXPORTED: "导出了客户",
    audit.HELD: "导出了持有的全部数据",
    audit.ERASED: "抹除了客户",
    audit.IMPORTED: "导入了文件",
    audit.UNIMPORTED: "撤销了导入",
    audit.MERGED: "合并了客户",
    audit.UNMERGED: "撤销了合并",
    audit.HANDED_OVER: "办了离职交接",
    audit.ASSIGNED: "转交了客户",
    audit.ROLE_GIVEN: "给了角色",
    audit.ROLE_TAKEN: "收回了角色",
    audit.REMOVED: "移除了成员",
    audit.INVITED: "发了邀请",
    audit.SETTING: "改了设置",
    audit.ROBOT: "改了群机器人",
}
_CODES: Final = {**ROLE_NAMES, **SERVICES}  # as they stand in a detail
TABLES: Final = {
    "note": "记录",
    "orders": "订单",
    "task": "待办",
    "complaint": "投诉",
    "deal": "商机",
    "account_entry": "往来款",
    "customer_phone": "电话",
    "greeting": "祝福",
    "touch": "联系记录",
    "visit": "拜访",
    "survey_answer": "打分",
    "customer_relation": "关系",
}
HOW_TO: Final = "抹除谁？发 <code>抹除 张伟</code>，确认后他的全部数据都会删掉。"
HOW_TO_HELD: Final = "导出谁的？发 <code>持有数据 张伟</code>，我把存着的全部数据做成文件给您。"
NOTHING: Final = "还没有操作记录。"
KEPT: Final = "没有抹除，什么都没动。"


def log(acts: Sequence[Act], offset: int, page: int, zone: ZoneInfo, now: datetime) -> Say:
    """A page of the log, the newest first."""
    if not acts:
        return Say(NOTHING)
    lines = ["🧾 <b>操作记录</b>（只增不改，新的在前）", *(_line(act, zone, now) for act in acts[:page])]
    rows: list[tuple[Button, ...]] = []
    if len(acts) > page:
        rows.append((Button("更多", buttons.MoreAudit(offset + page)),))
    elif offset:
        rows.append((Button("回到开头", buttons.MoreAudit(0)),))
    return Say("\n".join(lines), tuple(rows))


def _line(act: Act, zone: ZoneInfo, now: datetime) -> str:
    about = ""
    if act.row.subject is not None:
        about = f"：{esc(act.customer)}" if act.customer else f"：已抹除的客户 {act.row.subject[:6]}"
    words = " ".join(_CODES.get(word, word) for word in act.row.detail.split(" "))
    detail = f"（{esc(words)}）" if words else ""
    when, did = days.moment(act.row.at, True, zone, now), ACTS.get(act.row.what, act.row.what)
    return f"· {when} {esc(act.member)} {did}{about}{detail}"


def ask(customer: Customer, found: Mapping[str, int]) -> Say:
    """What would be gone, and the two buttons; the harmless one first."""
    counted = [f"{TABLES[name]} {number}" for name, number in found.items() if name in TABLES]
    more = sum(number for name, number in found.items() if name not in TABLES)
    text = (
        f"🗑 抹除 <b>{esc(customer.name)}</b>？\n"
        f"会删掉：{'、'.join([*counted, f'其他 {more} 行']) if counted else f'{more} 行'}。\n"
        "提到他的草稿、收发的消息原文也会清空；没发出的提醒不再发。<b>不能恢复</b>；以前做的备份里还有。"
    )
    first = (Button("先不抹除", buttons.KeepCustomer(customer.customer_id)),)
    return Say(text, (first, (Button("确认抹除", buttons.Erase(customer.customer_id)),)))


def erased(name: str) -> Say:
    """It is done; his name is not repeated in the chat's own history by us."""
    return Say(
        f"已抹除。{esc(name[:1])}＊ 的数据都删掉了；操作记录里只留一个随机编号。聊天窗口里以前的消息请手动删除。"
    )


def held(customer: Customer, found: Sequence[Holding]) -> Say:
    """A file of everything, table by table."""
    rows = sum(len(one.rows) for one in found)
    content = json.dumps({one.table: one.rows for one in found}, ensure_ascii=False, indent=1, default=str)
    text = f"📦 {esc(customer.name)} 的全部数据：{len(found)} 类 {rows} 行。只给有权看的人。"
    return Say(text, document=(f"held-{customer.customer_id}.json", content.encode()))
