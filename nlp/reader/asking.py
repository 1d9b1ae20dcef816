"""Requests to be shown something: the wording around them taken off, what is left is matched whole."""

import re

from nlp import lazy, lexicon
from nlp.fields import places
from nlp.reader import whole_book

LONGEST = 40
_GREETING = lazy.regex(
    r"(?i)^(?:早(?:上好|安)?(?![上晨])|(?:上午|中午|下午|晚上)好|你好|您好|hi\b|hello\b|hey\b|嗨|哈喽|在吗|老板好"
    r"|小助手|助手|机器人|那个|嗯+|对了|喂|诶|哎)"
    r"[,，!！。、 ~]*"
)
_PLEASE = lazy.regex(
    r"^(?:请|把|麻烦(?:你|您)?|帮我|帮忙|帮|给我(?!打)|替我|我想(?:要)?|我要|想|老板要|领导要|经理要|能不能|可不可以"
    r"|可以|能否"
    r"|(?:看看|看一?[下眼]|看(?![到见了过样])|瞅瞅|瞧瞧|翻一?[翻下]|翻翻|找一?[找下]|找找|搜一?[搜下]|查一?下|查查|查看|查|列一?下|列出|列个?|拉一?下|拉个?"
    r"|出一?下|出个|来个|来一?份|发我|发一?下|打开|显示|说说|说一?下"
    r"|报一?下|统计一?下|统计|讲讲|调出|导出|盘一?下|盘点一?下|过一?下|弄个|做个|生成"
    r"|show(?: me)?)(?:我)?)[,， ]*(?:的)?"
)
_TAIL = lazy.regex(
    r"(?:发给我|发我|给我(?:看(?![看一下眼])|发(?!给?我|一?下))?|让我看看|看看|看一?[下眼]|拉一?下|拉出来|列一?下"
    r"|列出来|出一?下|报一?下|调出来|发一?下|来一?份|来一?下|一下|过来|来着|吧|呢|啊|呀|哈"
    r"|谢谢|[?？。!！~,，\s])+$"
)
_WHEN = (
    "(?:今天|今日|今儿个?|明天|明日|后天|这周|本周|下周|这星期|本月|这个月"
    "|现在|眼下|目前|上午|下午|今晚|晚上|手头上?|当前|最近|近期)"
)
_DUTY = (
    "(?:任务|安排|待办(?:事项)?|日程|行程|活儿?|事情|事儿?|工作|计划|清单|提醒|拜访|回访|跟进|要做的|要办的|todos?"
    "|to-?do list|tasks?)(?:清单|列表|表|单|项)?"
)
_TODAY = lazy.regex(
    rf"(?i)(?:我)?(?:的)?(?:{_WHEN}(?:的|我(?!的))?|还|我的|剩下的?|没做完的|全部的?|所有的?)+(?:上午|下午"
    rf"|晚上)?(?:都|还|有|要|该|得|需要|剩|做|干|办|忙|去|跟进|联系|处理|没做完|没完成|什么|啥|"
    rf"哪些|几个|几件|多少|的)*{_DUTY}(?:的?{_DUTY})?(?:的?客户)?(?:都|还)?(?:要)?(?:有)?(?:哪些|什么|啥|几个|几件"
    rf"|多少|没|吗|做)*"
    rf"|(?:待办(?:事项)?|日程|行程|任务|todos?|my tasks?)(?:清单|列表|表|单)?(?:有)?(?:哪些|什么|多少|几个)?"
    rf"|(?:我)?(?:{_WHEN}(?:我)?)(?:上午|下午|晚上)?(?:都|还|先)*(?:要|该|得|应该|需要|能|有)?(?:去|给)?(?:干|做"
    rf"|忙|跟进|联系|见|跑|拜访|回访|找|打给|打电话给)(?:些)?(?:嘛|什么|啥|谁|哪些(?:人|客户)?|哪几?[家个位])"
    rf"|(?:我)?(?:{_WHEN}(?:我)?)(?:有)?(?:什么|啥|哪些|几个)(?:要)?(?:做|办|干|跟进|处理|联系)?的?(?:客户|人)?"
    rf"|(?:我)?(?:{_WHEN}(?:我)?)(?:还|都)*(?:剩|有)(?:下|了)?(?:几件|几个|几条|多少|什么|啥|哪些)(?:事|活儿?|任务)?(?:没|要|得)"
    rf"(?:有)?(?:干|做|办|弄|完成|跟|跑|处理)(?:完)?的?"
)
_VISITS = lazy.regex(  # 今天还有哪几家要跑 asks for the day's visits, 哪几家要跑 who leaves
    rf"(?:我|咱们?)?(?={_WHEN}|[还剩差])(?:{_WHEN})?(?:我|咱们?|一共|总共|还|都)*(?:有|剩下?|差)?(?:哪几?|几|哪些|多少|谁)[家个位户处些]?"
    "(?:客户|店|地方|人)?还?(?:没|要|该|得|需要)去?(?:跑|走|转|拜访|回访|见|去|送|打)(?:完|到|过)?"
)
_DUE = lazy.regex(f"{_WHEN}(?:我)?(?:要|该|得|需要|应该)(?:去)?(?:回访|拜访|跟进|联系|见|跑|打电话)的(?:客户|人)?")
_RISK = lazy.regex(
    "(?:我(?:的|们)?)?(?:客户里?)?(?:最近|现在|目前|近期|本月|这个月)?(?:的)?(?:有)?(?:哪些|哪几个|哪个"
    "|谁)?(?:客户)?(?:快要?|要|可能|容易|即将|会|有)?(?:的)?(?:流失|跑掉?|丢掉?|丢单|沉睡|流失风险|风险|预警|危险"
    "|不活跃|掉队)了?的?"
    "(?:预警|风险|倾向)?(?:的)?(?:[老大]?客户)?(?:名单|清单|列表|情况|预警|有)*(?:谁|哪些|哪几个|几个|多少|几家)?"
    "|(?:哪些|哪几个|谁|有没有|有哪些)(?:老?客户|人)?(?:可能|要|会|快)?不(?:再)?(?:买|来|合作|续费|续签|下单"
    "|用)(?:我们的?)?了?(?:的)?(?:老?客户|人)?"
    "|(?:哪些|哪几个|谁|有没有|有哪些)?(?:老)?(?:客户|人)?(?:好久|很久|多久|好长时间|长时间|半年"
    "|[一两三四五六几]个月|\\d+天)没(?:有)?(?:来)?(?:下单|买|买东西|联系|动静|来|来了|拿货|进货|复购"
    "|消息)了?的?(?:老?客户|人)?"
    "(?:有|都)?(?:谁|哪些|名单|几个|多少)?"
)
_COMPLAINTS = lazy.regex(
    f"(?:我们?的?)?(?:{_WHEN}|上周|上个?月)?(?:的)?(?:都|还)?(?:有)?(?:谁|哪些|哪个|什么|多少|几个|几条)?(?:人"
    f"|客户)?(?:在)?(?:还|都)?(?:没有?|未|待)?(?:处理|解决|关闭|结案?|关|跟进|回复)?(?:完|掉)?(?:的)?(?:投诉|客诉"
    f"|投诉我们|"
    "售后投诉)(?:单子?|列表|清单|工单|记录|进度|进展|情况|汇总|处理)*(?:都|还)?(?:没|未)?(?:处理|解决|关"
    "|结)?(?:完|掉)?(?:的)?(?:了)?(?:有|剩)?(?:哪些|几个|几条|多少|几单|怎么样|到哪了?|吗|没有?|啥|什么|谁)*"
)
_OPEN_STILL = lazy.regex(
    "(?:投诉|客诉)(?:单子?)?(?:还|都)?有?(?:没|未)(?:结|处理|解决|关)(?:完|掉)?的?(?:吗|么|没有?|哪些|几个)?"
)
_ABOUT_ALL = lazy.regex(
    "(?:客户|用户|价值)[^,，。说]{0,6}(?:分布|分层|结构|构成|占比|总览|概况|统计|汇总|盘点|总数|画像|分组|等级)"
    "|(?:高中低[^,，。]{0,8}|[高中低](?:价值|[档等类端的、]|客户|用户|人|现在|目前|分别)*)(?:各|都)?(?:有)?(?:多少|几个|几家|占比)"
    "|客户[^,，。说]{0,6}(?:大的?小的?|新的?老的?|好的?坏的?)[^,，。说]{0,4}(?:各|分别)(?:占|有|是)*(?:几成|多少|比例|几[个家])|总客户数|(?:整体|总体|全队|团队|部门)的?(?:业绩|销售|成绩)|客户分(?:了)?(?:几|多少)[类级档层组]"
    "|客户[^,，。]{0,4}[,， ]*各(?:有)?(?:多少|几个)|客户(?:整体"
    "|总体)?情况(?:怎么样|如何|咋样)?$|客户情况怎么样|(?:客户|用户)(?:总数|数量|一共|总共)(?:是"
    "|有)?多少|(?:业绩|销售|客户|数据|月度|季度|周)(?:汇总|总结|小结|报表|看板|简报|概览|总览)$|^(?:汇总|总览|概览"
    "|总结|summary)$"
)
_CONDITION = lazy.regex(
    "(?:在|做|搞|卖)?(?P<q>[一-鿿A-Za-z]{2,6}?)(?:的|那边的?|这边的?|行业的?|地区的?)?客[户人]?(?:都)?(?:有)?(?:哪些|谁"
    "|哪几[个家位]|名单|清单|列表|多少|几个)?"
    "|(?:在)?(?P<q2>[一-鿿]{2,4})(?:那边|这边)?(?:有|都有)(?:哪些|哪?几[个家位]|多少家?|谁)(?:个)?(?:客户)?"
)


