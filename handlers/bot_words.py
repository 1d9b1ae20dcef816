"""Sentences about the bot itself, no customer's: 早报改成7点半, 生日提前5天提醒, 群里能干嘛, 我明天到后天请假."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["set", "reset", "page", "say", "line", "leave", "name"]


@dataclass(frozen=True, slots=True)
class Matter:
    """`about` is a setting to be set, reset or shown, a text to say, a command to be done, or who is on leave.

    `value`: what is typed for the setting. `of_all` False: a rep may say it of the customer shown last.
    """

    kind: Kind
    about: str
    value: str = ""
    of_all: bool = True


_END = r"(?:了|吧|呗|啊|呀|哈|哦|噢|呢|吗|嘛|么|好不好|行不行|可以吗|谢谢|一下)*[\s。.!！?？~]*"
_ASK = (
    r"(?:请|麻烦|帮我|帮忙|给我|能不能|可不可以|可以|能|我想|我要|想要?|希望|以后|今后|从今天起|从明天起|把"
    r"|将)*\s*"
)
_ALL = r"(?:我们?|咱们?|大家|所有人|全部|每[个位]人?|团队|公司|销售|所有)?的?"
_CARD = r"(?:每天)?(?:的)?(?:早卡|早报|晨报|晨卡|早上?的?(?:卡片|推送))"
_CLOCK = (
    r"(?:早上?|上午|晚上?|下午|中午)?\s?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s?"
    r"[点时:：]\s?(?:钟|整|半|一刻|三刻|\d{1,2}分?)?"
)
_TO = r"(?:的?(?:时间|钟点))?\s*(?:改|调|设|换|定|挪|推迟|提前|延)(?:成|到|为|在|至|整到)?\s*"
_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半个?)"
_DAYS = rf"{_N}\s?(?:天|日|周|个?星期|个?礼拜|个?月)(?:\s?[和、,，跟及]\s?{_N}\s?(?:天|日|周|个?星期))*"
_STOP = r"(?:别|不要|勿|不用|甭|不想|停止|不)(?:再)?"
_REST = r"(?:周末|周六周日|周六日|双休日?|休息日|节假日|放假|休假)(?:的?时候|那?[几两]?天|期间)?"
_WHO = r"(?:给|跟|向)?(?:我们?|大家|人|销售)?(?:再)?"

# What is said → the setting and its value, or its page; (?P<v>) is what was told, a bare word a value of our own.
_SET = (
    ("card_hour", "", rf"{_ASK}{_ALL}{_CARD}{_TO}(?P<v>{_CLOCK})(?:再|才|开始)?(?:发|推)?(?:送|出|给)?{_ALL}"),
    ("card_hour", "", rf"{_ASK}{_ALL}{_CARD}(?P<v>{_CLOCK})(?:再|才|开始)?(?:发|推送?)(?:送|出|给)?{_ALL}"),
    ("card_on_days_off", "不发", rf"{_ASK}{_REST}(?:也|都|就|请)*{_STOP}{_WHO}(?:发|推|收到?|看)(?:送)?{_CARD}"),
    ("card_on_days_off", "不发", rf"{_ASK}{_CARD}{_REST}(?:也|都|就|请)*{_STOP}(?:发|推)?"),
    ("card_on_days_off", "照常发", rf"{_ASK}{_REST}(?:也|都|照样|照常|要)+(?:要|给)?(?:大家|我们?)?发{_CARD}"),
    ("group_names", "全名", rf"{_ASK}群里的?(?:客户)?的?(?:名字|姓名|名)?(?:都|就)?{_STOP}打码"),
    ("group_names", "全名", rf"{_ASK}群里(?:都|就)?(?:显示|用|写|发)(?:客户)?的?全名"),
    ("group_names", "打码", rf"{_ASK}群里的?(?:客户)?的?(?:名字|姓名|名)(?:都|要|也)*打码"),
    ("weekly_report", "不发", rf"{_ASK}(?:每周的?)?周报(?:就|都)?{_STOP}(?:要|发)?(?:发|推)?送?"),
    (
        "quiet_hours",
        "关",
        r"(?:取消|关掉|关闭|去掉|不要)免打扰|免打扰(?:时段|时间)?(?:取消|关掉|关闭|关了|去掉"
        "|不要)",
    ),
)
_BIRTHDAY = (
    rf"{_ASK}(?P<all>所有|全部|大家的?|每[个位])?(?:客户们?的?)?(?:过?生日|生日提醒|提醒生日)(?:都|统一|要|请"
    rf"|改成|改为|设成)*"
    rf"提前(?:到)?\s?(?P<v>{_DAYS})(?:都)?(?:提醒|通知|告诉|发)?(?P<us>我们|大家|销售)?(?:我|一下|一次)?",
    rf"{_ASK}(?P<all>所有|全部)?提前\s?(?P<v>{_DAYS})(?:提醒|通知)(?P<us>我们|大家|销售)?我?(?:客户的?)?生日",
)
_CAP = (
    rf"{_ASK}(?:每个?月|一个?月)(?:每[位个]?客户)?(?:最多|顶多|不超过|只能?)(?:联系|打扰|找)?(?:每[位个]?"
    rf"|同一[个位]|一[个位])?(?:客户)?(?:联系"
    rf"|打扰)?\s*(?P<v>{_N})\s?次"
)
_PAGE = (
    (
        "card_hour",
        rf"{_ALL}(?:现在|目前|每天)?{_ALL}{_CARD}(?:现在|是|都|每天|一般|的?时间)*(?:几点|什么时候|啥时候"
        rf"|何时)(?:发|到|来|推|收到?)?送?的?",
    ),
    ("card_hour", rf"{_ALL}(?:现在|每天|都)*(?:几点|什么时候|啥时候)(?:会|能|可以)?(?:收到?|看到|有|发){_CARD}的?"),
    (
        "card_hour",
        rf"(?:怎么|如何|咋)(?:改|调|设置?){_CARD}(?:的?时间)?|{_CARD}(?:的?时间)?(?:怎么|如何|咋|在哪里?)(?:改"
        rf"|调|设置?)",
    ),
    ("card_on_days_off", rf"{_ASK}(?:今天|明天|后天|这几天)?(?:早上)?{_STOP}(?:给我)?发{_CARD}"),
    (
        "pool_days",
        r"公海(?:回收)?(?:的)?规则(?:是什么|是啥|怎么定|怎么设|在哪设?)?|公海回收\s*\d[^?？]{0,16}|(?:多久"
        r"|几天)(?:不跟进?|没跟进?)?(?:会)?(?:回收|回公海"
        r"|掉公海|进公海)",
    ),
    (
        "quiet_hours",
        rf"{_ASK}(?:我)?(?:每天)?(?:{_CLOCK}|晚上?|夜里|半夜|深夜)(?:以?后|之后|过后)?(?:就|都|请"
        rf"|我)*{_STOP}{_WHO}(?:发|推送?|收|吵"
        rf"|打扰)(?:到|送)?{_WHO}(?:消息|提醒|通知)?",
    ),
    (
        "quiet_hours",
        rf"{_ASK}{_CLOCK}\s?(?:到|至|-|–|—|~|～)\s?{_CLOCK}[\s,，]*(?:期间|之间)?(?:就|都"
        rf"|请)*{_STOP}{_WHO}(?:发|推送?|吵"
        rf"|打扰)送?(?:消息|提醒)?我(?:们)?(?:消息|提醒)?",
    ),
    (
        "quiet_hours",
        r"(?:怎么|如何|咋)(?:设置?|改|开启?|关)(?:免打扰|勿扰|安静时[段间])|免打扰(?:时段|时间)?(?:是)?(?:几点"
        r"|什么时候|怎么设置?|怎么改|在哪设?)[^。]{0,6}",
    ),
    ("monthly_cap", r"(?:每月|联系)上限(?:是)?(?:多少|几次|怎么[设改]置?)"),
    ("birthday_lead_days", r"生日(?:提醒)?(?:是)?提前(?:几|多少)天(?:提醒)?(?:的)?|生日提前(?:怎么|在哪)[设改]置?"),
)
_SAY = (
    (
        "days",
        r"(?:我们?|公司|团队)?(?:的)?(?:上班时间|工作日|上班)(?:是|为|改成|:|：)?\s?(?:周|星期"
        r"|礼拜)[一二三四五六]\s?(?:到|至|-|~|—)\s?(?:周|星期"
        r"|礼拜)?[一二三四五六日天]|(?:我们?|公司|团队)?(?:是)?(?:大小周|单休|双休|做[五六]休[一二])",
    ),
    (
        "digest",
        rf"{_ASK}(?:群里?的?日报|日报|群里的?消息)(?:的?时间)?\s*(?:改|调|设|换|挪|推迟|提前)(?:成|到|为|在"
        rf"|至)?\s*{_CLOCK}(?:再|才)?发(?:送|出)?"
        rf"|群(?:里)?(?:的)?(?:日报|消息)?(?:是)?(?:几点|什么时候)发|日报(?:是)?(?:几点|什么时候)发",
    ),
    (
        "group",
        r"(?:在)?群里?(?:面)?(?:能|可以|都能|会)(?:用来)?(?:干嘛|干什么|做什么|干啥|做啥|用什么|发什么)"
        r"|群里?怎么用|(?:你|机器人)?在群里(?:能|可以|会)?(?:干嘛"
        r"|干什么|做什么|干啥)",
    ),
    (
        "connect",
        r"(?:怎么|如何|咋)(?:样)?(?:才能)?(?:把)?(?:你|机器人)?(?:连|接|绑|加|拉|连接|绑定)(?:上|到|进"
        r"|入)?(?:微信|团队|钉钉|我们)?群(?:里|上)?|(?:怎么"
        r"|如何|咋)(?:样)?(?:把)?(?:微信|团队|钉钉|我们的?)?群(?:连|接|绑|连接|绑定)(?:上|进来|起来)?|群(?:怎么"
        r"|如何|咋)(?:连|接|绑|连接|绑定)(?:上)?",
    ),
    (
        "undo_import",
        r"(?:刚才|刚刚)?(?:的)?(?:导入|导|表格?)(?:的)?(?:错|重复|多)(?:了"
        r"|啦)?(?:一?[份批次])?(?:[\s,，]*)?(?:怎么|如何"
        r"|咋)(?:样)?(?:才能)?(?:撤|退|删|办|恢复|弄)(?:销|回|掉|除)?|(?:怎么|如何|咋)(?:样)?撤(?:销"
        r"|回)(?:刚才的?|上次的?)?导入(?:的)?(?:客户|订单"
        r"|表格?|文件)?",
    ),
    (
        "columns",
        r"(?:表|表格|文件|导入的?表?|excel)(?:里|中|里面)的?[^，。,?？]{1,10}?(?:怎么|为什么|为啥"
        r"|咋)(?:都)?没(?:有)?(?:导进?|进|导入|收|存)(?:去|来"
        r"|进去|进来)?|(?:导入|表格?)(?:后|里)?的?[^，。,?？]{1,8}(?:去哪了?|没了|丢了|不见了?)",
    ),
    (
        "erase",
        r"(?:客户|有客户|顾客)(?:要求|让我?们?|想|要)(?:把|我们?)?(?:删除?|删掉|抹除|清除)(?:他们?|她"
        r"|自己)?的?(?:全部|所有)?(?:资料|数据"
        r"|信息)(?:[\s,，]*(?:怎么办|怎么弄|怎么操作|怎么删))?|(?:怎么|如何|咋)(?:样)?(?:彻底)?(?:删除?|删掉"
        r"|抹除)(?:一?[个位])?客户(?:的?(?:资料|数据))?",
    ),
    ("quit", r"(?:我)?(?:要|想|怎么|如何)?(?:我)?(?:要|想)?(?:退出|离开)(?:这个|我们|本)?团队"),
    (
        "festival",
        r"(?:[一-鿿]{1,5}节|司庆|厂庆|店庆|周年庆)(?:的?时候|那天)?(?:也|都)(?:要|给)?(?:客户们?|大家)?发(?:个"
        r"|条)?祝福|(?:司庆|厂庆|店庆|周年庆"
        r"|公司生日)(?:日)?(?:是|在|定在)?\s?\d{1,2}[月./-]\d{1,2}[日号]?.{0,24}",
    ),
    ("leave", r"(?:怎么|如何|在哪)(?:样)?请假|请假(?:了)?(?:的?话)?(?:怎么[办弄说]|跟谁说)?"),
    ("leave", r"[^，。,]{0,14}请假.{0,8}(?:提醒|早卡|客户)(?:怎么办|怎么弄|还发吗|谁管|谁跟).{0,4}"),
)
_LINES = (
    (
        "/invite",
        rf"{_ASK}邀请(?:一?[个位名])?(?:新)?的?(?:同事|销售|主管|经理|管理员|业务员?|人|成员|组员|新人)(?:进来"
        rf"|加入|进团队)?|(?:怎么|如何|咋)(?:样)?(?:邀请"
        rf"|加|拉|添加)(?:新)?(?:同事|销售|成员|人)(?:进来|加入|进团队)?|(?:怎么|如何)(?:把)?(?:同事|销售"
        rf"|他们)(?:加|拉|邀请)(?:进来|进团队)",
    ),
    (
        "/members",
        r"谁(?:都)?是(?:我们?的?)?(?:管理员|主管)|(?:管理员|主管)(?:都)?是谁|(?:还有)?谁(?:还)?没(?:有)?(?:进来"
        r"|加入|加进来|进团队)|团队(?:里"
        r"|现在)?(?:都)?有(?:谁|哪些人|几个人)",
    ),
    (
        "/audit",
        r"(?:今天|昨天|最近|这周|本周|都)?(?:有)?谁(?:都)?(?:看|导出|下载|改|删除?|动)过.{0,8}?(?:客户|资料"
        r"|数据|名单|设置)(?:的?(?:资料|数据|电话))?(?:记录)?",
    ),
    (
        "/export",
        rf"{_ASK}(?:(?:全部|所有)的?(?:客户|订单|资料|数据|名单)(?:都)?导(?:出来|出|成表格?)|导出(?:全部"
        rf"|所有)的?(?:客户|订单|资料|数据)|(?:客户|订单"
        rf"|名单)(?:都|全部|全)?导出来)",
    ),
    (
        "/help",
        r"(?:怎么|如何|从哪)(?:开始|上手|用你|用)(?:用|使用)?|(?:你|机器人)(?:都)?(?:能|会|可以)(?:干嘛|干什么"
        r"|做什么|干啥|做啥|帮我(?:干|做)(?:什么|啥))"
        r"|(?:新手|入门)(?:怎么用|教程|指南)|帮助\s?(?:管理|团队|设置|管理员)",
    ),
)
_RESET = r"(?:把)?(?P<v>[^\s，。,]{2,8}?)(?:的?(?:时间|时段))?(?:恢复|还原)(?:成|到|为)?默认(?:值|设置|的)?"
_NAME = (
    r"(?:设置\s*)?(?:把)?(?:我们)?(?:的)?团队(?:的)?名(?:字|称)?\s*(?:改成|改为|叫|换成|设为|是"
    r"|[:：])?\s*[「“\"]?(?P<v>[^\s「」“”\"?？，。,]{2,20})[」”\"]?"
)
TIME = re.compile(
    r"[今明后昨天大这本下上个周星期礼拜月一二三四五六日末年号/.\d午早晚全到至~—–\-和从起开始就想要得需准备打算已经又都也可能应该，,、\s]*"
)
_AWAY = re.compile(
    r"[请休](?:了|个|[一二两三半几\d]{1,2}个?(?:天|周|星期|月)){0,3}的?(?:假|年假|产假|病假|事假|婚假|陪产假"
    r"|丧假|年休假?|长假)"
    r"|休假|调休|年假|产假|病假"
)
IS_COVER = re.compile("代|跟|管|盯|接手?|照看|照顾|负责|谁")
_ABOUT = re.compile(
    "早[卡报]|晨[报卡]|卡片|推送|日报|周报|生日|打扰|打码|群|公海|上限|每个?月|一个?月|周末|休息日|节假日|双休"
    "|放假|[单大]休|大小周|上班|工作日"
    "|导|表|文件|excel|删|抹|资料|退出|离开|[节庆]|公司生日|请假|休|邀请|添加|同事|成员|团队|谁|主管|默认|怎么"
    "|如何|从哪|帮助|新手|入门|你|机器人"
    "|发消息|收消息|全名|[别勿甭]|不要|[年产病]假"
)
_WEEK = re.compile(r"(?P<n>\d{1,2}|[一二两三四])\s?(?:周|个?星期|个?礼拜)")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


@functools.cache
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern}){_END}", re.I)


def read(text: str) -> Matter | None:
    """What of the bot itself the sentence is about; None for any other.

    >>> read("早报改成7点半"), read("群里能干嘛").about, read("张伟生日提前5天提醒我"), read("我明天到后天请假").kind
    (Matter(kind='set', about='card_hour', value='7点半', of_all=True), 'group', None, 'leave')
    """
    if len(text) > 60 or "\n" in text or not _ABOUT.search(text):
        return None
    return _setting(text) or _birthdays(text) or _told(text) or _leave(text)


def _setting(text: str) -> Matter | None:
    for name, value, pattern in _SET:
        if match := _whole(pattern).fullmatch(text):
            return Matter("set", name, value or match["v"])
    if match := _whole(_CAP).fullmatch(text):
        return Matter("set", "monthly_cap", match["v"], "客户" in text)
    if match := _whole(_RESET).fullmatch(text):
        return Matter("reset", match["v"])
    if match := _whole(_NAME).fullmatch(text):
        return None if re.search("什么|怎么|啥", match["v"]) else Matter("name", match["v"])
    return None


def _birthdays(text: str) -> Matter | None:
    for pattern in _BIRTHDAY:
        if match := _whole(pattern).fullmatch(text):
            of_all = bool(match["all"] or match["us"] or re.search("以后|今后|客户", text))
            return Matter("set", "birthday_lead_days", in_days(match["v"]), of_all)
    return None


def in_days(told: str) -> str:
    """Weeks as days, as the setting wants them.

    >>> in_days("一周"), in_days("7天和1天"), in_days("两个星期"), in_days("半个月")
    ('7天', '7天和1天', '14天', '15天')
    """
    plain = re.sub("半个?月", "15天", re.sub("一个?月", "30天", told))
    return _WEEK.sub(lambda one: f"{7 * int(_DIGITS.get(one['n'], one['n']))}天", plain)


def _told(text: str) -> Matter | None:
    for about, pattern in _PAGE:
        if _whole(pattern).fullmatch(text):
            return Matter(
                "page", about, of_all=about != "quiet_hours" or re.search("我|大家|咱|怎么|如何", text) is not None
            )
    for about, pattern in _LINES:
        if _whole(pattern).fullmatch(text):
            return Matter("line", about)
    for about, pattern in _SAY:
        if _whole(pattern).fullmatch(text):
            return Matter("say", about, of_all=about not in ("days", "festival"))
    return None


def _leave(text: str) -> Matter | None:
    """Who is on leave: '' for oneself (我, or nobody named), else the words that may name a member, with their time."""
    match = _AWAY.search(text)
    head, rest = (text[: match.start()], text[match.end() :]) if match else ("", "")
    if (
        match is None
        or len(head) > 24
        or len(rest) > 40
        or re.search("提醒|[吃喝]|^了?回来", text if match is None else text[: match.start()] + rest)
    ):
        return None
    is_own = TIME.fullmatch(re.sub("我们?", "", head, count=1)) is not None
    return Matter("leave", "" if is_own else head.strip(), rest.strip())
