"""One free message → what the rep wants done, with whom, and every field; below a sure reading, the question to ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from nlp import fields as lead_fields
from nlp import lazy, when
from nlp.fields import Fields, companies, extraction, refunds, relatives, said_anew
from nlp.reader import changes, leads, marked, matters, related, tasks, who, whole_book, wording
from nlp.reader.birthdays import Reckoned
from nlp.reader.customers import Known
from nlp.routing import masking, model
from nlp.when import When, numerals

if TYPE_CHECKING:
    from nlp.reader import bills, unsettled

Action = Literal[
    "add_customer",
    "note",
    "remind",
    "order",
    "find",
    "update",
    "done",
    "today",
    "summary",
    "risk",
    "complaints",
    "unclear",
]


OUTRIGHT = 0.95  # the confidence of what is said in so many words: neither router nor marker is asked


@dataclass
class Reading:
    """What a message means. `ask` codes the question when the bot must not act yet; `note` is the text to keep.

    `parts`: the message is about several people, or tells several tasks, one text for each. `likely`: where the
    question is what is meant, the likeliest actions, the likeliest first. `coming`: what the note tells for a day to
    come changes nothing yet. `reckoned`: the reminder is so many days from the customer's birthday. `doubted_on`: the
    note names a day that the rules take for our task's and the marker does not. `unproven`: an order but for a word
    that tells of a sale. `by_call`: the customer was taken for the only one of his surname, who is called so there.
    `bill`: the order's goods, a number of which may be the price of one piece or of all.
    """

    action: Action
    customer: Known | None = None
    candidates: tuple[Known, ...] = ()
    fields: Fields | None = None
    note: str = ""
    task_what: str | None = None
    task_when: When | None = None
    amount_fen: int | None = None
    product: str | None = None
    ordered_on: date | None = None
    query: str | None = None
    ask: str | None = None
    confidence: float = 0.9
    parts: tuple[str, ...] = ()
    likely: tuple[Action, ...] = ()
    coming: "unsettled.Coming | None" = None
    reckoned: Reckoned | None = None
    doubted_on: date | None = None
    unproven: bool = False
    by_call: str = ""
    bill: "bills.Bill | None" = None


@dataclass(frozen=True)
class Message:
    """A message with what the actions share; `body` is its first 1,500 characters in one width and script."""

    text: str
    now: datetime
    who: who.Who
    current: Known | None
    contact: bool
    body: str = ""
    known: Sequence[Known] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The words by which the customer is named."""
        return tuple(word for word in (self.who.words,) if word)


def read(text: str, now: datetime, known: Sequence[Known], current: Known | None = None) -> Reading:
    """The reading of a message; `known` may be touched by it, `current` was shown last or replied to."""
    text = text.strip()
    if not re.search(r"\w", text):
        return Reading("unclear", note=text, ask="what_action", confidence=0.0)
    from nlp.reader import (
        bills,
        counter_sales,
        encounters,
        formerly,
    )  # they build Readings; imported here for the class above

    with when.hiding(one.name for one in known):
        message = as_message(text, now, known, current)
        if sold := counter_sales.as_order(message) or bills.as_order(message):
            return _sure(sold, message)
        return formerly.guarded(encounters.guarded(_completed(_decided(message), message), message), message)


def read_as(
    text: str, now: datetime, known: Sequence[Known], action: Action, current: Known | None = None
) -> Reading | None:
    """The message as this action, as `read` would give it were it sure; None where nothing of it can be so."""
    from nlp.reader import chosen  # it builds Readings; imported here because it needs the class above

    text = text.strip()
    if not re.search(r"\w", text):
        return None
    with when.hiding(one.name for one in known):
        message = as_message(text, now, known, current)
        reading = chosen.as_action(action, message)
        return _completed(reading, message) if reading else None


def _completed(reading: Reading, message: Message) -> Reading:
    """The reading with what marker, sums and days of the whole message add to it, whoever found the action."""
    from nlp.reader import counted, renewals  # they build Readings; imported here because they need the class above

    reading = renewals.completed(reading, message)
    if reading.action == "remind" and not reading.parts:
        reading = _of_several(reading, message)
    if reading.action == "add_customer" and reading.fields and reading.fields.company is None:
        reading.fields.company = related.firm(message.body, message.known)
    if reading.fields and reading.fields.company:
        reading.fields.company = companies.as_typed(reading.fields.company, message.text)
    return _telling(_sure(counted.counted(_with_news(reading, message), message), message), message)


