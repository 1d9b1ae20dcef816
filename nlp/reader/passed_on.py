"""What somebody is to be told is the text of the reminder, whole: 提醒我下午5点通知家长周五的课改到周六.

The day told of in it (周六) is neither the reminder's own nor the day to which it is moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from nlp import lazy, when
from nlp.reader import corrections, moments
from nlp.reader.reading import Message, Reading
from nlp.when import When

_HINT = lazy.regex("提醒|[叫喊]我|记得|别忘")
_ASKING = (
    "(?:(?:请|麻烦|帮我|到时候?|务必|记得){0,4}(?:提醒|[叫喊])(?:一下)?(?:我|大家)(?:一[下声])?"
    "|(?:请|麻烦)?(?:记得|别忘了?|提醒)(?!我))"
)
_AGAIN = lazy.regex("^提醒我 (?=.*提醒我)")  # put before what asks for it anyway
_ASKED = lazy.regex(_ASKING)
_ASKED_LAST = lazy.regex(rf"{_ASKING}[\s,，:：]{{0,2}}[在于]?$")
_FILLER = lazy.regex(r"(?:请|麻烦|帮我|那个|对了|你|[\s,，]){0,12}")
_MARK = lazy.regex(r"[\s,，。;；!！\n]")
_TELLS = lazy.regex(
    r"(?:要|得|先|再|去)?(?:通知|告诉|告知|转告|知会|提醒|催|问|确认|答复|回复"
    r"|[跟和给向同对与][^\s,，。;；]{1,10}?(?:说|讲|聊|确认|核实|核对|商量|沟通|解释|道歉|打招呼|打个招呼|打电话|交代|汇报|提|发|回话|答复|回复)"
    r"|(?:在|往)?[^\s,，。;；]{0,4}(?:群里|群)(?:里)?(?:说|讲|发|通知)"
    r"|发(?:个)?(?:通知|消息|短信|微信|公告)|[回打][^\s,，。;；]{0,6}电话)"
)
_MOVED = lazy.regex(
    "(?:改期?|推迟|推后|推|延期?|延后|延迟|顺延|挪|换|提前|提早|调整|调|移|变更?)(?:一?下)?(?:成|到|为|在|至)?了?[: ]?$"
)
_CALLS = lazy.regex("(?:电话|消息|短信|微信|通知|确认|沟通|聊|商量)$")  # 给他打电话改到周六: the call is moved
_HELD = lazy.regex("[把将]")
_TAKEN_BACK = lazy.regex(r"不对|错了|口误|更正|不不|[啊哦噢呃额诶哎]不|不(?=[\s,，])")
_OF = lazy.regex(r"\s?的")


@dataclass(frozen=True, slots=True)
class Told:
    """The words to be passed on, and when: None where no time of the reminder's own is told."""

    what: str
    due: When | None


def told(text: str, now: datetime) -> Told | None:
    """The reminder that is to tell somebody of another day, or to move something there; None of any other words.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> one = told("提醒我下午5点通知家长周五的课改到周六", now)
    >>> one.what, one.due.value
    ('通知家长周五的课改到周六', '2026-03-18T17:00')
    >>> told("提醒我周五给王总打电话改到周六", now)
    """
    if not _HINT.search(text):
        return None
    text = _AGAIN.sub("", text)
    found = when.find(text, now)
    asked = _ASKED.search(text) if found else None
    if asked is None or (_TAKEN_BACK.search(text) and corrections.settled(text, now) != text):
        return None
    before, behind = _beside(text, found, asked)
    own = before or behind
    if own is None:
        return _matter(text, found, asked)
    if own.kind == "recur" or own.anchored or (_OF.match(text, own.span[1]) and own is behind):
        return None
    deed = text[(asked.end() if before else own.span[1]) :].strip(" ,，。:：!！")
    opening = text[: min(own.span[0], asked.start())]
    others = [one for one in found if one is not own]
    due = moments.resolved(own, now)
    if not moments.is_ahead(due, now):
        return None
    if not _FILLER.fullmatch(opening):
        about = opening.strip(" ,，。;；!！")
        return Told(f"{deed}（{about}）", due) if _is_news(opening, others, text) and _TELLS.match(deed) else None
    inner = [one for one in others if one.span[0] >= max(own.span[1], asked.end())]
    return Told(deed, due) if len(inner) == len(others) and _is_text(deed, inner, text) else None


def as_reminder(message: Message, confidence: float) -> Reading | None:
    """The message as such a reminder; without a time of its own, or between several customers, with a question."""
    passed, who = told(message.body, message.now), message.who
    if passed is None:
        return None
    reading = Reading("remind", who.known, task_what=passed.what, task_when=passed.due, note=message.text)
    reading.confidence = confidence
    if passed.due is None:
        reading.ask, reading.confidence = "what_time", 0.5
    elif who.known is None and who.candidates and not who.stranger:
        reading.candidates, reading.ask, reading.confidence = who.candidates, "which_customer", 0.5
    return reading


def _beside(text: str, found: list[When], asked: re.Match[str]) -> tuple[When | None, When | None]:
    """The time right before the asking, and the one right behind it."""
    behind = next((one for one in found if _ASKED_LAST.search(text[: one.span[0]])), None)
    early = [one for one in found if one.span[1] <= asked.start() and not _MOVED.search(text[: one.span[0]])]
    before = next((one for one in early if _FILLER.fullmatch(text[one.span[1] : asked.start()])), None)
    return (before, None) if behind is None else (None, behind)


def _is_text(deed: str, inner: list[When], text: str) -> bool:
    """True where the times behind are told of, and none of them is when the reminder is due instead."""
    if not inner:
        return False
    tells = _TELLS.match(deed)
    moved = next((one for one in inner if _MOVED.search(text[: one.span[0]])), None)
    if moved is None:
        return tells is not None and bool(text[inner[0].span[1] :].strip(" ,，。!！") or tells)
    start = text.find(deed)
    head = text[start : moved.span[0]]
    subject = _MARK.split(_MOVED.sub("", head))[-1]
    if not subject:
        return False  # 明天10点开会 改到11点: he moves the reminder himself
    is_apart = _MARK.search(_MOVED.sub("", head)) is not None
    if is_apart:
        return not (len(subject) > 1 and subject in head[: -len(subject) - 1])
    is_said = tells is not None and not _CALLS.search(_MOVED.sub("", head))
    return is_said or _HELD.match(deed) is not None or moved is not inner[0]


def _matter(text: str, found: list[When], asked: re.Match[str]) -> Told | None:
    """课改到周六上午 提醒我通知家长, 提醒我通知家长课改到周六: when he wants to be reminded is not said."""
    about, deed = text[: asked.start()], text[asked.end() :].strip(" ,，。:：!！")
    if _FILLER.fullmatch(about) and _TELLS.match(deed) and _is_news(text, found, text) and _is_text(deed, found, text):
        return Told(deed, None)
    if any(one.span[0] >= asked.start() for one in found) or not _TELLS.match(deed) or not _MARK.search(about[-1:]):
        return None
    if not _is_news(about, found, text):
        return None
    return Told(f"{deed}（{about.strip(' ,，。;；!！')}）", None)


def _is_news(about: str, days: list[When], text: str) -> bool:
    """True where something is moved to one of the days."""
    return any(one.span[1] <= len(about) and _MOVED.search(text[: one.span[0]]) for one in days)
