"""Reading a condition: 且 binds closer than 或, a blank or comma is 且, 、 between values of one field is 或."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from rapidfuzz import fuzz, process

from nlp import names
from nlp.conditions import patterns, terms
from nlp.conditions.terms import AllOf, AnyOf, Condition, NotThat, NotUnderstood, Test
from nlp.fields import places
from nlp.when import numerals

LONGEST = 200
NEAREST, LIKELY = 3, 45.0

Read = tuple[Condition, int]
Maker = Callable[[str, re.Match[str]], "Read | None"]


def read(text: str) -> Condition:
    """The condition that the text says.

    Raises: NotUnderstood for the first word that is none, or for an empty text.
    """
    typed = _plain(text[:LONGEST])
    found, end = _either(typed, 0)
    if end < len(typed):
        raise _unknown(typed, end)
    return found


def looks_like(text: str) -> bool:
    """True when the text is a condition from its first to its last word, or is written like one."""
    if patterns.HAS_SIGN.search(numerals.plain(text)):
        return True
    try:
        read(text)
    except NotUnderstood:
        return False
    return True


def _plain(text: str) -> str:
    plain = numerals.plain(text).strip()
    return patterns.HAN_NUMBER.sub(lambda match: str(numerals.integer(match[0]) or match[0]), plain)


def _either(text: str, start: int) -> Read:
    parts, at = [], start
    while True:
        part, at = _every(text, at)
        parts.append(part)
        if not (match := patterns.OR.match(text, _skip(text, at))):
            return (parts[0] if len(parts) == 1 else AnyOf(tuple(parts))), _skip(text, at)
        at = match.end()


def _every(text: str, start: int) -> Read:
    parts: list[Condition] = []
    at = _skip(text, start)
    while at < len(text) and text[at] not in ")）" and not patterns.OR.match(text, at):
        if match := patterns.AND.match(text, at):
            at = _skip(text, match.end())
            continue
        part, at = _one(text, at)
        parts.append(part)
        at = _skip(text, at)
    if not parts:
        raise _unknown(text, at)
    return (parts[0] if len(parts) == 1 else AllOf(tuple(parts))), at


def _one(text: str, at: int) -> Read:
    if at >= len(text):
        raise _unknown(text, at)
    if text[at] in "(（":
        part, end = _either(text, at + 1)
        return part, end + 1 if end < len(text) and text[end] in ")）" else end
    if match := patterns.NOT.match(text, at):
        part, end = _one(text, _skip(text, match.end()))
        return NotThat(part), end
    found = _test(text, at)
    if found is None:
        raise _unknown(text, at)
    return found


def _test(text: str, at: int) -> Read | None:
    return _ruled(text, at, ())


def _ruled(text: str, at: int, without: tuple[Maker, ...]) -> Read | None:
    """The test that begins here, by any rule but those."""
    for pattern, make in _RULES:
        if make not in without and (match := pattern.match(text, at)) and (made := make(text, match)):
            return made
    return None


def _surname(_: str, match: re.Match[str]) -> Read | None:
    family = names.surname(match["name"])
    return (Test("surname", "has", (family,)), match.start("name") + len(family)) if family else None


def _area(text: str, match: re.Match[str]) -> Read | None:
    """A province with its cities, or several of them; 江苏苏州 and 吉林市 are towns."""
    if places.leading(text[match.start() :]) > match.end() - match.start():
        return None
    name = next(name for name in sorted(places.areas(), key=len, reverse=True) if match[0].startswith(name))
    return Test("area", "has", (name,)), match.end()


def _placed(text: str, match: re.Match[str]) -> Read | None:
    at = match.start()
    place = next((place for place in places.find(match[0]) if place.start == 0), None)
    return (Test("region", "has", (text[at : at + place.end],)), at + place.end) if place else None


def _skip(text: str, at: int) -> int:
    """Where the next condition begins: after blanks, marks and words that say nothing."""
    while at < len(text):
        match = patterns.BLANK.match(text, at) or (None if _test(text, at) else patterns.FILLER.match(text, at))
        if match is None:
            return at
        at = match.end()
    return at


def _days(match: re.Match[str]) -> float:
    count = 0.5 if match["count"] == "半" else float(match["count"])
    span = match["span"]
    extra = 0.5 if span.startswith("半") else 0.0
    return float(round((count + extra) * terms.UNIT_DAYS[span.removeprefix("半")]))


def _past(_: str, match: re.Match[str]) -> Read:
    field = "ordered" if re.fullmatch(patterns.BUY, match["deed"]) else "spoken"
    return Test(field, "not_within", number=_days(match)), match.end()


def _lately(_: str, match: re.Match[str]) -> Read:
    deed = match["deed"]
    field = "ordered" if re.fullmatch(patterns.BUY, deed) else "complained" if deed.startswith("投诉") else "created"
    return Test("spoken" if re.fullmatch(patterns.TALK, deed) else field, "within", number=_days(match)), match.end()


def _born(_: str, match: re.Match[str]) -> Read:
    when = match["when"] or match["when2"]
    number = re.match(r"\d+", when)
    if number is not None and not 1 <= int(number[0]) <= 12:
        raise NotUnderstood(when, ("本月", "下月", "8月"), "生日")
    named = {"这个月": "本月", "下个月": "下月", "这周": "本周", "下个周": "下周"}.get(when, when)
    return Test("birthday", "in", (named,)), match.end()


def _born_in(_: str, match: re.Match[str]) -> Read:
    return Test("birthday", "within", number=min(_days(match), 62)), match.end()


def _new(_: str, match: re.Match[str]) -> Read:
    return Test("created", "within", number=30), match.end()


def _filled(_: str, match: re.Match[str]) -> Read:
    return Test(terms.FILLED[match["what"]], "known" if match["has"] == "有" else "unknown"), match.end()


def _flag(_: str, match: re.Match[str]) -> Read:
    field, holds = terms.FLAGS[match[0]]
    flag = Test(field, "is")
    return (flag if holds else NotThat(flag)), match.end()


def _short(_: str, match: re.Match[str]) -> Read:
    field, value = terms.SHORT[match[0]]
    return Test(field, "=", (value,)), match.end()


def _industry(_: str, match: re.Match[str]) -> Read:
    word = next(word for word in terms.INDUSTRIES if match[0].startswith(word))
    return Test("industry", "has", (word,)), match.end()


def _values(text: str, match: re.Match[str]) -> tuple[list[str], int]:
    """The values after the sign, and where they end: 五金、塑料 或 机械, but not what is a condition of its own."""
    first, end = _cut(text, match.start("value"), match.end("value"))
    values = [first]
    while more := patterns.MORE_VALUES.match(text, end):
        is_listed = (more["sign"] or "或") in "、/或"  # 五金、塑料; after a comma 塑料 is a condition of its own
        if _ruled(text, more.start("value"), _NAMED if is_listed else ()) or patterns.NOT.match(
            text, more.start("value")
        ):
            break
        value, end = _cut(text, more.start("value"), more.end("value"))
        values.append(value)
    return values, end


def _cut(text: str, start: int, end: int) -> tuple[str, int]:
    stop = patterns.ENDS_VALUE.search(text, start + 1, end)
    end = stop.start() if stop else end
    return text[start:end], end


def _text(text: str, match: re.Match[str]) -> Read:
    values, end = _values(text, match)
    field = terms.TEXTS[match["field"]]
    is_wide = field == "region" and all(value in places.areas() for value in values)
    test = Test("area" if is_wide else field, "has", tuple(values))
    return (NotThat(test) if patterns.OPS.get(match["op"]) == "!=" else test), end


def _loose(text: str, match: re.Match[str]) -> Read:
    return _choice(text, match) if match["field"] in terms.CHOICES else _text(text, match)


def _choice(text: str, match: re.Match[str]) -> Read:
    field = terms.CHOICES[match["field"]]
    values, end = _values(text, match)
    codes = tuple(_code(field, match["field"], value) for value in values)
    test = Test(field, "=", codes)
    return (NotThat(test) if patterns.OPS.get(match["op"]) == "!=" else test), end


def _code(field: str, called: str, value: str) -> str:
    known = terms.VALUES[field]
    if value not in known:
        raise NotUnderstood(value, _nearest(value, tuple(known)) or tuple(known)[:4], called)
    return known[value]


def _range(text: str, match: re.Match[str]) -> Read:
    field = terms.NUMBERS[match["field"]]
    is_short = float(match["low"]) < float(match["number"])  # 1到5万, but not 5000到10万
    unit = match["low_unit"] or (match["unit"] if is_short else None)
    low, high = _amount(field, match["low"], unit), _amount(field, match["number"], match["unit"])
    return AllOf((Test(field, ">=", number=low), Test(field, "<=", number=high))), match.end()


def _compared(_: str, match: re.Match[str]) -> Read | None:
    field, after, op = terms.NUMBERS[match["field"]], match["after"], match["op"]
    if op is None and after is None and field == "orders" and match["field"] in ("下单", "买") and "次" not in match[0]:
        return None  # 下单30天 is no count
    sign = {"以下": "<=", "以内": "<="}.get(after or "", ">=" if after else patterns.OPS.get(op or "", "="))
    test = Test(
        field,
        ">=" if sign == "=" and field != "orders" else sign,
        number=_amount(field, match["number"], match["unit"]),
    )
    return (NotThat(Test(field, "=", number=test.number)) if sign == "!=" else test), match.end()


def _amount(field: str, number: str, unit: str | None) -> float:
    value = float(number) * {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "百": 100}.get((unit or "").lower(), 1)
    if field != "churn":
        return value
    return value / 10 if unit == "成" else value / 100 if unit == "%" or value > 1 else value


_RULES: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (patterns.PAST, _past),
    (patterns.PAST_AFTER, _past),
    (patterns.LATELY, _lately),
    (patterns.BORN, _born),
    (patterns.BORN_IN, _born_in),
    (patterns.RANGE, _range),
    (patterns.COMPARED, _compared),
    (patterns.CHOICE, _choice),
    (patterns.TEXT, _text),
    (patterns.FLAG, _flag),
    (patterns.FILLED, _filled),
    (patterns.NEW, _new),
    (patterns.SHORT, _short),
    (patterns.LOOSE, _loose),
    (patterns.INDUSTRY, _industry),
    (patterns.SURNAME, _surname),
    (patterns.AREA, _area),
    (patterns.PLACE, _placed),
)
_NAMED = (_industry, _area, _placed)


def _unknown(text: str, at: int) -> NotUnderstood:
    word = (re.match(r"[^\s,，;；。()（）]+", text[at:]) or re.match("", ""))[0]  # type: ignore[index]  # one matches
    name = re.split("[=:<>]", word)[0]
    return NotUnderstood(word, _nearest(name, terms.known_words()))


@functools.lru_cache(maxsize=256)
def _nearest(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The known words most like the word; those that share a character come first."""
    if not word:
        return ()
    ranked = process.extract(word, known, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=LIKELY)
    return tuple(found for found, _, _ in ranked)
