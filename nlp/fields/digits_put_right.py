"""A number of which some digits are said anew: 13857661093 不对 最后两位是九四, 13812345678 哦不 尾号是5679."""

from __future__ import annotations

import re

from nlp import lazy
from nlp.when import numerals

_DIGIT = "[\\d零〇一二三四五六七八九幺]"
_COUNT = "(?P<count>[一两二俩三四五六1-6])"
_WHICH = (
    "(?:"
    f"(?P<first>前面?的?|开头)?(?P<middle>中间)?(?:最后|后面?的?|末尾?|尾)?{_COUNT}(?:位|个)(?:数字?|号码?)?"
    "|(?:最[后末]一?|[末尾])位(?:数字?)?|[尾末]号|尾数|末尾)"
)
_SAID_ANEW = lazy.regex(
    f"(?P<gap>.{{0,14}}?){_WHICH}(?P<between>[^\\d零〇一二三四五六七八九幺]{{0,8}}?)"
    f"(?P<digits>{_DIGIT}(?: ?{_DIGIT})*)(?P<after>[^,，。;；]{{0,4}})"
)
_HINT = lazy.regex("[位号尾末]")
_SLIP = lazy.regex("不对|错|口误|[哦啊嗯呃哎噢]不|不是|更正|改[成为]|换成|应该|才[对是]|你记|记成")
_COUNTS = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NEAR = 36  # characters behind the number
_MIDDLE = 3  # digits before those in the middle of a mobile number
_MOST = 6  # digits: more is another number


def settled(number: str, behind: str) -> str:
    """The number with the digits that the words behind it put right; as it is where they put none right.

    >>> settled("13857661093", "不对最后两位是九四你记九四"), settled("13812345678", " 哦不 尾号是5679")
    ('13857661094', '13812345679')
    >>> settled("13812345678", " 不对 中间四位是5566"), settled("13812345678", " 最后两位是他生日")
    ('13855665678', '13812345678')
    """
    if _HINT.search(behind, 0, _NEAR) is None:
        return number
    told = _SAID_ANEW.match(behind[:_NEAR])
    if told is None or _SLIP.search(f"{told['gap']}{told['between']}{told['after']}") is None:
        return number
    digits = re.sub(" ", "", numerals.digits(told["digits"].replace("幺", "一").replace(" ", "")) or "")
    count = told["count"]
    if not 0 < len(digits) <= _MOST or (count and len(digits) != (_COUNTS.get(count) or int(count))):
        return number
    if told["first"]:
        return digits + number[len(digits) :]
    if told["middle"]:
        return number[:_MIDDLE] + digits + number[_MIDDLE + len(digits) :]
    return number[: -len(digits)] + digits
