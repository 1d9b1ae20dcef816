"""A telephone number, WeChat id, mail address, birthday or new job: a new customer, or news of a known one."""

import re

from nlp import fields as lead_fields
from nlp import lazy, names, when
from nlp.fields import Fields, sentences
from nlp.marking import leads as marker
from nlp.reader import (
    amended,
    called,
    cues,
    customers,
    english,
    errands,
    event_days,
    family,
    firms,
    homes,
    introduced,
    kept,
    marked,
    news,
    origins,
    others_numbers,
    related,
    run_on,
    tasks,
    twice,
    visits_told,
)
from nlp.reader.customers import Known
from nlp.reader.reading import OUTRIGHT, Message, Reading, with_promise
from nlp.when import When, numerals


def new_customer(message: Message, confidence: float) -> Reading:
    """The message as a new customer, with the rep's next step taken out of the note."""
    found = lead(message)
    taken = [found.name, found.company]
    if found.company and (_NO_FIRM.search(found.company) or when.find(found.company, message.now)):
        found.company = None  # 下周四上午约了去他工厂, 东莞做玩具 are no firms
    if found.company and (origins.is_told_with_verb(found.company) or origins.is_of_boss(message.body, found.company)):
        found.company = None
    if found.name and _NO_NAME.match(found.name):
        found.name = None
    found = kept.checked(found)
    if (name := called.told(numerals.plain(message.text))) and (found.name is None or name not in found.name):
        found.name = name
    if found.company:
        found.company = origins.without_quarter(found.company)
    family.leave_out(message, found)
    if not found.name:
        found.name = origins.named_like_a_place(message.body, found) or called.by_nick(message.body)
    if not found.name:
        _named_in_a_sentence(message, found)
    if found.name and not found.company:
        found.company = english.firm(message.body, found.name)
    firms.of_known(message, found)
    homes.tell(message.body, found)
    origins.tell(message.body, found)
    found.note = " ".join([*(words for words in taken if words and _is_lost(words, found)), found.note]).strip()
    reading = Reading("add_customer", fields=found, note=found.note, confidence=confidence)
    task = _task(message)
    if task:
        reading.task_what, reading.task_when = task
        found.note = reading.note = _without_task(found.note, task)
    if not found.name:
        reading.ask, reading.confidence = "what_name", 0.4
    return reading


def _named_in_a_sentence(message: Message, found: Fields) -> None:
    """Puts the name in that stands in running words, if the marker does not deny it."""
    others = [known.name for known in message.known if known.name in message.body]
    for _ in range(_TRIES):
        sentences.complete(message.body, found, others)
        if found.name is None or marker.may_be_name(message.body, found.name):
            return
        others.append(found.name)
        found.name = None


_TRIES = 2


def _is_lost(words: str, found: Fields) -> bool:
    """True for words that were taken for a field and then refused: they stay in the note."""
    rest = words.replace(found.company, "", 1) if found.company else words  # 恒泰置业财务 of 恒泰置业, 财务经理
    held = (found.name, found.company, found.title)
    return words not in found.note and not any(rest in (kept or "") for kept in held)


_NO_FIRM = lazy.regex(
    "(?<=[一-鿿]{2})[做搞卖干](?=[一-鿿])(?!.*(?:公司|集团|厂|店|[坊铺行])$)|约了|过来|电话|^(?:[办报缴补问]|交(?!通|大))[一-鿿]{1,6}咨询$"
)
_NO_NAME = lazy.regex(
    "(?i)(?:刚[才刚接打]|update|change|new$|add$|lead|contact|pls|please|thanks|hi$|hello|谢谢|您好|你好"
    "|(?:项目|工程|合同|商机|甲方|乙方|业主)(?:名称?)?$)"
)


