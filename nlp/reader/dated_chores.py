"""Reminders without the word for it: a day, and what the rep has to do then.

4月1号给马老师订蛋糕, 4/10 2台样机到期，安排取回, 刘洋的押金条下个月五号要去换收据. Nobody else speaks or does it.
"""

from __future__ import annotations

from nlp import lazy
from nlp.reader import cues, tasks
from nlp.reader.reading import Message
from nlp.when import When

_FOR = lazy.regex(
    r"\s?(?:我?(?:要|得|去|记得|先))?(?:给|帮|替|陪|找)[^,，。了说]{1,8}?"
    "(?:订|送|买|寄|带|拿|做|打|装|修|换|办|报|发|取|准备|安排|约|退|补)"
)
_FALLS = lazy.regex(
    "到[期货]|过期|截止|失效|开[业学张工]|验收|交[货房付]|结束|年检|保养|运动会|[展年]会|婚礼|满月|搬家|进场|停[机产水电]|生日|大寿|纪念日"
)
_THEN = lazy.regex("^(?:记得|安排|准备|要|得|需|我)+")
_MARKS = lazy.regex(r"[,，;；。!！\s]+")
_NOT_OURS = lazy.regex("[他她]|自己|已|没|不(?!锈)|[了过]$|[?？吗]")
_TO_HIM = lazy.regex("[给跟和找帮替][他她]们?")
_HAS_TO = lazy.regex(
    r"\s?(?:要|得|该|记得|需要?|必须)[^,，。了]{0,10}?(?:去|拿|给|把|找|送|寄|带|交|换|取|办|续|补|盖|报|退|领|签)"
)
_PERSON = lazy.regex(
    "(?:司机|老婆|老公|儿子|女儿|孩子|[妈爸娘]|助理|会计|财务|秘书|同事|人|[总姐哥工]|师傅|朋友|爱人|太太|先生|采购|仓管|[店厂]长|主任|经理|老板|车|货|店|公司)$"
)
_FORBIDS = lazy.regex("(?:别|不要|甭|勿)(?!忘|漏|误|的|人)")  # 送束花，别送酒
_LONGEST = 10  # characters of a thing: 冰柜押金条


_FEAST = lazy.regex(
    r"\s?[^,，。;；]{0,8}(?:生日|大寿|纪念日)[\s,，。;；]+(?:记得|要|得|提前|准备)*(?:送|买|订|寄|打|准备)(?!了|过)"
    r"|\s?[^,，。;；\s]{0,6}(?:开[业张盘]|结婚|婚礼|满月|乔迁|搬家|升学宴?)[\s,，。;；]+(?:记得|要|得|去|提前|再)*"
    "(?:送(?![货样检了过])|包个?红包|随个?礼|祝贺|道贺|捧场|买[束个]?花)"
)


def is_attended(body: str) -> bool:
    """True where the last clause says that we have to be there: 下周二赵敏那边验冷柜 我得到场.

    >>> is_attended("周五孙丽装修进场 我要在场"), is_attended("周五孙丽装修进场 她自己要在场")
    (True, False)
    """
    there = _THERE.search(body)
    return there is not None and _NOT_TO_BE.search(body[: there.start()]) is None


_THERE = lazy.regex(
    r"(?<=[\s,，。;；])(?:(?:我|咱们?)们?(?:[和跟][^,，。;； ]{1,4}?)?(?:也|都|这边)*(?:一定|务必)?"
    r"(?:得|要|必须|需要?|应该|该)+|需要(?:我|咱们?)们?(?:派人)?|[他她]?[要得]我)"
    r"(?:亲自|本人|也|全程)*去?(?:[到在]场|[到去]?现场|出席|参加|旁[听站]|过去|去|在|陪(?:着|同)?|盯着?|守着?|看着)"
    r"(?:现场|一?[下趟天])*[吧哈啊。!！ ]*$"
)
_NOT_TO_BE = lazy.regex("[说讲]|没|[不别](?!锈)|已经?|取消|如果|要是|[?？吗]")


def is_opened(message: Message) -> bool:
    """True for 4月1号给马老师订蛋糕 …: a day to come and then what is done for somebody, or that we must be there."""
    ahead = tasks.ahead(message.body, message.now)
    day = next(iter(ahead), None)
    if is_attended(message.body) or (len(ahead) == 1 and _is_own_deed(message.body, ahead[0], message)):
        return True
    if day is None or day.on is None or day.on <= message.now.date():
        return False
    if day.span[0]:
        return _is_for_feast(message, message.body, day)
    return any(pattern.match(message.body, day.span[1]) for pattern in (_FOR, _FEAST))


def _is_for_feast(message: Message, body: str, day: When) -> bool:
    """True for 孙丽5月1号开业 要去送花篮: the name alone before the day."""
    return body[: day.span[0]].strip() == message.who.words and _FEAST.match(body, day.span[1]) is not None


def is_told(message: Message, body: str, day: When) -> bool:
    """True where something falls on the day and our deed ends the message, or a thing has to be taken somewhere."""
    if day.on is None or day.on <= message.now.date():
        return False
    if is_attended(body) or _is_own_deed(body, day, message):
        return True
    opening, rest = body[: day.span[0]].strip(), body[day.span[1] :].strip()
    if _NOT_OURS.search(_TO_HIM.sub("", rest)):
        return False
    if not opening:
        return _is_due(rest)
    return _is_for_feast(message, body, day) or _is_of_a_thing(message, opening, rest)


def _is_own_deed(body: str, day: When, message: Message) -> bool:
    """True for 明天下午王芳店里开张 我送花篮过去: what falls on the day, and then nothing but our own deed."""
    if day.on is None or day.on <= message.now.date() or cues.SPEECH.search(body):
        return False
    opening = body[: day.span[0]].replace(message.who.words, "", 1) if message.who.words else body[: day.span[0]]
    if len(opening) > _LITTLE:
        return False  # a story stands before
    *event, deed = _MARKS.split(body[day.span[1] :].strip(" 。!！"))
    if not "".join(event) or not deed.startswith(("我", "咱")) or _NOT_DONE_YET.search(deed):
        return False
    return len(event) == 1 and cues.VERB_FIRST.match(_OWN.sub("", deed)) is not None


_LITTLE = 3  # characters: 那边
_OWN = lazy.regex("^(?:我|咱)们?(?:[和跟][^,，。;； ]{1,4}?(?=[去来到送]))?(?:就|也|再|负责|来(?=.{2}))*")
_NOT_DONE_YET = lazy.regex("[的了过吗没?？](?!去|来)|不(?!锈)")


def _is_due(rest: str) -> bool:
    *event, deed = [piece for piece in _MARKS.split(rest.strip(" 。!！")) if not _FORBIDS.match(piece)] or [""]
    bare = _THEN.sub("", deed) or deed
    return bool(event) and _FALLS.search(" ".join(event)) is not None and cues.VERB_FIRST.match(bare) is not None


def _is_of_a_thing(message: Message, opening: str, rest: str) -> bool:
    words = message.who.words or "我"
    thing = opening.removeprefix(words) if opening.startswith(words) else ""
    is_thing = thing.startswith("的") and 1 < len(thing) <= _LONGEST and _PERSON.search(thing) is None
    return is_thing and _HAS_TO.match(rest) is not None
