"""The readers of the actions, in the order in which they are tried; the first that is sure answers."""

import re
from collections.abc import Callable

from nlp import fields as lead_fields
from nlp import names
from nlp.reader import contacts, cues, orders, tasks
from nlp.reader.reading import Message, Reading, with_promise

Reader = Callable[[Message], Reading | None]


def added(message: Message) -> Reading | None:
    """加客户 …: said outright."""
    command = lead_fields.COMMAND.match(message.body)
    if not command or not message.body[command.end() :].strip():
        return None
    return contacts.new_customer(message, 0.95)


def done(message: Message) -> Reading | None:
    """周报交了 不用再提醒了: a task is finished."""
    if (
        len(message.body) > 40
        or message.contact
        or _is_ahead(message)
        or not cues.DONE.search(message.body)
        or cues.NOT_DONE.search(message.body)
    ):
        return None
    what = re.sub(r"^[ ,。!了:]+|[ ,。!了:]+$", "", cues.DONE.sub("", message.body))
    return Reading("done", message.who.known, task_what=what or None, note=message.text)


def _is_ahead(message: Message) -> bool:
    """True for an instruction with a time to come: 4月1号之前把合同弄好."""
    finished = re.search("了|啦|提醒|掉|勾|钩|done|finish|^已?完成", message.body)
    return not finished and bool(tasks.ahead(message.body, message.now))


def queries(message: Message) -> Reading | None:
    """Questions about the whole book of customers: today, complaints, risk, summary."""
    text = message.body.strip(" 。!")
    if len(text) > 40 or message.contact or cues.REMIND.search(text) or cues.NOTE.match(text):
        return None
    named = message.who.known is not None or bool(message.who.candidates)
    for action, pattern in (
        ("today", cues.TODAY),
        ("complaints", cues.COMPLAINTS),
        ("risk", cues.RISK),
        ("summary", cues.SUMMARY),
    ):
        if pattern.search(text) and (not named or action == "today"):
            return Reading(action)  # type: ignore[arg-type]
    return None


def find(message: Message) -> Reading | None:
    """查李娟, 尾号8000的是谁, 王芳电话多少: a look-up."""
    text = message.body
    if len(text) > 40 or cues.REMIND.search(text):
        return None
    if (tail := cues.FIND_TAIL.search(text)) and (len(text) < 16 or re.search("谁|哪", text)):
        return Reading("find", message.who.known, query=tail["q"], note=text)
    if re.fullmatch(r"\s*(?:1[3-9]\d{9}|\d{4})\s*", text):
        return Reading("find", message.who.known, query=text.strip(), confidence=0.8)
    asked = cues.FIND.match(text) or cues.FIND_ASK.match(text)
    if asked and _is_query(asked["q"], message):
        return Reading("find", message.who.known, message.who.candidates, query=_trim(asked["q"]), note=text)
    if cues.FIND_WHO.search(text):
        return Reading("find", message.who.known, message.who.candidates, query=_trim(text), note=text)
    return None


def _is_query(words: str, message: Message) -> bool:
    if re.search("[,,。;;]|了(?!没)|过(?!的)|聊|谈|确认|一下子|时间|原因|问题", words):
        return False
    named = bool(message.who.known or message.who.candidates)
    return len(words) <= 12 or (named and len(words) <= 20)


def _trim(words: str) -> str:
    words = re.sub(r"^(?:一下|下|客户|那个|这个|叫|姓|谁是|谁叫|有没有|有个|有)+", "", words.strip())
    return (
        re.sub(
            r"(?:的?(?:电话|手机号?|资料|信息|联系方式|档案|情况|客户|卡片|号码|微信|记录|是谁|是哪个|的)|[??。 ])+$",
            "",
            words,
        )
        or words
    )


def remind(message: Message) -> Reading | None:
    """提醒我 …: a task for the rep himself."""
    if not cues.REMIND.search(message.body) or (
        cues.NOTE.match(message.body) and not re.search("提醒我", message.body)
    ):
        return None
    if message.contact and contacts.is_lead(message):
        return None
    return _task(message, 0.95)


def _task(message: Message, confidence: float) -> Reading:
    who = message.who
    customer = who.known
    if customer is None and not who.candidates and re.search("[他她]", message.body):
        customer = message.current
    expressions = tasks.ahead(message.body, message.now)
    expression = min(
        expressions, key=lambda e: (e.kind != "recur" and e.kind == "date" and False, e.span[0]), default=None
    )
    reading = Reading("remind", customer, task_what=tasks.what(message.body, expression) or None, task_when=expression)
    reading.note, reading.confidence = message.text, confidence
    if expression is None:
        reading.ask, reading.confidence = "what_time", 0.5
    elif customer is None and who.candidates and not who.stranger:
        reading.candidates, reading.ask, reading.confidence = who.candidates, "which_customer", 0.5
    return reading


