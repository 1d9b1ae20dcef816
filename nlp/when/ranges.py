"""Stretches of days are one expression: 四月十八号到二十号, 3月底到4月初, 周一到周三, 4.18-20."""

import re
from dataclasses import replace
from datetime import date

from nlp import lazy
from nlp.when import days, months
from nlp.when.months import Rule
from nlp.when.numerals import integer
from nlp.when.tokens import Token

_TO = lazy.regex(r"\s?(?:-|~|—(?!—)|–|到|至)\s?")
_DAY_BEHIND = lazy.regex(rf"\s?[-~—–到至]\s?(?:\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})[号日]{days.NOT_PLACE}")
_NUMBERED = lazy.regex("[月/][^月]{1,3}$|[号日]$")
_OF_MAY = lazy.regex(r"\s?[-~—–到至]\s?五[二三四五六七八九](?![一二三四五六七八九十\d点号个])")  # 五一到五三
_LIMIT = lazy.regex(r"[号日]?(?:之前|以前|前|之内|以内|为止|止|截止)")  # 从今天到月底前交 is due at the end


def joined(tokens: list[Token], text: str) -> list[Token]:
    """The tokens, of two days with 到 between only one; it is on the first and ends where the second does."""
    kept: list[Token] = []
    for token in tokens:
        first = kept[-1] if kept and kept[-1].kind == "day" else None
        if first and token.start < first.end:
            continue  # the day that a stretch ended with
        if first and token.kind == "day" and _spans(first, token, text):
            kept[-1] = replace(first, end=token.end)
            continue
        kept.append(_with_day_behind(token, text) if token.kind == "day" else token)
    return kept


def _spans(first: Token, last: Token, text: str) -> bool:
    plain = first.shift is None and last.shift is None and not (first.part or first.deadline or last.deadline)
    return plain and bool(_TO.fullmatch(text, first.end, last.start)) and not _LIMIT.match(text, last.end)


def _with_day_behind(token: Token, text: str) -> Token:
    """4月18-20号: the second day takes the month from the first."""
    numbered = token.shift is None and not token.deadline and _NUMBERED.search(text[token.start : token.end])
    day = _DAY_BEHIND.match(text, token.end) if numbered else None
    day = _OF_MAY.match(text, token.end) if text[token.start : token.end] == "五一" else day
    return replace(token, end=day.end()) if day and not _LIMIT.match(text, day.end()) else token


def _dotted(match: re.Match[str], today: date) -> Token | None:
    """4.18-20 and 4.18-4.20, where they are days in their order."""
    month, first = int(match["m"]), int(match["d"])
    last_month, last = int(match["m2"] or month), integer(match["d2"]) or 0
    if not 1 <= last_month <= 12 or (last_month == month and last <= first):
        return None
    year = today.year
    if not (0 < first <= months.month_end(year, month).day and 0 < last <= months.month_end(year, last_month).day):
        return None
    over = date(year, last_month, last) < today
    return months.day_token(match, months.add_months(date(year, month, first), 12 if over else 0), 4)


RULES: tuple[Rule, ...] = (
    (
        lazy.regex(
            r"(?<![\d./A-Za-z价¥￥-])(?P<m>0?[1-9]|1[0-2])[./](?P<d>[0-3]\d)\s?[-~—–到至]{1,2}\s?"
            r"(?:(?P<m2>0?[1-9]|1[0-2])[./])?(?P<d2>[0-3]?\d)[号日]?"
            r"(?![\d.:/%元块万千百kKwW折个件箱台套吨斤米寸天a-zA-Z])"
        ),
        _dotted,
    ),
)
