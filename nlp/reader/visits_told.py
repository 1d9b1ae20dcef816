"""Visits in the line of a new customer that are our task: we come at that hour (周六上午10点量尺), he comes to us
(下周二来厂里试切, 周六下午两点来上体验课), or we are to see to him then (4月20号到 到时候叫他来)."""

from __future__ import annotations

import re
from datetime import date, datetime

from nlp import lazy
from nlp.reader import tasks
from nlp.when import When, numerals

_DEED = (
    "(?:去|来|过去|到家里?|先|我们?)*"
    "(?P<what>(?:上门)?(?:量[尺房]|复尺|初测|复测|勘[测察]|踏勘|看现场)|上门(?:安装|看看?))"
)
_COMES = lazy.regex(
    r"\s?(?:他|她|他们|要|会|就|再)*(?P<what>(?:过来|[来到])(?:我们?|咱们?)?(?:厂|店|公司|展厅|工厂|门店|门市|校区|馆|会所)[里来]?"
    r"(?:试|看|验|参观|考察|体验|提|签|谈|面谈|取|选|拿|办)[一-鿿]{0,6})(?<!了)"
)
_WHO_COMES = (
    "(?:说好?|约好?|有空|有时间|方便|可以|过后|再|就|要|想|会|能|都|也|他们?|她们?|正式|一块儿?|一起|先|专门"
    "|(?:带|跟|和|陪)[一-鿿]{1,5}?){0,8}"
)
_COMES_FOR = lazy.regex(
    rf"[\s,，]?{_WHO_COMES}(?P<what>再?(?:(?:过来|到店里?|来店里?|上门来|来一?趟|来)(?:我们?这[边里儿]?|咱们?这[边里儿]?)?"
    "(?:正式|先|再|一起)?(?:上[一-鿿]{0,2}课|做|试|看|谈|面谈|聊|提|取|拿|拉|签|办|交|付|体验|参观|了解|咨询|量|选|挑|定|订"
    "|拍|剪|染|烫|学|练|吃|复[查诊]|检查|保养|洗|验|领|补|修|换|接|打)(?!了|过|算|完|不)[一-鿿A-Za-z]{0,6}"
    r"|(?:过来|到店里?|来店里?|来一?趟)(?=[\s,，。;；!！吧]|$)|(?:提[车货]|交车|试驾)(?=[\s,，。;；!！吧]|$)))"
)
_THEN = lazy.regex(
    "到?(?:时候|那时|那会儿?|时)(?:再|要|得|我们?|咱们?|请|帮我|给我)*(?P<what>(?:记得|提醒我|别忘了?)?"
    "(?:叫|喊|让|通知|联系|约|打|给|问候|问|回访|提醒(?!我)|送|发|催|邀|跟进|看望|祝贺)[一-鿿]{0,8})"
)
_BOOKED = lazy.regex(r"(?:[订定约]咗|预约(?:了|到|在)?)\s?$")
_GOES = lazy.regex(r"\s?(?:我|再|要|得|就|先)*(?P<what>去[一-鿿]{1,6}?(?:看望|看看|探望|拜访|接|送|取|找)[一-鿿]{0,6})")
_WITHIN = 14  # characters between the day and 到时候
_AGREED = lazy.regex(r"(?:^|[\s,，。;；说讲])(?:一起|那就|就|先|都|我们|咱们?|大家)*约(?:了|好|在|到|定)*\s?$")
MEET = "见面"  # on what was agreed, where only the hour is told: 一起约周四晚上7点
_OFF, _DAY = lazy.regex("[了过]|没来|再说"), lazy.regex("[日号周天]|星期|礼拜|[一二三四五六]$")
_EXACT = lazy.regex("(?:[日号天]|[后明]儿?个?|(?:周|星期|礼拜)[一二三四五六日天])$")  # not 下周, not 月底
_BEHIND, _BEFORE = lazy.regex(rf"\s?{_DEED}(?![了过])"), lazy.regex(rf"(?:^|[\s,，。;；]){_DEED}[\s:：]?$")


def told(text: str, now: datetime) -> tuple[str, When] | None:
    """What we come for and when; None without a part of the day, for a day alone is his wish as well.

    >>> from datetime import UTC
    >>> found = told("刘先生 13812340001 周六上午10点量尺", datetime(2026, 3, 18, 10, tzinfo=UTC))
    >>> found[0], found[1].value
    ('量尺', '2026-03-21T10:00')
    """
    for time in tasks.ahead(text, now):
        start, end = time.span
        deed = _BEHIND.match(text, end) or _BEFORE.search(text[:start])
        if deed and time.kind != "recur" and time.at is not None:
            return deed["what"], time
        comes = _COMES.match(text, end)
        if comes and time.kind != "recur" and _is_to_come(time, comes, text, now):
            return comes["what"], time
        if time.kind != "recur" and (found := _seen_to(time, text, now)):
            return found, time
        if time.at is not None and time.kind != "recur" and _AGREED.search(text[:start]):
            return MEET, time
    return None


def on(text: str, now: datetime) -> date | None:
    """The day alone, to offer: of a visit as in `told`, one booked (訂咗星期日下晝兩點) or ours (明天去医院看看他)."""
    found = told(text, now) or _booked(text, now)
    at = found[1].at if found is not None else None
    return (at.date() if at is not None else found[1].on) if found is not None else None


_CLOCK = lazy.regex(r"[\d一二两三四五六七八九十]点|\d[:：]\d\d")
_OURS_NOT = lazy.regex("[了过]|没|不[来去行在用]|取消|生日")


def at_hour(text: str, now: datetime) -> date | None:
    """The day of an hour that is told ahead, to offer (银行面签4月8号上午10点): what has its hour is an appointment."""
    for time in tasks.ahead(text, now):
        behind = text[time.span[1] : time.span[1] + 8]
        if time.kind != "recur" and time.at is not None and _CLOCK.search(time.words) and not _OURS_NOT.search(behind):
            return time.at.date()
    return None


def _seen_to(time: When, text: str, now: datetime) -> str | None:
    """What he comes for on that day, or what is to be done with him then."""
    comes = _COMES_FOR.match(text, time.span[1])
    is_exact = (time.at is not None and time.at > now) or _EXACT.search(time.words.strip()) is not None
    if comes and is_exact and time.on is not None and (time.at is not None or time.on > now.date()):
        return comes["what"] if _OFF.match(text, comes.end()) is None else None
    then = _THEN.search(text, time.span[1], time.span[1] + _WITHIN + 12)
    if then is None or then.start() - time.span[1] > _WITHIN or time.on is None or time.on <= now.date():
        return None
    return then["what"].removeprefix("记得").removeprefix("提醒我")


def _booked(text: str, now: datetime) -> tuple[str, When] | None:
    """What is booked with its hour, and where we go on a day told exactly."""
    plain = numerals.plain(text)
    for time in tasks.ahead(plain, now):
        if time.kind == "recur" or time.on is None:
            continue
        if time.at is not None and time.at > now and _BOOKED.search(plain[: time.span[0]]):
            return MEET, time
        goes = _GOES.match(plain, time.span[1])
        if goes and time.on > now.date() and _EXACT.search(time.words.strip()) and not _OFF.match(plain, goes.end()):
            return goes["what"], time
    return None


def _is_to_come(time: When, comes: re.Match[str], text: str, now: datetime) -> bool:
    """True for a day after today that is told exactly, and a visit that was not yet: 下周二来厂里试切."""
    is_exact = time.on is not None and time.on > now.date() and _DAY.search(time.words.strip()) is not None
    return is_exact and _OFF.match(text, comes.end()) is None
