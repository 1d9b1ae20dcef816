"""A task told in a few words: 周五 孙丽 床品样, 张伟的报价 明天下午前发, 陈姐明天下午3点送货."""

from __future__ import annotations

import re
from datetime import datetime

from nlp import lazy
from nlp.reader import kept, reminders, tasks
from nlp.reader.reading import Message, Reading
from nlp.when import When

_NO_APPOINTMENT = lazy.regex(
    "也|来|去|答应|承诺|了|过(?!去)|不|没|说|问|要|想|嫌|催|让|叫|是|在|有|太|好|会|能|得|已|来电|[?？%]|\\d"
)


_DEED = lazy.regex(
    "(?:发|寄|送|给|回(?!来|家|国)|报|打(?!针)|交|约|补|改|对(?=账|图|数)|回访|拜访|跟进|联系)[一-鿿A-Za-z0-9]{0,6}"
)


def told(message: Message) -> Reading | None:
    """周五 孙丽 床品样: a day ahead, the customer and a thing or two; nothing has happened and nobody speaks."""
    body = message.body.strip()
    ahead = tasks.ahead(body, message.now) if len(body) <= 20 else []
    if len(ahead) != 1 or ahead[0].on is None or not message.who.words:
        return None
    day = ahead[0]
    if kept.is_nobodys(body, day):
        return None
    if day.span[0] > 1:
        meant = _is_deed_last(
            body[: day.span[0]].lower().replace(message.who.words.lower(), "", 1), day, body, message.now
        )
    else:
        rest = body[day.span[1] :].replace(message.who.words, " ", 1).strip(" ,，")
        meant = 2 <= len(rest) <= 8 and not _NO_APPOINTMENT.search(rest)
        meant = meant and (day.on != message.now.date() or day.at is not None)
    if not meant:
        return None
    reading = reminders.as_reminder(message, 0.7)
    what = reading.task_what or ""
    if what.lower().startswith(message.who.words.lower() + " "):
        reading.task_what = what[len(message.who.words) :].strip()
    return reading


_BOTH = lazy.regex(
    "(?:送|发|交|看|验|收|拉|装|卸|盘)(?:货|样)|[验收量]房|(?:安|拆)装|[装拆]机|签(?:约|合同|字)|交付|进场|[出交看]图|量尺"
    "|盘点|对账|上门|演示|视频|面谈|见面|放样|打样|调试|验收|勘测|踏勘|复尺|下料|封样"
)
_BARE_WEEKDAY = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天]")
_BARE_DAY = lazy.regex(r"[\d一二三四五六七八九十廿]+[号日]")


def _is_surely_ahead(day: When, now: datetime) -> bool:
    """False for today, for what repeats, and where the day just gone may be meant: 周二 said on a Wednesday."""
    if day.on is None or day.kind == "recur" or day.on <= now.date():
        return False
    if _BARE_WEEKDAY.fullmatch(day.words.strip()):
        return day.on.weekday() > now.weekday()
    return _BARE_DAY.fullmatch(day.words.strip()) is None or day.on.month == now.month


def _is_deed_last(opening: str, day: When, body: str, now: datetime) -> bool:
    """True for 张伟的报价 明天下午前发, 孙丽 周一 10点 看样; 孙丽明天出院 is what she does."""
    opening = re.sub("^(?:那边|这边|家|的)+", "", opening.strip(" ,，")).strip(" ,，")
    deed = body[day.span[1] :].strip(" ,，。")
    apart = body[day.span[0] - 1] in " ,，" or opening.startswith("的")
    if not opening and _BOTH.fullmatch(deed):  # 陈姐明天下午3点送货
        return _is_surely_ahead(day, now)
    fits = _DEED.fullmatch(deed) or (day.at is not None and 2 <= len(deed) <= 6)
    return bool(apart and fits and len(opening) <= 8 and not _NO_APPOINTMENT.search(f"{opening} {deed}"))
