"""What a customer once was (王建国原来是恒大机电的副总, 孙丽以前在万科): a story of his, and no news."""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.fields import money
from nlp.reader.reading import Message, Reading

_NO_STORY = "(?!的?(?:没|忘|漏|写|登|记|填|录|存|资料|备注|说|给|错|打|弄|搞|电话|号|手机|微信|地址|名))"
_ONCE = lazy.regex(
    f"(?:以前|之前|原来|原先|从前|曾经?|当年|早年|早先|年轻(?:时|的时候)?|[一二两三四五六七八九十几\\d]+年前|前(?:公司|东家|单位)){_NO_STORY}"
)
_STORY = lazy.regex(f"(?:{_ONCE.pattern})(?:就|也|都|还|一直)*(?:在|是|做|当|任|担任|干|开(?!单|票|会|发))")
_NOW = lazy.regex(
    "现在|目前|如今|眼下|今年|最近|刚|新|[升跳换改调搬转]|入职|加入|去了|到了|后来(?:去|到|进)|应[该为]|更正|不是|才是|[→>]"
)


def is_told(message: Message) -> bool:
    """True where a known customer's past is told and nothing that is so now: 李娜之前在大润发做主管."""
    body = message.body
    is_story = message.who.known is not None and not message.contact and _STORY.search(body) is not None
    return is_story and _NOW.search(body) is None and not money.find(body)


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; post, firm and place of the customer's past are left out, and with nothing else it is a note."""
    found = reading.fields
    if reading.action != "update" or reading.ask or found is None or message.contact:
        return reading
    if not _ONCE.search(message.body):
        return reading
    past = [name for name in ("company", "title", "region") if _is_past(message.body, getattr(found, name))]
    if not past:
        return reading
    left = replace(found)
    for name in past:
        setattr(left, name, None)
    if any((left.name, left.company, left.title, left.region, left.birthdays, left.industry, left.source)):
        return replace(reading, fields=left)
    from nlp.reader import chosen  # it builds Readings from all readers, this one among them

    return chosen.as_action("note", message) or reading


def _is_past(body: str, value: str | None) -> bool:
    """True where the words last said of when, before the value, are those of the past."""
    before = body[: body.find(value)] if value and value in body else ""
    once, now = ([match.start() for match in words.finditer(before)] for words in (_ONCE, _NOW))
    return bool(once) and max(once) > max(now, default=-1)
