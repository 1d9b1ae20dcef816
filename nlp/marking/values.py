"""Which of the marked words of a lead can be what they are marked as, and where a value begins and ends."""

import re
from collections.abc import Sequence

from nlp import lazy, lexicon, names, relations
from nlp.fields import localities, places
from nlp.marking.chain import surest
from nlp.marking.lines import Span

SURE_OF_NAME = 0.6
_ADDRESS = lazy.regex(
    r"(?:(?:软件|产业|工业|科技|创业)园区?|科技城|开发区|高新区|新区)$|(?:路|街|大道|巷|弄)$|\d{1,5}(?:号|弄|栋|座|楼|室){1,6}$"
)
_BESIDE = lazy.regex("隔壁|对面|旁边|楼下|附近|门口")
_NAME = lazy.regex(r"[\w .·•‧・'’-]+")
_RELATED = lazy.regex(f"(?:他|她|家)?的(?:{relations.RELATION}|先生|学生|客户)")
_QUOTED = lazy.regex('[“「『"](?P<name>[^“”「」『』"]{2,})[”」』"]?$')
_GROUP = lazy.regex("(?:家长|业主|微信|客户|同学|老乡)群|朋友圈")
_DOT = "·•‧・"


def name_of(text: str, marked: Sequence[Span]) -> Span | None:
    """The likeliest name; of 马校长 and 马学文, both of whom the marker is sure of, the full one."""
    found = [one for one in marked if one.letter == "n" and _may_be_name(text, one)]
    best = surest(found, "n")
    if best is None or not names.is_address(words(text, best)):
        return best
    family = names.surname(words(text, best).lstrip("老小阿"))
    for one in found:
        other = words(text, one)
        full = names.is_full_name(other) and not names.is_address(other)
        if full and one.probability >= SURE_OF_NAME and names.surname(other) == family:
            return one
    return best


def _may_be_name(text: str, span: Span) -> bool:
    """False for signs that no name has, for a place or a people, and for 王芳 in 王芳的朋友: another is entered."""
    said = words(text, span)
    sane = _NAME.fullmatch(said) is not None and said not in lexicon.words("firms")
    return (
        sane
        and not localities.is_nobody(said)
        and _GROUP.fullmatch(said) is None
        and _RELATED.match(text, span.end) is None
    )


def may_be_firm(text: str, span: Span) -> bool:
    """False for a place alone, for what is beside a house, and for a piece of a dotted name."""
    said = words(text, span)
    return not is_place(said) and _BESIDE.search(said) is None and text[span.end : span.end + 1] not in tuple(_DOT)


def words(text: str, span: Span) -> str:
    """The words of a value; of a firm what stands in quotation marks, no town apart before it; a whole name."""
    said = text[span.start : span.end].strip()
    if span.letter == "n":
        return _whole(text, span) or said
    if span.letter != "c":
        return said
    if quoted := _QUOTED.search(said):
        return quoted["name"]
    town, _, rest = said.partition(" ")
    return (
        rest
        if rest and not town.isascii() and (places.leading(town) == len(town) or localities.is_place(town))
        else said
    )


_BEFORE_NAME = lazy.regex("(?:[的叫是个位农户商匠民工人员师主家长]|^|[\\s,，:：。;；])$")
_CHILD = lazy.regex("[一-鿿]{1,2}(?:妈妈|爸爸|奶奶|爷爷|妈|爸)")


def _whole(text: str, span: Span) -> str | None:
    """格则·阿木 for 阿木, 小米妈妈 for 米妈妈: the name with what the marker cut off before it."""
    start, end = span.start, span.end
    if start > 1 and text[start - 1] in _DOT:
        sizes = (size for size in (2, 3, 4, 1) if _BEFORE_NAME.search(text[: max(0, start - 1 - size)]))
        size = next(sizes, 0)
        return text[start - 1 - size : end] if size else None
    cut = text[start - 1 : start] in ("小", "大", "阿", "老") and _CHILD.fullmatch(text[start:end])
    return text[start - 1 : end] if cut and not text[start - 2 : start - 1].strip() else None


def is_place(said: str) -> bool:
    """True for 北京亦庄, 德州禹城房寺镇 and 民族大道100号: a place alone is no firm."""
    alone = places.with_county(said) == len(said) or places.leading(said) == len(said)
    return alone or _ADDRESS.search(said) is not None or localities.is_place(said)


def stands_alone(text: str, span: Span) -> bool:
    """True for a form of address that is a piece of the line by itself: 13093728840 修手机的 小丁 开封."""
    apart = not re.match("[\\w]", text[span.start - 1 : span.start] or " ") and not re.match(
        "[\\w]", text[span.end : span.end + 1] or " "
    )
    said = text[span.start : span.end]
    return apart and (names.is_address(said) or _CHILD.fullmatch(said.lstrip("小阿")) is not None)


def with_call(best: str, found: str | None) -> str:
    """上官老师傅 for 上官 where the rules read on to the right: a surname alone is how nobody is called."""
    return found if found and names.is_address(found) and names.surname(found) == best else best


def with_brand(best: str, found: str | None) -> str:
    """链家杭州拱墅店 for 杭州拱墅店 where the rules read on to the left: a branch bears its brand before the town."""
    longer = found is not None and found.endswith(best) and 1 < len(found) - len(best) <= 4
    return found if found and longer and places.leading(best) and not places.leading(found) else best
