"""Every command once: its Chinese words, what it does and for whom. /help, the command menus and README read this."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.orm import Session

from crm.members import Actor
from handlers.context import Context

For = Literal["everyone", "manager", "admin"]


@dataclass(frozen=True, slots=True)
class Command:
    """`does` is its line in the menu, `example` what a person might type."""

    name: str
    words: tuple[str, ...]
    does: str
    whom: For = "everyone"
    example: str = ""
    in_group: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("today", ("今天",), "今天要做的事", example="周末有什么安排"),
    Command("add", ("加客户", "新客户"), "加客户", example="加客户 王总 13800138000 上海美达 采购经理"),
    Command("card", ("名片",), "名片：拍照或贴文字，存成客户", example="名片 王建国 采购经理 上海恒远科技 13800138000"),
    Command("note", ("记", "记录"), "记一笔跟进", example="记 王总 嫌交期慢，下周三回访"),
    Command("c", ("查", "客户"), "看一位客户", example="查 王总"),
    Command("find", ("找", "搜"), "找客户：中文、拼音、手机尾号", example="找 8000"),
    Command("said", ("翻记录", "查记录"), "在记录里找：谁提过什么", example="翻记录 涨价"),
    Command("customers", ("客户名单", "筛选"), "按条件列客户", example="筛选 行业=五金 价值=高 90天未下单"),
    Command("export", ("导出",), "把客户导出成 Excel", example="导出 行业=五金 90天未下单"),
    Command("order", ("订单", "下单"), "记订单", example="订单 王总 12000 螺栓M8"),
    Command("deal", ("商机",), "记商机，跟到成交或流失", example="商机 王总 8万 螺栓 6月底"),
    Command("deals", ("商机列表",), "在谈的商机，过期的在前"),
    Command("forecast", ("预测",), "这月和下月能成多少"),
    Command("target", ("目标",), "本月目标和进度", example="4月目标进度"),
    Command("remind", ("提醒",), "定提醒", example="提醒 明天下午3点 给王总回电话"),
    Command("complaints", ("投诉",), "未结的投诉"),
    Command("needs", ("需求汇总", "需求"), "需求和投诉：主题、产品、月份", example="需求汇总 本月", in_group=True),
    Command("risk", ("风险",), "可能流失的客户和原因"),
    Command("prefer", ("偏好",), "喜欢怎么联系、关心什么", example="偏好 王总 微信"),
    Command("credit", ("信用",), "欠款、逾期、异常提示", example="欠款 王总 5000 6月30日前"),
    Command("lead", ("线索",), "值不值得跟：资金、决定权、需求", example="线索 王总"),
    Command("relation", ("关系", "转介绍"), "谁介绍的、家人、种子客户", example="张伟 是 李娜 介绍的"),
    Command("visits", ("拜访计划", "扫楼"), "按地方排拜访，当天清单", example="拜访计划 明天 浦东"),
    Command("statement", ("对账单", "对账"), "一位、一家或一个公司的账", example="对账 张伟一家 今年"),
    Command("loyalty", ("忠诚度", "回头率"), "打分、满意度、复购、留存", example="张伟 打分 9"),
    Command("quality", ("数据质量",), "资料缺什么、错什么，一点就补"),
    Command("duplicates", ("查重", "重复客户"), "查重：可能重复的客户"),
    Command("merge", ("合并",), "把两条资料并成一位客户", example="合并 王总 王建国"),
    Command("quiet", ("不打扰",), "不打扰哪些客户", example="不打扰 王总"),
    Command("why", ("为什么",), "回复一条提醒：它为什么来", example="为什么 王总"),
    Command("missed", ("漏了什么",), "今天该来的提醒都在哪"),
    Command("campaign", ("活动",), "按条件发活动文案，看效果", example="活动 行业=五金 90天未下单"),
    Command("suggest", ("推荐",), "给客户推荐什么；谁会买什么", example="推荐 王总"),
    Command("tiers", ("会员等级", "等级"), "会员等级：谁升了、谁快掉级"),
    Command("clusters", ("聚类", "客户聚类"), "客户聚类：每一类的样子和打法", "manager"),
    Command("sources", ("来源",), "客户来源：线索、成交、钱、成本", "manager"),
    Command("views", ("七看",), "七看：画像、留存、利润、业绩、拓新、产品、活动", example="七看 利润"),
    Command("summary", ("汇总",), "客户五类汇总和图", "manager", in_group=True),
    Command("kpi", ("指标", "KPI"), "指标和平常范围，异常在前", "manager", in_group=True),
    Command("team", ("团队表现", "我的表现"), "每位销售做了什么"),
    Command("report", ("周报",), "上周周报：PDF，可以转发", "manager", in_group=True),
    Command("pool", ("公海", "看公海"), "公海：没人跟的客户，领取或分给人", example="公海 行业=五金"),
    Command("assign", ("分配", "分派"), "把客户分给销售，推荐谁合适", "manager", example="分配 行业=五金 给 小周"),
    Command("handover", ("交接",), "同事离职交接，7 天内可撤销", "manager", example="交接 小李 给 小周"),
    Command("members", ("成员",), "成员和角色", "manager"),
    Command("invite", ("邀请",), "邀请同事", "manager"),
    Command("connect", ("连接群",), "把群连到团队", "admin", in_group=True),
    Command("robots", ("机器人",), "企业微信、钉钉、飞书群", "admin"),
    Command("settings", ("设置",), "团队设置", "admin"),
    Command("templates", ("模板",), "自己的祝福语", "admin", example="模板 春节 {称呼}，新春大吉！"),
    Command("festivals", ("节日",), "祝福哪些节日、给谁", "admin", example="节日 司庆 6-18"),
    Command("audit", ("操作记录", "审计"), "谁看过、改过、导出过什么", "admin"),
    Command("erase", ("抹除",), "按客户要求删掉他的全部数据", "admin", example="抹除 王总"),
    Command("held", ("持有数据",), "导出存着的某位客户的全部数据", "admin", example="持有数据 王总"),
    Command("model", ("模型",), "标签模型：成绩、学习、退回", "admin"),
    Command("words", ("词表",), "竞品、品牌、产品的名字", "admin", example="词表 加 竞品 永固"),
    Command("help", ("帮助",), "怎么用", in_group=True),
    Command("start", (), "开始"),
)
DEFAULT = ("help", "start")
# The pages of /help, each with its commands.
TOPICS = {
    "每天": "today add note remind find c said card complaints visits quiet why missed",
    "客户": "customers export duplicates merge relation prefer lead quality pool loyalty",
    "生意": "order deal deals target statement credit suggest risk tiers campaign",
    "看数": "summary needs kpi team report forecast sources views clusters",
    "团队": "assign handover members invite connect robots settings templates festivals "
    "audit erase held model words help start",
}
FIRST = ("add", "note", "c", "find", "order", "remind", "deal", "visits")  # whose examples /help begins with


def for_actor(actor: Actor) -> list[Command]:
    """The commands that the member's roles permit, in menu order."""
    return [c for c in COMMANDS if _is_for(actor, c.whom)]


