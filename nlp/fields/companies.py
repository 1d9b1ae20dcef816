"""Company names in a piece of text, and what a piece says beside them."""

import re
from functools import cache

from nlp import lazy, lexicon, names
from nlp.fields import places

_BODY = r"[\u4e00-\u9fffA-Za-z0-9·&()（）]"
_VERBS = lazy.regex(
    r"[要想的了说问在来给做搞卖买找去看是叫有]|客户|老板|认识|介绍|附近|那边|我们|他们"
    r"|市区|市内|到货|发货|出差|见面|这边|哪里|什么|一家|一个|两家|几家"
)
_HARD_VERBS = lazy.regex(
    r"[要了说问给的]|旁边?开|对面|隔壁|附近|楼下|门口|旁边|里面|客户|认识|介绍|我们|他们|什么"
    r"|见面|出差"
)
_STREET = lazy.regex(
    r"[路街道巷弄村镇乡区县市省]$|\d{1,5}(?:号|弄|楼|室|栋)|大厦|大道|广场|花园|小区|工业园$"
    r"|(?:批发|零售|生意|行业|一带|市场|出差|客户)$"
)
# 大 and a surname, yet a company where it follows a city.
_NOT_ADDRESSES = ("大华", "大成", "大同", "大金", "大江", "大和", "大宏")
_KIND_OF = lazy.regex("[一-鿿]{1,2}业(?:有限)?公司|[一-鿿]{0,2}(?:外贸|贸易|物流|装修|广告)公司|[省市区县]?政府")
# Kinds of house that with any word of their own before them are one house.
_ENDINGS = (
    "厂",
    "店",
    "公司",
    "医院",
    "学校",
    "中学",
    "小学",
    "大学",
    "酒店",
    "中心",
    "卫视",
    "银行",
    "超市",
    "集团",
    "航空",
    "地铁",
    "电视台",
    "日报",
    "机场",
    "烟草",
    "港务局",
    "公交",
    "海关",
    "协会",
    "商会",
    "学会",
    "研究院",
    "研究所",
    "设计院",
    "合作社",
)
_PLACE_END = "桥山湖江河岛湾港镇村路园城坪坝岭峰洲溪泉井口庙寺塔庄屯堡里街巷坊弄门"
_STATE_FIRM = lazy.regex("中[铁建交水冶核]?[一-鿿]{1,3}局")
_LATIN = lazy.regex(
    r"(?:\b(?:from|at)\s+(?P<from>[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){0,3}))"
    r"|(?P<legal>[A-Z][\w&-]*(?:\s+[A-Z&][\w&-]*){0,3}\s+(?:Co\.?,?\s?Ltd\.?|Ltd\.?"
    r"|Inc\.?|LLC|GmbH|Corp\.?|Trading|Group|Tech(?:nology|nologies)?|Electronics"
    r"|International|Industries|Logistics|Foods?|Motors?|Solutions|Systems|Company))"
)


@cache
def _longest() -> re.Pattern[str]:
    return re.compile(rf"^(?P<company>{_BODY}{{1,30}}{lexicon.alternatives('company_suffixes')})(?P<rest>.*)$")


def ends_in_kind(words: str) -> bool:
    """True for words with a kind of firm at their end: 宏达科技, 人民医院."""
    match = _longest().match(words)
    return match is not None and not match["rest"]


@cache
def _suffix_only() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('company_suffixes')}){{1,6}}")


def latin(text: str) -> tuple[str, int, int, int] | None:
    """A company in Latin letters: name, place of the name, and where the phrase (with `from`) starts."""
    match = _LATIN.search(text)
    if not match:
        return None
    group = "from" if match["from"] else "legal"
    return match[group], match.start(group), match.end(group), match.start()


_DOMAINS = (
    "文旅|财政|税务|教育|公安|交警|交通|水利|水务|农业|农业农村|农技|农机|林业|园林|民政|人社|住建|规划|国土|自然资源"
    "|市场监管|工商|质监|卫健|卫生|疾控|应急|统计|审计|商务|科技|工信|环保|生态环境|体育|文化|旅游|广电|气象|烟草|邮政|粮食"
    "|供电|电力|铁路|海事|海关|城管|城建|司法|医保|机关事务|退役军人|信访|畜牧|兽医|血防|计生|残联|妇联|工会|街道|乡政府|镇政府|区政府|县政府|市政府"
)
_OFFICE = lazy.regex(
    rf"[省市区县镇乡]?(?:{_DOMAINS})+(?:管理|服务|监督)?(?:局|委|厅|站|中心|委员会|支队|大队|办|办公室|所|段|分局)?(?:采购|设备|信息)?(?:办|科|处|中心)?"
)