def _task(message: Message) -> tuple[str, When] | None:
    promised = tasks.promise(message.body, message.now) or visits_told.told(message.body, message.now)
    if promised:
        return promised
    expressions = [e for e in tasks.ahead(message.body, message.now) if e.kind != "recur"]
    for expression in expressions:
        if expression.on == message.now.date() and run_on.is_arrival(message.body, expression):
            continue
        if kept.task_is_off(message.body, expression, message.now, message.people):
            continue
        before, after = message.body[: expression.span[0]], message.body[expression.span[1] :]
        if re.search(r"生日?\s?$|出生", before[-6:]) or re.match(r"\s?(?:生日|出生|生)", after):
            continue
        if _FESTIVE_GOODS.match(after) or event_days.is_behind(after) or event_days.is_needed_then(after):
            continue
        clause = (re.split(r"[\s,,。;;]", before)[-1] + re.split(r"[,,。;;]", after.strip())[0]).strip()
        clause = re.split(r"\d{7,}|\d{4}(?:[ -]\d{3}){2}|\d{4} \d{4}", clause)[-1]
        clause = run_on.deed(before, after) or clause
        if tasks.NO_DEED.search(clause):  # tells who he is; the deed, if any, stands before the day
            told, clause = clause, re.split(r"[,,。;;\s]", before.strip())[-1]
            deed = re.search("quotation|报价|样", clause) or cues.VERB_FIRST.match(clause)
            return tasks.what(clause if deed else told, None) or told, expression
        if not after.strip():  # 去拜访 下周三: the deed stands before
            clause = re.split(r"[,,。;;\s]", before.strip())[-1]
        wanted = re.match("(?:[他她对客][他她方户说]{0,2})?(?:就|才)?[要得]", clause) and not cues.VERB_FIRST.match(
            clause
        )  # 月底前要样品: his own date
        if cues.VERB_FIRST.match(clause.lower().removeprefix("过去")) or (
            re.search("quotation|报价|给", clause) or (expression.deadline and not wanted)
        ):
            return tasks.what(clause, None) or clause, expression
    return None


_FESTIVE_GOODS = lazy.regex("(?:节日?)?(?:用?品|灯|树|礼|装|饰|月饼|粽|贺卡|福利|服|帽|袜|玩具|烟花|订单|款)")  # 圣诞灯


def _without_task(note: str, task: tuple[str, When]) -> str:
    """The note without the task where its time and deed stand alone; no clause is cut: 剩下的月底付 stays whole."""
    deed, day = re.escape(task[0]), re.escape(task[1].words.strip())
    alone = rf"{day}\s?(?:我?[要再]?{deed})?|我?要?{deed}(?:\s?{day})?"
    note = re.sub(rf"(?:^|(?<=[\s,，。;；]))(?:{alone})(?=[\s,，。;；]|$)", " ", note)
    return re.sub(r"\s{2,}", " ", note).strip(" ,，。")


def lead(message: Message) -> Fields:
    """The fields of somebody new, by rules and marker."""
    text = twice.once(message.body)
    found = marked.newcomer(text, lead_fields.extract(text, message.now))
    twice.tell(message.body, found)
    introduced.leave_out(text, found)
    firms.tell(text, found)
    return found


def is_lead(message: Message) -> bool:
    """True when the message holds a telephone number and a name that nobody known bears."""
    found = lead(message)
    return bool(found.name and (found.mobile or found.landline or found.wechat)) and message.who.known is None


def read(message: Message) -> Reading | None:
    """Update of a known customer, or a new one; None when the message gives no such field."""
    if set_right := amended.told(message):
        return set_right
    if of_relative := family.as_note(message):
        return of_relative
    if not message.contact:
        return news.told(message)
    found = lead(message)
    glued = found.name in {message.who.words + more for more in "旧原新现"}  # 周工旧电话
    if message.who.known and (glued or called.is_own(found.name or "", message.who.known.name)):
        found.name = message.who.known.name
    if message.who.known and errands.told(message, found):
        return with_promise(Reading("note", message.who.known, note=message.text, confidence=OUTRIGHT), message)
    known = message.who.known or (message.current if _speaks_of_current(message, found) else None)
    if (
        _is_new(message, found, known)
        or _someone_else(found, known, bool(_RENAMED.search(message.body)))
        or (known is not None and f"不是{known.name}" in message.body)
    ):
        return new_customer(message, 0.9)
    if known is None:
        possible = tuple(c for c in message.who.candidates if _may_be(found, c))
        if possible and not message.who.stranger and not _new_by_sound(message, found):
            vague = found.name is not None and names.is_address(found.name)
            ask = "new_or_update" if vague else "which_customer"
            return Reading("update", candidates=possible, fields=found, note=message.text, ask=ask, confidence=0.5)
        return new_customer(message, 0.85)
    return _of_known(message, found, known)


def as_news(message: Message, known: Known) -> Reading:
    """What the message gives of a known customer, when it is sure that it is news of him."""
    found = lead_fields.extract(message.body, message.now)
    reading = _of_known(message, found, known)
    found.name = None
    if reading.ask == "new_or_update" or reading.action != "update":
        found.company, found.region = None, None
        return Reading("update", known, fields=found, note=message.text, confidence=0.8)
    return reading


def _is_new(message: Message, found: Fields, known: Known | None) -> bool:
    """True when the words tell of somebody new; 赵敏加了微信 is news of 赵敏."""
    new = cues.NEW.search(message.body)
    own = known is not None and found.name in (None, known.name) and message.who.strength >= customers.FULL
    return bool(new) and not (own and new is not None and "微信" in new.group())