_OF_ALL = lazy.regex(  # 盘下客户 A档B档各几家
    "(?:统计|汇总|盘点)(?:一?下)?(?:我们?的|全部|所有)?客户[吧。! ]*$"
    "|客户[^。说]{0,6}(?:[A-Da-d甲乙丙] ?[档级类等]客?户?[和跟、,， ]*){2,}(?:各|分别|都)(?:有|是|占)*(?:几|多少)"
    "|^(?:[A-Da-d甲乙丙] ?[档级类等]客户[和跟、,， ]*){2,}(?:各|分别|都)(?:有|是|占)*(?:几|多少)"
)


def bare(text: str) -> str:
    """The request without greeting, please and show me.

    >>> bare("早 今天的活儿发我"), bare("帮我看看明天的安排吧")
    ('今天的活儿', '明天的安排')
    """
    previous = None
    while previous != text:
        previous = text
        text = _TAIL.sub("", _PLEASE.sub("", _GREETING.sub("", text.strip())))
    return text.strip(" ,，。的")


def book(text: str) -> str | None:
    """The list of the whole book that is asked for: today, complaints, risk or summary; None for anything else."""
    if _OF_ALL.search(text):
        return "summary"
    core = bare(text) if len(text) <= LONGEST else ""
    if not 1 < len(core) <= 24:
        return None
    for action, pattern in (
        ("today", _VISITS),
        ("today", _TODAY),
        ("today", _DUE),
        ("complaints", _COMPLAINTS),
        ("complaints", _OPEN_STILL),
        ("risk", _RISK),
    ):
        if pattern.fullmatch(core):
            return action
    return "summary" if _ABOUT_ALL.search(core) else None


