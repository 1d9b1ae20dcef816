"""Days told from another day of the message: 头一天晚上, 早一日, 当天10点, 第二天."""

import re
from dataclasses import replace
from datetime import date, timedelta

from nlp import lazy
from nlp.when import months
from nlp.when.months import Rule
from nlp.when.numerals import integer
from nlp.when.tokens import Token

_NUMBER = r"(?P<n>[一两二三四五六七八九十]|\d{1,2})"
_PARTS = {"晚": "晚上", "夜": "晚上"}


def _shifted(match: re.Match[str], today: date) -> Token:
    groups = match.groupdict()
    number = groups.get("n") or groups.get("n2")
    count = integer(number) if number else 1
    word = match.group()
    token = months.day_token(match, today, 0 if word[0] in "当那" else 2, _PARTS.get(groups.get("unit") or ""))
    shift = -(count or 1) if "n" in groups else 0 if word[0] in "当那" else 1
    return replace(token, shift=shift, on=today if word == "当天" else None)


RULES: tuple[Rule, ...] = (
    (
        lazy.regex(
            rf"(?<![码里外])(?:(?:头|提早|提前|早|先){_NUMBER}?|前(?P<one>一)"
            r"|(?:(?<=[号日节一二三四五六七八九十])|(?<=[号日节] ))前(?P<n2>[一两二三四五六七八九十]|\d{1,2}))"
            r"(?P<unit>[天日]|[晚夜](?!点))"
            r"(?:上(?!班|午))?(?![班假气真然台])"
        ),
        _shifted,
    ),
    (
        lazy.regex(
            r"当[天日]|那(?:一)?天(?=[之 ,]?(?:[上下中]午|早上|晚上|\d{1,2}[点:]|[一二两三四五六七八九十]{1,2}点))"
        ),
        _shifted,
    ),
    (lazy.regex(r"第二[天日]|次日|翌日|转天|(?<!最)后一天"), _shifted),
)


def counted(group: list[Token], anchor: date | None) -> list[Token]:
    """The group on the day that its shift means, counted from the anchor; without one only 当天 is a day, today."""
    kept = []
    for token in group:
        if token.shift is None or (anchor is None and token.on):
            kept.append(token)
        elif anchor is not None:
            kept.append(replace(token, on=anchor + timedelta(days=token.shift)))
        elif token.part:
            kept.append(replace(token, kind="part", on=None))
    return kept
