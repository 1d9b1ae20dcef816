"""News of a customer that changes nothing yet: told for later (下月调去深圳), or without the new value (换手机号了)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp import lazy
from nlp.reader import cues, moments
from nlp.reader.reading import Message, Reading
from nlp.when import When, numerals

LONGEST = 40  # characters


@dataclass(frozen=True, slots=True)
class Coming:
    """What will be new of the customer, in the words of the message; `since` when, if a day is told."""

    words: str
    since: When | None = None


_SOON = (
    "(?:现在|目前|好像|可能|应该|估计|准备|打算|马上|就|要|会|将|也|都|正式|被|的|说|那边|他们|她们|家|公司|单位|办公室"
    "|厂里?|店里?|[,，\\s])*"
)
_CHANGES = lazy.regex(
    rf"^{_SOON}(?P<words>"
    r"(?:调(?:去|到(?!货)|往|回(?!货)|任|岗|动|走)|派(?:去|到|往|驻)|外派|搬(?:到|去|往|回|家|走|迁)|迁(?:到|往|至)|升(?![级温降价学旗])"
    r"|晋升|提拔|跳槽|转(?:到|去|岗|行|做|任)"
    r"|换(?:到|去|个?公司|个?单位|个?工作|岗|手机号?|电话|号码?|地方|东家)|改名|更名|离职|辞职"
    r"|退休|接任|接手"
    r"|当(?!面|天|时)|任|入职|去[^,，。]{2,10}(?:上班|任职|工作|当|做)|自己(?:开|干|创业)|单干|创业)[^,，。;；]{0,16})"
)
_VAGUE = lazy.regex(
    "明年|后年|[下后]半年|年后|过完年|过了年|过年后|开春|过(?:一?阵子?|段时间|几天|两天)|下个?季度|将来|以后(?!开会|都|就要?叫|我们|要叫|叫)|不久|即将"
    "|快要?(?![餐递捷手乐修印充客运])|马上要?|就要|准备要?|打算|将要?"
    "|要(?=[调派搬迁升晋提跳转换改更离辞退接当入单])"
)
_NO_NEWS = lazy.regex("[?？吗]|我|咱|提醒|记得|别忘|生日|能不能|是不是|升职宴|喜酒|庆功")
_DONE = lazy.regex("(?:已经?|刚|上[周个]?)[^,，。]{0,6}$")


def coming(message: Message) -> Coming | None:
    """What the message tells of the known customer for later; None where it tells of now, or of our own deed."""
    body, called = message.body, message.who.words
    if message.who.known is None or not called or message.contact or len(body) > LONGEST:
        return None
    if cues.REMIND.search(body) or cues.NOTE.match(body) or _NO_NEWS.search(body):
        return None
    for day in moments.ahead(body, message.now):
        if day.kind == "recur" or day.on is None or day.on <= message.now.date():
            continue
        before, after = body[: day.span[0]], body[day.span[1] :]
        told = _CHANGES.match(f"{_subject(before, called)}{_subject(after, called)}")
        if told is not None and called in f"{before}{after[: len(called) + 2]}" and not _DONE.search(before):
            return Coming(_ENDS.sub("", told["words"]), day)
    return _some_time(body, called)


def _some_time(body: str, called: str) -> Coming | None:
    """What is to come on no day that one could name: 明年搬到苏州, 快升总监了."""
    vague = _VAGUE.search(body)
    if vague is None:
        return None
    before, after = body[: vague.start()], body[vague.end() :]
    told = _CHANGES.match(f"{_subject(before, called)}{_subject(after, called)}")
    return Coming(_ENDS.sub("", told["words"])) if told is not None and not _DONE.search(before) else None


_ENDS = lazy.regex("[了啦吧。!！ ]+$")


def _subject(words: str, called: str) -> str:
    return words.replace(called, "", 1).strip(" ,，")


def as_note(message: Message) -> Reading | None:
    """The note of a message that tells of something to come."""
    found = coming(message)
    if found is None:
        return None
    reading = Reading("note", message.who.known, note=message.text, confidence=0.85)
    reading.coming = found
    return reading


_LEAD = r"^(?:的|他|她|家|那边|他们|最近|现在|刚|今天|又|也|已经?|把|都|说|[,，\s])*"
_END = r"(?:了|啦|咯|过了)?[。.!！~ ]*$"
_UNTOLD: tuple[tuple[str, str], ...] = (
    (
        "phone",
        "(?:换|改|变)了?(?:个|新)*(?:手机号?码?|电话号?码?|号码?|联系方式|联系电话)"
        "|(?:手机号?码?|电话号?码?|号码|联系方式)(?:换|改|变)",
    ),
    ("wechat", "(?:换|改)了?(?:个|新)*微信号?|微信号?(?:换|改|变)"),
    ("email", "(?:换|改)了?(?:个|新)*(?:邮箱|邮件地址)|邮箱(?:换|改|变)"),
    (
        "company",
        "(?:换|跳)了?(?:个|家|新)*(?:工作|公司|单位|东家|槽)"
        "|(?:公司|单位|店|厂)(?:改名字?|更名|换名字?|名字?(?:改|换|变))",
    ),
    (
        "address",
        "(?:公司|单位|办公室|厂子?|店铺?)?(?:搬家|搬地方|搬走|搬迁|搬|迁址|换地方|换地址)"
        "|(?:公司|单位|收货|办公)?地址(?:换|改|变)",
    ),
    ("title", "升职|高升|升官|升迁|(?:换|调)了?(?:个|新)*(?:岗位?|职位|部门)|职位(?:换|改|变|升)"),
    ("name", "改名字?|(?:姓名|名字)(?:打|写|记|登|录|输|搞|弄)?(?:错|改|不对)"),
    ("birthday", "生日(?:打|写|记|登|录|输|搞|弄)(?:错)|生日不对"),
)
_WRONG = "(?:打|写|记|登|录|输|搞|弄|填)?(?:错|不对|有误)"
_KEPT = (
    ("phone", "(?:手机号?码?|电话号?码?|号码|联系方式)"),
    ("wechat", "微信号?"),
    ("email", "邮箱"),
    ("company", "(?:公司|单位)名?字?"),
    ("address", "(?:公司|单位|收货|办公)?地址"),
    ("title", "(?:职位|职务)"),
)
_SAYS = tuple((name, lazy.regex(f"{_LEAD}{words}{_WRONG}{_END}")) for name, words in _KEPT) + tuple(
    (name, lazy.regex(f"{_LEAD}(?:{words}){_END}")) for name, words in _UNTOLD
)


def untold(text: str, called: str) -> str | None:
    """The field of which the text says that it is another now, and not what it is.

    >>> untold("孙丽换手机号了", "孙丽"), untold("孙丽换手机号了 13800138000", "孙丽"), untold("孙丽公司搬家了", "孙丽")
    ('phone', None, 'address')
    """
    plain = numerals.plain(text).strip()
    rest = plain.replace(called, "", 1) if called else plain
    if rest == plain:
        return None
    return next((name for name, pattern in _SAYS if pattern.match(rest)), None)


def value_of(text: str) -> str:
    """The answer to the question for a value without the words around it: 去了宏达科技, 新号是 138…

    >>> value_of("现在去了宏达科技"), value_of("新号码是 13800138000")
    ('宏达科技', '13800138000')
    """
    bare = _AROUND.sub("", text.strip())
    return re.sub("(?:了|啦|吧)+[。!！]*$", "", bare).strip() or text.strip()


_AROUND = lazy.regex(
    r"^(?:他|她|的|现在|新|公司|单位|手机|电话|号码?|地址|职位|名字?|微信|邮箱)*"
    r"(?:换[成到]|改[成为叫]|叫做?|是|去了?|到了?|搬[到去]了?|升了?|在|[:：\s])+"
)
