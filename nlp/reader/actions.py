"""The readers of the actions, in the order in which they are tried; the first that is sure answers."""

import re
from collections.abc import Callable

from nlp import fields as lead_fields
from nlp import lazy
from nlp.fields import money
from nlp.reader import (
    appointments,
    asking,
    contacts,
    cues,
    customers,
    endings,
    instructions,
    orders,
    questions,
    reminders,
    several,
    shop_remarks,
    slogans,
    strangers,
    tasks,
    terse,
    visits_to_us,
    whole_book,
)
from nlp.reader.customers import Known
from nlp.reader.lookups import as_look_up as as_look_up
from nlp.reader.lookups import find as find
from nlp.reader.lookups import of_one_described
from nlp.reader.reading import Message, Reading, with_promise

Reader = Callable[[Message], Reading | None]
_AT_LAST = lazy.regex(r"(?i)[,，]\s*(?:已?完成|搞定|办完|done)[。! ]*$")
_COMPLAINED = lazy.regex("投诉|客诉|抱怨|不满|[发冒]火|生气|嫌")


def added(message: Message) -> Reading | None:
    """加客户 …: said outright."""
    command = lead_fields.COMMAND.match(message.body)
    if not command or not message.body[command.end() :].strip():
        return None
    if command.group().strip().startswith("客户") and not message.contact and message.who.strength >= customers.FULL:
        return None  # 客户:王芳。结论:… tells of her
    reading = contacts.new_customer(message, 0.95)
    bare = re.match("新|潜|客户", command.group().strip())
    return None if bare and reading.ask and not message.contact else reading


def done(message: Message) -> Reading | None:
    """周报交了 不用再提醒了: a task is finished."""
    over = cues.NO_MORE.search(message.body) is not None
    not_yet = not over and (_is_ahead(message) or cues.NOT_DONE.search(message.body))
    if len(message.body) > 40 or message.contact or not_yet:
        return None
    if not (over or cues.DONE.search(message.body) or _own_chore(message)):
        return None
    if not over and (endings.is_wished(message.body) or endings.is_said(message.body)):
        return None
    if not over and shop_remarks.is_told(message.body):
        return None  # 染膏用完了 记得进货
    if _AT_LAST.search(message.body) and (_COMPLAINED.search(message.body) or money.find(message.body)):
        return None  # 订了20箱酒 3600，搞定 is a sale
    if any(amount.score >= money.MARKED for amount in money.find(message.body)):
        return None  # 48k 搞定 may be an order
    return as_done(message)


def as_done(message: Message) -> Reading:
    """The message as the end of a task: its words but for those of the end say which."""
    body = message.body
    if message.who.words and message.who.known and "那" in body:  # 陈老板那个对账搞定
        body = re.sub(rf"^\s*{re.escape(message.who.words)}(?:那边|那里|家)?的?那[个条件]", "", body)
    body = re.sub(r"(?i)^(?:(?:ok|好的?|嗯+|行)[\s,，]+)?(?:已经?|都)?\s*(?=\S)", "", body)
    what = re.sub(r"^[ ,。!了:]+|[ ,。!了:]+$", "", _AT_END.sub("", cues.DONE.sub("", body)))
    return Reading("done", message.who.known, task_what=what or None, note=message.text)


_AT_END = lazy.regex(
    r"(?<=[一-鿿]{2})\s?(?:已经?)?(?:搞定|搞完|搞好|办完|办妥|弄好|做完|完成)[。!！ ]*$|(?<![,，\s])[,，\s]*(?:把"
    r"|[那这][条个件])?吧[。!！ ]*$|(?<![,，\s])[,，\s]*那[条个]?$"
)
_CHORE = lazy.regex(
    r"(?:我)?(?:今天|上午|下午|这周|本周|上周)?的?(?P<what>[一-鿿A-Za-z0-9 ]{2,8}?)(?:已经|都|也|刚)?(?:开|写|做"
    r"|交|发|寄|办|弄|打|填|报|付|买|取|整理|处理|提交|更新|核对|安排|准备|打印|复印|下载|上传|审|签|盖|修|装|测"
    r"|调|查|订|定|备|洗|搬|清|存|登记|录|算|统计|排|约|通知|催|退|换)(?:完|好|妥|掉|过)?了[。! ]*"
)


_OVER = lazy.regex(
    "^(?!.*(?:病|身体|心情|天气|关系|生意|行情|变|越来越|太|最|更|就|挺))[一-鿿A-Za-z0-9]{3,10}(?:完|好|妥)了[。! ]*"
)


