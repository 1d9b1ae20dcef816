"""That a reminder is not wanted any more: 打卡提醒停掉, 每周一的看库存别提醒了, 看库存的提醒以后不用了."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from nlp import lazy, when
from nlp.reader import cues
from nlp.when import numerals

_NOT = "(?:不用|不需要|不必|无需|用不着|不要|别|甭|莫|免)(?!忘)"
_OFTEN = r"(?:可以|以后|今后|往后|就|先|也|都|全|给我|帮我|给|了)*"
_PLEASE = "(?:请|麻烦|帮我|给我|把|能不能|可不可以|可以|能否)*"
_NO_REMINDERS = lazy.regex(
    rf"(?:提醒|闹钟){_OFTEN}(?:停|关|取消|撤|删|去)(?:掉|了|吧)*[。! ]*$"
    rf"|(?:提醒|闹钟){_OFTEN}{_NOT}再?(?:提醒|发|响|弄|设|来|推)?(?:给我)?[了吧]+[。! ]*$"
    rf"|(?:^|[,，。;；]){_PLEASE}(?:停|关|取消|撤|删|去)(?:掉|了)?[^,，。]{{1,12}}(?:提醒|闹钟)[了吧。! ]*$"
    rf"|{_NOT}再?(?:提醒|[叫喊催吵闹])我?[了吧]*[。! ]*$"
)
_NO_MORE_OF = lazy.regex(
    rf"^(?:请|麻烦|帮我|以后|今后|往后|就|都|也)*{_NOT}再?[^,，。;；]{{0,8}}?提醒我[^,，。;；]{{1,16}}?了?[。! ]*$"
)
_ASKS_ELSE = lazy.regex(
    "[?？吗]|(?<!不用)(?<!不要)(?<!别)(?<!甭)提醒我|记得|别忘|提醒(?:客户|他|她)|说|告诉|通知|跟|问"
)
_WISHED = lazy.regex(
    rf"嫌|(?:让|叫|要求?|请|喊|求|希望)(?:我们?|咱们?|你们?|公司|这边)+[^,，。;；]{{0,3}}?{_NOT}(?!忘)"
    rf"|{_NOT}再?(?:提醒|催|吵|闹)(?:[他她]们?|客户|对方|人家)"
    rf"|(?:说|讲|表示|回复|来电|打来)[^,，。;；了]{{0,6}}{_NOT}再?(?:提醒|催|吵|闹|打扰)"
)
_WAIVED = lazy.regex(
    rf"(?:说|讲|让|叫|要求?|希望|请|喊)[^,，。;；]{{0,10}}?{_NOT}(?:我们?|咱们?|你们?)?再?(?:给[他她]|跟[他她]|去|来)?"
    "(?:提醒|催|打电话|打给|打扰|联系|发(?:消息|微信|信息|短信)|找|去|来|过去|过来|上门|拜访|回访|送|寄|等)"
)
_MORE = lazy.regex(r"[,，。;；!！\s]|我(?:就|再|改|会|答应|说)")
_IS_OFF = lazy.regex("(?:拜访|见面|上门|约|会|电话|那边|那[里儿]?|的事)(?:都|就|先|又|临时)*(?:取消|作废|不[去见]了)")
_INSTEAD = lazy.regex("我(?!们?这)|改|答应|承诺|保证|另|重新|再约|下次")
_IS_IT_WELL = lazy.regex(
    r"(?<![,，\s])[,，\s]*(?:行不行|可不可以|好不好|成不成|(?:行|可以|好|成)[吗么嘛不])[?？。! ]*$"
)
_DID = lazy.regex(r"(?<=\w)(?:(?<!^[行好算对])(?<!太\w)(?<!太\w\w)了|[好过妥]|完[^,，。]{0,2})[,，。!！\s]")
_CLAUSE = lazy.regex("[,，。;；]")
_URGES = lazy.regex("[催吵烦]")
_REMINDER = lazy.regex("提醒|闹钟|任务|待办")
_EVERY_TIME = lazy.regex("以后|今后|往后|一直|永远|每|天天|再也|都不")
_WEEKDAY = lazy.regex("(?:周|星期|礼拜)([一二三四五六日天])$")
_AROUND = lazy.regex(
    r"以后|今后|往后|从今天起|从现在起|不用|不需要|不必|无需|用不着|不要|提醒|闹钟|任务|待办|那[个条件些]|这[个条件些]|取消|停掉|关掉|撤掉|删掉|停|关|撤|删"
    r"|麻烦|帮我|给我|可以|[请把将的我就先也都全再别甭莫免了吧掉叫喊催吵闹去发响设\s,，。!！]"
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A reminder is not wanted any more.

    words: what it is called, '' where only its days are told; rule: of which repetition, as in When.recurrence without
    its hour; weekday: 0 … 6 where one is named; on: the one day that is named; lasting: it says for ever or each time;
    is_pointed: 那个 or 提醒 stands behind the words, so that they need not be all of what it is called
    """

    words: str
    rule: str = ""
    weekday: int | None = None
    on: date | None = None
    lasting: bool = False
    is_pointed: bool = False

    @property
    def once(self) -> bool:
        """True when a single day is meant, and what repeats goes on."""
        return not self.lasting and (self.on is not None or self.weekday is not None)


