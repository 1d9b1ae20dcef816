"""Where somebody is to be found: told in so many words (地址是无锡惠山区堰桥路88号), or a house with its number."""

import re

from nlp import lazy

LONGEST = 100  # characters
_LABEL = "(?<![网件站址])(?:地址|住址|家住|办公地点)"
_LEAD = "(?:的|现在|目前|已经|其实|[写登记填]?错了?|不对|应该|改|换|变更?|更新|成|为|到|是|在|了|[:：,， ])*"
_TOLD = lazy.regex(rf"{_LABEL}{_LEAD}(?P<value>[一-鿿A-Za-z0-9][^,，。;；!！?？\n]{{3,{LONGEST - 1}}})")
_PLACE = lazy.regex(
    r"[一-鿿](?:路|街|大道|巷|弄|胡同|村|镇|乡|县|市|区|园|苑|大厦|广场|市场|商城|中心|小区|城|码头)"
    r"|\d{1,5}\s?(?:号|栋|幢|座|楼|室|弄)|[东西南北中]段"
)
_STREET = lazy.regex(r"(?:路|街|道|巷|弄|村|镇|大厦|广场|园|苑|市场|商城|小区)|\d{1,5}\s?(?:号|栋|幢|座|楼|室)")
_NO_VALUE = lazy.regex(
    "[吗么哪谁几]|多少|什么|发[给我你来一]|给我|告诉|不知|没有|忘|待定|要改|打算|可能|好像|不用|还没|原来|以前|之前的|不是"
)


_FORMER = lazy.regex(r"\s++(?=原来|以前|之前|旧的|老的)")


def told(text: str) -> str | None:
    """The address that stands behind its label, as typed; None where the text only speaks of one, or asks.

    >>> told("罗敏的地址是无锡惠山区堰桥路88号"), told("罗敏地址在哪"), told("罗敏的地址改了，下次给我")
    ('无锡惠山区堰桥路88号', None, None)
    """
    match = _TOLD.search(text)
    if match is None:
        return None
    words = _FORMER.split(match["value"])[0]
    pieces = words.split()
    size = next((at for at, piece in enumerate(pieces) if not _PLACE.search(piece)), len(pieces))
    value = re.sub("[了吧哦啊哈的]+$", "", " ".join(pieces[:size]))
    return (
        value if _STREET.search(value) and not _NO_VALUE.search(match.group()[: -len(match["value"])] + words) else None
    )


_EDGE, _AT_END = r"(?<![一-鿿A-Za-z\d\-])", r"(?=$|[\s,，。;；、)）]|的?(?:业主|房子|那套|这套)|家(?![一-鿿]))"
_BUILDING = (
    r"(?:(?:[A-Za-z]?\d{1,4}|[一二三四五六七八九十]{1,3}|[A-Z])(?:号楼|栋|幢)|(?:[A-Z]\d{0,2}|\d{1,2}(?=座\d{3}))座)"
)
_FLAT = r"(?:[\d一二三四五六七八九]{1,2}单元)?\s?(?:[A-Za-z]?\d{2,4}(?:室|号|房)?)?"
_ESTATE = r"[一-鿿A-Za-z·]{2,12}?(?:[\d一二三四]{1,2}[期区])?"
_NUMBERED = lazy.regex(
    rf"{_EDGE}(?:(?:{_ESTATE})?{_BUILDING}{_FLAT}|{_ESTATE}(?:\d{{1,3}}[-–]\d{{1,2}}[-–]\d{{3,4}}|(?<=[区苑园府城庭湾里村居邸郡])\d{{1,3}}[-–]\d{{2,4}})室?|{_ESTATE}\d{{1,4}}号?别墅){_AT_END}"
)
_KINDS_OF_HOUSE = (
    "独栋|联排|叠[拼加墅]|双拼|自建|乡村|农村|高[档端]|智慧|封闭|隔壁|附近"
    "|[他她我]们|[这那哪有想买装喜爱住找看选换进在]|幼儿园"
)
_NAMED = lazy.regex(
    rf"{_EDGE}(?![老新大小])(?:(?!{_KINDS_OF_HOUSE})[一-鿿]){{2,8}}(?<![套栋幢平个的住米])"
    rf"(?:别墅|小区|家园|花园)(?:\d{{1,4}}号)?{_AT_END}"
)


def is_house(words: str) -> bool:
    """True for a house or flat with its number and nothing else."""
    return _NUMBERED.fullmatch(words) is not None


def of_house(text: str) -> str | None:
    """The house or flat that stands alone among the words, one with its number first.

    >>> of_house("刘先生 138… 绿城桂花园3栋1202 130平"), of_house("孙总 碧水湾别墅 30万左右"), of_house("想装联排别墅")
    ('绿城桂花园3栋1202', '碧水湾别墅', None)
    """
    match = _NUMBERED.search(text) or _NAMED.search(text)
    return match.group().strip() if match else None