def _of_several(reading: Reading, message: Message) -> Reading:
    """The reminder; of several the first, and a text for each in `parts`."""
    from nlp.reader import counted, reminders, several_tasks  # they build Readings; imported here for the class above

    parts = several_tasks.split(message)
    if not parts or (counted.is_one(message) and parts != several_tasks.in_turn(message)):
        return reading
    first = as_message(parts[0], message.now, message.known, message.current)
    return replace(reminders.as_reminder(first, reading.confidence), note=message.text, parts=parts)


def _telling(reading: Reading, message: Message) -> Reading:
    """The reading; a task that says only 给她回话 gets what she asked."""
    if reading.task_what is None or reading.task_when is None or reading.action not in ("note", "add_customer"):
        return reading
    places = (message.body.find(words) for words in (reading.task_when.words, reading.task_what))
    before = message.body[: max(min((at for at in places if at >= 0), default=0), 0)]
    return replace(reading, task_what=matters.about(reading.task_what, before, message.who.words))


def _decided(message: Message) -> Reading:
    """What rules and router together make of a message."""
    from nlp.reader import (
        family,
        guards,
        renewals,
        routed,
        unsettled,
    )  # they build Readings; imported here for the class

    if coming := unsettled.as_note(message) or renewals.as_note(message):
        return coming
    if of_another := family.of_work(message):
        return of_another
    reading = ruled(message)
    if reading.action in model.LISTS and whole_book.asked(message.body) == reading.action:
        return reading  # each of its words asks for that list
    decided = routed.decided(reading, message)
    if decided.action in model.LISTS and decided is not reading and not whole_book.may_be_asked(message.body):
        decided = reading
    decided = guards.passed(decided, message)
    return replace(decided, likely=routed.likely(reading, message)) if decided.ask in routed.WHICH_ACTION else decided


def ruled(message: Message) -> Reading:
    """What the rules alone make of a message: the router is fitted beside them."""
    from nlp.reader import actions, doubt  # both build Readings; imported here because they need the class above

    for reader in actions.ORDER:
        reading = reader(message)
        if reading:
            return doubt.doubted(_sure(reading, message), message)
    return doubt.shown(message)


def as_message(text: str, now: datetime, known: Sequence[Known], current: Known | None = None) -> Message:
    """The message with whom it is about, in one width and script."""
    return _message(text, now.replace(tzinfo=None), now.tzinfo, tuple(known), current)


@lru_cache(maxsize=4)  # who asks whether it tells of money, too, reads the same message
def _message(
    text: str, clock: datetime, zone: tzinfo | None, known: tuple[Known, ...], current: Known | None
) -> Message:
    """The clock on the wall and the zone are apart: one instant in two zones would be one key."""
    from nlp.reader import errands, order_instead  # they read Messages; imported here because of the class above

    head = masking.PICTURES.sub(" ", numerals.plain(text[:1500])).strip()
    contact = _has_contact(_without_relatives(head, clock.date(), known))
    head = said_anew.settled(head, contact or extraction.COMMAND.match(head) is not None)
    head = wording.plain(order_instead.without_missaid(head), contact)
    head = leads.plain(head) if contact else head
    others = [one for one in known if not related.denied(head, one)]
    meant = who.resolve(_NEW_NAME.sub("", head), others)
    if contact:
        head = related.without(head, known)
    is_of_family = contact and related.is_of_family(head, meant.words) and not errands.is_meant(head)
    if contact and (leads.refers(head, meant.words) or is_of_family):
        meant, head = who.Who(), related.apart(head)
    if not contact and meant.known and leads.is_brought(head, meant.words):
        meant = replace(meant, known=None, candidates=(meant.known,))
    head = refunds.without_earlier(_NOT_NEXT_WEEK.sub("下 ", head))
    head = _LAST_YEAR.sub(f"{clock.year - 1}年", head)
    if meant.words.startswith("周"):  # 查了下周杰的账 speaks of no week
        head = re.sub(f"(?<=[下上这本])(?={re.escape(meant.words)})", " ", head)
    if contact and meant.guessed and meant.known:  # a number is given to nobody on the sound of a name
        meant = replace(meant, known=None, candidates=(meant.known,))
    return Message(text, clock.replace(tzinfo=zone), meant, current, contact, head, known)