_FILTER = lazy.rare(
    r"(?:城市|地区|区域|省份|所在地|行业|来源|渠道|职位|职务|公司|标签|级别|姓氏)\s?(?:[=＝:：]+|为|是|等于)\s?"
    r"(?P<q>[^\s,，。;；、的客]{2,12})"
)
_FILTERS = lazy.regex(
    r"^(?:请|帮我|麻烦|按|以|根据|依|用|如下|所有|全部|出|来|并|且|的|客户|名单|清单|列表|有|哪些|哪几[个家位]|都|谁|多少|筛选?|过滤|检索|搜索|查询?|查找|列|显示|导出|调出|给我|一?下|条件"
    r"|看看|[\s,，。:：;；、+&!！])*$"
)
_FILTERS_ASK = lazy.regex("哪|谁|多少|筛|过滤|检索|搜|查|列|名单|清单|显示|导出|条件")


def _filtered(text: str) -> str | None:
    """合肥 of 筛选条件:城市=合肥;请列出名单: fields with their values, and nothing besides but words of asking."""
    values = [match["q"] for match in _FILTER.finditer(text)]
    rest = _FILTER.sub("", text)
    return " ".join(values) if values and _FILTERS_ASK.search(rest) and _FILTERS.match(rest) else None


_WHICH = "(?:哪些|哪几[个家位]|谁|几[个家位]|多少)"
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九]|十[一二]?)月份?"
_DESCRIBED = lazy.regex(
    rf"(?P<born>生日[在是]?{_MONTH}|{_MONTH}(?:过|的)?生日)的?(?:客户|人)?(?:都|一共)?有?{_WHICH}?(?:客户|人)?"
    rf"|[做搞卖开](?P<trade>[一-鿿]{{2,6}}?)的(?:客户)?(?:都)?有?{_WHICH}(?:客户|人)?"
    rf"|(?:都|还)?有?{_WHICH}(?:客户|人)?(?:屋里|家里|家)?是?[做搞卖开](?![了过得的给车])(?P<trade2>[一-鿿]{{2,6}}?)的?(?:客户|人)?"
    rf"|我?(?:有没有?|是不是)[存记加录登](?:过|了|上)?(?:一?个)?(?:叫|姓名是?)(?P<name>[一-鿿]{{2,4}}?)的?(?:客户|人)?[吗没]?"
    rf"|(?P<house>\d{{1,3}}(?:栋|幢|号楼|单元|期))的?(?:客户|业主)?(?:都)?(?:有没有?|有?{_WHICH})(?:客户|业主|人)?"
)


