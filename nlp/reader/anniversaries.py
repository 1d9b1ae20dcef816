"""A day that comes again each year and is no customer's own birthday: 结婚纪念日5月20, 闺女6月1号生日, 店庆9月9号.

No rule makes a task of it; a note offers one by a button, and that comes again each year.
"""

from __future__ import annotations

from datetime import date, datetime

from nlp import lazy, when
from nlp.reader import moments
from nlp.when import numerals

_KIN = (
    "(?:老婆|媳妇|爱人|太太|妻子|老公|丈夫|女儿|闺女|姑娘|儿子|孩子|宝宝|女婿|儿媳|妈妈?|爸爸?|母亲|父亲|老妈|老爸|婆婆|公公|丈母娘|岳[父母]"
    "|孙[子女]|外孙女?|老丈人|妹妹|姐姐|弟弟|哥哥|奶奶|爷爷|(?<=[,， ])[大小]的(?=[一-鿿]{2}))"
)
_CALLED = "(?:叫?[一-鿿]{1,3}(?=[,， \\d今农阴阳])|叫[一-鿿]{1,3}|[A-Z][a-z]{1,9})?"
_KEPT = (
    "(?:结婚纪念日|结婚周年|纪念日|领证|店庆|厂庆|开业周年|周年庆"
    f"|{_KIN}(?:叫?[一-鿿]{{1,3}})?的?(?:阴历|农历|阳历)?生日)"
)
_BEFORE = lazy.regex(f"{_KEPT}(?:的?日子)?(?:就?是|为|在|到|[:：])*(?:每年的?)?\\s?$")
_BEHIND = lazy.regex(r"\s?是?(?:[他她]们?|[的过 ]){0,9}(?:结婚纪念日|结婚周年|纪念日|领的?证|店庆|厂庆|周年庆|生日)")
_IS_OF_KIN = lazy.regex(rf"\s?就?是(?:他|她)?的?{_KIN}")  # 7月12是儿子子轩的
_DAY_OF_KIN = lazy.regex(f"{_KIN}{_CALLED}的?(?:就?是|在|也|[,， ])*$")  # 生日5月5 太太是12月24
_OF_KIN = lazy.regex(f"{_KIN}{_CALLED}(?:今年)?(?:[一-鿿\\d]{{1,3}}岁)?[,， ]?{_CALLED}[,， ]?$")
_NOTHING_DONE = lazy.regex(r"\s*(?:的|[,，。;；!！\s]|$)")
_NAMED = lazy.regex("纪念日|周年|领的?证|[店厂]庆|生日")  # one of them stands in each of the patterns of such a day
_TELLS, _LONGEST = lazy.regex("[?？吗呢]|谁|哪|送了|过完|提醒|祝"), 90


def told(text: str, now: datetime) -> tuple[date, str] | None:
    """The coming day and its yearly recurrence; None where a text tells of no such day.

    >>> told("结婚纪念日5月20", datetime(2026, 3, 18, 10))
    (datetime.date(2026, 5, 20), 'YEARLY;05-20')
    >>> told("媳妇生日农历二月初八", datetime(2026, 3, 18, 10))[1], told("生日5月20", datetime(2026, 3, 18, 10))
    ('YEARLY;lunar:02-08', None)
    """
    return next(iter(each(text, now)), None)


def each(text: str, now: datetime) -> list[tuple[date, str]]:
    """All such days of the text, as `told` gives the first.

    >>> [code for _, code in each("女儿生日12月3号 儿子生日2月14号", datetime(2026, 3, 18, 10))]
    ['YEARLY;12-03', 'YEARLY;02-14']
    """
    plain = numerals.plain(text)
    if len(plain) > _LONGEST or not _NAMED.search(plain) or _TELLS.search(plain):
        return []
    found = []
    for day in moments.ahead(plain, now):
        before, behind = plain[: day.span[0]], _BEHIND.match(plain, day.span[1])
        is_kept = _BEFORE.search(before) is not None
        if not is_kept and behind is not None:
            is_kept = "生日" not in behind.group() or _OF_KIN.search(before) is not None
        is_kept = is_kept or ("生日" in plain and _IS_OF_KIN.match(plain, day.span[1]) is not None)
        is_kept = is_kept or ("生日" in plain and _is_day_of_kin(before, plain[day.span[1] :]))
        again = when.first(f"每年{day.words.strip()}", now) if is_kept and day.kind == "date" else None
        if again is not None and again.recurrence and again.on is not None and ";" in again.recurrence:
            found.append((again.on, again.recurrence))
    return found


def _is_day_of_kin(before: str, behind: str) -> bool:
    """孩子是10月10; 太太12月24来店里 is what she does on that day."""
    return _DAY_OF_KIN.search(before) is not None and _NOTHING_DONE.match(behind) is not None


def on(text: str, now: datetime) -> date | None:
    """The coming day alone, to offer."""
    found = told(text, now)
    return found[0] if found is not None else None
