"""Questions about all customers in anybody's words: every word must be one of asking, of a time or of the matter."""

from nlp import lazy

LONGEST = 40
_NOT_ASKED = lazy.regex("(?:谁|哪[个家位些]?(?:客户|人)?|什么|啥)(?:也|都(?!有|是|快|要|在))|没(?:啥|什么|谁|几个)")
_ASKS = lazy.regex(
    "谁|哪|有没有|有木有|多少|几[个家单条笔]|什么|啥|咋|怎么样|如何|怎样|[?？]|吗|么$|^(?:最近|现在)?有.{1,12}没$"
    "|(?:给|帮|替)[我咱]|[看捋理盘列摆拉报查出来整](?:一?[看捋理盘列下哈]|出来)|[来给出整]个|[来出]一?份|说说|念|救|拎出来|过一遍"
)
_TIME = (
    "今天|今日|今儿个?|昨天|昨日|昨儿|前天|[本这上]个?(?:周|月|季度?|星期|礼拜)|上上?个?月|今年|去年|上半年|下半年|年初|年底|月底"
    "|最近|近期|近来|这阵子?|这段时间|这两天|这几天|这些天|目前|现在|眼下|当前|到现在|至今|[1-9]\\d?月份?|[一二三四五六七八九十]+月份?"
    "|[Qq][1-4]|[第一二三四]+季度|开年|开春"
)
_CUSTOMERS = (  # as each trade calls them
    "(?:[老新大小熟]|手头|手里|手上)*(?:客户|客人|主顾|顾客|客|买家|店?老板|商家|户头|户|店家|用户|朋友|妈妈|[宝孕]妈|家长|家属"
    "|业主|住户|租户|学员|学生|会员|患者|病人|车主|店主|经销商|代理商?|加盟商)们?"
)
_SAYING = (
    "会不会|是不是|好像|一般的?|普通的?|其他的?|大小"
    "|[的了地得呢吧吗啊呀哈嘛呗哦么哟额诶,，。.?？!！~ 、]|都|还|也|又|就|是|在|有没有|有木有|没有|有|没|个|些|那|这|哪"
    "|几|谁|家|位"
    "|人|事儿?|情况|单子?|条|笔|多少|什么|啥|咋样|怎么样|如何|怎样|咱们?家?|我们?|你|俺们?|给|帮|替|把|看|瞅|捋|理|盘|列|摆|拉|报|查|出|来|整|说|数|发|念|唠|读|听"
    "|一下|一哈|下|一|清单|名单|列表|清楚|明白|救|全部|全|所有|一共|总共|合计|总|处理|解决|结果|进度|进展|到哪|一?步|完|名字|汇报|过|快|要|让"
    "|拎|一遍|遍|遛遛?|为止|分成?|类|咋|钱|里头?|里面|手头|手上|手里|底下|那边|各家|各|跟|对|找|份|完|掉|未|待|点|排|按"
)
_COMPLAINS = (
    "投诉|客诉|告(?:咱们?|我们?|俺们?)?的?[小黑]?状|上门闹|来闹|闹(?:情绪|脾气|[事腾])*|挨骂|骂[人娘街]?|抱怨|埋怨|怨[言气]|有?情绪(?!价值)|有意见|意见|不满意?|发火|发脾气|差评|吐槽|找茬"
    "|找麻烦|扯皮|翻脸|不高兴|不痛快|不乐意|不爽|生气|挑刺|嫌弃|不消停|反映问题"
)
_SOON = "(?:快|要|想|会|可能|容易|怕是|恐怕|眼看|眼瞅着?|估计|即将|就|有点|打算|准备)+(?:要|会|得|被)?"
_LEAVES = (
    f"{_SOON}(?:流失|散伙|散摊子?|跑[掉路]?|丢[掉]?|走[掉人]?|黄[掉]?|凉[凉掉]?|吹[掉]?|散|断[保单供]?|飞|没|掉[队线]?|冷[掉]?|崩|变心|分手|撂挑子"
    "|不行|保不住|留不住|跟不住|撑不住|翻船|反水|换人|换(?:供应商|别家|厂家))"
    f"|(?:{_SOON})?(?:跑|投奔|转)(?:去|到)[^,，。 谁哪我咱]{{1,5}}?(?=了|$)"
    "|(?:越来越|来得|变)少来?|老不|不(?:咋|怎么|太|大|常|经常)(?=[来买用联下订拿进])|冷下来|(?:好久|很久|老久)不(?:来|买|下单|联系|拿货|进货)"
    f"|(?:{_SOON})?不(?:再)?想?(?:跟|和|找|在|理|搭理|要|续|来|买|下单|拿货|进货|合作|用|联系|做|订|定)"
    "(?:[咱我俺]们?(?:家|这儿?)?|人)?(?:再|继续)?(?:干|做|玩|合作|了|买|签|费|约|订|拿货|进货|来往)*"
    "|掉队|流失|悬|危险|有风险|风险|预警|不稳|沉睡|失联|不活跃|没动静|没声音|没消息"
    "|(?:好久|很久|老久|多久|半年|[一两三几]个月|\\d+天)没(?:有)?(?:来往|联系|下单|动静|拿货|进货|来|买|消息|走动|露面|订货)"
)
_FIGURES = (
    "(?:top|vip|大|重点|优质|头部|核心)客户|[大中小]户|[A-Da-d]类(?:客户)?|排[个一]?(?:队|名次?|榜)"
    "|分(?:[个成下几哪]|一分?)*(?:[档层级等](?:[次级类]|(?=$|[^,，。]{1,3}$|[,，。 ]))|三六九等)"
    "|战况|战绩|战果|战报|全盘|大盘|盘面|业绩|成绩单?|成交额|销售额|营业额|流水|总额|总数|总量|总账|走货|出货|卖|签|成交|开单|出单|收入|进账|回款|数据|数字"
    "|报表|汇总|总结|小结|概况|概览|家底|盘子|单量|销量|销售|金额|保费|生意|买卖"
)
_VISITS = lazy.regex("[要该得]跑(?:谁|哪)|今[天日儿朝]还?[要该得]跑(?![路掉单])")  # 今朝要跑哪几家
_NOUN = lazy.regex("战况|战绩|战果|战报|大盘|业绩|成绩|[销总成营][售量额数账交业]+额?|流水|单量|保费|概况|报表")
_KINDS = (("complaints", _COMPLAINS), ("risk", _LEAVES), ("summary", _FIGURES))
_WORD = lazy.regex(
    f"(?i)(?P<complaints>{_COMPLAINS})|(?P<risk>{_LEAVES})|(?P<summary>{_FIGURES})|(?P<time>{_TIME})"
    f"|(?P<customers>{_CUSTOMERS})|(?P<saying>{_SAYING})"
)