def _with_news(reading: Reading, message: Message) -> Reading:
    """The reading; of news with firm, post and place as the marker sees them, too."""
    if reading.action != "update" or reading.fields is None or reading.ask in ("impossible_date", "what_name"):
        return reading
    if reading.confidence >= OUTRIGHT:
        return reading
    if related.is_told_of(message.body, message.who.words):  # 王芳老公升科长了 is no news of hers
        from nlp.reader import chosen  # it builds Readings; imported here because it needs the class above

        return reading if message.contact else chosen.as_action("note", message) or reading
    found = marked.news(message.body, reading.fields, message.who.words)
    known = reading.customer
    if known and found.title:
        found.title = changes.own_post(found.title, known)
    if known and found.name and related.sounds_like(found.name, known.name) and not _NAMED_ANEW.search(message.body):
        found.name = None  # 吴悦老师的邮箱…: 吴越 misspelled is no renaming
    if known and found.company and known.company and found.company in known.company:
        found.company = reading.fields.company if _OF_FIRM.search(message.body) else None
    if found.name and not message.contact and not related.is_name_of(found.name, message.body, message.who.words):
        found.name = None  # 王工说他老板叫郑海涛: another is
    if not marked.tells(found):
        from nlp.reader import chosen  # it builds Readings; imported here because it needs the class above

        return chosen.as_action("note", message) or reading
    return replace(reading, fields=found)


def _sure(reading: Reading, message: Message) -> Reading:
    """The reading; what changes more than the notes of a customer whose name was misspelled is asked about."""
    if message.who.guessed and reading.customer and reading.ask is None and reading.action in _SURE_ACTIONS:
        candidates = (reading.customer,)
        return replace(reading, customer=None, candidates=candidates, ask="which_customer", confidence=0.5)
    return replace(reading, by_call=message.who.call) if message.who.call and reading.customer else reading


_OF_FIRM = lazy.regex("公司|单位|名称|全称|抬头|东家|厂名|店名|[改更换]名|[改换]成|改为|改叫")
_NAMED_ANEW = lazy.regex("名|叫|[写打登记录存输]错|应该?是|更正|纠正|全称|不是")
_NOT_NEXT_WEEK = lazy.regex(
    "(?<=[看问查找催访见])下(?=周(?:总|工|姐|哥|经理|老板|老师|主任))"
    "|(?<=[^周期拜十第上下本这]一)下(?=(?:周|星期|礼拜)[一二三四五六日天])"  # 查一下星期五给你准信
)
_SURE_ACTIONS = ("order", "update", "done")
_LAST_YEAR = lazy.regex(  # 去年12月31号下单: the day of an order, and no tale
    r"去年(?=\s?\d{1,2}月\d{1,2}[号日]?\s?(?:下了?单|成交|[订定买拿进补签提退][了货]|退款)(?!的|合同))"
)
_NEW_NAME = lazy.regex(
    r"(?<=[改更换])名(?:叫|为|成|了)+[^\s,，。;；]{2,20}"
    r"|(?:姓名|名字)(?:[打写记登录输搞弄]?错了?|不对)[\s,，]*(?:应该)?(?:是|叫|改成)[^\s,，。;；]{2,6}"
)  # the firm's new name is nobody's firm yet
_MAIL = lazy.regex(r"[\w.+-]+@[\w-]+\.\w")


def _without_relatives(text: str, today: date, known: Sequence[Known]) -> str:
    for start, end in relatives.told(text, today, known=[one.name for one in known]):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _has_contact(text: str) -> bool:
    return bool(lead_fields.phones(text)) or bool(_MAIL.search(text)) or bool(extraction.WECHAT.search(text))


def with_promise(reading: Reading, message: Message) -> Reading:
    """The reading with the rep's own next step, when the message holds one."""
    found = tasks.promise(message.body, message.now, message.people)
    if found:
        reading.task_what, reading.task_when = found
    return reading
