"""A lead as it is dictated: what is taken back at once does not hold (张琴 不对 是章琴; 采购经理 哦不 采购总监)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from nlp import lazy, names
from nlp.fields import companies, jobs, places

_SLIP = lazy.regex(
    r"[的了\s,，。]*+(?:[哦啊呃嗯哎噢]+不(?:是|对)?|不对不?对?|(?:[说写打记讲念]|说成)错了?|口误|更正(?:一?下)?)"
    r"[\s,，。:：]*+(?:应该)?(?:是|叫|为)?[\s,，:：]*+(?:那个)?"
)
_RUN = lazy.regex("[一-鿿A-Za-z（）()]+$")
_RUN_BEHIND = lazy.regex("[一-鿿A-Za-z（）()]+")
_NUMBER = "(?:\\d{1,4}|[一二三四五六七八九十正冬腊初廿]{1,3})"
_DAY = f"(?:[农阴阳公]历)?(?:{_NUMBER}年)?{_NUMBER}月{_NUMBER}[号日]?"
_DAY_LAST, _DAY_FIRST = lazy.regex(f"{_DAY}$"), lazy.regex(_DAY)
_HANDLE_LAST = lazy.regex("[A-Za-z][A-Za-z0-9_-]{4,19}$")
_HANDLE_FIRST = lazy.regex("[A-Za-z][A-Za-z0-9_-]{4,19}(?![A-Za-z0-9@.])")
_LONGEST = 12  # characters of a firm


def settled(text: str, is_lead: bool = True) -> str:
    """The line with only what was settled on; as it is where nothing is taken back or the two are not of one kind.

    is_lead: what stands there may be names and firms; else only a day, a place and a handle are looked at

    >>> settled("新客户叫张琴不对是章琴 做花艺的"), settled("周凯 采购经理 哦不 采购总监")
    ('新客户叫章琴 做花艺的', '周凯 采购总监')
    >>> settled("何姐 苏州的 不对是无锡的"), settled("王梅 生日三月五号 说错了是三月八号"), settled("张伟 说错了货号")
    ('何姐 无锡的', '王梅 生日三月八号', '张伟 说错了货号')
    >>> settled("王芳微信 wangfang_88 哦不 wangfang_89"), settled("那单是张伟的 不对 是李伟的", is_lead=False)
    ('王芳微信 wangfang_89', '那单是张伟的 不对 是李伟的')
    """
    slip = _SLIP.search(text)
    if slip is None:
        return text
    before, behind = text[: slip.start()], text[slip.end() :]
    for ends, begins in ((_DAY_LAST, _DAY_FIRST), (_HANDLE_LAST, _HANDLE_FIRST)):
        if (wrong := ends.search(before)) and begins.match(behind):
            return settled(f"{before[: wrong.start()]}{behind}", is_lead)
    last, first = _RUN.search(before), _RUN_BEHIND.match(behind)
    sizes = _of_one_kind(last.group(), first.group(), is_lead) if last and first else None
    if sizes is None:
        return text
    value, rest = behind[: sizes[1]], behind[sizes[1] :]
    apart = " " if names.is_full_name(value) and rest[:1].isalpha() and rest[0] != "的" else ""  # 李玮 王字旁
    return settled(f"{before[: len(before) - sizes[0]]}{value}{apart}{rest}", is_lead)


@lru_cache(maxsize=16)  # several readers of one message ask
def _of_one_kind(last: str, first: str, is_lead: bool) -> tuple[int, int] | None:
    """How many characters at the end of the one and at the beginning of the other are two values of one field."""
    for is_kind in _KINDS if is_lead else _KINDS[:_OF_NEWS]:
        longest = min(_LONGEST, len(last)), min(_LONGEST, len(first))
        wrong = next((size for size in range(longest[0], 1, -1) if is_kind(last[-size:])), 0)
        sizes = (wrong, *range(longest[1], 1, -1))
        right = next((size for size in sizes if 1 < size <= len(first) and is_kind(first[:size])), 0)
        if wrong and right and last[-wrong:] != first[:right]:
            return wrong, right
    return None


def _is_family(word: str) -> bool:
    return word.startswith("姓") and names.surname(word[1:]) == word[1:]


def _is_place(word: str) -> bool:
    return places.leading(word) == len(word)


def _is_firm(word: str) -> bool:
    return companies.is_company(word) and not jobs.is_title(word)


_KINDS: tuple[Callable[[str], bool], ...] = (_is_place, jobs.is_title, _is_firm, _is_family, names.is_full_name)
_OF_NEWS = 1  # kinds: a place