def contact(message: Message) -> Reading | None:
    """A telephone number, WeChat id or mail address: a new customer, or news of a known one."""
    return contacts.read(message)


def order(message: Message) -> Reading | None:
    """张伟今天下单12000: an order that has happened."""
    return orders.read(message)


_OWN_WORDS = re.compile("(?<![他她户总姐哥工师板们])问|催|说明")


def planned(message: Message) -> Reading | None:
    """明天下午三点去拜访张伟: an intention with a time, told by nobody else."""
    body = message.body
    if cues.NOTE.match(body) or len(body) > 60 or cues.SPEECH.search(_OWN_WORDS.sub("", body)):
        return None
    expressions = tasks.ahead(body, message.now)
    if not expressions or re.search("[约定](?:了|好|在)", body) or cues.PAST.search(body) or re.search("[??]|吗", body):
        return None
    what = tasks.what(body, expressions[0])
    starts = min(expressions[0].span[0], len(body))
    opening = body[:starts].strip()
    if cues.VERB_FIRST.match(what) and (
        not opening or cues.VERB_FIRST.match(opening) or re.fullmatch("我|我要|我得|得|要|那个|对了|ok", opening)
    ):
        return _task(message, 0.85)
    return None


def note(message: Message) -> Reading | None:
    """Anything said about a known customer."""
    who, said = message.who, cues.NOTE.match(message.body)
    body = (
        message.text[said.end() :].strip()
        if said and message.text[: said.end()].lstrip().startswith("/")
        else message.text
    )
    if who.known:
        return _noted(message, who.known, body, 0.9)
    if who.stranger:
        return Reading("unclear", candidates=who.candidates, note=body, ask="new_or_note", confidence=0.4)
    if who.candidates:
        asked = "which_customer"
        action = "unclear" if cues.EITHER.search(message.body) else "note"
        reading = Reading(
            "note" if action == "note" else "unclear", candidates=who.candidates, note=body, ask=asked, confidence=0.5
        )
        return with_promise(reading, message)
    if message.current and _about_current(message):
        return _noted(message, message.current, body, 0.7)
    if said:
        return Reading("note", note=body, ask="which_customer", confidence=0.4)
    return None


def _noted(message: Message, customer: object, body: str, confidence: float) -> Reading | None:
    from nlp.reader.customers import Known

    assert isinstance(customer, Known)
    bare = re.sub(r"[\s,,。!!??]", "", message.body)
    if bare == re.sub(r"\s", "", message.who.words) or bare == re.sub(r"\s", "", customer.name):
        return Reading("find", customer, query=customer.name, confidence=0.7)
    return with_promise(Reading("note", customer, note=body, confidence=confidence), message)


def _about_current(message: Message) -> bool:
    if stranger(message.body):
        return False
    return len(message.body) >= 4


def stranger(text: str) -> str | None:
    """A person named at the start of the text or after 跟 / 给, whom no index knows."""
    match = re.match(
        rf"(?:今天|刚才|刚刚|昨天|上午|下午)?(?:跟|和|给|去|见了?)?((?:[老小])?[{names.HAN}]{{1,4}})", text
    )
    if not match:
        return None
    for size in (4, 3, 2):
        word = match[1][:size]
        if len(word) == size and (names.is_address(word) or (size >= 3 and names.is_full_name(word))):
            return word
    return None


def newcomer(message: Message) -> Reading | None:
    """A person not known, without a number: asked about, unless the words say that he is new."""
    body = message.body
    expressions = tasks.ahead(body, message.now)
    name = stranger(body)
    if cues.NEW.search(body):
        reading = contacts.new_customer(message, 0.8)
        if (
            reading.fields
            and reading.fields.name
            and (reading.fields.company or reading.fields.title or reading.fields.industry)
        ):
            return reading
        if reading.fields and reading.fields.name:
            reading.ask, reading.confidence = "new_or_note", 0.5
            return reading
    if (
        expressions
        and not cues.PAST.search(body)
        and not cues.SPEECH.search(body)
        and len(body) <= 60
        and not re.search("[??]|吗", body)
    ):
        return _task(message, 0.7)
    if name:
        return Reading("unclear", note=message.text, query=name, ask="new_or_note", confidence=0.4)
    return None


ORDER: tuple[Reader, ...] = (added, done, queries, find, remind, contact, order, planned, note, newcomer)
