"""A message about payments cut into stretches, each with at most one sum and one day of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from nlp import lazy, when
from nlp.fields import money, prices
from nlp.when import When

_LEAST = 10_00  # fen: a bare number below counts something else
_COUNT = "[一二两三四五六七八九十\\d]{1,3}"
_IS_PAID = "(?=[^,，。;；]{0,4}(?:[付还结打]|给|回款|交[钱款清]))"  # 分三批付; 分三批 4月5号200个 are goods
IN_PARTS = lazy.regex(
    f"分(?:成|为|了)?(?P<n>{_COUNT})(?:期|个?月|(?:次|笔)(?![送发做上来提安开]|交货|到货|配送)|批{_IS_PAID})"
    f"|分期(?=[ ,，:：]*\\d)"
)
STAGE = lazy.regex(
    f"(?:首[付款期笔]款?|头款|[定订]金|预付款?|(?<![分成为\\d十第])第?{_COUNT}[期笔](?!付|还|[,， ]*每)款?"
    "|中期款?|进度款|发货款|提货款|到货款|验收款|安装款"
    "|[尾余]款|质保金|(?:剩|余)下的?|剩余的?|其余的?)"
)
PERCENT = lazy.regex(r"(?P<n>\d{1,2})(?:[%％]|个点|成(?!交|功|为|本))")
_COUNTED = lazy.regex(rf"\s?(?:{prices.PIECES.replace('块', '')}|节课?|课时)")
_AND, _EACH = lazy.regex("[ ,，、和跟与及]+"), lazy.regex("[各每]")
_OF_SHARE = lazy.regex(f"[,，]*(?:先|再)?[付还结打转汇给交][^,，。;；]?{PERCENT.pattern}")
_SPLIT = lazy.regex(r"[\s,，。;；、:：\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the message with at most one sum and one day."""

    text: str
    fen: int | None = None
    percent: int | None = None
    day: When | None = None
    is_day_first: bool = False


def of(plain: str, now: datetime) -> Iterator[Piece]:
    """The message from sum to sum: cut at marks and before what names another part."""
    days = [one for one in when.find(plain, now) if one.on is not None]
    masked = plain
    for one in days:
        masked = masked[: one.span[0]] + "," * (one.span[1] - one.span[0]) + masked[one.span[1] :]
    sums = [_trimmed(masked, one) for one in money.find(masked) if one.fen >= _LEAST and _is_sum(masked, one)]
    cuts = {0, len(plain)} | {mark.end() for mark in _SPLIT.finditer(plain)}
    ends = {one.end for one in sums}
    cuts |= {one.start() for one in STAGE.finditer(masked) if not _is_of_sum(masked, one, ends)}
    cuts |= {one.start() for one in IN_PARTS.finditer(masked)}
    for day, following in pairwise(days):  # 月底前给一半五月给一半
        between = masked[day.span[1] : following.span[0]]
        is_list = _AND.fullmatch(between) is not None and _EACH.search(masked, following.span[1]) is not None
        if is_list or PERCENT.search(between) or any(day.span[1] <= one.start < following.span[0] for one in sums):
            cuts.add(following.span[0])
    cuts |= {one.span[0] for one in days if _OF_SHARE.match(masked, one.span[1])}  # 欠了9600说月底前给一半
    inside = [(one.span[0], one.span[1]) for one in days] + [(one.start, one.end) for one in sums]
    places = sorted(at for at in cuts if not any(start < at < end for start, end in inside))
    for start, end in pairwise(places):
        if plain[start:end].strip():
            yield _piece(plain, start, end, days, sums)


_DEPOSIT = lazy.regex("(?:[定订]金|首付款?|首期?款|预付款?)(?![^,，。;； ]{0,6}[\\d%％])")


def _is_of_sum(masked: str, stage: re.Match[str], ends: set[int]) -> bool:
    """True for the 定金 of 先交1万定金 下周签合同: it names the sum before it."""
    before = masked[: stage.start()].rstrip("的元块")
    return len(before) in ends and _DEPOSIT.match(masked, stage.start()) is not None


def _trimmed(text: str, one: money.Amount) -> money.Amount:
    """The sum without the blanks before it."""
    return replace(one, start=one.end - len(text[one.start : one.end].lstrip()))


def _is_sum(masked: str, one: money.Amount) -> bool:
    """False for the 三 of 三期, the 30 of 30% and the 48 of 48节9600."""
    behind = masked[one.end : one.end + 2]
    if one.score < money.MARKED and _COUNTED.match(masked, one.end):
        return False
    return not behind.startswith(("期", "次", "笔", "批", "%", "％", "个月", "成"))


def _piece(plain: str, start: int, end: int, days: Sequence[When], sums: Sequence[money.Amount]) -> Piece:
    text = plain[start:end]
    mine = [one for one in sums if start <= one.start < end]
    inside = [one for one in days if start <= one.span[0] < end]
    day = inside[0] if inside else None
    if day is not None and day.recurrence and len(inside) > 1:  # 每季度10号: of each third month that day
        day = replace(day, on=inside[1].on)
    share = PERCENT.search(text) if not mine else None
    percent = None if share is None else int(share["n"]) * (10 if "成" in share.group() else 1)
    rest = text
    if day is not None:
        rest = rest.replace(day.words, " ", 1)
    is_first = day is not None and bool(mine) and day.span[0] < mine[0].start
    if mine:
        rest = rest.replace(plain[mine[0].start : mine[0].end], "¤", 1)
    return Piece(rest, mine[0].fen if mine else None, percent, day, is_first)