def is_office(words: str) -> bool:
    """True for an office of the state: 咸阳市文旅局, 农技站, 疾控采购办."""
    own = words[places.with_county(words) :]
    return len(own) >= 3 and own[-1] in "局委厅站心会队办所段科处室" and _OFFICE.fullmatch(own) is not None


_TELLS = lazy.regex(
    "自己|[我你他她您]|先生|女士|老公|老婆|的(?=.*开|公司|单位|厂|店)|一?[家个][^,]{2,}的|也[开做有是]|不[是在]|什么|^[是叫]|^(?:对方|[贵该某](?=公司|司|单位|厂|店|集团))"
)


_HOUSEHOLD = lazy.regex(
    r"(?:一家)?[一二两三四五六七八九十几\d]{1,2}口(?:之家|人|子)?|(?:单亲|丁克|再婚|重组|离异|双职工|工薪|二胎|三胎|三代)(?:家庭|之家)"
)


def is_household(words: str) -> bool:
    """True for 三口之家, 一家五口: who lives together is no firm."""
    return _HOUSEHOLD.fullmatch(words) is not None


def is_company(words: str) -> bool:
    """True when the whole of the words is the name of one company, not a kind of company and not an address."""
    city = places.leading(words)
    if is_office(words):
        return True
    if words[city:] in lexicon.words("firms") or _STATE_FIRM.fullmatch(words):
        return True
    if city == len(words) > 0 or _TELLS.search(words) or is_household(words) or _CUISINE.fullmatch(words):
        return False
    if city and re.fullmatch("[港站]", words[city:]):
        return True
    if not 3 <= len(words) <= 30 or (names.is_full_name(words) and len(words) <= 3):
        return False
    if (words.startswith(("开", "做", "卖", "搞", "有", "一")) and not city) or _KIND_OF.fullmatch(words):
        return False
    if words[:city] in lexicon.words("towns") and is_trade(words[city:]):
        return True  # 东台电器
    match = _longest().match(words)
    placed = bool(match and not match["rest"]) and city > 0
    if (_HARD_VERBS if placed else _VERBS).search(words[:-1].replace("理想", "")) and not words.endswith(
        ("有限公司", "集团", "公司", "厂", "店")
    ):
        return False
    if match and not match["rest"]:
        return _is_own_name(words)
    return _by_region(words)


@cache
def _only_trade() -> re.Pattern[str]:
    words = lexicon.words("trade_words") | lexicon.words("industries")
    told = "|".join(map(re.escape, sorted(filter(lambda word: len(word) > 1, words), key=len, reverse=True)))
    single = "".join(word for word in words if len(word) == 1)
    return re.compile(rf"[{single}]?(?:{told}){{1,8}}(?:{_HOUSES})?|[{single}](?:{_HOUSES})")


_HOUSES = (
    "门店|分店|专卖店|连锁店|[店厂馆坊铺庄行场]|商行|公司|工厂|作坊|工坊|超市|工作室|市场|生意|行业|连锁|大户|大王"
)
_WORK_END = lazy.regex(
    "(?:加工|批发|零售|代理|代工|维修|修理|安装|定制|定做|出租|回收|养殖|种植|收购|销售|租赁|搬家|贴牌"
    "|策划|翻译|陪练|补课|承包|中介|零售商|批发商|经销|直营)$"
)


_CUISINE = lazy.regex(
    "(?:(?![民贵家水]族)[一-鿿]{1,2}族|清真|农家|家常)(?:菜|小吃|美食|风味|烧烤|火锅)?(?:饭[店馆]|餐[厅馆]|酒楼|菜馆|面馆|小馆|馆子|食堂|[店馆])"
)  # 朝鲜族饭店, 清真餐厅: a kind of house and nobody's name


def is_trade(words: str) -> bool:
    """True for what is only goods, materials and a kind of house: 冷冻海鲜, 铝型材, 窗帘店.

    >>> is_trade("泳装厂"), is_trade("鹭岛服饰")
    (True, False)
    """
    if _CUISINE.fullmatch(words):
        return True
    return _only_trade().fullmatch(words) is not None or (len(words) <= 6 and _WORK_END.search(words) is not None)


