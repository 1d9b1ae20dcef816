"""第一人民医院 is said 人民医院 where the words stand alone, with no other town or number before them."""

from nlp import lazy

SHORT = "人民医院"
KEY = f"第{SHORT}"  # under which such a customer is found; 县人民医院 and 在人民医院住院 have it not
_NUMBERED = lazy.regex(f"第[一二三四五六七八九十]+{SHORT}$")
_ALONE = lazy.regex(rf"(?:^|[\s,，。;；:：]|那个|这个|中标了?){SHORT}(?!住院?|对面|附近|旁边?|门口|隔壁|后面)")
_ORDINAL = lazy.regex("第?(?P<number>[一二三四五六七八九十]+)(?:[一-鿿]{0,4}医)?院$")


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


def is_short_of(said: str, company: str) -> bool:
    """True for 人民医院 and 二院 of 第二人民医院.

    >>> is_short_of("二院", "宁波第二人民医院"), is_short_of("二院", "第三人民医院")
    (True, False)
    """
    if said == SHORT:
        return is_one(company)
    one, other = _ORDINAL.fullmatch(said), _ORDINAL.search(company)
    return one is not None and other is not None and one["number"] == other["number"]
