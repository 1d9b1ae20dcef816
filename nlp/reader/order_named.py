"""By what a stored order is called: its sum (2400那单, 81块的订单) or how many pieces it has (5张的那个)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp import lazy
from nlp.fields import money
from nlp.reader.order_values import PIECES

SHEET = r"(?:订单|单子|单(?![位价独据凭纯号身元人双品单])|笔(?![记者芯试录]))"
OFF = "(?:取消|作废|撤销|撤掉|撤|删除|删掉|删|去掉)"  # what is done to a record, not by a customer
_UNIT = r"\s?(?:块钱|块|元|圆)?\s?(?:钱)?"
_THAT = lazy.regex(rf"{_UNIT}(?:的(?:那|这)?一?[张个笔条]?(?={SHEET})|(?:那|这)一?[张个条]?(?={SHEET})|(?=订单|单子))")
_COUNT = lazy.regex(rf"(?<![\d.])(?P<n>\d{{1,6}})\s?{PIECES}的?(?:那|这)(?:一?[个张条]|一?[张个条]?{SHEET})")
_OFF_FIRST = lazy.regex(r"(?:帮我|把|给)*(?P<off>撤单|销单|删单|消单)[\s:：,，的吧了。]*")
_DAY = lazy.regex(r"\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号]|[今昨前]天|上?(?:周|星期|礼拜)[一二三四五六日天]")
_BEHIND = lazy.regex(rf"{_UNIT}的?")


@dataclass(frozen=True, slots=True)
class Called:
    """The sum and the number by which the order is called, None where it is not, and the text without them."""

    text: str
    fen: int | None = None
    quantity: float | None = None


def told(text: str) -> Called:
    """By which sum or number the text calls an order.

    >>> told("孙丽2400那单改成2600"), told("5张的那个删掉")
    (Called(text='孙丽那单改成2600', fen=240000, quantity=None), Called(text='那单删掉', fen=None, quantity=5.0))
    """
    for one in money.find(text):
        is_sum = one.score > 0 and one.fen > 0 and not text[: one.start].endswith("月")  # 3月18那单
        that = _THAT.match(text, one.end) if is_sum else None
        if that is not None:
            return Called(f"{text[: one.start]}那{text[that.end() :]}", fen=one.fen)
    if match := _COUNT.search(text):
        return Called(f"{text[: match.start()]}那单{text[match.end() :]}", quantity=float(match["n"]))
    return Called(text)


def behind(text: str, start: int) -> tuple[int, int] | None:
    """The sum in fen that stands right behind the words for an order, and where it ends: 那单600的删掉."""
    for one in money.find(text):
        if one.score > 0 and one.fen > 0 and not text[start : one.start].strip(" ,，是"):
            told_of = _BEHIND.match(text, one.end)
            return one.fen, told_of.end() if told_of is not None else one.end
    return None


def alone(text: str, called: str, off: str, slip: str = "(?!)") -> int | None:
    """The sum of 撤销 刘建军 500 and 3月25那个刘建军500删掉, where nothing else is said but perhaps a `slip` behind.

    off: the pattern of the undoing
    """
    if not called or called not in text:
        return None
    rest = text.replace(called, " ", 1)
    end = r"(?:掉|了|吧|啦|一下|[。!！\s])*"
    cut = re.sub(rf"^\s*(?:请|麻烦|帮我|把)*{off}{end}|[\s,，]*{off}{end}(?:{slip})?$", "", rest, count=1)
    is_off, cut = cut != rest, _DAY.sub(" ", cut)
    found = [one for one in money.find(cut) if one.score > 0 and one.fen > 0]
    if not is_off or len(found) != 1:
        return None
    beside = cut[: found[0].start] + _BEHIND.sub("", cut[found[0].end :], count=1)
    return found[0].fen if not re.sub(r"[那这]个|[¥￥的把将\s,，。]", "", beside) else None


def name_first(text: str, called: str) -> str:
    """撤单 孙丽 as 孙丽 撤单; any other text as it is."""
    is_last = called and text.rstrip("的吧了。 ").endswith(called)
    ordered = _OFF_FIRST.fullmatch(text.replace(called, "", 1)) if is_last else None
    return f"{called} {ordered['off']}" if ordered is not None else text
