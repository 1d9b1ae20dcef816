"""The coming day on which a policy, card or contract runs out or is paid for: 车险4月20到期, 续费日是4月18.

It is no deed, so no other rule makes a task of it; but a rep who misses it loses the customer. The line of somebody new
gets a task of it, unless another serves him till then (保安合同6月30到期), a note offers one by a button.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from nlp import lazy
from nlp.fields import birthdays, money
from nlp.reader import cues, moments, sooner
from nlp.reader.reading import OUTRIGHT, Message, Reading
from nlp.when import When, numerals

_RENEWED = "续(?:保费?|费|缴|交|期|约|签|卡|险|[一二两三四五六七八九十]年)"
_PAID = "(?:缴|交)(?:保费|年费|会费|费|第[一二三四五六七八九十]年)|扣(?:款|费|钱|保费)"
_WORD = f"(?:到期|{_RENEWED}|{_PAID})"
_BEHIND = lazy.regex(
    rf"\s?(?:就|要|会|该|得|才|自动|正式|保单|合同|保险|[之以]?前|[ ])*(?P<word>{_WORD}|(?:续|扣)(?=[,，。;； ]|$))"
)
_BEFORE = lazy.regex(
    rf"(?P<word>{_WORD}|(?:保单|合同|险)的?生日)的?(?:日期?|时间|日子)?(?:就?是|为|在|到|[:：])*\s?(?:每年的?)?$"
)
_DONE = lazy.regex(r"\s?(?:成功|完成|好了|过了|掉了|完了|[过完])|了(?!吧)")
_EXACT = lazy.regex(r"(?:\d|[一二三四五六七八九十廿卅])[日号號]?$|[今明后]天$|(?:周|星期|礼拜)[一二三四五六日天]$")
_MONEY_OWED = lazy.regex("欠|尾款|货款|账期|余款|回款|承兑|发票|[?？吗呢]|谁|哪|续不续|不续|没续")
_SPLIT = lazy.regex(r"[\s,，。;；、!！?？]+")
_ASKS = lazy.regex("[?？]|[吗么呢]|哪[天一]|几[月号日]|什么时候|何时|多久|多少|查|搜|看看")
_SUM = lazy.regex(r"(?<![\d.年月/-])[1-9]\d{2,}(?![\d年月号日/.-])|\d[\d.]*[万千kKwW元块]")
_WITH_ANOTHER = lazy.regex("^(?!.*(?:险|保单|卡|我们)).*(?:合同|协议|合约|外包|承包|租|现在|目前|年审|上家|那家)")
_TRIM = " 的是在到为就要,，:："
_SOON = 300  # days: what runs out later was hardly told for its day, but with what was just sold
_YEAR = 365
_LONGEST = 100  # characters; what is longer tells a story
_SHORT = 4  # characters of a task that does not say what runs out


def told(text: str, now: datetime) -> tuple[str, When] | None:
    """What runs out or is to be paid for, and when; None without an exact day ahead, and for debts.

    >>> found = told("吴姐 车险4月20到期", datetime(2026, 3, 18, 10))
    >>> found[0], found[1].on.isoformat()
    ('车险到期', '2026-04-20')
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or _MONEY_OWED.search(plain):
        return None
    for day in moments.ahead(plain, now):
        start, end = day.span
        words = day.words.strip()
        behind, before = _BEHIND.match(plain, end), _BEFORE.search(plain, 0, start)
        if words.endswith("到期"):  # 4月20号到期 is read as one
            words, behind = words.removesuffix("到期"), re.compile("(?P<word>到期)").match(plain, end - 2)
        is_exact = _EXACT.search(words) is not None and (day.on is None or day.on > now.date())
        if not is_exact or not (behind or before):
            continue
        if behind and behind["word"] != "到期" and _DONE.match(plain, behind.end()):
            continue  # 3月20扣款成功
        return _what(plain, start, behind.end() if behind else end, behind["word"] if behind else ""), day
    return None


def on(text: str, now: datetime) -> date | None:
    """The coming day alone, to offer; None where it is more than a year off."""
    found = told(text, now)
    day = found[1].on if found is not None else None
    return day if day is not None and (day - now.date()).days <= _YEAR else None


def _what(plain: str, start: int, end: int, word: str) -> str:
    """The clause without its day; one that says little gets what stands before it: 续保 缴费."""
    pieces = [piece for piece in _SPLIT.split(plain[:start]) if piece]
    head = pieces[-1] if pieces and not plain[:start].endswith(tuple(" ,，。;；")) else ""
    what = f"{head.rstrip(_TRIM)}{word}"
    rest = pieces[:-1] if head else pieces
    if len(what) < _SHORT and rest and len(rest) > 1 and not re.search(r"\d{4}", rest[-1]):
        what = f"{rest[-1].rstrip(_TRIM)} {what}".strip()
    return what


def rest(text: str, now: datetime) -> str | None:
    """The words beside the coming day and what happens then; None where there is no such day, or it is far off."""
    found = told(text, now)
    if found is None or found[1].on is None or (found[1].on - now.date()).days > _SOON:
        return None
    beside = numerals.plain(text).replace(found[1].words, " ", 1)
    return lazy.regex(f"{_WORD}|[续扣缴](?=[,，。 ]|$)|要[缴交续]").sub(" ", beside)


def as_note(message: Message) -> Reading | None:
    """The note of a policy's own birthday, which is not the customer's: 保单生日3月23."""
    known = message.who.known or (None if message.who.candidates else message.current)
    if message.contact or known is None or birthdays.POLICYS.search(message.body) is None or _more_told(message):
        return None
    return Reading("note", known, note=message.text, confidence=OUTRIGHT)


def _more_told(message: Message) -> bool:
    """True beside a policy's birthday for a reminder, a question, a sale or a sum, which are for others to read."""
    body = message.body
    asks = _ASKS.search(body) or any(found.search(body) for found in (cues.REMIND, cues.REMIND_WEAK, cues.ORDER))
    return bool(asks) or any(one.score >= money.MARKED for one in money.find(body)) or _SUM.search(body) is not None


def completed(reading: Reading, message: Message) -> Reading:
    """The reading; the line of somebody new with the day that runs out as its task, where it has none."""
    if reading.action != "add_customer" or (reading.task_when is not None and reading.task_what not in ("到期", "")):
        return reading
    found = told(message.body, message.now)
    if found and _WITH_ANOTHER.search(found[0]) and not cues.REMIND.search(message.body):
        return reading  # whoever serves him now has that contract: its day is in the note
    if found is None:
        return reading
    return replace(
        reading, task_what=found[0], task_when=sooner.moment(message.body, found[1], message.now) or found[1]
    )
