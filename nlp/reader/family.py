"""A message that tells of somebody's family: whose birthday or number it is, and who of the two is the customer.

So are news of a customer that end with the number of somebody at his firm (联系人还有会计小高 138…).
"""

from __future__ import annotations

import re

from nlp import family_calls, lazy, when
from nlp.fields import Fields, birthdays, extraction, money, relatives, sentences, work_of_others
from nlp.fields.phones import find as numbers_of
from nlp.marking import leads as marker
from nlp.reader import cues, customers
from nlp.reader.customers import Known
from nlp.reader.reading import OUTRIGHT, Message, Reading

_LITTLE = 10  # characters: 也帮我记上
_OWN = lazy.regex("[0-9A-Za-z]{5,}|生日")


_CONTACT = lazy.regex(
    r"(?<![\s,，。;；])[\s,，。;；]*(?:(?:他|她|他们|她们|那边|那头|公司|以后|平时)?的?(?:对账|付款|收货|发货|开票|对接|联系)?(?:找|由|是)?"
    r"(?:另一个|新的?)?(?:联系人|对接人?|接头人|经办人?|收货人|会计|出纳|财务|采购|技术|助理|秘书|司机|仓管|仓库|前台|跟单|文员|内勤))"
    r"(?:还有|还是|又?加了|是|为|找|叫|的|[:：\s]|会计|出纳|财务|采购|技术|助理|文员){0,8}(?!电话|手机|座机|微信|号码|的)[一-鿿]{2,3}[\s,，:：]{0,4}(?:电话|手机号?)?[\s:：是]{0,4}$"
)
_NEW = lazy.regex(
    "新来|新招|来了个|下单|下了单|订了|买了|拿了|拿货|进货"  # a newcomer, or a sale
    r"|[要订拿加][一二两三四五六七八九十百\d]+[箱件台套个只桶袋瓶盒]"
    "|(?:去|到)[^,，。 ]{0,6}[^,，。]{0,3}找"  # an appointment
    "|介绍|推荐|引荐|转介|新客户|接手|接替|换成|换了?人|离职|调走|不干了"
)
_TOLD = 4  # characters of news of the customer before a contact of his


def _with_contact(message: Message) -> Reading | None:
    """王芳签了年度框架… 联系人还有会计小高 138…: what is told of her stays hers, and so does the contact's number."""
    known, body = message.who.known, message.body
    numbers = numbers_of(body) if known is not None and message.who.strength >= customers.FULL else []
    if known is None or len(numbers) != 1 or _NEW.search(body) or extraction.COMMAND.match(body):
        return None
    before = body[: numbers[0].start]
    at, contact = before.find(known.name), _CONTACT.search(before)
    if not 0 <= at <= _OPENED or contact is None or known.phone == numbers[0].number:
        return None
    is_told = contact.start() - at - len(known.name) >= _TOLD
    return Reading("note", known, note=message.text, confidence=OUTRIGHT) if is_told else None


_OPENED = 4  # characters before him whom the message opens with: 今天, 刚才


_OWN_DAY = lazy.regex(
    r"(?:[他她](?:自己|本人)|本人|自己)的?(?:生日)?(?:就|则)?(?:是|在)?\s?(?=[\d农阴阳一二三四五六七八九十])"
)


_DAY_ENDS = lazy.regex(
    r"[日号]?(?:的?生日|过?生|过的?|的)?(?=$|[\s,，。;；!！)）])"
)  # 他自己4月5号回来 tells of no birthday


_WEDDING = lazy.regex(
    r"[\s,，]*结婚纪念日(?:就?是|在)?\s?(?:[农阴阳]历)?[\d正腊冬一二三四五六七八九十]+月[\d初廿一二三四五六七八九十]+[日号]?"
)


