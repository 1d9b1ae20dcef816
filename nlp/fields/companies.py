"""Company names in a piece of text, and what a piece says beside them."""

import re
from functools import cache

from nlp import lexicon, names
from nlp.fields import places

_BODY = r"[\u4e00-\u9fffA-Za-z0-9·&()（）]"
_VERBS = re.compile(
    r"[要想的了说问在来给做搞卖买找去看是叫有]|客户|老板|认识|介绍|附近|那边|我们|他们"
    r"|市区|市内|到货|发货|出差|见面|这边|哪里|什么|一家|一个|两家|几家"
)
_HARD_VERBS = re.compile(
    r"[要了说问给的]|旁边?开|对面|隔壁|附近|楼下|门口|旁边|里面|客户|认识|介绍|我们|他们|什么"
    r"|见面|出差"
)
_STREET = re.compile(
    r"[路街道巷弄村镇乡区县市省]$|\d+(?:号|弄|楼|室|栋)|大厦|大道|广场|花园|小区|工业园$"
    r"|(?:批发|零售|生意|行业|一带|市场|出差|客户)$"
)
# 大 and a surname, yet a company where it follows a city.
_NOT_ADDRESSES = ("大华", "大成", "大同", "大金", "大江", "大和", "大宏")
_KIND_OF = re.compile("[一-鿿]{1,2}业(?:有限)?公司|[一-鿿]{0,2}(?:外贸|贸易|物流|装修|广告)公司|[省市区县]?政府")
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
_STATE_FIRM = re.compile("中[铁建交水冶核]?[一-鿿]{1,3}局")
_LATIN = re.compile(
    r"(?:\b(?:from|at)\s+(?P<from>[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){0,3}))"
    r"|(?P<legal>[A-Z][\w&-]*(?:\s+[A-Z&][\w&-]*){0,3}\s+(?:Co\.?,?\s?Ltd\.?|Ltd\.?"
    r"|Inc\.?|LLC|GmbH|Corp\.?|Trading|Group|Tech(?:nology|nologies)?|Electronics"
    r"|International|Industries|Logistics|Foods?|Motors?|Solutions|Systems|Company))"
)


@cache
def _suffixed() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<company>{_BODY}{{2,30}}?{lexicon.alternatives('company_suffixes')}+(?:\d+店)?)(?P<rest>.*)$"
    )


@cache
def _longest() -> re.Pattern[str]:
    return re.compile(rf"^(?P<company>{_BODY}{{1,30}}{lexicon.alternatives('company_suffixes')})(?P<rest>.*)$")


@cache
def _suffix_only() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('company_suffixes')})+")


def latin(text: str) -> tuple[str, int, int, int] | None:
    """A company in Latin letters: name, place of the name, and where the phrase (with `from`) starts."""
    match = _LATIN.search(text)
    if not match:
        return None
    group = "from" if match["from"] else "legal"
    return match[group], match.start(group), match.end(group), match.start()


def is_company(words: str) -> bool:
    """True when the whole of the words is the name of one company, not a kind of company and not an address."""
    city = places.leading(words)
    if words[city:] in lexicon.words("firms") or _STATE_FIRM.fullmatch(words):
        return True
    if city == len(words) > 0:
        return False
    if city and re.fullmatch("[港站]", words[city:]):
        return True
    if not 3 <= len(words) <= 30 or (names.is_full_name(words) and len(words) <= 3):
        return False
    if (words.startswith(("开", "做", "卖", "搞", "有", "一")) and not city) or _KIND_OF.fullmatch(words):
        return False
    match = _longest().match(words)
    placed = bool(match and not match["rest"]) and city > 0
    if (_HARD_VERBS if placed else _VERBS).search(words[:-1]) and not words.endswith(
        ("有限公司", "集团", "公司", "厂", "店")
    ):
        return False
    if match and not match["rest"]:
        return _is_own_name(words)
    return _by_region(words)


def _is_own_name(words: str) -> bool:
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


def _by_region(words: str) -> bool:
    """上海美达: a region and a short name of its own."""
    cut = places.leading(words)
    rest = words[cut:]
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
    return tail.startswith("的") or _ends_in_title(tail) or person(tail) is not None
