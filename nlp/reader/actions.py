"""The readers of the actions, in the order in which they are tried; the first that is sure answers."""

import re
from collections.abc import Callable

from nlp import fields as lead_fields
from nlp import names
from nlp.fields import money, places
from nlp.reader import asking, contacts, cues, instructions, orders, questions, reminders, several, strangers, tasks
from nlp.reader.reading import Message, Reading, with_promise

Reader = Callable[[Message], Reading | None]


def added(message: Message) -> Reading | None:
    """加客户 …: said outright."""
    command = lead_fields.COMMAND.match(message.body)
    if not command or not message.body[command.end() :].strip():
        return None
    reading = contacts.new_customer(message, 0.95)
    bare = re.match("新|潜|客户", command.group().strip())
    return None if bare and reading.ask and not message.contact else reading


def done(message: Message) -> Reading | None:
    """周报交了 不用再提醒了: a task is finished."""
    if len(message.body) > 40 or message.contact or _is_ahead(message) or cues.NOT_DONE.search(message.body):
        return None
    if not (cues.DONE.search(message.body) or _own_chore(message)):
        return None
    if any(amount.score >= _MARKED for amount in money.find(message.body)):
        return None  # 48k 搞定 may be an order
    return as_done(message)


def as_done(message: Message) -> Reading:
    """The message as the end of a task: its words but for those of the end say which."""
    what = re.sub(r"^[ ,。!了:]+|[ ,。!了:]+$", "", cues.DONE.sub("", message.body))
    return Reading("done", message.who.known, task_what=what or None, note=message.text)


_MARKED = 4  # the score of a sum with its unit
_CHORE = re.compile(
    r"(?:我)?(?:今天|上午|下午|这周|本周|上周)?的?(?P<what>[一-鿿A-Za-z0-9 ]{2,8}?)(?:已经|都|也|刚)?(?:开|写|做"
    r"|交|发|寄|办|弄|打|填|报|付|买|取|整理|处理|提交|更新|核对|安排|准备|打印|复印|下载|上传|审|签|盖|修|装|测"
    r"|调|查|订|定|备|洗|搬|清|存|登记|录|算|统计|排|约|通知|催|退|换)(?:完|好|妥|掉|过)?了[。! ]*"
)