def _new_by_sound(message: Message, found: Fields) -> bool:
    """True for a whole lead whose name only sounds like a known one, or is a common form of address."""
    lead = bool(found.company or found.source or found.industry)
    return lead and found.name is not None and (message.who.guessed or names.is_address(found.name))


def _may_be(found: Fields, known: Known) -> bool:
    """False when the name given cannot be the known customer's: a colleague's, or the same 王总 of another company."""
    if not found.name or known.phone in (*found.mobile, *found.landline):
        return True
    if names.is_address(found.name):
        called = found.name in known.nicknames or found.name in names.addresses(known.name, known.title)
        called = called or names.surname(found.name) == names.surname(known.name)
        return called and not (found.company and known.company and not firms.same(found.company, known.company))
    if not names.is_full_name(found.name):
        return True
    alike = bool(names.sounds(found.name) & names.sounds(known.name)) if names.is_full_name(known.name) else False
    return alike or found.name in (known.name, *known.nicknames) or known.name in found.name


def _of_known(message: Message, found: Fields, known: Known) -> Reading:
    numbers = [*found.mobile, *found.landline]
    if found.title and found.name and found.name.endswith(found.title) and message.body.count(found.title) == 1:
        found.title = None  # 张经理电话 …: how he is called is no news of his job
    said = cues.UPDATE.search(message.body) or cues.SET_FIELD.search(message.body)
    if found.name != known.name and (found.name in known.nicknames or names.is_address(found.name or "")):
        found.name = None  # how he is called is not his new name
    if firms.says_who(found.company, known, message.body):
        found.company = None  # 美达五金 王总 …: it says who he is
    if _REPLACED.search(message.body):  # 邮箱由甲改成乙: the later one
        found.email, found.wechat = found.email[-1:], found.wechat[-1:]
    if known.phone in found.mobile and len(found.mobile) > 1 and _REPLACED.search(message.body):
        found.mobile = [number for number in found.mobile if number != known.phone]
        numbers, said = [*found.mobile, *found.landline], _REPLACED.search(message.body)
    if known.phone in numbers and not said:
        if found.note:
            return Reading("note", known, note=message.text, confidence=0.8)
        return Reading("find", known, query=known.name, confidence=0.7)
    plain = found.company is None and found.title is None and len(_OF_NUMBER.sub("", found.note)) < _LONG_NOTE
    is_of_his = related.is_told_of(message.body, message.who.words) and not said
    if (numbers or found.wechat) and (is_of_his or others_numbers.is_told(message.body, message.who.words)):
        return with_promise(Reading("note", known, note=message.text, confidence=OUTRIGHT), message)
    is_plain = known.phone is None and (plain or others_numbers.is_his(message.body, message.who.words))
    if not numbers or (not others_numbers.may_be(message.body, message.who.words, numbers[0]) and (said or is_plain)):
        found.name = None if found.name != known.name else found.name  # a number comes with no new name or town
        found.region = found.region if re.search("地区|城市|地址|区域|搬", message.body) else None
        return Reading("update", known, fields=found, note=message.text, confidence=0.9)
    return Reading("update", known, (known,), found, note=message.text, ask="new_or_update", confidence=0.5)


_LONG_NOTE = 4  # characters that tell more than whose number it is
_OF_NUMBER = lazy.regex(
    "(?:办公室|公司|店里?|厂里?|家里?|单位|前台|财务|车间)?(?:新|老)?的?(?:联系电话|电话|号码|手机号?|座机|直线|分机|联系方式)"
    "|(?:登|记|存|录)(?:一?[下哈]|上|进去)*|[是的给我帮了:： ]"
)


_RENAMED = lazy.regex("改名|更名|改叫|名称变更")
_REPLACED = lazy.regex("不是|不用|停|旧|原来|之前|作废|改|换|错|变")


def _speaks_of_current(message: Message, found: Fields) -> bool:
    return message.current is not None and not found.name and not message.who.candidates


def _someone_else(found: Fields, known: Known | None, renamed: bool = False) -> bool:
    """True when name or company show that another person than the known one is meant; `renamed`: his firm was."""
    if known is None:
        return False
    named = found.name == known.name or (
        names.is_address(found.name or "") and found.name not in known.nicknames and known.phone not in found.mobile
    )
    if found.company and known.company and named and not firms.same(found.company, known.company):
        return not renamed
    if found.name and found.name != known.name and found.name not in known.nicknames:
        return (
            found.name not in names.addresses(known.name, known.title)
            and names.surname(found.name) != names.surname(known.name)
        ) or (
            names.is_full_name(found.name)
            and not names.is_address(found.name)
            and not names.sounds(found.name) & names.sounds(known.name)
        )
    return False
