"""Reading an everyday question: its courtesies are taken off, the rest must fit one rule as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nlp import conditions, lazy
from nlp.conditions import AllOf, AnyOf, Condition, NotThat, NotUnderstood
from nlp.fields import places
from nlp.reader import asking, whole_book
from nlp.spoken import ahead, rules
from nlp.spoken.words import WHEN, WHO
from nlp.when import dialect, numerals

LONGEST = 24  # characters: a longer sentence with a question in it tells something
_ASKS = lazy.regex(
    "谁|啥人|干嘛|咩|乜|(?:安排|日程|行程|待办|的事[儿情]?)$|哪|什么|啥|多少|几|吗|没$|没有|么|怎么|咋|如何|怎样|能不能|可不可以|值不值|值得|会不会|是不是|该不该|要不要|名单|列表|清单|最|目标|完成[率度]|达成率|多久|多长时间|为什么|为啥"
    "|天气|提成|(?:职位|职务|公司|单位|行业|来源|阶段|等级|标签|订单|年龄|业绩)$|的客户$|的(?:[账帐]|账单|账目?|欠款|欠账|往来账|应收款?)$"
    "|(?:回款|收款|进账|付款|到账|打款)(?:情况|进度|进展|记录|明细)?$|^(?:总结|小结)(?:一?下)?.{2,8}$|[周月天日年度期拜](?:(?:总结|小结)(?:一?下)?|总收入|总计|合计)$"
    "|丢[单标].*(?:原因|情况|明细|名单|分析)$|漏斗|(?:商机|在谈的?单子?)$|今[天日儿]的?订单$|(?:我的|所有|全部)的?(?:待办|任务)$"
    "|[按分](?:人头?|销售|业务员|员工|同事|顾问)(?:看看?|算|统计|分开?|列)?(?:一?下)?$|排行榜?$"
    "|账上$|(?:欠款|欠账|应收(?:账?款)?|[尾余]款)(?:总|合计|明细|汇总)|没.{1,4}的(?:订单|客户|款|账|钱)$"
    "|[天日]的?单$|[^的记] ?欠款$|应收账?款?$|单子$|"
    "(?:对账单?|账单|流水|信[用誉])$|记录$|那[个位家]|(?i:who|list|show|top|how|what|any|best|sales|birthday|overdue|phone)|寿星|生日的?$|记录|活跃|是不是|有没有|退.货|提醒|前.{1,2}[大名位个]|边个|说明|教|[周日月]报$|文案$|话术$|广告词$|朋友圈$|^(?:给|向|对).{2,14}的(?:老?客户|会员|人)|[?？]"
)
_PERSONS = "(?:客户|客人|顾客|会员|业主|学员)"
_LISTED = lazy.regex(rf"[男女](?:性|的)?{_PERSONS}$|^(?:{'|'.join(places.areas())})(?:省|地区)?客户$")
_GROUP_MAIL = lazy.regex(  # 给4月生日的客户发个优惠
    "(?:给|向|对)(?P<q>[^,，。 ]{2,12}?)的(?:老?客户|会员|人)们?(?:都|统一|群)?(?:发|送|推|搞|做|来)"
    "(?:一?[个条份波次下张])?[^,，。谁哪 ]{0,6}?(?:优惠券?|活动|促销|折扣|福利|通知|短信|消息|祝福|问候)"
)
_ORDERS_OF = lazy.regex(  # the file of customers holds their orders
    "(?:请|帮我?|给我|把){0,4}(?:导出?(?:一[下份])?|拉(?:一[下份])|下载)(?P<when>本月|这个?月|本周|这周|今年|最近|近期)(?:以来)?的?(?:所有|全部)?(?:订单|单子|成交|销售)(?:表格?|明细|记录|数据)?"
)
_TELLS = lazy.regex("\n|(?:谁|哪[个家位些]?(?:客户|人)?|什么|啥)(?:也|都(?:没|不))")
_OPENING = lazy.regex(r"^(?:那个?|对了|请问|问一?下|想问一?下|我想知道|我想问|你?知不知道|你知道|唉|哎|诶|侬)+[,， ]*")
_SAID_ABOUT_RANKS = lazy.regex("最[多少高低好差大]|第一|排名")
_OUTRIGHT = lazy.regex(
    "谁|哪|什么|啥|多少|几|吗|么$|怎么|咋|如何|怎样|为何|没有?$|值得|(.)不\\1|有没有|是不是|[?？]|(?i:who|what|how|any)"
)
_TODAY = lazy.regex("今(?:儿个?|个儿?|朝)|今日个")
_YUE = lazy.regex("[咩乜][嘢野]?")
_SOME = lazy.regex("[了过来]几")
_COUNTS = lazy.regex(f"[吗?？]|多少|最|一共|总共|{WHEN}")
_HERE = frozenset(("gender", "surname", "area"))
_ELSEWHERE = frozenset(
    (
        "region",
        "industry",
        "company",
        "title",
        "name",
        "owner",
        "complaint_open",
        "bad_payer",
        "overdue",
        "at_risk",
        "churn",
    )
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question as the line that one would type for it.

    `who`: words that must name a customer whom the asker may see, or 他; `mate`: a colleague's name; both stand in
    `line` as {who} and {mate}.
    """

    line: str
    who: str = ""
    mate: str = ""