def _own_day(message: Message, known: Known | None) -> Reading | None:
    """刘姐的老公生日是3月28 她自己是8月8号: her birthday is set, and the sentence with his is a note beside."""
    own = _OWN_DAY.search(message.body)
    if known is None or own is None:
        return None
    found = birthdays.find(f"生日{message.body[own.end() :]}", message.now.date())
    if len(found) != 1 or found[0].birthday is None or not _DAY_ENDS.match(message.body, own.end() + found[0].end - 2):
        return None
    news = Fields(birthdays=[found[0].birthday], birthday_words=found[0].words)
    return Reading("update", known, fields=news, note=message.text, confidence=OUTRIGHT)


def _is_of_child(message: Message) -> bool:
    """True for 小天生日4月10号, said of the child by whom 小天妈妈 is called."""
    known = message.who.known
    child = family_calls.child_of(known.name) if known is not None else None
    if known is None or child is None or known.name in message.body or child not in message.body:
        return False
    return bool(birthdays.find(message.body, message.now.date()))


def _without_call(message: Message) -> str:
    """The words, in which 小天妈妈 herself is no mother of somebody told of."""
    known = message.who.known
    if known is None or family_calls.child_of(known.name) is None:
        return message.body
    return message.body.replace(known.name, "\x01" * len(known.name))


def as_note(message: Message) -> Reading | None:
    """The note of a relative's birthday or number, if little else is told; or of news with a contact's number."""
    if beside := _with_contact(message):
        return beside
    names = [one.name for one in message.known]
    if _is_of_child(message):
        return Reading("note", message.who.known, note=message.text, confidence=OUTRIGHT)
    told = relatives.told(_without_call(message), message.now.date(), message.who.words, names)
    if not told or any(amount.score >= money.MARKED for amount in money.find(message.body)):
        return None
    if own := _own_day(message, message.who.known):
        return own
    rest = f"{message.body[: told[0][0]]}{message.body[told[-1][1] :]}".replace(message.who.words, "")
    rest = _WEDDING.sub("", rest)
    if _OWN.search(rest) or (len(rest) > _LITTLE and not _is_only_told(message, rest)):
        return None
    known = message.who.known or (None if message.who.candidates else message.current)
    if known is None:
        return Reading("note", None, message.who.candidates, note=message.text, ask="which_customer", confidence=0.5)
    return Reading("note", known, note=message.text, confidence=OUTRIGHT)


def _is_only_told(message: Message, rest: str) -> bool:
    """True for 送货到后门打他外甥小丁的电话… 前门那个坡车上不去: nobody orders, and nothing is to be done on a day."""
    if message.contact or message.who.known is None or not numbers_of(message.body):
        return False
    others = (cues.ORDER, cues.REMIND, cues.DONE, cues.NEW, cues.COMPLAINTS)
    return not any(one.search(rest) for one in others) and not when.find(rest, message.now)


def of_work(message: Message) -> Reading | None:
    """The note of a relative's or colleague's work, if little else is told: 他们老板是做房地产的."""
    told = work_of_others.told(message.body)
    is_deal = cues.ORDER.search(message.body) or any(one.score >= money.MARKED for one in money.find(message.body))
    if (
        not told
        or is_deal
        or message.contact
        or cues.REMIND.search(message.body)
        or re.search("[?？]|吗", message.body)
    ):
        return None
    rest = message.body
    for start, end in reversed(told):
        rest = f"{rest[:start]}{rest[end:]}"
    rest = rest.replace(message.who.words, "") if message.who.words else rest
    if (
        len(rest) > _LITTLE
        or _OWN.search(rest)
        or when.find(rest, message.now)
        or extraction.COMMAND.match(message.body)
    ):
        return None
    known = message.who.known or (None if message.who.candidates else message.current)
    return Reading("note", known, note=message.text, confidence=OUTRIGHT) if known is not None else None


def leave_out(message: Message, found: Fields) -> None:
    """The name of somebody else of the message for a relative's: 见了周淑芬 她老公叫李建平 … 周姐电话138…."""
    relations = relatives.called(message.body)
    if not found.name or found.name not in relations:
        return
    known = [one.name for one in message.known if one.name in message.body]
    someone = sentences.someone(message.body, [*relations, *known])
    if someone and marker.may_be_name(message.body, someone.name):
        found.name, found.note = someone.name, message.body
