"""Where a new customer is from and what he deals in, told without a firm: 滦州搞彩钢房, 岷县收当归的, 在抚顺开诊所."""

import re

from nlp import lazy, names
from nlp.fields import Fields, companies, jobs, places

_VERB = "倒腾|倒卖|贩卖|承包|加工|批发|专做|经营|开|收|种|养|卖|做|搞|倒|贩|拉|跑|捕|修|干|弄"
_NO_OBJECT = (
    "[了过给他她我你您咱来去到在说问想要会得很都也吗呢吧这那哪个]|发票|报价|合同|样|会议|证明|价|货款|电话|微信"
)
_DEALS = lazy.regex(
    rf"(?P<verb>{_VERB})(?P<goods>(?:(?!{_NO_OBJECT})[一-鿿]){{1,6}}?)"
    r"(?P<end>的生意|生意|大户|专业户|户主?|[的得](?![一-鿿]{0,2}[很好])|(?=老板)|(?=电话|手机|微信|号码)|(?=[\s,，。;；、/\d]|$))"
)
_WITH_VERB = ("收", "种", "养", "拉", "跑", "捕", "修", "倒", "贩", "承包")
_KIND = lazy.regex("[一-鿿]{0,3}(?:店|厂|馆|行|铺|摊|档口?|酒楼|饭店|酒店|市场|大棚|农场|合作社|学校|医院|诊所|药房)")
_APART = lazy.regex(r"[^\s,，。;；、/|:：\d]+")
_TAIL = lazy.regex("[县市区镇乡]?(?:那边|这边|那儿)?的?")


def _behind(words: str, place: int) -> int:
    """Where goes on what follows a place's name that ends at `place`: behind 县, 那边的 and the like."""
    tail = _TAIL.match(words, place)
    return tail.end() if tail else place


def tell(text: str, found: Fields) -> None:
    """Puts region and trade in where they are missing; a county counts alone, or before a name or a trade."""
    if not found.name:
        return
    for piece in _APART.finditer(text):
        words = piece.group()
        if words in (found.name, found.company) or (found.company and words in found.company):
            continue
        town = places.leading(words)
        size = town or _county(words)
        if size and not town:
            _from_county(words, size, found)
        elif town and found.region is None and (_KIND.match(words, town) or companies.is_trade(words[town:])):
            found.region = places.region_of(words[:town])
        deals = _deals(words, size)
        if deals and found.industry is None and found.company is None:
            found.industry = deals
    if found.industry is None and found.company is None:
        _amid(text, found)
    if found.industry and _is_of_family(text, found.industry):
        found.industry = None
    if found.region is None and found.company and _LOCAL.search(found.company):
        found.region = found.company[: _county(found.company)] or None


_LOCAL = lazy.regex("(?:合作社|卫生院|农[场庄]|供销社|粮[站库]|县?人民医院|中学|小学|幼儿园|农机站|政府)$")
_FAMILY = (
    "(?:老公|老婆|丈夫|爱人|太太|媳妇|儿子|女儿|爸爸?|妈妈?|父亲|母亲|老爸|老妈|弟弟|哥哥|姐姐|妹妹|对象|男朋友|女朋友)"
)


def _is_of_family(text: str, trade: str) -> bool:
    """True for 工程 of 老公是搞工程的: the trade is not hers."""
    at = text.find(trade)
    return at > 0 and re.search(f"{_FAMILY}[^,，。;； ]{{0,5}}$", text[:at]) is not None


def _county(words: str) -> int:
    sizes = (size for size in (4, 3, 2) if words[:size] in places.counties())
    return next(sizes, 0)


def _from_county(words: str, size: int, found: Fields) -> None:
    rest = words[_behind(words, size) :]
    alone = not rest or rest == found.name
    if found.region is None and (alone or _DEALS.match(rest) or companies.is_trade(rest)):
        found.region = words[:size]