def _own_chore(message: Message) -> bool:
    """True for 今天的日报写好了: a chore of the rep's own is over, and no customer is named."""
    if message.who.known or message.who.candidates or message.current:
        return False
    match = _CHORE.fullmatch(message.body.strip()) or _OVER.fullmatch(message.body.strip())
    told = re.search("客户|他|她|对方|把|要|前(?!台)|让|说", message.body)
    return bool(match) and not told and strangers.named_in(message.body) is None


def _is_ahead(message: Message) -> bool:
    """True for an instruction with a time to come: 4月1号之前把合同弄好."""
    finished = re.search("了|啦|提醒|掉|勾|钩|done|finish|^已?完成", message.body)
    today = message.now.date()
    return not finished and any(e.at or e.on != today for e in tasks.ahead(message.body, message.now))


def queries(message: Message) -> Reading | None:
    """Questions about the whole book of customers: today, complaints, risk, summary."""
    text = message.body.strip(" 。!")
    if len(text) > asking.LONGEST or message.contact or cues.REMIND.search(text) or cues.NOTE.match(text):
        return None
    if cues.EACH_TIME.match(text) or whole_book.is_told(text):  # 每天早上7点 看报表 is to be reminded of
        return None
    if _is_chore(message):
        return None
    named = message.who.known is not None or bool(message.who.candidates)
    if not named and (action := asking.book(text) or whole_book.asked(text)):
        return Reading(action)  # type: ignore[arg-type]
    if len(text) > 30:
        return None
    for action, pattern in (
        ("today", cues.TODAY),
        ("complaints", cues.COMPLAINTS),
        ("risk", cues.RISK),
        ("summary", cues.SUMMARY),
    ):
        if pattern.search(text) and (not named or action == "today"):
            return Reading(action)  # type: ignore[arg-type]
    return None


_CHORE_OF_FIGURES = lazy.regex(
    "[向给跟和找陪对][^,，。我你]{1,6}(?:汇报|述职|报告|交差|做[^,，。]{0,6}(?:总结|汇报|述职)|过[一下遍]*(?:业绩|报表|数据))"
)


def _is_chore(message: Message) -> bool:
    """True for 下个月第一个周一向主管汇报季度业绩: the rep tells figures then, and asks for none."""
    if not _CHORE_OF_FIGURES.search(message.body):
        return False
    return any(day.on and day.on > message.now.date() for day in tasks.ahead(message.body, message.now))


def contact(message: Message) -> Reading | None:
    """A telephone number, WeChat id or mail address: a new customer, or news of a known one."""
    return contacts.read(message)


def order(message: Message) -> Reading | None:
    """张伟今天下单12000: an order that has happened."""
    return orders.read(message)


def note(message: Message) -> Reading | None:
    """Anything said about a known customer."""
    who, said = message.who, cues.NOTE.match(message.body)
    body = (
        message.text[said.end() :].strip()
        if said and message.text[: said.end()].lstrip().startswith("/")
        else message.text
    )
    if who.known:
        return terse.told(message) or _noted(message, who.known, body, 0.9)
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
    if said and (named := strangers.named_in(message.body)):
        return Reading("unclear", note=body, query=named, ask="new_or_note", confidence=0.4)
    if said:
        return Reading("note", note=body, ask="which_customer", confidence=0.4)
    return None


def _noted(message: Message, customer: object, body: str, confidence: float) -> Reading | None:
    assert isinstance(customer, Known)
    bare = re.sub(r"[\s,,。!!??]", "", message.body)
    if bare == re.sub(r"\s", "", message.who.words) or bare == re.sub(r"\s", "", customer.name):
        return Reading("find", customer, query=customer.name, confidence=0.7)
    return with_promise(Reading("note", customer, note=body, confidence=confidence), message)


def _about_current(message: Message) -> bool:
    if strangers.named_in(message.body) or slogans.is_told(message.body):
        return False
    return len(message.body) >= 4


ORDER: tuple[Reader, ...] = (
    appointments.told,
    several.told,
    added,
    of_one_described,
    instructions.meant,
    done,
    queries,
    find,
    questions.asked,
    reminders.remind,
    strangers.brought,
    contact,
    order,
    reminders.before_birthday,
    reminders.planned,
    visits_to_us.told,
    note,
    strangers.newcomer,
)
