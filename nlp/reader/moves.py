"""What is told of a task that stands already: it is put off to another time, or called off.

Which task is meant, and whether there is one at all, decides who knows the tasks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from nlp import lazy, when
from nlp.reader import afterthoughts, called_off, corrections, cues, deeds, moments, moved_days, passed_on, put_right
from nlp.when import When, numerals

LONGEST = 60  # characters; a longer message tells a story


@dataclass(frozen=True, slots=True)
class Change:
    """A task is to be moved or called off.

    words: what it is called, '' for 那个; earlier: when it was due, if told; later: when it is due now, or `by` how
    much later; is_hour: `later` names no day; alone: the message says nothing else; hint: what is not done after all;
    corrects: it puts right what was typed just before (不对 是周四); is_afterthought: nothing but another time
    (还是大后天吧), is_bare: without a word that says instead; is_news: the customer's own doing may be meant
    (孙丽不见客户了); is_order: nothing but 取消 …, said to us; is_every: all tasks are meant (取消所有提醒);
    is_unwanted: goods may be what is not wanted (这个不要了); is_refusal: `earlier` does not suit him (周六不行 周日吧)
    is_again: it only says 再 (明天再打给孙丽), which may be said of what was never planned
    is_visit: the customer does not come (孙丽不来了): whatever he comes to is off
    """

    kind: Literal["move", "cancel"]
    words: str
    earlier: When | None = None
    later: When | None = None
    by: timedelta | None = None
    is_hour: bool = False
    alone: bool = True
    hint: str = ""
    corrects: bool = False
    is_afterthought: bool = False
    is_bare: bool = False
    is_news: bool = False
    is_order: bool = False
    is_every: bool = False
    is_unwanted: bool = False
    is_refusal: bool = False
    is_again: bool = False
    is_visit: bool = False

    @property
    def is_nameless(self) -> bool:
        """True where nothing tells which task, or that a task, is meant: 改到周五, 那个取消."""
        return not (self.words or self.earlier or self.is_every or self.corrects or self.hint)


_VERB = (
    "(?:改约|重新约|重约|另约|改期|改签|改|推迟|推后|推|延期|延后|延迟|顺延|延|挪|换|提前|提早|调整|调|移|放|拖|变更?"
    "|往[后前][推挪移延放提])"
)
_TO = lazy.regex(rf"(?P<verb>{_VERB}(?:一?下)?(?:成|到|为|在|至|去)?了?)[: ]?$")
_BY = lazy.regex(
    rf"(?P<sign>推迟|推后|延期|延后|延迟|顺延|往后[推挪移延放]|晚|推|延|提前|提早|往前[提挪移]|早)(?:了|上)?{deeds.LENGTH}"
    r"(?=了?(?:再?(?:寄|送|发|去|打|见|约|开|交|拜访|过去))?[吧哈啊。!！ ]*(?:$|[,，。;；]))"
)
_WHY = lazy.regex(  # why it is put off, behind the time
    r"(?<![\s,，])[\s,，]+(?:因为|那天)?(?:[^\s,，。;；]{0,8}?)(?:没空|没时间|没得空|有事|出差|不方便|不在|[来去]不了|不行|加班|生病|感冒"
    r"|发烧|住院|请假|不舒服|走不开|忙不过来)了?[。!！\s]*$"
)
_AGAIN = lazy.regex(
    r"\s?再(?:去|来|寄|送|发|打|约|见|办|开|交|拜访|联系|过去|上门|谈)(?!一?[趟次遍回些个])"
)  # 样品下周三再寄
_TO_ARRANGE = lazy.regex(r"[这本下]{0,2}个?(?:周|星期|礼拜|月)[初中底末]?\s?再[约见]")  # 来不了 下周再约: no time yet
_RIGHT_FIRST = lazy.regex("(?:哦|啊|呃|嗯)?(?:不对|[说记写打搞]?错了|口误)")
_RIGHT = lazy.regex(rf"(?P<verb>{_RIGHT_FIRST.pattern}[了,，。 ]*(?:应该)?(?:是|在|改[成到为]?)?)$")
_ASKS = lazy.regex("[?？吗]|能不能|可不可以|能否|是否|要不要|行不行|好不好")
_WISHED = lazy.regex(
    "建议|希望|想|申请|要求|问|最好|如果|要是|万一|可能|也许|打算|准备|争取|提醒我|记得|别忘|不要忘|没(?!空|时间|法|有?空)|别|不(?=改|推|延|挪|换)"
)
_CLAUSE = lazy.regex(r"[,，。;；!！\n]")
_OTHERS = lazy.regex("不打扰|价格|单价|金额|预算|交期|货期|账期|工期|订单|合同额|数量")  # what is changed is no task

_PLACE = lazy.regex(  # where they meet now is no part of what the task is called
    r"(?:见面|碰头|碰面)?(?:地点|位置)[^\s,，。;；]*|(?<=\s)[改换][在到去成][^\s,，。;；\d]{1,8}?[店楼馆城厅室场](?=[\s,，。;；]|$)"
)
_PART = "(?:早上|上午|中午|下午|傍晚|晚上|夜里|凌晨)"
_DENIED = lazy.regex(rf"({_PART}[^,，。;；不 ]{{0,6}})[,，。 ]*(?:而)?不是{_PART}[,，。 ]*")  # 是下午不是上午 三点
_EMPTY = lazy.regex(
    "那[个条件次场]|这[个条件次场]|改约|改期|改时间|[同原老]一?样?的?时间|(?:时间|钟点)?(?:不变|照旧)|提醒|任务|待办|闹钟|日程|安排|行程|时间|事情|麻烦|帮我|帮忙|给我|原定|原来|本来|原本|临时|约好|约定|定好|约了"
    "|不对|[说记写打搞]?错了|应该|口误|不在|没空|没时间|有事|来不了|去不了|不方便|不行|全部|所有|一切|每[个条件]|都"
    "|客户|他们|她们|我们|咱们?|[那这]边|[那这]|[喔哦噢啦囉咯唷喲]{1,8}$|[的把将从由请跟和与先再了都就是在于他她我也又得要事儿吧啊哈呢\\s,，。:：!！、-]"
)
_SAID = lazy.regex("^.*(?:说|讲|(?<![电对说通实])话(?=[ 的]*$)|通知|告诉|来电|打来|让我?们?|叫我?们?|催我?们?)[:, ]*")


def told(text: str, now: datetime, called: str = "") -> Change | None:
    """The change of a task that the text tells of; `called`: the words that name the customer in it.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> told("明天的拜访改到周五", now).words, told("价格改到周五", now), told("取消明天的拜访", now).kind
    ('拜访', None, 'cancel')
    """
    plain = _DENIED.sub(r"\1", numerals.plain(text).strip())
    is_said = len(plain) <= LONGEST and not _ASKS.search(plain) and not cues.NOTE.match(plain)
    if not is_said or passed_on.told(plain, now) is not None:
        return None
    settled, as_typed = corrections.settled(plain, now), _read(plain, now, called)
    said = as_typed if settled == plain else _read(settled, now, called)
    if said is None or as_typed is None:
        return said or as_typed
    is_same = as_typed.later is not None and said.later is not None and as_typed.later.value == said.later.value
    return as_typed if is_same and as_typed.earlier else said  # 明天没空，后天再去 takes nothing back


def _read(text: str, now: datetime, called: str) -> Change | None:
    found = when.find(text, now)
    told_of = (
        _moved(text, found, now, called)
        or _named_anew(text, found, now, called)
        or _shifted(text, found, called)
        or _off(text, found, called)
    )
    return told_of or (_instead(text, found, now) if not called else None)


def _instead(text: str, found: list[When], now: datetime) -> Change | None:
    """Nothing but another time, as it is said right after something was planned."""
    thought = afterthoughts.told(text, found)
    if thought is None:
        return None
    if thought.later is None:
        return Change("move", "", by=thought.by, corrects=True, is_afterthought=True)
    later = moments.resolved(thought.later, now)
    if not moments.is_ahead(later, now):
        return None
    if thought.is_refusal:
        return Change("move", "", thought.earlier, later, alone=not cues.SPEECH.search(text), is_refusal=True)
    is_hour = moved_days.HOUR.match(thought.later.words) is not None
    change = Change("move", "", None, later, None, is_hour, corrects=True, is_afterthought=True)
    return replace(change, is_bare=not thought.is_sure)


def _moved(text: str, found: list[When], now: datetime, called: str) -> Change | None:
    for place, later in enumerate(found):
        verb = _TO.search(text[: later.span[0]]) or _RIGHT.match(text[: later.span[0]])
        is_open = verb is not None or _TO_ARRANGE.match(text, later.span[0]) is not None
        again = _AGAIN.match(text[later.span[1] :]) if not is_open else None
        if again is not None and (place or _is_alone(text, text[: later.span[0]], "")):
            verb = re.search(r"(?P<verb>)\s*$", text[: later.span[0]])
        if verb is None or later.kind == "recur" or text[later.span[1] :].lstrip().startswith("的"):
            continue
        if _is_moved_on(text, found, place):
            continue
        resolved = moments.resolved(later, now)
        before = text[: verb.start()]
        if _WISHED.search(_last(before)):
            return None
        earlier, alone_hour = found[place - 1] if place else None, moved_days.HOUR.match(later.words) is not None
        if earlier is not None and earlier.on and (alone_hour or moved_days.SHORT_DAY.match(later.words)):
            resolved, alone_hour = moved_days.counted(earlier, later, resolved, now, verb["verb"]), False
        resolved, is_over = when.lately(later, now) or resolved, when.lately(later, now) is not None
        if not is_over and not moments.is_ahead(resolved, now):
            return None
        rest = text[later.span[1] :]
        if (why := _WHY.search(rest)) is not None:  # 推迟到周六量房 周五她没空
            rest, at = f"{rest[: why.start()]} ", later.span[1] + why.start()
            unsuited = next((one for one in found[place + 1 :] if one.span[0] >= at and one.on is not None), None)
            earlier = earlier or unsuited
        rest = moved_days.before_next(rest, later, found[place + 1 :])
        thing = _PLACE.sub(" ", f"{_without(_untold(_last(before)), earlier)} {_CLAUSE.split(rest)[0]}")
        words = _bare(thing, called)
        if _OTHERS.search(thing) or (again is not None and not words):
            return None
        corrects = _RIGHT_FIRST.match(text) is not None and not words and not called
        is_alone = _is_alone(text, before, rest) and not _PLACE.search(rest) and _untold(_last(before)) == _last(before)
        change = Change("move", words, earlier, resolved, None, alone_hour, corrects or is_alone, corrects=corrects)
        return replace(
            change, is_again=not verb["verb"], is_every=not words and bool(called_off.ALL.search(_last(before)))
        )
    return None


def _named_anew(text: str, found: list[When], now: datetime, called: str) -> Change | None:
    told_of = put_right.told(text, found, now)
    words = _bare(told_of[0], called) if told_of is not None else ""
    if told_of is None or not words or _OTHERS.search(words):
        return None
    return Change("move", words, None, told_of[1], None, moved_days.HOUR.match(told_of[1].words) is not None)


def _is_moved_on(text: str, found: list[When], place: int) -> bool:
    """True for 明天十点 in 改约 明天十点改到后天下午四点: the day before, and nothing but a verb behind it."""
    between = text[found[place].span[1] : found[place + 1].span[0]] if place + 1 < len(found) else ""
    return _TO.fullmatch(between.strip()) is not None


def _shifted(text: str, found: list[When], called: str) -> Change | None:
    shift = _BY.search(text)
    if shift is None or shift["unit"] in ("月", "工作日") or _WISHED.search(_last(text[: shift.start()])):
        return None
    before = text[: shift.start()]
    earlier = next((one for one in reversed(found) if one.span[1] <= shift.start()), None)
    words = _bare(_without(_last(before), earlier), called)
    minutes = deeds.minutes(shift) * (-1 if shift["sign"].startswith(("提", "早", "往前")) else 1)
    vague = shift["sign"] in ("晚", "早", "推", "延") and not (words or earlier)
    if not minutes or vague or _OTHERS.search(words):
        return None
    by = timedelta(minutes=minutes)
    return Change("move", words, earlier, None, by, False, _is_alone(text, before, text[shift.end() :]))


def _off(text: str, found: list[When], called: str) -> Change | None:
    first = called_off.OFF_FIRST.match(text)
    if first is not None and not _CLAUSE.search(first["what"]):
        day = next(iter(found), None)
        words = _bare(_without(first["what"], day), called)
        if day is None and not words and not called_off.NAMES_TASK.search(first["what"]):
            return None
        if _OTHERS.search(words):
            return None
        is_every = called_off.EVERY.search(first["what"]) is not None
        return Change("cancel", words, day, is_order=True, is_every=is_every, is_unwanted=called_off.is_of_goods(text))
    pieces = list(_PIECE.finditer(called_off.REASON.sub("取消了 ", text, count=1)))
    for piece in reversed(pieces):
        end = called_off.OFF_LAST.search(piece.group())
        if end is not None:
            return _called_off(text, piece, end, found, called, len(pieces) == 1)
    return None


_PIECE = lazy.regex(r"[^,，。;；!！\n\s]+")


def _called_off(
    text: str, piece: re.Match[str], end: re.Match[str], found: list[When], called: str, is_all: bool
) -> Change | None:
    """What the clause says is off: what stands in it before those words."""
    before, rest = piece.group()[: end.start()], end["whom"] or ""
    if _WISHED.search(before):
        return None
    day = next((one for one in reversed(found) if one.span[1] <= piece.start() + end.start()), None)
    words = _bare(f"{_without(before, day)} {rest}", called)
    is_named = bool(called) and called in f"{before}{end['visit'] or ''}{rest}" and end["visit"] is not None
    if _OTHERS.search(words) or not (day or words or is_named or called_off.NAMES_TASK.search(piece.group())):
        return None
    hint = re.sub("^[^去来打见约拜联回上问催盯追聊]*", "", end["visit"] or "")
    is_news = (
        bool(called)
        and not words
        and called_off.OWN.match(end.group()) is not None
        and called_off.is_doer(_without(before, day), called)
    )
    is_every = not words and called_off.EVERY.search(before) is not None
    is_unwanted = called_off.is_of_goods(piece.group())
    off = Change("cancel", words, day, hint=hint, is_news=is_news, is_unwanted=is_unwanted, is_every=is_every)
    return replace(off, alone=is_all and not cues.SPEECH.search(text))


def is_of_task(text: str) -> bool:
    """True where the words say that a task is meant: 提醒改到周五, not 改到周五."""
    return called_off.TASK.search(text) is not None


def _last(before: str) -> str:
    """The clause that the words end with."""
    return _CLAUSE.split(before)[-1]


_TOLD = lazy.regex("(?<![不约定])了$|(?:过来|来电)$")  # 女儿感冒了 周六体验课来不了: a sentence of its own


def _untold(clause: str) -> str:
    """The clause without what is told before a space in it."""
    *told, last = clause.rstrip().split(" ")
    if clause.endswith(" ") and _TOLD.search(last):
        told, last = [*told, last], ""
    return " ".join([*(piece for piece in told if not _TOLD.search(piece)), last])


def _without(words: str, day: When | None) -> str:
    return words.replace(day.words, " ", 1) if day is not None else words


def _bare(words: str, called: str) -> str:
    """What the thing is called, without the customer, who said so, and the words around it."""
    if called:
        words = words.replace(called, " ")
    return _EMPTY.sub("", _SAID.sub("", words))


def _is_alone(text: str, before: str, rest: str) -> bool:
    """True when the message says nothing beside the move."""
    others = [*_CLAUSE.split(before)[:-1], *_CLAUSE.split(rest)[1:]]
    return not any(re.search(r"\w", _EMPTY.sub("", piece)) for piece in others) and not cues.SPEECH.search(text)
