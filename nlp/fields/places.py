"""Regions: provinces, cities and well-known districts, given as the city (or the province when no city is said)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp import lazy, lexicon, names

_PINYIN = {
    "beijing": "北京",
    "shanghai": "上海",
    "guangzhou": "广州",
    "shenzhen": "深圳",
    "tianjin": "天津",
    "chongqing": "重庆",
    "hangzhou": "杭州",
    "ningbo": "宁波",
    "suzhou": "苏州",
    "nanjing": "南京",
    "wuhan": "武汉",
    "chengdu": "成都",
    "dongguan": "东莞",
    "foshan": "佛山",
    "xiamen": "厦门",
    "qingdao": "青岛",
    "dalian": "大连",
    "changsha": "长沙",
    "hefei": "合肥",
    "jinan": "济南",
    "zhengzhou": "郑州",
    "wuxi": "无锡",
    "yiwu": "金华",
    "zhongshan": "中山",
    "zhuhai": "珠海",
    "kunming": "昆明",
    "fuzhou": "福州",
    "quanzhou": "泉州",
    "wenzhou": "温州",
    "taipei": "台北",
    "hong kong": "香港",
    "hongkong": "香港",
    "macau": "澳门",
    "xian": "西安",
    "xi'an": "西安",
    "huizhou": "惠州",
    "nanning": "南宁",
    "shenyang": "沈阳",
    "singapore": "新加坡",
}
_IN_ENGLISH = {**_PINYIN, **dict(lexicon.table("abroad"))}
_NOT_AFTER = r"(?!路|大道|街(?!道)|菜|话|人|烤|山(?![东西])|东路|西路|南路|北路|[东西南北]?站|机场)"


@dataclass(frozen=True, slots=True)
class Place:
    """A region with the place of its words."""

    region: str
    start: int
    end: int


@cache
def _gazetteer() -> dict[str, tuple[int, str]]:
    """Word → (rank, region); cities rank above districts' cities, provinces last."""
    table: dict[str, tuple[int, str]] = {}
    for city, districts in lexicon.table("districts"):
        for district in districts.split():
            table[district] = (1, city)
    for province, cities in lexicon.table("regions"):
        for city in cities.split():
            name = city.removesuffix("市") if len(city) > len("津市") else city
            table[city] = (2, name)
        table.setdefault(province, (0, province))
    for town in lexicon.words("towns"):
        table[town] = (2, town)
    return table


_TAIL = lazy.regex(
    rf"(?:特别行政区|自治区|自治州|省|市(?!场)|区(?!域)|县|州(?=市|[一-鿿]{{2,4}}[市县]))?{_NOT_AFTER}"
)  # what may stand behind a place
_ENGLISH = lazy.rare(
    rf"(?i)(?<![a-z@.])(?:{'|'.join(sorted(map(re.escape, _IN_ENGLISH), key=len, reverse=True))})(?![a-z.])"
    r"(?!\s?(?:牌|款|版|火鸡))"
)
_ALSO_NAMES = {"lima", "santiago", "israel", "chile", "oslo", "holland"}  # Ana Santiago, Tom Holland
_TOLD_AS_PLACE = lazy.regex(r"(?i)(?:(?<![a-z])(?:from|in)|[,，、;；:：/|(（\n在自从去到])\s*$")
_PEOPLE_OF_IT = lazy.regex(r"(?i)\s?(?:的|那边|客户|买家|(?:buyer|client|customer)s?(?![a-z]))")
_NAME_BEHIND = lazy.regex(
    rf"\s(?i:{names.PINYIN_SURNAME})(?![A-Za-z])|[一-鿿](?<![的那这来客过去有做开住出工上市区国买])"
)


def _is_place(match: re.Match[str]) -> bool:
    """False for a place abroad that is somebody's or a firm's name: Lima Wang, Tom Holland, Oslo咖啡."""
    word, text = match.group().lower(), match.string
    if word in _PINYIN or len(word) == len(text):
        return True
    if _NAME_BEHIND.match(text, match.end()):
        return False
    is_told = _TOLD_AS_PLACE.search(text, 0, match.start()) or _PEOPLE_OF_IT.match(text, match.end())
    return word not in _ALSO_NAMES or is_told is not None


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character → the lengths of the places that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _gazetteer():
        lengths.setdefault(word[0], set()).add(len(word))
    return {char: tuple(sorted(sizes, reverse=True)) for char, sizes in lengths.items()}


def find(text: str) -> list[Place]:
    """All regions named, left to right."""
    return list(_find(text))


@lru_cache(maxsize=1024)
def _find(text: str) -> tuple[Place, ...]:
    table, lengths = _gazetteer(), _lengths()
    found: list[Place] = []
    position, end = 0, len(text)
    while position < end:
        sizes = lengths.get(text[position])
        place = _place_at(text, position, sizes, table, found) if sizes else None
        if place:
            found.append(place)
        position = place.end if place else position + 1
    if not (_LETTER if text.isascii() else _LATIN).search(text):
        return tuple(found)
    abroad = filter(_is_place, _ENGLISH.finditer(text))
    english = (Place(_IN_ENGLISH[m.group().lower()], m.start(), m.end()) for m in abroad)
    return tuple(sorted((*found, *english), key=lambda place: place.start))


