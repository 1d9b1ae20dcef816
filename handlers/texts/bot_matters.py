"""What is said about the bot itself: what it does at which hour, what it does in groups, how things are done."""

from __future__ import annotations

from collections.abc import Sequence

from crm.settings import Setting, Settings
from handlers.say import Say, esc
from handlers.texts import settings as setting_texts

_DIGEST = "群里的日报每天 18:00 发，这个时间改不了；没有连群的团队发给主管。"
SAID = {
    "days": "上班的日子按国家日历算（周一到周五，节假日和调休都知道），没法另设；每天几点上下班可以改："
    "<code>设置 上班时间 9点到18点</code>",
    "digest": f"{_DIGEST}早卡的钟点可以改：<code>设置 早卡 8点</code>",
    "group": "群里我每天 18:00 发日报，平时只答 /summary、/needs、/kpi、/report 和 /help，客户姓名打码，"
    "记客户请私聊我。"
    "把群连上：管理员发 /connect。",
    "connect": "Telegram 群：管理员私聊我发 /connect，按给的链接把我拉进群。企业微信、钉钉、飞书群：管理员发 /robots。",
    "undo_import": "导入错了：点那条「已导入」消息下面的 [撤销导入]（7 天内），新客户、订单和备注一起撤回；"
    "之后有了新记录的客户会保留。",
    "columns": "导入时每一列去了哪里，看文件卡片：点那一列可以改，「不导入」的没有收。"
    "负责人、跟进人、业务员这些列是「负责人」，"
    "写的是同事的名字就直接归他。已经导进来的：点 [撤销导入] 后重新发文件。",
    "erase": "客户要求删掉资料：管理员发 <code>抹除 张伟</code>，确认后他的全部数据都会删，不能恢复；删之前可以 "
    "<code>持有数据 张伟</code> 导出一份。刚录错的客户发 <code>撤销</code>，或打开他点 [更多] 删除。",
    "quit": "退出团队请管理员在 /members 里点您的名字移出；客户和待办会先交接给同事。",
    "festival": "祝福哪些节日由管理员定：发 <code>节日</code> 看名单；加自己的日子：<code>节日 司庆 6-18</code>，"
    "到那天按名单提醒祝福。",
}


def said(about: str) -> Say:
    """The one sentence that helps."""
    return Say(SAID[about])


def on_leave(who: str, is_manager: bool, taker: str = "") -> Say:
    """Nobody's leave is kept; what can be done meanwhile. `who` is '' for oneself, `taker` who may stand in."""
    name = esc(who) if who else "小周"
    to = esc(taker) if taker else "小李" if name != "小李" else "小周"
    give = (
        f"待办 <code>把{name}的任务都转给{to}</code>，一位客户 <code>把王总转给{to}</code>，"
        f"全部客户 <code>分配 负责人={name} 给 {to}</code>；回来后再转回来"
    )
    asks = f"代跟这样转：{give}。" if is_manager else "待办和客户要同事代跟，请主管转一下，回来后再转回来。"
    return Say(f"请假我这里不登记，这句没有当成记录或待办：早卡和提醒照发。{asks}")


def of_setting(setting: Setting, held: Settings, admins: Sequence[str]) -> Say:
    """How the setting is, for who may not change it."""
    value = esc(setting_texts.value(setting, getattr(held, setting.name)))
    who = "、".join(map(esc, admins[:3]))
    return Say(f"{setting.title}：{value}。{setting.effect}\n全团队一样，要改请找管理员{f' {who}' if who else ''}。")