def of_topic(actor: Actor, topic: str) -> list[Command]:
    """The member's commands of a page of /help."""
    names = TOPICS.get(topic, "").split()
    return sorted((c for c in for_actor(actor) if c.name in names), key=lambda c: names.index(c.name))


def for_groups() -> list[Command]:
    """The commands that make sense in a group."""
    return [c for c in COMMANDS if c.in_group]


async def publish(call: Callable[[str, dict[str, Any]], Awaitable[Any]]) -> None:
    """The menus of strangers and of groups are set; a starting process does this once."""
    default = [c for c in COMMANDS if c.name in DEFAULT]
    await call("setMyCommands", {"commands": _lines(default), "scope": {"type": "default"}})
    await call("setMyCommands", {"commands": _lines(for_groups()), "scope": {"type": "all_group_chats"}})


def own(actor: Actor) -> dict[str, Any]:
    """The parameters of setMyCommands that give the member the menu of their roles."""
    return {"commands": _lines(for_actor(actor)), "scope": {"type": "chat", "chat_id": actor.user_id}}


def show(db: Session, context: Context, actor: Actor) -> None:
    """The member's own menu is set with this transaction."""
    context.send(db, "setMyCommands", own(actor), actor.user_id)


def hide(db: Session, context: Context, user_id: int) -> None:
    """Who has left sees the strangers' menu again."""
    context.send(db, "deleteMyCommands", {"scope": {"type": "chat", "chat_id": user_id}}, user_id)


def _lines(commands: list[Command]) -> list[dict[str, str]]:
    return [{"command": c.name, "description": _described(c)} for c in commands]


def _described(command: Command) -> str:
    other_words = [word for word in command.words if word != command.does]
    return f"{command.does}（{other_words[0]}）" if other_words else command.does


def _is_for(actor: Actor, whom: For) -> bool:
    return whom == "everyone" or actor.is_admin or (whom == "manager" and actor.is_manager)