_BIRTHDAYS = lazy.regex(
    r"\s*+(?:(?:最近|近期|近来|快到|接下来|马上)的?生日|生日(?:名单|列表|清单))"
    "(?:的?客户|名单|列表|有谁|有哪些)?[?？。! ]*"
)


def read(text: str, today: date) -> Spoken | None:
    """The line that answers the question; None for any other text, and for what is answered without it.

    >>> read("谁还欠着钱没给", date(2026, 3, 18)).line, read("他信用咋样", date(2026, 3, 18))
    ('谁欠款', Spoken(line='/credit {who}', who='他', mate=''))
    """
    if alone := _alone(text, today):
        return alone
    plain = _plain(text)
    if len(text) > LONGEST or not (_ASKS.search(plain) or _LISTED.search(plain)) or _TELLS.search(text):
        return None
    if export := _ORDERS_OF.fullmatch(_ended(plain)):
        days = _days(export["when"], today) - (export["when"][-1] in "月周年")  # today is counted, too
        return Spoken(f"导出 近{max(days, 1)}天下单")
    core = _ended(asking.bare(plain))
    if found := _ruled(_ended(plain), "of_team") or _ruled(core, "of_team"):
        return found
    if fitting := _fitting(core, today):
        return Spoken(f"/customers {fitting}")
    if (mail := _GROUP_MAIL.fullmatch(core)) and conditions.looks_like(mail["q"]):
        return Spoken(f"/campaign {mail['q']}")
    if found := _ruled(_YUE.sub("什么", dialect.standard(core)[0]).replace(" ", ""), "ahead"):
        return found
    if whole_book.asked(text) or asking.book(text):
        return None
    if not _SAID_ABOUT_RANKS.search(core) and (found := _ruled(core, "said")):
        return found
    if not _counts_some(text) and (found := _ruled(core, "of_one")):
        return found
    bare = re.sub("[吗呢啊呀?!。 ]+$", "", numerals.plain(text.strip()))
    not_kept = (rule.pattern.fullmatch(bare) for rule in rules.fitting("not_kept", bare))
    if unkept := next(filter(None, not_kept), None):
        return Spoken(f"/help {next(what for what in unkept.groups() if what)}")
    how = rules.only("how").fullmatch(bare)
    return Spoken(f"/help {next(what for what in how.groups() if what)}") if how else None


def _day_alone(text: str, today: date) -> Spoken | None:
    """The list of the day that is all of the text: 周末, 后天下午, 今儿个."""
    if len(text) > LONGEST:
        return None
    if _TODAY.fullmatch(text.strip()):
        return Spoken("/today")
    day = ahead.alone(text, today)
    return Spoken(f"/today {day}") if day else None


def _alone(text: str, today: date) -> Spoken | None:
    """Without a word of asking: 最近生日, and a day alone."""
    return Spoken("/customers 30天内生日") if _BIRTHDAYS.fullmatch(text) else _day_alone(text, today)


def asks_outright(text: str) -> bool:
    """True for a question that has a word or mark of asking: 恒锐公司 has none and may be a value as well.

    >>> asks_outright("陈刚欠我多少"), asks_outright("恒锐公司")
    (True, False)
    """
    return _OUTRIGHT.search(text) is not None


def _counts_some(text: str) -> bool:
    """True where 几 is 'some': 介绍了几个人 tells, unless the sentence asks or names the days to count in."""
    return _SOME.search(text) is not None and _COUNTS.search(text) is None


def _plain(text: str) -> str:
    """The question in one width and script, without what opens it."""
    return _OPENING.sub("", numerals.plain(text.strip()).lower())


