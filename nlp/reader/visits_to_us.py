"""A known customer's visit to us, told in a line of nothing else: 孙姐明天下午3点来做头发, 今晚7点孙姐来.

It is a note of him with the visit as our task. Where somebody says so, where it is off, where its day or hour is a
guess (10点 typed at noon, 6月, 周五之后), or where money or goods are counted, the line is read like any other.
"""

from __future__ import annotations

from nlp import lazy
from nlp.reader import cues, customers, tasks
from nlp.reader.reading import OUTRIGHT, Message, Reading
from nlp.when import When

LONGEST = 28  # characters
NAMED = (customers.FULL, customers.NICKNAME, customers.TITLE, customers.ADDRESS)
_BEFORE = "(?:那边|他们|一家|跟他朋友|带朋友|又|还|也|再|要|会|说好|约好|准备|[ ,，])*"
_PLACE = "(?:我们?|咱们?)?(?:这边|这里|这儿|公司|店|厂|展厅|门店|门市|校区|工厂|办公室|会所|馆)[里来]?"
_TO_DO = (
    "(?:(?:做|剪|染|烫|洗|吹|补|修|护理|美甲|上课|试[驾穿听吃课]?|看|谈|聊|签|拿|取|提|拉|验|领|换|交|付|办|选|挑|量|拍"
    "|保养|体验|参观|复[诊查]|检查|打[针包])[^,，。]{0,9})"
)
_COMES = lazy.regex(
    f"{_BEFORE}(?:(?:过来|来|到)(?:{_PLACE})(?:[^,，。]{{0,2}}{_TO_DO})?|(?:过来|来|到店)(?:{_TO_DO}|一?趟)?"
    f"|(?:预约|约)(?:过来|来|到店)?{_TO_DO})[。!~ ]*"
)
_DIGIT = lazy.regex(r"[\d一二两三四五六七八九十几半](?!起|下|次|趟|回)")
_DAY = lazy.regex(
    "[明后][天儿早晚日]|(?:周|星期|礼拜)[一二三四五六日天]|\\d[号日]|(?:今晚|今?天?(?:下午|晚上|傍晚)).*\\d"
)
_SINCE, _ENDS_SINCE = lazy.regex("[之以]?[后前]|起|开始"), lazy.regex("(?:[之以]?[后前]|起)$")
_NONE = lazy.regex(
    "[?？吗呢说问讲没不吧谁哪他她了]|取消|改[到成]|推迟|推到|可能|也许|想[来过]|提醒|每|生日|[¥￥元块]|前$|到账|欠"
)


def told(message: Message) -> Reading | None:
    """The note of the visit, with its time; None for any other line."""
    body, who = message.body, message.who
    if len(body) > LONGEST or who.known is None or who.strength not in NAMED or message.contact:
        return None
    time = _only_time(message)
    if time is None or _NONE.search(body) or cues.NOTE.match(body):
        return None
    start, end = time.span
    rest = f"{body[:start]}\n{body[end:]}"
    at = rest.lower().find(who.words.lower())
    if at < 0:
        return None
    rest = f"{rest[:at]}{rest[at + len(who.words) :]}".replace("\n", "").strip(" ,，")
    if _COMES.fullmatch(rest) is None or _DIGIT.search(rest):
        return None
    what = tasks.what(body, time) or body
    return Reading("note", who.known, note=message.text, confidence=OUTRIGHT, task_what=what, task_when=time)


def _only_time(message: Message) -> When | None:
    """The one time of the message, on a day told exactly and to come; None where there is none or there are more."""
    found = tasks.ahead(message.body, message.now)
    if len(found) != 1 or found[0].kind == "recur" or found[0].deadline or found[0].on is None:
        return None
    time = found[0]
    is_since = _SINCE.match(message.body, time.span[1]) or _ENDS_SINCE.search(time.words.strip())
    if _DAY.search(time.words) is None or is_since:
        return None
    return time if time.at is not None or (time.on is not None and time.on > message.now.date()) else None