def is_wished(text: str) -> bool:
    """True where another does not want to be reminded or pressed: his wish ends no reminder of ours.

    >>> is_wished("孙丽说以后不用提醒她了"), is_wished("叫我们别再催了"), is_wished("周报交了 别提醒了")
    (True, True, False)
    """
    return _WISHED.search(text) is not None


def is_waived(text: str) -> bool:
    """True where he wants no call, visit or reminder, or one is off, and nothing else is said: nothing was promised.

    >>> is_waived("孙丽说明天不用提醒她"), is_waived("孙丽让我别打电话给她"), is_waived("孙丽说别打电话 我明天去她店里")
    (True, True, False)
    >>> is_waived("下周三的拜访取消 孙丽出差"), is_waived("明天的拜访取消 我答应周五去")
    (True, False)
    """
    is_off = _IS_OFF.search(text) is not None and not _INSTEAD.search(text)
    return is_off or (_WAIVED.search(text) is not None and not _MORE.search(text.strip()))


def is_urged(text: str) -> bool:
    """True where 别催了 names no reminder: whom we press, the customer or the bot us, is not told.

    >>> is_urged("孙丽的事别催了"), is_urged("孙丽的提醒别催了")
    (True, False)
    """
    return _URGES.search(text) is not None and _REMINDER.search(text) is None


def told(text: str, now: datetime) -> Ending | None:
    """The ending that the text asks for.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> told("每周一的看库存别提醒了", now)
    Ending(words='看库存', rule='WEEKLY;MO', weekday=None, on=None, lasting=True, is_pointed=False)
    >>> told("以后周五的对账提醒不用了", now).weekday, told("明天的打卡不用提醒了", now).once
    (4, True)
    """
    plain = _IS_IT_WELL.sub("", numerals.plain(text).strip())
    if not is_told(plain):
        return None
    rest, rule = plain, ""
    weekday: int | None = None
    on: date | None = None
    for day in when.find(plain, now):
        named = _WEEKDAY.search(day.words)
        if day.kind == "recur" and day.recurrence:
            rule = ";".join(piece for piece in day.recurrence.split(";") if not re.match(r"T\d", piece))
        elif named is not None and not re.search("[这本下上]", day.words):
            weekday = "一二三四五六日天".index(named[1]) % 7 if named[1] != "天" else 6
        else:
            on = on or day.on
        rest = rest.replace(day.words, " ", 1)
    if not rule and on is None and weekday is None and _ALL.fullmatch(_AROUND.sub("", rest)):
        return None  # 所有提醒取消: those that there are now
    clauses = (_AROUND.sub("", clause) for clause in (_CLAUSE.split(rest)[-1], rest))
    return Ending(next(filter(None, clauses), ""), rule, weekday, on, _EVERY_TIME.search(plain) is not None)


_ALL = lazy.regex("(?:所有|全部|一切)")


_STOPPED = lazy.regex(
    r"(?P<what>[^,，。;；\s]{2,14}?)(?P<that>的?(?:那[个条件事]|提醒|任务|待办|闹钟)|的事)?[,，\s]*"
    r"(?:就|先|都|可以|给我|帮我){0,6}停(?:掉|了)[吧啊]?(?=$|[\s,，。;；!！])"
)


def stopped(text: str) -> Ending | None:
    """What 跟进孙丽 停掉 would end, if it repeats; whether it does tells who knows the tasks.

    >>> stopped("催孙丽那个停掉 以后不要了").words, stopped("机器没停"), stopped("孙丽的生产线停了三天")
    ('孙丽', None, None)
    """
    said = _STOPPED.match(numerals.plain(text).strip())
    words = _AROUND.sub("", said["what"]) if said is not None else ""
    return Ending(words, lasting=True, is_pointed=said is not None and said["that"] is not None) if words else None


def is_told(text: str) -> bool:
    """True when no reminder is wanted any more and nothing is said to be done.

    >>> is_told("打卡提醒停掉"), is_told("打卡那个不用提醒了"), is_told("周报交了 别提醒了"), is_told("提醒我说不用了")
    (True, True, False, False)
    >>> is_told("取消打卡提醒行不行"), is_told("王总让我们别再催了")
    (True, False)
    """
    text = _IS_IT_WELL.sub("", text)
    if _NO_MORE_OF.search(text):
        return True
    if not _NO_REMINDERS.search(text) or _ASKS_ELSE.search(text) or is_wished(text):
        return False
    return not (_DID.search(text) or cues.NO_MORE.search(text))


_SAID = lazy.regex(
    "(?i)(?:说|讲|表示|答复|回复)[:：,， ]?(?:已经?|都|也)*(?:ok|搞定|办[完好妥]|做完|完成|弄[完好])[了啦]?[。!！ ]*$"
)


def is_said(body: str) -> bool:
    """True for 王说ok了: somebody says that it is, and what is not told.

    >>> is_said("王说ok了"), is_said("王总说的那个搞定了")
    (True, False)
    """
    return _SAID.search(body) is not None
