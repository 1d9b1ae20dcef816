"""The clause around a time, and what is to be done according to it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp import lazy
from nlp.reader import cues, deeds, matters
from nlp.when import When

_CLAUSE = lazy.regex(r"(?:[^,,。;;!！\n.]|\.(?!\s))+")
_OWN_START = lazy.regex("(?:[他她]|客户|对方)?(?:们)?说?(?:让|叫|要|催)我|我(?:们)?(?:说|答应|承诺|保证)?")


_PROMISED = lazy.regex("[,，]?我?(?:答应|应|允|同意|保证|承诺)(?:了|下)?(?:他|她|下来)?了?[。! ]*$")


_AGREED_WITH = lazy.regex(
    "[一-鿿A-Za-z]{0,8}(?:让|请|托|叫|要|催|提醒|约|喊)(?:我们?|咱们?)"
    "|(?:我们?)?(?:跟|和|与)[一-鿿A-Za-z]{1,8}?(?:说|约|讲|谈|定|保证)(?:好|了|定)*"
    "|(?:我们?)?(?:答应|应承?|承诺|保证|说好|约好)(?:了|下)?[一-鿿A-Za-z]{0,6}"
)


def deed(clause: str, span: tuple[int, int]) -> str:
    """What is to be done, of the clause from where it turns to the rep on, if that stands before the time."""
    found = [m for m in _OWN_START.finditer(clause) if 8 < m.start() <= span[0]]
    turns = [m.start() for m in found if len(clause) > 24 or (len(clause) > 18 and m.end() == span[0])]
    start = turns[-1] if turns else 0
    before, after = clause[start : span[0]].rstrip(), clause[span[1] :].lstrip()
    after = _PROMISED.sub("", after)
    if deeds.names_act(after) and len(after) >= 4 and _AGREED_WITH.fullmatch(before):
        before = ""
    if deeds.names_act(after) and len(after) >= 4 and (len(before) > 14 or _is_told(before, after)):
        before = ""  # a story runs up to the time without a mark
    return deeds.what(f"{before} {after}" if before else after)


_STORY = lazy.regex("没|不(?!锈|干胶|粘)|[了过着](?!的)|已|[他她说]|可以|在(?!线)")


def _is_told(before: str, after: str) -> bool:
    """True for 车上没有带 before 给她带一箱过去: it is told, and what is to be done says enough without it."""
    is_verb = cues.VERB_FIRST.match(after) is not None or cues.REP_VERB.match(after) is not None
    return is_verb and _STORY.search(before) is not None and not matters.is_thin(after)


_SPACED = lazy.regex(r"(?<!\d)\d{1,2} [号日月点]|[一-鿿] \d{1,3} [一-鿿]")  # 我 23 号再跟一次: so engineers type
_GAP_OF_HAN = lazy.regex("(?<![A-Za-z0-9]) (?![A-Za-z0-9])")
_GAP = lazy.regex("(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")  # 8D report is one thing


_MUST = lazy.regex(
    r"(?:[之以]?前|以内)?\s?(?:我们?|咱们?)?(?:就|还)?(?:得|要|必须|务必|一定要|需要?|该)?"
    r"(?:[把让叫]|给[^,，。]{1,6}[发送寄打回]|(?<=[得要须该])[发送寄交去找带拿问催]"
    "|(?:再|就|才)?(?:过)?去(?![了过世年掉除])(?!上班|世))"
)
_THING_FIRST = lazy.regex(r"\s?(?:[之以]?前|以内)?[^,，。;；\s我他她]{1,6}?(?:得|要(?!求)|必须|务必)")  # 之前标书要盖章


def due(text: str, times: Sequence[When]) -> When | None:
    """Of several days the one on which we have to do something, the others name events; None where that is not clear.

    >>> from datetime import datetime
    >>> from nlp import when
    >>> said = "下周三安全检查,下周一得把自查表交上来"
    >>> due(said, when.find(said, datetime(2026, 3, 18, 10))).value
    '2026-03-23'
    """
    if len(times) < 2 or times[0].kind == "recur":
        return None
    once = [one for one in times if one.kind != "recur"]
    ours = [one for one in once if _MUST.match(text, one.span[1])]
    ours = ours or [one for one in once if one.deadline and _THING_FIRST.match(text, one.span[1])]
    return ours[0] if len(ours) == 1 else None


def around(text: str, expression: When) -> tuple[str, int]:
    """The stretch between marks around the expression; a space divides too when what it leaves can stand alone."""
    marks = [(m.start(), m.end()) for m in _CLAUSE.finditer(text)]
    start, end = next(((a, b) for a, b in marks if a <= expression.span[0] < b), (0, len(text)))
    end = max(end, expression.span[1])
    gap = _GAP_OF_HAN if _SPACED.search(text) else _GAP
    gaps = [m.start() for m in gap.finditer(text, start) if m.start() < expression.span[0]]
    if gaps:
        start = gaps[-1] + 1
    after = gap.search(text, expression.span[1] + 1, end)
    if after and text[expression.span[1] : after.start()].strip():
        end = after.start()
    return text[start:end], start
