"""Sentences about the bot itself, no customer's: 早报改成7点半, 生日提前5天提醒, 群里能干嘛, 我明天到后天请假."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from handlers import bot_phrases as phrases

Kind = Literal["set", "reset", "page", "say", "line", "leave", "name"]


@dataclass(frozen=True, slots=True)
class Matter:
    """`about` is a setting to be set, reset or shown, a text to say, a command to be done, or who is on leave.

    `value`: what is typed for the setting. `of_all` False: a rep may say it of the customer shown last.
    """

    kind: Kind
    about: str
    value: str = ""
    of_all: bool = True


TIME = re.compile(
    r"[今明后昨天大这本下上个周星期礼拜月一二三四五六日末年号/.\d午早晚全到至~—–\-和从起开始就想要得需准备打算已经又都也可能应该，,、\s]*"
)
_AWAY = re.compile(
    r"[请休](?:了|个|[一二两三半几\d]{1,2}个?(?:天|周|星期|月)){0,3}的?(?:假|年假|产假|病假|事假|婚假|陪产假"
    r"|丧假|年休假?|长假)|休假|调休"
)
_ASKED = re.compile(r"\s*请假\s*\d{1,2}[月/.-]\d{1,2}[日号]?[\d月日号/.到至~\s-]*")  # 请假 3月19号到3月20号
_ENDS = re.compile(rf"{TIME.pattern}(?:$|[了吧啊呢。.!！?？~]|(?<=[\s,，、]).)")
_SPAN = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六])\s?(?:周|个?星期|个?礼拜|个?(?P<unit>月))")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


@functools.cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern}){phrases.END}", re.I)


def _match(about: str, pattern: str, text: str) -> re.Match[str] | None:
    """The match of the whole text; nothing is compiled for a text without a word of the matter."""
    return _pattern(pattern).fullmatch(text) if any(word in text for word in phrases.WORDS[about].split()) else None


def read(text: str) -> Matter | None:
    """What of the bot itself the sentence is about; None for any other.

    >>> read("早报改成7点半"), read("群里能干嘛").about, read("张伟生日提前5天提醒我"), read("我明天到后天请假").kind
    (Matter(kind='set', about='card_hour', value='7点半', of_all=True), 'group', None, 'leave')
    """
    if len(text) > 60 or "\n" in text:
        return None
    return _setting(text) or _birthdays(text) or _told(text) or _leave(text)


def _setting(text: str) -> Matter | None:
    for name, value, pattern in phrases.SET:
        if match := _match(name, pattern, text):
            return Matter("set", name, value or match["v"])
    if match := _match("monthly_cap", phrases.CAP, text):
        return Matter("set", "monthly_cap", match["v"], "客户" in text)
    if "默认" in text and (match := _pattern(phrases.RESET).fullmatch(text)):
        return Matter("reset", match["v"])
    if "团队" in text and (match := _pattern(phrases.NAME).fullmatch(text)):
        return None if re.search("什么|怎么|啥", match["v"]) else Matter("name", match["v"])
    return None


def _birthdays(text: str) -> Matter | None:
    for pattern in phrases.BIRTHDAY:
        if match := _match("birthday_lead_days", pattern, text):
            of_all = bool(match["all"] or match["us"] or re.search("以后|今后|客户", text))
            return Matter("set", "birthday_lead_days", in_days(match["v"]), of_all)
    return None


def in_days(told: str) -> str:
    """Weeks and months as days, as the setting wants them.

    >>> in_days("一周"), in_days("7天和1天"), in_days("两个星期"), in_days("半个月"), in_days("两个月")
    ('7天', '7天和1天', '14天', '15天', '60天')
    """
    return _SPAN.sub(lambda one: f"{_days(one['n'], one['unit'])}天", re.sub("半个?月", "15天", told))


def _days(number: str, unit: str | None) -> int:
    return (30 if unit == "月" else 7) * int(_DIGITS.get(number, number))


def _told(text: str) -> Matter | None:
    for about, pattern in phrases.PAGE:
        if _match(about, pattern, text):
            return Matter(
                "page", about, of_all=about != "quiet_hours" or re.search("我|大家|咱|怎么|如何", text) is not None
            )
    for about, pattern in phrases.LINES:
        if _match(about, pattern, text):
            return Matter("line", about)
    for about, pattern in phrases.SAY:
        if _match(about, pattern, text):
            return Matter("say", about, of_all=about not in ("days", "festival"))
    return None


def _leave(text: str) -> Matter | None:
    """Who is on leave: '' for oneself (我, or nobody named), else the words that may name a member, with their time.

    Only a time stands between who and the leave, and behind it; more follows behind a mark or a blank. Without 我 and
    anybody's name it may be the customer's who is shown, unless the days alone are told (请假 3月19号到3月20号).
    """
    match = _AWAY.search(text) if "假" in text or "调休" in text else None
    if match is None:
        return None
    head, rest = text[: match.start()].strip(), text[match.end() :]
    told = rest.removeprefix("了")
    if len(head) > 24 or len(rest) > 40 or not _ENDS.match(told) or re.search("提醒|[吃喝]", head + rest):
        return None
    own = re.sub("^我们?", "", head, count=1)
    if TIME.fullmatch(own) is None:
        return Matter("leave", head, rest.strip()) if not head.startswith("我") else None
    return Matter("leave", "", rest.strip(), of_all=own != head or _ASKED.fullmatch(text) is not None)