def condition(text: str) -> str | None:
    """The town or trade of 苏州的客户有哪些, or None."""
    if len(text) <= LONGEST and (told := _filtered(text)):
        return told
    if placed := re.fullmatch("(?:请|帮我)?按(?:城市|地区|行业)筛选?[:： ]*(?P<q>[一-鿿]{2,6})", text.strip(" 。")):
        return placed["q"]
    if said := _DESCRIBED.fullmatch(bare(text)):
        return next(words for words in said.groups() if words)
    if turned := re.fullmatch(
        "(?:哪个|哪些|谁)(?:客户|人)?(?:是|在|做|是在|是做)(?P<q>[一-鿿]{2,6}?)的?(?:客户)?", bare(text)
    ):
        text = f"{turned['q']}的客户"  # 哪个客户在宁波
    match = _CONDITION.fullmatch(bare(text)) if len(text) <= LONGEST and ("客" in text or "有" in text) else None
    words = (match["q"] or match["q2"]) if match else ""
    known = words in lexicon.words("industries") or 0 < places.leading(words) == len(words)
    return words if known else None


_LIKELY = (
    ("complaints", lazy.regex("投诉|客诉|complaint", re.I)),
    (
        "risk",
        lazy.regex(
            "流失|要跑|跑单|跑路|掉队|沉睡|沉默客户|不活跃"
            "|(?:好久|很久|多久|半年|几个?月|[\\d一二两三四五六七八九十百]+(?:天|个月))(?:以上|多)?[没未]"
            "|churn|at risk",
            re.I,
        ),
    ),
    (
        "summary",
        lazy.regex(
            "业绩|销售额|成交额|单量|汇总|总结|概况|概览|报表|客户分|分层|客户(?:总|数)|多少(?:个|家)?客户|summary",
            re.I,
        ),
    ),
    (
        "today",
        lazy.regex(
            "待办|日程|行程|任务|今[天日儿].{0,12}(?:活|事|工作|安排|跟进|联系|拜访|回访|要做|该)|to-?dos?\\b|agenda",
            re.I,
        ),
    ),
)
_REQUEST = lazy.regex(
    "[?？]|pull|吗|哪|谁|什么|啥|多少|几[个家条单件]|看|查|列|拉|发我|给我|报一?下|来[一个份]|一份|一下|清单|名单|列表|情况|怎么样|咋样"
    "|还有|有没有|show|list|give me|what|which|who|any|my|how",
    re.I,
)
_TOLD = lazy.regex("客户说|他说|她说|了[。! ]*$|提醒|记得|记一?下|昨天|改|删|取消|加[个一]|完成")


def likely(text: str) -> str | None:
    """The one list that an unclear request without a name speaks of; to show it changes nothing.

    >>> likely("哪些客户可能不续费了 有流失苗头的拉一份")
    'risk'
    """
    if len(text) > LONGEST or not _REQUEST.search(text) or _TOLD.search(text):
        return None
    if not whole_book.may_be_asked(text):
        return None
    fitting = [action for action, pattern in _LIKELY if pattern.search(text)]
    return fitting[0] if len(fitting) == 1 else None
