"""Look-ups of customers: 查李娟, 尾号8000的是谁, 王芳电话多少, 武汉那个做物流的调出来."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp import lazy, names
from nlp.fields import places
from nlp.reader import asking, cues, described
from nlp.reader.customers import Known
from nlp.reader.reading import Message, Reading


def find(message: Message) -> Reading | None:
    """查李娟, 尾号8000的是谁, 王芳电话多少: a look-up, its query without the words around how he is called."""
    reading, words = _found(message), message.who.words
    if reading and reading.customer is None and len(reading.candidates) == 1:
        reading = replace(reading, customer=reading.candidates[0], candidates=())  # looking at him changes nothing
    if (
        reading
        and reading.customer
        and words
        and (words in (reading.query or "") or reading.query == reading.customer.name)
    ):
        return replace(reading, query=words)
    return reading


def _found(message: Message) -> Reading | None:
    text = message.body
    if len(text) > 40 or cues.REMIND.search(text):
        return None
    if (tail := cues.FIND_TAIL.search(text)) and (len(text) < 16 or re.search("谁|哪", text)):
        return Reading("find", message.who.known, query=tail["q"], note=text)
    if re.fullmatch(r"\s*(?:1[3-9]\d{9}|\d{4})\s*", text):
        return Reading("find", message.who.known, query=text.strip(), confidence=0.8)
    if direct := _spelled(message.body.strip().lower(), message) or _looked_at(message) or _wished(message):
        return direct
    said = None if message.who.known or message.contact else described.read(text, message.who.words, _may_be(message))
    if where := asking.condition(text):
        return Reading("find", query=where, note=text)
    if said and said.whole:
        return Reading("find", None, message.who.candidates, query=said.query, note=text)
    asked = cues.FIND.match(text) or _asked_about(message)
    if asked and _is_query(asked["q"], message):
        return Reading("find", message.who.known, message.who.candidates, query=_trim(asked["q"]), note=text)
    if asking_only := _only_asks(message):
        return asking_only
    if cues.FIND_WHO.search(text) and not re.search("不知道|不清楚|不确定|没(?:说|问)", text):
        return Reading("find", message.who.known, message.who.candidates, query=_trim(text), note=text)
    return None


def of_one_described(message: Message) -> Reading | None:
    """The look-up of the one customer who fits what is said: 把厦门那家服装公司调出来."""
    who = message.who
    if message.contact or (who.known and not who.guessed) or cues.REMIND.search(message.body):
        return None
    said = described.read(message.body, "" if who.guessed else who.words, _may_be(message))
    return Reading("find", said.known, query=said.query, note=message.text) if said and said.known else None


def _may_be(message: Message) -> Sequence[Known]:
    return message.who.candidates or message.known


def as_look_up(message: Message) -> Reading | None:
    """The message as a look-up: of the customer named, else of its words without those of asking."""
    who, text = message.who, message.body
    if who.known:
        return Reading("find", who.known, query=who.words or who.known.name, note=text)
    for word in re.findall("[a-z]{2,20}", text.lower()):
        if spelled := _spelled(word, message):
            return spelled
    if said := described.read(text, who.words, _may_be(message), True):
        return Reading("find", said.known, who.candidates, query=said.query, note=text)
    query = asking.condition(text) or _trim(asking.bare(text))
    if len(query) > _LONG_QUERY and not described.sought(text):
        return None
    return Reading("find", None, who.candidates, query=query, note=text)


_LONG_QUERY = 8  # characters: more is a sentence


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


_WISHED = lazy.regex(
    "^(?:嗯|啊|哦|那个|这个|帮我|麻烦|请|我|你|给我|想|要|先|再|[,，、 ])*"
    "(?:看看|看一?下|查查看?|查一?下|翻翻看?|翻一?下|调一?下|调出来?|找找看?|找一?下|瞅瞅|想想)[,，、 ]*"
    "(?:那个|这个|咱们?|我们?|上[次回]|之前|最近|前几天|跟|和|给|对|与|向)*$"
)
_WISHED_FOR = lazy.regex(
    "(?:(?:那边|那个|这边)?的?(?:资料|信息|档案|卡片|电话|号码|联系方式|记录|地址|生日|情况))"
    "|(?:那边|那次|上[次回]|之前|最近|后来|都|又){0,6}(?:聊|谈|说|讲|买|订|拿|报|签|欠|要|定|送|寄)(?:了|过|的)?(?:些)?"
    "(?:啥|什么|多少|哪些|几[个箱件台套单])"
)


def _wished(message: Message) -> Reading | None:
    """The look-up of a longer wish: 嗯我想看看那个赵敏的资料啊 她到底是哪个科室的."""
    known, words = message.who.known, message.who.words
    at = message.body.lower().find(words.lower()) if words else -1
    if known is None or at < 0 or not _WISHED.match(message.body[:at]):
        return None
    return Reading("find", known, query=known.name) if _WISHED_FOR.match(message.body, at + len(words)) else None


_RECORD = "资料|信息|档案|卡片|情况|记录|电话|手机号?|号码|微信号?|联系方式|地址|生日|历史|名片"
_ASKS = lazy.regex(
    rf"(?:{_RECORD})|那个|这个|客户|[调拉翻找查](?:出来|一?下|查)?|看(?:看|一?下|一眼)?|打开|显示|\d{{3,4}}开头"
    rf"|发我|给我|帮我"
    rf"|一?下|出来|来|吧|呢|的|我|[?,. ]"
)
_ASKED = lazy.regex(rf"{_RECORD}|开头|[调拉翻找查]|看|打开|显示")


def _only_asks(message: Message) -> Reading | None:
    """The look-up 老马 西安那个 资料调出来看看: but for the customer and where he is, nothing but asking."""
    who, body = message.who, message.body
    if not who.known or not (_ASKED.search(body) or body.rstrip().endswith("?")):
        return None
    rest = body.lower().replace(who.words.lower(), " ", 1)
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


_WHOSE = lazy.regex(
    "(?:那(?:个|位|家|边)?(?:老头儿?|老板娘?|大姐|阿姨|小伙子?)?|个)?的?(?:(?:办公|公司)?(?:地址|电话|号码)|与|和|及|contact|info|phone|个(?=$)){1,6}$"
)
