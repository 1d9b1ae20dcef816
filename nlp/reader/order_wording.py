"""A slip told of an order in other words than the rules look for: 刚才张伟不对 是21万9, 剛剛那筆打錯, 唔係 係3800.

Other words of dialect are put into standard ones by `wording`, other characters by `simplified`.
"""

from __future__ import annotations

import re

from nlp import lazy
from nlp.when import numerals

_SCRIPT = str.maketrans("係咗", "是了")
_NOT_SO = lazy.regex("^[ ,，]*唔是[ ,，]*(?=是|应该)")
_WRONG = "(?:不对|[写记打输录填搞弄登说算改](?:成)?错了?|错了|有误|口误|手误)"
_LITTLE = "(?:的|那个|这个|那边|我|是|又)*"
_BEFORE_NAME = lazy.regex("^(?:刚[才刚]?|上面)?[ ,，]*")
_BEHIND_NAME = lazy.regex(rf"{_LITTLE}[ ,，]*(?P<wrong>{_WRONG})(?=[ ,，]|是|应该)")
_JUST_NOW = lazy.regex(rf"^(?:刚才?|上面|我|是|又)+(?P<wrong>{_WRONG})(?=[ ,，]|是|应该)")
_THAT_SUM = lazy.regex(
    r"(?<=刚才)的?[那这]个(\d{2,6})(?:块钱?|元)?的?(?=[,，\s]*(?:我|是)*[记写搞弄]错)"
)  # 刚才那个158记错人了


def straight(text: str, called: str = "") -> str:
    """The text in one script, with the word for a slip before the customer's name, `called`.

    >>> straight("刚才张伟不对 是21万9", "张伟"), straight("唔係 係3800"), straight("剛剛那筆打錯 是3600")
    ('不对 张伟 是21万9', '不对 是3800', '刚刚那笔打错 是3600')
    """
    plain = _NOT_SO.sub("不对 ", numerals.plain(text).strip().translate(_SCRIPT))
    plain = _THAT_SUM.sub(r"\1那单", plain)
    if (behind := _behind_name(plain, called) if called else None) is not None:
        return f"{behind['wrong']} {called}{plain[behind.end() :]}"
    early = _JUST_NOW.match(plain)
    return f"{early['wrong']}{plain[early.end() :]}" if early is not None else plain


def _behind_name(plain: str, called: str) -> re.Match[str] | None:
    """The word for a slip right behind the name with which the text begins."""
    before = _BEFORE_NAME.match(plain)
    ends = (before.end() if before is not None else 0, 0)  # 刚子不对: no word before a name
    start = next((end for end in ends if plain.startswith(called, end)), None)
    return _BEHIND_NAME.match(plain, start + len(called)) if start is not None else None