def _deals(words: str, size: int) -> str | None:
    """The trade that the words begin with; without a town before them they must say so: 卖豆腐的, 养虾大户."""
    match = _DEALS.match(words, _behind(words, size) if size else 0)
    if match is None or not (size or match["end"] or companies.is_trade(match["goods"])):
        return None
    return trade(match)


def trade(match: re.Match[str]) -> str:
    """养虾, 收粮食; 废钢 of 倒腾废钢 and 茶叶店 of 开茶叶店."""
    goods = match["goods"]
    return match["verb"] + goods if match["verb"] in _WITH_VERB or len(goods) == 1 else goods


def _amid(text: str, found: Fields) -> None:
    """The trade behind a town in running words: 叫白静在抚顺开诊所电话…."""
    for place in places.find(text):
        if match := _DEALS.match(text, _behind(text, place.end)):
            found.industry = trade(match)
            return


def is_told_with_verb(words: str) -> bool:
    """True for 唐山倒腾废钢 and 临汾拉煤, which are no firms: a town, and what one does there."""
    size = places.leading(words)
    match = _DEALS.match(words, size) if size else None
    own = words[_home(words) :]
    is_work = (
        companies.is_trade(own) and re.search("(?:加工|批发|零售|代理|维修|回收|养殖|种植|收购|出口)$", own) is not None
    )
    return (bool(match) or (size > 0 and is_work)) and not _HOUSE.search(words)


_HOUSE = lazy.regex("(?:公司|集团|厂|店|[坊铺行场社馆轩阁居楼斋记苑园屋吧庄号堂院校局站所部矿港城家味]|中心)$")


def _home(words: str) -> int:
    """The length of city and county at the start; a quarter of another city is part of a name: 常德芙蓉美妆."""
    first = next(iter(places.find(words)), None)
    if first is None or first.start:
        return 0
    inside = places.counties_of(first.region)
    sizes = (size for size in (4, 3, 2) if words[first.end : first.end + size] in inside)
    return first.end + next(sizes, 0)


def is_of_boss(text: str, words: str) -> bool:
    """True for 汕尾渔船 of 汕尾渔船老板: a town and a thing that somebody owns, no house's name."""
    at = text.find(words)
    size = places.leading(words)
    owned = at >= 0 and text[at + len(words) :].startswith(("老板", "户主", "大户"))
    return (
        owned and 0 < size < len(words) <= size + 3 and not _HOUSE.search(words) and not companies.ends_in_kind(words)
    )


_QUARTER = lazy.regex(
    "[一-鿿]{2,4}?区(?=[一-鿿]{5,})(?!人民|第[一二三四五六七八九十]|中心|妇幼|中医|教育|公安|政府|实验|高新|开发|街道|社区|残|福利|敬老|养老|卫生|图书|文化馆|体育|少年|妇)"
)


def without_quarter(firm: str) -> str:
    """康源大药房 for 铁西区康源大药房; a public house keeps its quarter: 铁西区人民医院."""
    match = _QUARTER.match(firm)
    is_quarter = match is not None and places.leading(firm) == match.end()
    return firm[match.end() :] if match and is_quarter and not companies.is_office(firm) else firm


_BESIDE_NUMBER = lazy.regex(r"(?<![一-鿿])(?P<word>[一-鿿]{2,3})[\s,，:：]*(?:电话|手机)?[\s,，:：]*(?=\+?\d{7,})")


def named_like_a_place(text: str, found: Fields) -> str | None:
    """The name straight before the number that is a place's as well, where nobody else is named: 高明 135….

    Towns that everybody knows are taken for a name only behind a post: 负责人 常德 135….
    """
    match = _BESIDE_NUMBER.search(text)
    word = match["word"] if match else ""
    if match is None or not names.is_full_name(word) or places.leading(word) != len(word):
        return None
    before = re.split(r"[\s,，:：]+", text[: match.start()].rstrip(" ,，:："))[-1]
    if places.rank(places.find(word)[0], word) != _DISTRICT and not jobs.is_title(before):
        return None
    if found.region and found.region not in {one.region for one in places.find(text.replace(word, " "))}:
        found.region = None
    return word


_DISTRICT = 1
