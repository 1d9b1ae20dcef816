"""Whose number stands in a message about a known customer: who is to be asked for on an errand, or in his place."""

import re

from nlp import lazy, names, relations
from nlp.fields import Fields, extraction
from nlp.fields.phones import find as numbers_of
from nlp.reader import cues
from nlp.reader.reading import Message

_HANDS = lazy.regex("司机|保管员?|仓管员?|库管员?|门卫|保安|门房|传达室|送货员|跟车|装卸工?|收货员?|理货员?|师傅")
_ERRAND = lazy.regex("[送提收卸取拉装验]货|到了|到时候?|过去|找|(?:联系|[报问])[他她]")


def is_meant(text: str) -> bool:
    """True where a driver, keeper or the like is to be asked for, or comes: 陈志强的司机小张电话…明天来拉货."""
    return _HANDS.search(text) is not None and _ERRAND.search(text) is not None


def told(message: Message, found: Fields) -> bool:
    """True for the number of a driver or keeper to ask for, and of somebody whom he sends us to or steps aside for."""
    return _is_of_hand(message, found) or _is_of_stand_in(message) or _is_sent_to(message)


def _is_of_hand(message: Message, found: Fields) -> bool:
    """True for the number of a driver or keeper: 给张伟送货的司机老范电话…, 刘洋说提货找保管员老孟…."""
    words, body = message.who.words, message.body
    at = body.find(words)
    known = message.who.known
    own = f"{known.name} {known.company or ''}" if known is not None else ""  # 志强 of 陈志强的司机 is no firm
    if not words or at < 0 or not found.name or found.name == words or cues.NEW.search(body):
        return False
    if found.company and found.company not in own:
        return False
    behind = body[at + len(words) :]
    whose = body[:at].endswith("给") or re.match("(?:说|那边|他们|家|仓库|厂里?|工地|的)", behind)
    return bool(whose) and is_meant(body)


_STEPS_ASIDE = lazy.regex(
    "不在|没在|出差|请假|休(?:[产病年]?假|息)|不管|不再|不负责|不对接|换(?:了|成|人)?|离职|调走|调去|走了|以后|往后|今后|这段时间|最近|[让叫]我们?"
)
_POST = (
    f"(?:{relations.COLLEAGUES}|前台|行政|后勤|会计|出纳|财务|仓管|仓库|采购|技术|文员|内勤|跟单|调度"
    "|工程师|经办|老板娘?|厨师长|护士长)"
)
_WHO_STANDS_IN = lazy.regex(
    rf"(?:找|联系|对接|问|打给|见到了?|见了|碰到了?|遇到了?|接待|由|加|新来的?|{_POST})(?:的人?|(?<!的)人是|是|就|了|叫|一下)*(?:他们?|她们?|其|那边)?的?"
    rf"(?:一?[个位名])?{_POST}?的?(?:姓(?P<family>[一-鿿])的?{_POST}?|(?P<name>[一-鿿]{{2,3}}))[\s,，、:：(（]*$"
)
_NUMBER_LABEL = lazy.regex(
    r"(?i)(?:[\s,，、:：(（]|的|是|他|她|(?:电话|手机)(?:号(?!码)|码)?|联系方式|联系电话|号码|微信号?|wx|vx){1,12}$"
)
_INTRODUCED = lazy.regex("介绍|推荐|引荐|转介|新客户|朋友|同学|亲戚")


def _is_of_stand_in(message: Message) -> bool:
    """True where his people's number is told since he steps aside: 卸货找一个姓范的电话…刘洋自己不管了."""
    known, body = message.who.known, message.body
    if known is None or not _STEPS_ASIDE.search(body) or _INTRODUCED.search(body):
        return False
    before = _before_number(body)
    match = _WHO_STANDS_IN.search(_NUMBER_LABEL.sub("", before)) if message.who.words in before else None
    if match is None:
        return False
    name, own = match["name"] or "", names.surname(known.name)
    if name:
        is_told = cues.NEW.search(body) is None and (names.is_address(name) or names.is_full_name(name))
        return is_told and own not in (names.surname(name), names.surname(name[1:]))
    return names.surname(match["family"]) is not None and match["family"] != own


_PURPOSE = lazy.regex(
    "(?:对(?:接|账|图|尺寸|一?下)|[谈聊拿取]|沟通|确认|商量|安排)[^,，。;；\\s]{0,4}$"
)  # 跟小郭对尺寸
_SENT_TO = lazy.regex(
    "(?:(?:[让叫喊请要说托]|[有急]事|[的这]事(?:情|儿)?)[^。;；]{0,20}?(?:[跟和找打问加]|联系)(?:一?下|的|给)?"
    "|[给推发留]了?(?:我们?)?(?=[他她其]))"
    "(?P<whose>(?:[他她]们?|其)?(?:家|那边|公司|单位)?的?)(?P<who>[一-鿿]{2,10})$"
)
_ROLE = lazy.regex(
    f"(?:{relations.RELATION}|{_POST}|{_HANDS.pattern}|律师|房东|中介|设计师|施工队|物业|学生|员工|店员|代账|代理|货代)$"
)
_HIS_MAN = lazy.regex(
    f"(?:{relations.RELATION}|{_POST}|{_HANDS.pattern}|店长|经理|主管|老师)[一-鿿]{{1,3}}$"
)  # 她店长小芹
_WISHES = lazy.regex(
    "(?:想|要|需要|打算)(?:买|订|做|开|进|看|了解|咨询|办|换|装)|有(?:需求|意向|兴趣)|感兴趣|[做卖搞开][一-鿿]{1,6}的"
)


def _is_sent_to(message: Message) -> bool:
    """True where he sends us to somebody else: 李娟让跟她家装修公司小郭对尺寸 138…, 郑爽给了她房东电话 138…."""
    known, words, body = message.who.known, message.who.words, message.body
    at = body.find(words) if words else -1
    if known is None or at < 0 or _INTRODUCED.search(body) or cues.NEW.search(body):
        return False
    told = _PURPOSE.sub("", _NUMBER_LABEL.sub("", _before_number(body)[at + len(words) :]))
    match = _SENT_TO.search(told)
    if match is None or _WISHES.search(body[at + len(words) + len(told) :]):
        return False
    who, own = match["who"], names.surname(known.name)
    if _ROLE.search(who) or (match["whose"] and _HIS_MAN.match(who)):
        return True
    called = next(
        (who[-size:] for size in (4, 3, 2) if names.is_address(who[-size:]) or names.is_full_name(who[-size:])), ""
    )
    return bool(called) and own not in (names.surname(called), names.surname(called[1:]))


def _before_number(body: str) -> str:
    """What stands before the first number or WeChat name."""
    starts = [one.start for one in numbers_of(body)[:1]]
    if wechat := extraction.WECHAT.search(body):
        starts.append(wechat.start())
    return body[: min(starts, default=0)]