_LETTER, _LATIN = lazy.regex("[A-Za-z]"), lazy.regex("[A-Za-z]{4}")


def _place_at(
    text: str, start: int, sizes: tuple[int, ...], table: dict[str, tuple[int, str]], found: list[Place]
) -> Place | None:
    for size in sizes:
        known = table.get(text[start : start + size])
        tail = _TAIL.match(text, start + size) if known else None
        if known and tail:
            is_town = text[start : start + size] in lexicon.words("towns")
            if (is_town or known[0] == 1) and not _begins_word(text, start, found):
                return None
            if is_town and found and found[-1].end == start and not _may_lie_in(text, known[1], found[-1]):
                return None
            return Place(known[1], start, tail.end())
    return None


def _begins_word(text: str, start: int, found: list[Place]) -> bool:
    """True where a district may begin: 龙岗 in 深圳龙岗 or 在龙岗, not in 独龙岗."""
    before = text[start - 1 : start]
    if not ("\u4e00" <= before <= "\u9fff") or (found and found[-1].end == start):
        return True
    return before in "在到去从住市省自是来的城区县往赴于跑"


def _may_lie_in(text: str, town: str, place: Place) -> bool:
    """False for 恩平 in 上海恩平电子: the town is none of that city's, so the words are a firm's name."""
    return rank(place, text) == 0 or town in counties_of(place.region)


def rank(place: Place, text: str) -> int:
    """How exact the place is: 2 a city, 1 a district, 0 a province."""
    words = text[place.start : place.end]
    for length in range(len(words), 1, -1):
        if words[:length] in _gazetteer():
            return _gazetteer()[words[:length]][0]
    return 2


def region_of(text: str) -> str | None:
    """The most exact region named first, as a city or province without its suffix.

    >>> region_of("湖北襄阳隆中")
    '襄阳'
    """
    found = find(text)
    best = max(found, key=lambda p: (rank(p, text), -p.start), default=None)
    if best is None:
        return None
    for place in found:  # 金华市义乌市: the county-level city behind its prefecture is the more exact one
        if place.start == best.end and rank(place, text) == 2:
            best = place
    return best.region


_BRANCH = lazy.regex(
    "(?:公司|集团|银行|总?[店厂行])[(（]?(?P<own>[一-鿿]{2,8}(?:分公司|分[店厂行部院]|支行|办事处))[)）]?$"
)


def branch(firm: str) -> str:
    """苏州分公司 of 上海外服有限公司苏州分公司: where somebody of that firm is; the whole without a branch."""
    match = _BRANCH.search(firm)
    return match["own"] if match and find(match["own"]) else firm


def leading(text: str) -> int:
    """The length of the region words at the start of the text (province, city and district in a row)."""
    end = 0
    for place in find(text):
        if place.start != end:
            break
        end = place.end
    return end


@cache
def _counties() -> dict[str, frozenset[str]]:
    """City or province → the counties and quarters that lie in it."""
    inside = {city: set(words.split()) for city, words in lexicon.table("counties")}
    for province, cities in lexicon.table("regions"):
        for city in cities.split():
            inside.setdefault(province, set()).update(inside.get(city.removesuffix("市"), ()))
    return {region: frozenset(words) for region, words in inside.items()}


@cache
def counties() -> frozenset[str]:
    """All counties and quarters by their short names; many are ordinary words, too."""
    return frozenset().union(*_counties().values())


def counties_of(region: str) -> frozenset[str]:
    """The counties and quarters of a city or province."""
    return _counties().get(region, frozenset())


@cache
def areas() -> dict[str, tuple[str, ...]]:
    """A province, or a name for several (江浙沪, 华东) → the provinces and cities that lie in it."""
    provinces: dict[str, tuple[str, ...]] = {}
    for name, cities in _regions():  # some provinces have several lines
        told = (*provinces.get(name, (name,)), *(city.removesuffix("市") for city in cities.split()))
        provinces[name] = tuple(dict.fromkeys((*told, *sorted(counties_of(name) & _towns()))))
    wider = {name: words.split() for name, words in lexicon.table("areas")}
    return provinces | {
        name: tuple(dict.fromkeys(place for word in words for place in provinces.get(word, (word,))))
        for name, words in wider.items()
    }


@cache
def _towns() -> frozenset[str]:
    """The county-level cities that are a region of their own: 昆山, 义乌, 宁乡."""
    listed = (word for name, words in _regions() if name == "县级市" for word in words.split())
    return frozenset(listed) | lexicon.words("towns")


def _regions() -> list[tuple[str, str]]:
    return [(name, cities) for name, cities in lexicon.table("regions") if cities]


def with_county(text: str) -> int:
    """The length of the region words at the start with a county or quarter of that very city: 新乡延津, 珠海拱北."""
    end = leading(text)
    if not end:
        return 0
    inside = _counties().get(next(p.region for p in find(text) if p.end == end), frozenset())
    for size in (5, 4, 3, 2):
        if text[end : end + size] in inside and len(text) >= end + size:
            tail = re.match("[县区市镇]", text[end + size :])
            return end + size + (1 if tail else 0)
    return end


def leading_city(text: str) -> int:
    """The length of the province and city at the start, districts left in place."""
    end = 0
    for place in find(text):
        if place.start != end or rank(place, text) == 1:
            break
        end = place.end
    return end
