"""Days and deeds that take turns in one line (4月5号网签 4月20号过户 5月1号交房): each day is a task of its own.

No word for a deed has to be known here: the turns show that each stretch is what happens on the day before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp import lazy
from nlp.reader import cues, customers, day_times, deeds, strangers
from nlp.reader.reading import Message
from nlp.when import When

LONGEST_DEED = 14  # characters
_BORDER = " \t,，、;；。.\n"
_CLAUSES = lazy.regex(r"[,，;；。\n]\s*\S")
_NO_TURN = lazy.regex(
    "[说问讲没别还或谁哪吗呢?？]|不(?!锈|干胶|动产)|告诉|通知|答应|改[到成为]|推迟|取消|提前|为止|左右|生日|结婚|出生|不对|[到至]$|[和跟与]$"
    "|提醒|[叫喊催]我|最后|倒数|第$|台风|[暴大中小阵有]雨|下[雨雪]|降温|停[水电]|限行|封路|休息|出差|住院|休假|请假|放假|回来|才|再说"
)
_IS_THEIRS = lazy.regex("^(?:的|号|日|之?前|以后|那天|当天|左右|起|开始|到)")


def split(text: str, found: Sequence[When], message: Message) -> tuple[str, ...]:
    """One text a day, in order, each with the customer's name where it opens the line; () for anything else.

    >>> from nlp import when
    >>> from nlp.reader.customers import Known
    >>> from nlp.reader.reading import as_message
    >>> from datetime import datetime
    >>> now, line = datetime(2026, 3, 18, 10), "孙丽4月5号网签 4月20号过户"
    >>> split(line, when.find(line, now), as_message(line, now, [Known(1, "孙丽")]))
    ('孙丽 4月5号网签', '孙丽 4月20号过户')
    """
    called, now = message.who.words, message.now
    if len(found) < 2 or any(one.on is None or one.kind == "recur" or one.anchored for one in found):
        return ()
    if any(day_times.CLOCK.match(one.words) for one in found) or len({one.on for one in found}) < 2:
        return ()
    opening = text[: found[0].span[0]].strip(_BORDER)
    named = opening.replace(called, "", 1).strip(_BORDER) if called else opening
    if named:
        return ()  # 送货 明天秦川 后天白露: what is done stands ahead of all
    ends = [*(one.span[0] for one in found[1:]), len(text)]
    told = [text[one.span[1] : end] for one, end in zip(found, ends, strict=True)]
    if not all(map(_is_deed, told)):
        return ()
    said = day_times.whole(list(found), now)
    first, *rest = (f"{day}{deed.strip(_BORDER)}" for day, deed in zip(said, told, strict=True))
    who = f"{opening} " if opening else ""
    return (f"{who}{first}", *(one if _names_another(one, message) else f"{who}{one}" for one in rest))


def _names_another(told: str, message: Message) -> bool:
    """True for 去老刘那儿送资料: whoever opens the line is not meant there."""
    return strangers.named_in(told) is not None or any(
        hit.person in (customers.FULL, customers.NICKNAME, customers.ADDRESS)
        for hit in customers.hits(told, message.known)
    )


def _is_deed(told: str) -> bool:
    """A few words with a mark or a space at their end at most."""
    words = told.strip(_BORDER)
    if not 2 <= len(words) <= LONGEST_DEED or _CLAUSES.search(words) or len(re.split(r"\s+", words)) > 2:
        return False
    if _NO_TURN.search(words) or _IS_THEIRS.match(words) or cues.PAST.search(words):
        return False
    return deeds.is_deed(words) and re.search(r"[一-鿿]", words) is not None
