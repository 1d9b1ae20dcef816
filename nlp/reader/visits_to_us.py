"""A known customer's visit to us, told in a line of nothing else: 孙姐明天下午3点来做头发, 今晚7点孙姐来.

Where somebody says so, where it is off, or where more stands beside it, it is news of him and no such line.
"""

from __future__ import annotations

from nlp import lazy
from nlp.reader import cues, customers, reminders, tasks
from nlp.reader.reading import Message, Reading
from nlp.when import When

LONGEST = 28  # characters
SURE = 0.85
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
_NONE = lazy.regex(
    "[?？吗呢说问讲没不吧谁哪他她了]|取消|改[到成]|推迟|推到|可能|也许|想[来过]|提醒|每|生日|[¥￥元块]|前$|到账|欠"
)


def told(message: Message) -> Reading | None:
    """The visit as a reminder; None for any other line."""
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
    return reminders.as_reminder(message, SURE) if _COMES.fullmatch(rest) else None


def _only_time(message: Message) -> When | None:
    """The one time of the message, to come within a day told exactly; None where there is none or there are more."""
    found = tasks.ahead(message.body, message.now)
    if len(found) != 1 or found[0].kind == "recur" or found[0].deadline or found[0].on is None:
        return None
    return found[0] if found[0].at is not None or found[0].on > message.now.date() else None