def asked(text: str) -> str | None:
    """The list that is asked for: complaints, risk or summary; None where a word is none of asking for it.

    >>> asked("哪家要黄啊给我捋捋"), asked("最近告咱状的都有谁"), asked("本月战况 给个大盘"), asked("要黄了")
    ('risk', 'complaints', 'summary', None)
    """
    if not 2 < len(text) <= LONGEST or _NOT_ASKED.search(text):
        return None
    found: set[str] = set()
    at = 0
    while at < len(text):
        match = _WORD.match(text, at)
        if match is None:
            return None
        found.add(match.lastgroup or "")
        at = match.end()
    matter = [kind for kind, _ in _KINDS if kind in found]
    if matter == ["risk"] and _VISITS.search(text):
        return None
    if len(matter) != 1:
        return None
    bare = matter[0] == "summary" and "time" in found and _NOUN.search(text) and not text.endswith(("了", "过"))
    return matter[0] if _ASKS.search(text) or bare else None


_REQUESTS = lazy.regex(
    rf"(?i){_ASKS.pattern}|[看查列拉调翻捋]|发我|清单|名单|列表|还有|汇总|pull|show|list|what|which|who|any|how|my"
)
_OVER = lazy.regex("(?:了|过)[。! ]*$")
_SHORT = 6  # characters of a request without a verb: 今日待办


def is_told(text: str) -> bool:
    """True for what has happened: 客户跑了."""
    return _OVER.search(text) is not None and not _ASKS.search(text)


def may_be_asked(text: str) -> bool:
    """False for what is told and asks for nothing: 哪个客户都没去成, 今天没啥事在家写报表呢."""
    return not _NOT_ASKED.search(text) and (len(text) <= _SHORT or _REQUESTS.search(text) is not None)
