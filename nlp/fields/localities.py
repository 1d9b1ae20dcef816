"""Places below the city, which are neither people nor firms: 阿荣旗, 房寺镇, 珠江新城."""

from functools import cache

from nlp import lazy, lexicon
from nlp.fields import companies, places

_ENDS = lazy.regex("[县旗镇乡市区]$|街道$")
_BELOW = lazy.regex(
    "[一-鿿]{0,5}?(?:镇|乡|街道|村|屯|新城|新区|古城|老城|老街|[东西南北]站|科学[园城]|科技[园城]|软件园|产业园|工业[园区]|创业园|开发区|高新区?"
    "|经开区?|保税区|园区|眼镜城|汽车城|商贸城|建材城|商圈|大厦|广场|小区|花园)+"
)
_SHORT = 2  # characters of a quarter behind city and county: 慈城, 簇桥
_WATER = lazy.regex("[湖山桥江河湾洲滩坡坝岭峰溪泉井口]$")


def is_place(words: str) -> bool:
    """True where nothing but a place is named, from the city down to a town or quarter.

    >>> [is_place(words) for words in ("德州禹城房寺镇", "宁波江北慈城", "广州珠江新城", "上海美达")]
    [True, True, True, False]
    """
    city, county = places.leading(words), places.with_county(words)
    if not city:
        return False
    if not words[county:] or _BELOW.fullmatch(words[city:]) or _BELOW.fullmatch(words[county:]):
        return True
    below = words[county:]
    is_quarter = len(below) <= _SHORT or (len(below) == _SHORT + 1 and _WATER.search(below) is not None)
    inside = county > city or len(places.find(words[:city])) > 1
    return inside and is_quarter and not companies.ends_in_kind(words) and not companies.is_trade(below)


def is_county(word: str) -> bool:
    """True for a county, banner or town with its kind at the end: 青冈县, 敖汉旗, 柳市.

    >>> [is_county(word) for word in ("青冈县", "阿荣旗", "柳市", "文成", "王红旗")]
    [True, True, True, False, False]
    """
    return _ENDS.search(word) is not None and (word in places.counties() or word[:-1] in places.counties())


def is_nobody(word: str) -> bool:
    """True for a county and for a people: 敖汉旗, 苗族."""
    return _PEOPLE.fullmatch(word) is not None or is_county(word)


_PEOPLE = lazy.regex("[一-鿿]{1,4}族")


def city_of(word: str) -> str | None:
    """The only city in which a county of that name lies.

    >>> city_of("柳市"), city_of("阿荣旗"), city_of("鼓楼")
    ('温州', '呼伦贝尔', None)
    """
    cities = _cities().get(word) or _cities().get(word[:-1]) or ()
    return cities[0] if len(cities) == 1 else None


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for city, counties in lexicon.table("counties"):
        for county in counties.split():
            found[county] = (*found.get(county, ()), city)
    return found
