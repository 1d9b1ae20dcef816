"""第一人民医院 is said 人民医院 where the words stand alone, with no other town or number before; 第三中学 三中."""

import re

from nlp import lazy

SHORT = "人民医院"
_HOUSES = ("院", "中", "小")
KEY = f"第{SHORT}"  # under which such a customer is found; 县人民医院 and 在人民医院住院 have it not
_NUMBERED = lazy.regex(f"第[一二三四五六七八九十]+{SHORT}$")
_ALONE = lazy.regex(rf"(?:^|[\s,，。;；:：]|那个|这个|中标了?){SHORT}(?!住院?|对面|附近|旁边?|门口|隔壁|后面)")
_SCHOOL = r"[中小](?:食堂|(?=[\s,，。:：]|$|[又要订定说的]|那边|校长|老师|采购))"
_SAID = lazy.regex(rf"\s*+(?P<short>(?P<number>[一二三四五六七八九十]{{1,5}})(?P<kind>院|{_SCHOOL}))")
_ORDINAL = lazy.regex(
    "第?(?P<number>[一二三四五六七八九十]{1,5})(?P<kind>(?:[一-鿿]{0,4}医)?院|(?:实验|高级|初级)?[中小](?:学(?:校|食堂)?|食堂)?)$"
)


def keys(company: str) -> set[str]:
    """The keys under which the firm is found by what is said for short.

    >>> sorted(keys("第二人民医院")), keys("县人民医院"), keys("第三中学食堂")
    (['第二院', '第人民医院'], set(), {'第三中'})
    """
    house = _house(_ORDINAL.search(company))
    return ({KEY} if is_one(company) else set()) | ({f"第{''.join(house)}"} if house else set())


def keys_said(text: str) -> set[str]:
    """The keys of such firms that the text says for short.

    >>> keys_said("二院要3台"), keys_said("人民医院要3台"), keys_said("去二院看病"), keys_said("三中食堂 大米50斤")
    ({'第二院'}, {'第人民医院'}, set(), {'第三中'})
    """
    house = _house(_SAID.match(text))
    return ({KEY} if is_said(text) else set()) | ({f"第{''.join(house)}"} if house else set())


def is_one(company: str) -> bool:
    """True for a firm that is said 人民医院 for short.

    >>> is_one("太仓市第一人民医院"), is_one("县人民医院"), is_one("第二实验小学")
    (True, False, False)
    """
    return _NUMBERED.search(company) is not None


def is_said(text: str) -> bool:
    """True where 人民医院 stands alone.

    >>> is_said("中标了 人民医院那三台牙椅"), is_said("县人民医院要3台"), is_said("他在人民医院住院")
    (True, False, False)
    """
    return SHORT in text and _ALONE.search(text) is not None


def said_in(text: str, company: str) -> str:
    """The short words for the firm that stand alone in the text, or ''.

    >>> [said_in(f"{said}要3台", "第二人民医院") for said in ("二院", "人民医院", "十二院")]
    ['二院', '人民医院', '']
    >>> said_in("三中食堂 大米50斤", "第三中学"), said_in("三中介", "第三中学")
    ('三中食堂', '')
    """
    if not any(house in text for house in _HOUSES):
        return ""
    if is_one(company) and is_said(text):
        return SHORT
    said = _SAID.match(text)
    return said["short"] if said and _house(said) == _house(_ORDINAL.search(company)) else ""


def is_short_of(said: str, company: str) -> bool:
    """True for 人民医院 and 二院 of 第二人民医院.

    >>> is_short_of("二院", "宁波第二人民医院"), is_short_of("二院", "第三人民医院")
    (True, False)
    """
    if said == SHORT:
        return is_one(company)
    one, other = _house(_ORDINAL.fullmatch(said)), _house(_ORDINAL.search(company))
    return one is not None and one == other


def _house(found: re.Match[str] | None) -> tuple[str, str] | None:
    """The number and the kind of house."""
    kind = next((one for one in _HOUSES if one in found["kind"]), None) if found else None
    return (found["number"], kind) if found and kind else None
