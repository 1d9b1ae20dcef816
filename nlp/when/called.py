"""People called like a day (周一鸣, 王初一, 李国庆): the words that name them tell no time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from nlp import lazy

_HIDDEN = "\x00"
_LIKE_DAY = lazy.regex(
    "周[一二三四五六日]|初[一二三四五六七八九十]|元旦|五一|国庆|中秋|重阳|元宵|除夕|七夕|端午|清明|冬至|夏至"
    "|立[春夏秋冬]|谷雨|小满|惊蛰|霜降|白露|[春秋]分|[大小]雪|小年|腊八"
)
_VERB = "回打加催约送寄发付收交去来见找叫拨问办看谈开会再到给跟订拿取装补复转通联邀"
# A line that begins 周日新 150…: 周五回 138… calls somebody on Friday.
_NEWCOMER = lazy.regex(rf"^周[一二三四五六日](?![{_VERB}])[一-鿿](?=[ ,，:：]+1[3-9]\d(?:[ -]?\d{{4}}){{2}}(?!\d))")
_hidden_now: ContextVar[tuple[str, ...]] = ContextVar("people_called_like_days", default=())


@contextmanager
def hiding(names: Iterable[str]) -> Iterator[None]:
    """While this lasts, these names tell no time wherever they stand in a text."""
    every = list(names)
    like_days = filter(_LIKE_DAY.search, every) if _LIKE_DAY.search("\n".join(every)) else ()
    token = _hidden_now.set(tuple(like_days))
    try:
        yield
    finally:
        _hidden_now.reset(token)


def hidden(text: str) -> str:
    """The text of the same length without the names that look like days.

    >>> with hiding(["王初一"]):
    ...     hidden("王初一说初三来").replace("\\x00", "_"), hidden("周日新 15000000030").replace("\\x00", "_")
    ('___说初三来', '___ 15000000030')
    """
    for name in _hidden_now.get():
        if name in text:
            text = text.replace(name, _HIDDEN * len(name))
    if text.startswith("周"):
        text = _NEWCOMER.sub(lambda found: _HIDDEN * len(found.group()), text)
    return text
