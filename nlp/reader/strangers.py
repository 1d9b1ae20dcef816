"""People whom no index knows: named in a message without a number."""

import re

from nlp import english_names, family_calls, firm_people, given_calls, lazy, names, opening_people
from nlp.reader import contacts, cues, goods, introduced, related, reminders, slogans, tasks
from nlp.reader.reading import Message, Reading

_OPENING = lazy.regex(
    rf"(?:今天|刚才|刚刚|昨天|上午|下午)?(?:新?客户|订单|下单|生日|记一?下?|跟|和|给|去|见了?)?[::,, ]*((?:[老小])?["
    rf"{names.HAN}]{{1,4}})"
)

_SAYS = lazy.regex(
    r"[\s,:]|$|生日|电话|手机|微信|公司|怎么|升职|说|问(?!题)|嫌|催|反映|反馈|投诉|抱怨|来电|打电话|来了?电话"
)
_NOBODY = lazy.regex("(?:没有?|无)(?:这个|此)人|查无此人|不认识的人|陌生人")


_DAY = lazy.regex("大?[今明昨后前](?!早上|晚上|天天|天生)(?=[天日儿个晚早晨朝])")  # 刘洋今儿下定了 is of 刘洋


def named_in(text: str) -> str | None:
    """A person named at the start of the text or after 跟 / 给; of a firm alone that speaks, the firm."""
    if of_child := family_calls.named_in(text):
        return of_child
    if of_firm := firm_people.told(text):
        return of_firm.person or of_firm.firm
    if told := opening_people.couple(text) or given_calls.opening(text) or opening_people.told(text):
        return told
    match = _OPENING.match(text)
    if not match:
        return english_names.opening(text)
    day = _DAY.search(text, match.start(1) + 2, match.start(1) + 4 + 1)
    longest = day.start() - match.start(1) if day else 4
    words = [match[1][:size] for size in (4, 3, 2) if len(match[1]) >= size <= longest]
    address = next((word for word in words if names.is_address(word)), None)
    if address:
        return address
    if nobody := _NOBODY.search(text[:12]):
        return nobody.group()
    short = match[1][:2]
    if names.is_full_name(short) and (longest == len(short) or _SAYS.match(text, match.start(1) + 2)):
        return short
    return next((word for word in words if len(word) >= 3 and names.may_be_full_name(word)), None)


def newcomer(message: Message) -> Reading | None:
    """A person not known, without a number: asked about, unless the words say that he is new."""
    body = message.body
    if cues.NEW.search(body) and (reading := _new(message)):
        return reading
    name = named_in(body)
    if name is None and _is_appointment(message) and not slogans.is_told(body):
        return reminders.as_reminder(message, 0.7)
    if name:
        return Reading("unclear", note=message.text, query=name, ask="new_or_note", confidence=0.4)
    return None


def brought(message: Message) -> Reading | None:
    """Somebody not known whom another is told to have brought, without a number: 设计师小吴带了个业主 孙总."""
    if message.contact or cues.NOTE.match(message.body):
        return None
    name = introduced.newcomer(message.body, message.who.words) or related.met(message.body, message.who.words)
    if name is None or any(name in (one.name, *one.nicknames) for one in message.known):
        return None
    by = (message.who.known,) if message.who.known else message.who.candidates
    return Reading("unclear", candidates=by, note=message.text, query=name, ask="new_or_note", confidence=0.4)


def _new(message: Message) -> Reading | None:
    reading = contacts.new_customer(message, 0.8)
    if reading.fields is None or not reading.fields.name:
        return None
    if not (reading.fields.company or reading.fields.title or reading.fields.industry):
        reading.ask, reading.confidence = "new_or_note", 0.5
    return reading


def _is_appointment(message: Message) -> bool:
    """True for 每周一上午九点例会: a time, and a few words on what."""
    body = message.body
    expressions = tasks.ahead(body, message.now)
    if (
        not expressions
        or len(body) > 24
        or expressions[0].span[0] > 2
        or expressions[0].value == message.now.date().isoformat()
    ):
        return False
    if goods.is_only_counted(tasks.what(body, expressions[0])):
        return False  # 明天下午, 周三50件: nothing is said of what
    return not (cues.PAST.search(body) or cues.SPEECH.search(body) or re.search("[?]|吗|啥|什么|哪|谁|多少|几个", body))