_OVER = re.compile(
    "(?!.*(?:病|身体|心情|天气|关系|生意|行情|变|越来越|太|最|更|就|挺))[一-鿿A-Za-z0-9]{3,10}(?:完|好|妥)了[。! ]*"
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
    if cues.EACH_TIME.match(text):  # 每天早上7点 看报表 is to be reminded of
        return None
    named = message.who.known is not None or bool(message.who.candidates)
    if not named and (action := asking.book(text)):
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


def find(message: Message) -> Reading | None:
    """查李娟, 尾号8000的是谁, 王芳电话多少: a look-up."""
    text = message.body
    if len(text) > 40 or cues.REMIND.search(text):
        return None
    if (tail := cues.FIND_TAIL.search(text)) and (len(text) < 16 or re.search("谁|哪", text)):
        return Reading("find", message.who.known, query=tail["q"], note=text)
    if re.fullmatch(r"\s*(?:1[3-9]\d{9}|\d{4})\s*", text):
        return Reading("find", message.who.known, query=text.strip(), confidence=0.8)
    if direct := _spelled(message.body.strip().lower(), message) or _looked_at(message) or _wished(message):
        return direct
    if where := asking.condition(text):
        return Reading("find", query=where, note=text)
    asked = cues.FIND.match(text) or _asked_about(message)
    if asked and _is_query(asked["q"], message):
        return Reading("find", message.who.known, message.who.candidates, query=_trim(asked["q"]), note=text)
    if asking_only := _only_asks(message):
        return asking_only
    if cues.FIND_WHO.search(text) and not re.search("不知道|不清楚|不确定|没(?:说|问)", text):
        return Reading("find", message.who.known, message.who.candidates, query=_trim(text), note=text)
    return None


def as_look_up(message: Message) -> Reading:
    """The message as a look-up: of the customer named, else of its words without those of asking."""
    who, text = message.who, message.body
    if who.known:
        return Reading("find", who.known, query=who.known.name, note=text)
    for word in re.findall("[a-z]{2,20}", text.lower()):
        if spelled := _spelled(word, message):
            return spelled
    query = asking.condition(text) or _trim(asking.bare(text))
    return Reading("find", None, who.candidates, query=query, note=text)


def _spelled(word: str, message: Message) -> Reading | None:
    """The look-up for a word in pinyin (zhangwei, zw) that fits known customers."""
    if not re.fullmatch("[a-z]{2,20}", word):
        return None
    fitting = tuple(known for known in message.known if word in names.pinyin_keys(known.name))
    if not fitting:
        return None
    return Reading("find", fitting[0] if len(fitting) == 1 else None, fitting[1:] and fitting, query=word)


def _looked_at(message: Message) -> Reading | None:
    """The look-up 看看李娟的情况, when nothing but the customer is named."""
    match, known = cues.FIND_LOOK.match(message.body), message.who.known
    if not match or known is None or len(match["q"]) - len(message.who.words) > 2:
        return None
    return Reading("find", known, query=known.name)


_WISHED = re.compile(
    "^(?:嗯|啊|哦|那个|这个|帮我|麻烦|请|我|你|给我|想|要|先|再|[,，、 ])*"
    "(?:看看|看一?下|查查|查一?下|翻翻|翻一?下|调一?下|调出来?|找找|找一?下|瞅瞅)"
    "(?:那个|这个|咱们?|我们?)*$"
)
_WISHED_FOR = re.compile("(?:那边|那个|这边)?的?(?:资料|信息|档案|卡片|电话|号码|联系方式|记录|地址|生日|情况)")


def _wished(message: Message) -> Reading | None:
    """The look-up of a longer wish: 嗯我想看看那个赵敏的资料啊 她到底是哪个科室的."""
    known, words = message.who.known, message.who.words
    at = message.body.lower().find(words) if words else -1
    if known is None or at < 0 or not _WISHED.match(message.body[:at]):
        return None
    return Reading("find", known, query=known.name) if _WISHED_FOR.match(message.body, at + len(words)) else None


_RECORD = "资料|信息|档案|卡片|情况|记录|电话|手机号?|号码|微信号?|联系方式|地址|生日|历史|名片"
_ASKS = re.compile(
    rf"(?:{_RECORD})|那个|这个|客户|[调拉翻找查](?:出来|一?下|查)?|看(?:看|一?下|一眼)?|打开|显示|\d{3, 4}开头"
    rf"|发我|给我|帮我"
    rf"|一?下|出来|来|吧|呢|的|我|[?,. ]"
)
_ASKED = re.compile(rf"{_RECORD}|开头|[调拉翻找查]|看|打开|显示")


def _only_asks(message: Message) -> Reading | None:
    """The look-up 老马 西安那个 资料调出来看看: but for the customer and where he is, nothing but asking."""
    who, body = message.who, message.body
    if not who.known or not (_ASKED.search(body) or body.rstrip().endswith("?")):
        return None
    rest = body.lower().replace(who.words, " ", 1)
    for word in (*names.company_forms(who.known.company or ""), who.known.name.lower()):
        rest = rest.replace(word, " ")
    for place in reversed(places.find(rest)):
        rest = rest[: place.start] + rest[place.end :]
    return Reading("find", who.known, query=who.known.name) if not _ASKS.sub("", rest).strip() else None


def _asked_about(message: Message) -> re.Match[str] | None:
    """The match of 王芳电话多少; without a question word only when somebody known is named."""
    match = cues.FIND_ASK.match(message.body)
    if match and re.search("没|接|回|记|加|留|打|说|让|来$", match["q"]):
        return None
    if match and not (
        message.who.known
        or message.who.candidates
        or re.search("多少|是谁|哪|谁|什么|[?]|给我|发我|资料", message.body)
    ):
        return None
    return match


def _is_query(words: str, message: Message) -> bool:
    if re.search("[,,。;;]|了(?!没)|过(?!的)|聊|谈|确认|一下子|时间|原因|问题", words):
        return False
    named = bool(message.who.known or message.who.candidates)
    return len(words) <= 12 or (named and len(words) <= 20)


def _trim(words: str) -> str:
    words = re.sub(r"^(?:一下|下|客户|那个|这个|叫|姓|谁是|谁叫|有没有|有个|有)+", "", words.strip())
    words = _WHOSE.sub("", words)
    return (
        re.sub(
            r"(?:的?(?:电话|手机号?|资料|信息|联系方式|档案|情况|客户|卡片|号码|微信|记录|是谁|是哪个|的)|[??。 ])+$",
            "",
            words,
        )
        or words
    )


_WHOSE = re.compile(
    "(?:那(?:个|位|家|边)?(?:老头儿?|老板娘?|大姐|阿姨|小伙子?)?|个)?的?(?:(?:办公|公司)?(?:地址|电话|号码)|与|和|及|contact|info|phone|个(?=$))+$"
)


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
        return reminders.terse(message) or _noted(message, who.known, body, 0.9)
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
    from nlp.reader.customers import Known

    assert isinstance(customer, Known)
    bare = re.sub(r"[\s,,。!!??]", "", message.body)
    if bare == re.sub(r"\s", "", message.who.words) or bare == re.sub(r"\s", "", customer.name):
        return Reading("find", customer, query=customer.name, confidence=0.7)
    return with_promise(Reading("note", customer, note=body, confidence=confidence), message)


def _about_current(message: Message) -> bool:
    if strangers.named_in(message.body):
        return False
    return len(message.body) >= 4


ORDER: tuple[Reader, ...] = (
    several.told,
    added,
    instructions.meant,
    done,
    queries,
    find,
    questions.asked,
    reminders.remind,
    contact,
    order,
    reminders.planned,
    note,
    strangers.newcomer,
)