_HOUSE_END = lazy.regex("[店厂馆坊铺庄行院校社城]$|公司$|集团$|酒店$|民宿$|超市$|中心$|农场$")


def _is_own_name(words: str) -> bool:
    city = places.with_county(words)
    if is_trade(words[city:]) and not (city and _HOUSE_END.search(words)):
        return False
    if city > places.leading(words) and len(words) - city <= 2 and not _HOUSE_END.search(words) and words[-1] != "业":
        return False  # 河北安平丝网
    return _has_own_word(words)


def _has_own_word(words: str) -> bool:
    all_places, city = places.leading(words), places.leading_city(words)
    if all_places > city and words[all_places:] in lexicon.words("industries"):
        return False
    own = words[city:]
    if own in lexicon.words("industries"):
        return False
    if re.fullmatch("[一-鿿]业", own) and len(places.find(words[:city])) > 1:
        return True  # 湖州安吉椅业
    if words.endswith(_ENDINGS) and own != words and own:
        return not _suffix_only().fullmatch(own) or own not in ("公司", "集团", "店", "厂", "中心")
    return bool(own) and not _suffix_only().fullmatch(own)


_DOES = lazy.regex(
    "[种养修收做卖搞开租造跑]|定居|落户|上班|工作|总部|分部|老家|常驻|办厂|创业|读书|养老|生活|居住|本地|当地|周边|郊区|市郊|城区|老城|新城|客商"
)


def _by_region(words: str) -> bool:
    """上海美达: a region and a short name of its own."""
    cut = places.leading(words)
    rest = words[cut:]
    county = places.with_county(words)
    if county > cut and len(words) - county <= 2:
        return False  # 新乡延津, 河北安平丝网
    if is_trade(rest) or _DOES.match(rest):
        return False
    if cut < 2 or not 2 <= len(rest) <= 4 or len(places.find(words[:cut])) > 1:
        return False
    if (
        rest[-1] in _PLACE_END
        or (len(rest) == 2 and all(places.rank(place, words) == 0 for place in places.find(words[:cut])))
        or _STREET.search(rest)
        or _VERBS.search(rest)
        or rest in lexicon.words("industries")
        or rest in lexicon.words("titles")
    ):
        return False
    return (
        (rest in _NOT_ADDRESSES or not names.is_address(rest))
        and bool(re.fullmatch("[\u4e00-\u9fff]+", rest))
        and not _ends_in_title(rest)
    )


def _ends_in_title(words: str) -> bool:
    return re.search(lexicon.alternatives("titles") + "$", words) is not None


def as_typed(firm: str, text: str) -> str:
    """The firm with its brackets as they stand in the text: 量子贝壳（无锡）科技.

    >>> as_typed("量子贝壳(无锡)科技", "陈醒 量子贝壳（无锡）科技")
    '量子贝壳（无锡）科技'
    """
    wide = firm.replace("(", "（").replace(")", "）")
    return wide if firm not in text and wide in text else firm


def split(words: str) -> tuple[str, str] | None:
    """The company at the start of the words and the rest, or None.

    >>> split("上海宏达科技采购经理")
    ('上海宏达科技', '采购经理')
    """
    for end in range(len(words), 1, -1):
        head = words[:end]
        tail = words[end:]
        if is_company(head) and (not tail or _may_follow(tail)):
            return head, tail
    return None


def person(words: str) -> tuple[str, str] | None:
    """The job (may be empty) and the name that the words are made of: 前台主管符小妹, 符小妹前台主管, or None."""
    if names.looks_like_name(words):
        return "", words
    for size in (4, 3, 2):
        name, job = words[:size], words[size:]
        if job and names.looks_like_name(name) and _is_job(job):
            return job, name
    for size in (4, 3, 2):
        job, name = words[:-size], words[-size:]
        if job and names.looks_like_name(name) and _ends_in_title(job) and len(job) <= 6:
            return job, name
    return None


def _is_job(words: str) -> bool:
    return len(words) <= 6 and re.fullmatch(f"[一-鿿]{{0,4}}?{lexicon.alternatives('titles')}", words) is not None


def _may_follow(tail: str) -> bool:
    if re.match("[部处科室办组](?!长)", tail):
        return False  # 省立医院设备 + 处副处长
    return tail.startswith("的") or _ends_in_title(tail) or person(tail) is not None