def _ended(text: str) -> str:
    return re.sub(r"[?!。~… 啊呀呢哦哈]+$", "", text)


def _ruled(core: str, section: str) -> Spoken | None:
    for rule in rules.fitting(section, core):
        if match := rule.pattern.fullmatch(core):
            said = {name: value or "" for name, value in match.groupdict().items()}
            who, mate = said.get("who", ""), said.get("mate", "")
            return Spoken(rule.line.format(**{**said, "who": "{who}", "mate": "{mate}"}).strip(), who, mate)
    return None


_COUNTED = lazy.regex(
    "的?(?:老?客户|人)?(?:们)?(?:都|还)?(?:有|是)?(?:名单|清单|列表|[几多少]+[个家位](?:客户)?|多少)?$"
)
_COUNTED_FIRST = lazy.regex("^(?:一共|总共)?(?:有没有|有?(?:几|多少)[个家位])(?=[姓男女])")
_UNSEEN = "没(?:有)?(?:再)?(?:来|到店|上门|露面)(?:过|了)*"
_AS_TYPED = (
    (lazy.regex("^(?:我|我们|咱们?)的?(?:名下|手里|手上)?的?(?=[男女])"), ""),
    (lazy.regex(rf"(?:^|(?<=的))([男女])(?:性|的)?{_PERSONS}?$"), r"\1客户"),
    (lazy.regex(r"^(?:已经|都|有)*(?:超过|大于|多于|超)(?=[\d一两三半])"), ""),
    (
        lazy.regex(rf"((?:\d+|[一两三四五六半])个?(?:天|周|星期|月|年))(?:多|以上)?(?:都|还)?{_UNSEEN}"),
        r"(没下过单 或 \1没下单) \1没联系",
    ),
    (lazy.regex("没(?:有)?(?:留|加|存|填|录|登记)(?:过|下|上)?"), "没"),
    (lazy.regex("(?:快|马上|要|即将|最近|近期)+有?过?生日"), "30天内生日"),
    (lazy.regex("过生日"), "生日"),
    (lazy.regex("^(?:都|是)?(?:在|位于)(?=[一-鿿]{2})"), ""),
    (lazy.regex("没(?:有)?(?:安排|计划)(?:跟进|拜访|回访)?|没(?:有)?(?:跟进|拜访|回访)(?:安排|计划)"), "没待办"),
    (lazy.regex("(?:好几天|好些天|好多天|几天)(?:都|没有?)?(?=没|没有|不)"), "5天"),
    (lazy.regex("(?:好久|很久|老久|许久|长时间|好长时间|长期|一直)(?:都|没有?)?(?=没|没有|不)"), "60天"),
)
_LATELY = lazy.regex("(?P<when>今[天日儿]|最近|近期|这阵子|这段时间|这个?月|本月|这周|本周|今年)(?:都|还)?(?=没|未)")


def _fitting(core: str, today: date) -> str | None:
    """谁三个月没下单 is the condition 三个月没下单; None where not every word is one, or it is answered elsewhere."""
    asked = _COUNTED_FIRST.sub("", re.sub(WHO, "", core, count=1))
    if asked == core and _COUNTED.sub("", core) == core:
        return None
    rest = _COUNTED.sub("", re.sub("[吗么]$", "", asked)).strip().removesuffix("了").removeprefix("的")
    if (lately := _LATELY.search(rest)) and not re.match(WHEN + "没有?生日", rest):
        rest = rest.replace(lately.group(), f"{_days(lately['when'], today)}天", 1)
    rest = re.sub("^(?:都|还)?没(?:有)?(?=下单|买|联系|动静|跟进(?!计划|安排)|拿货)", "30天没", rest)
    for pattern, typed in _AS_TYPED:
        rest = pattern.sub(typed, rest)
    try:
        found = conditions.read(rest) if rest else None
    except NotUnderstood:
        return None
    if found is None:
        return None
    fields = set(_fields(found))
    return rest if fields & _HERE or not fields & _ELSEWHERE else None


def _days(when: str, today: date) -> int:
    so_far = {"月": today.day, "周": today.weekday() + 1, "年": today.timetuple().tm_yday, "天": 1, "日": 1, "儿": 1}
    return so_far.get(when[-1], 30)


def _fields(condition: Condition) -> list[str]:
    if isinstance(condition, AllOf | AnyOf):
        return [field for part in condition.parts for field in _fields(part)]
    return _fields(condition.part) if isinstance(condition, NotThat) else [condition.field]
