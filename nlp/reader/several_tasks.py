"""Several tasks in one message (明天打给孙丽，周五去拜访李娜): one text for each, with its own time and words."""

from dataclasses import replace
from datetime import datetime

from nlp import lazy
from nlp.reader import corrections, cues, day_times, days_in_turn, deeds, kept, strangers, tasks
from nlp.reader.reading import Message
from nlp.when import When, numerals

LONGEST, MOST = 150, 8  # characters of such a message, tasks of one
SHORTEST = 2  # characters of what is to be done
_MARK = lazy.regex(r"[,，。;；!！:：\n]+\s*|\s+")
_CLAUSE = lazy.regex(r"[,，。;；!！\n]")
_NUMBER = lazy.regex(r"^\s*(?:[((]?\d{1,2}[))、.．](?!\d)|[①-⑳]|[-*•·])\s*")
_ASKED = lazy.regex("提醒(?:一?下)?(?:我|大家)|^提醒|[叫喊]我(?!们)|记得|别忘|remind me")
_OPENING = lazy.regex(
    r"(?:我|还?要|得|再|就|也|那个|对了|ok|先|然后|接着|随后|顺便|另外|还有|以及|并且?|同时|和|到|请|麻烦|帮我"
    r"|提醒(?:一?下)?我?|[叫喊]我|记得|别忘了?|(?i:and|then|also)|[\s,，、:：+])*"
)
_AND = lazy.regex("(?:然后|接着|随后|另外|还有|以及|并且|同时|和|再|(?i:and|then)|[、\\s])+$")
_APART = lazy.regex("(?<=[今明]天)(?=后天)")
_THEN = lazy.regex("(?:然|随|之|以)后(?=[早晚上中下])")  # then, and no 后晚
_LEADING = lazy.regex("^(?:然后|接着|随后|另外|还有|以及|同时|[\\s,，、])+")
_CHORE = lazy.regex(
    "(?:开|例|早|晨|周|月|年|站|评审)会|盘点|体检|面试|值班|出差|培训|对账|报销|考试|述职|打卡|[打面]?电话|见面|吃饭|直播"
)
_NOT_OURS = lazy.regex(
    "(?:[他她]|对方|客户|人家)|到[货期账位]|开[业工学张标]|出院|投产|搬家|放假|停产|上线|[打回]款|付款(?!给)|结婚"
    "|生效|截止|到了|结束|散会|送到|不|没|改[到成为]?(?:上午|下午|[\\d周下后明])|取消|推迟|提前"
)
_WISH = lazy.regex("争取|尽量|希望|最好|如果|要是|万一|可能|也许|或者?")
_ASKING = lazy.regex("[?？]|[吗呢](?=$|[,，。 ])")
_WHETHER = lazy.regex("了没有?|了吗|没有?$")
_JOINED = lazy.regex(r"[、,，和跟与及&\s]{1,3}")
_FOR_EACH = lazy.regex(r"^\s*(?:各自?|都|分别|也?都?(?=有))+(?:有(?!空|事|时间|没))?")
_ONCE = lazy.regex("(?<=[醒叫喊]我)一[次遍回]|(?<=提醒)一[次遍回]")
_ARRANGED = lazy.regex("(?:(?<!签)约|问|通知|告诉|告知|转告)(?!回)[^,，。;； ]{0,4}[,，\\s]*$")
_STEP = lazy.regex(
    "提醒|记得|别忘|我(?!们?的)(?:这边|们)?(?:再|要|得|就)*(?:去|送|来|给|寄|发|带|开|催|跟|拉|过去)|[催问][他她]"
    "|(?:给|帮|跟|找)[他她](?:家|们)?(?:开|寄|发|送|打|报|对|办|联系)|回访|跟进|要给"
)
_ANOTHER = lazy.regex("[他她]|老公|老婆|爱人|儿子|女儿|对方|人家|要求|约我|叫我去")
_WITH_SOMEBODY = lazy.regex(
    "(?:[再去来先要得]|上门)*(?:[^,，。 ]{0,6}[他她]|(?:电话|微信)?(?:回访|拜访|跟进|联系)|上门|[催追问约]"
    "|打个?电话|打给|见面|[寄送](?!礼给)|[补发](?!周报|日报|月报|朋友圈)|报个?价|签|收(?:款|钱|货款|尾款|定金|样)|对账|验收|安装|量尺|确认|答复"
    "|回[复电话]|取样|拿合同|交货|交样|把(?:合同|报价|样品|资料|方案|货))"
)


def split(message: Message) -> tuple[str, ...]:
    """One text a task, in order, each with its whole time; () for a message with a single task or none.

    >>> from datetime import timedelta, timezone
    >>> from nlp.reader.reading import as_message
    >>> now = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
    >>> split(as_message("明天上午9点开会，下午2点去李娜那", now, ()))
    ('明天上午9点开会', '3月19日下午2点去李娜那')
    >>> split(as_message("10点和14点各提醒我喝水", now, ()))
    ('3月19日10:00提醒我喝水', '3月18日14:00提醒我喝水')
    """
    if len(message.body) > LONGEST:
        return ()
    text = _APART.sub("、", _THEN.sub(",", corrections.settled(message.body, message.now)))
    found = [one for one in tasks.ahead(text, message.now) if not one.anchored]
    if (warned := _each_warning(text)) and found:
        return warned
    if len(found) < 2 or tasks.changed(text, found):
        return ()
    if any(_ARRANGED.search(text[: one.span[0]]) for one in found[1:]):
        return ()  # 明天约孙丽 周五吃饭: the second time is what is arranged
    texts = _each_time(text, found, message.now) or _each_deed(text, found, message.now)
    turns = in_turn(message)
    texts = turns if len(turns) > len(texts) else texts
    return texts if 2 <= len(texts) <= MOST else ()


def in_turn(message: Message) -> tuple[str, ...]:
    """Days and deeds that take turns, or days that have one hour: 4月5号网签 4月20号过户, 六号七号也有培训 上午九点."""
    text = corrections.settled(message.body, message.now)
    found = tasks.ahead(text, message.now)
    told = days_in_turn.split(text, found, message)
    is_at_hour = len(found) > 2 and _hour_behind(text, found[:-1], found) is not None
    return told or (_each_time(text, found, message.now) if is_at_hour else ())


_WARNINGS = lazy.regex(
    rf"(?P<first>提[前早]{deeds.LENGTH})\s?(?:[和跟与、,，]|还有)+\s?(?P<second>提[前早]{deeds.ANOTHER_LENGTH})\s?(?:都|各|分别)*"
)


def _each_warning(text: str) -> tuple[str, ...]:
    """提前半小时和提前一天都提醒: one text for each."""
    both = _WARNINGS.search(text)
    if both is None:
        return ()
    return tuple(f"{text[: both.start()]}{one}{text[both.end() :]}" for one in (both["first"], both["second"]))


def is_dated_deed(text: str, now: datetime) -> bool:
    """True for 周五去拜访李娜: a time to come and what is to be done then.

    >>> is_dated_deed("周五去拜访李娜", datetime(2026, 3, 18, 10)), is_dated_deed("周五很忙", datetime(2026, 3, 18, 10))
    (True, False)
    """
    found = tasks.ahead(text, now)
    deed = tasks.what(text, found[0]) if found else ""
    return bool(cues.VERB_FIRST.match(deed) or _CHORE.match(deed))


def carries_on(deed: str) -> bool:
    """True for 回访一下, 催她签合同, 收款: done with whom the task before was about; 交周报 is not.

    >>> carries_on("回访一下"), carries_on("交周报"), carries_on("找赵总签字")
    (True, False, False)
    """
    return _WITH_SOMEBODY.match(deed) is not None and strangers.named_in(deed) is None


def beside_order(text: str, now: datetime) -> tuple[str, When] | None:
    """Our own step told beside an order (下周三我去送, 周五催她付尾款); the day of a delivery alone is a part of it.

    >>> found = beside_order("李娜订50箱 6000，周五催她付尾款", datetime(2026, 3, 18, 10))
    >>> found[0], found[1].value
    ('催她付尾款', '2026-03-20')
    >>> beside_order("李娜订了50箱 下周三送货 6000元", datetime(2026, 3, 18, 10))
    """
    text = numerals.plain(text)
    if len(text) > LONGEST:
        return None
    for time in tasks.ahead(text, now):
        if time.kind == "recur":
            continue
        marks = [mark.end() for mark in _MARK.finditer(text, 0, time.span[0])]
        begin = marks[-1] if marks else 0
        if len(marks) > 1 and deeds.only_asks(text[marks[-2] : begin]):
            begin = marks[-2]
        clause = _CLAUSE.split(text[begin:])[0]
        deed = tasks.what(clause, _moved(time, clause[: time.span[0] - begin]))
        if _is_our_step(clause) and len(deed) >= SHORTEST and not cues.PAST.search(deed) and not _ASKING.search(clause):
            return deed, time
    return None


def _is_our_step(clause: str) -> bool:
    """False where somebody else takes it: 老公周五来找她开票, 周五她给我送锦旗."""
    step = _STEP.search(clause)
    return step is not None and _ANOTHER.search(clause[: step.start()]) is None


def _each_time(text: str, found: list[When], now: datetime) -> tuple[str, ...]:
    """The same at several times: 10点和14点各提醒我一次, 明天后天都给李娜打电话."""
    run = [found[0]]
    for later in found[1:]:
        between = text[run[-1].span[1] : later.span[0]]
        is_its_hour = day_times.CLOCK.match(later.words) and run[-1].at is None
        if is_its_hour or later.deadline or later.value == run[-1].value or not _JOINED.fullmatch(between or "、"):
            break
        run.append(later)
    before, rest = text[: run[0].span[0]], text[run[-1].span[1] :]
    is_each = _FOR_EACH.match(rest) or _ASKED.search(rest) or _ASKED.search(before)
    if len(run) < len(found) and (hour := _hour_behind(text, run, found)) is not None:
        words = [f"{one}{hour.words.strip()}" for one in day_times.whole(run, now)] if len(run) > 1 else []
        rest = f"{text[run[-1].span[1] : hour.span[0]].rstrip()}{text[hour.span[1] :]}"
        deed = _FOR_EACH.sub("", rest)
        return tuple(f"{before}{one}{deed}".strip() for one in words) if deed != rest else ()
    if len(run) < len(found):  # 周四周五都要跑苏州，今晚提醒我 … tells of the first ones only
        return ()
    if len(run) < 2 or not is_each or "recur" in (one.kind for one in run) or rest.lstrip().startswith("的"):
        return ()
    rest = _ONCE.sub("", _FOR_EACH.sub("", rest))
    return tuple(f"{before}{words}{rest}".strip() for words in day_times.whole(run, now))


def _hour_behind(text: str, run: list[When], found: list[When]) -> When | None:
    """The hour at the end that holds for all of the days: 六号七号都有培训 上午九点."""
    last = found[-1]
    is_last = len(found) == len(run) + 1 and not text[last.span[1] :].strip(" ,，。!！")
    is_hour = last.at is not None and day_times.CLOCK.match(last.words) is not None
    return last if is_last and is_hour and all(one.kind == "date" for one in run) else None


def _each_deed(text: str, found: list[When], now: datetime) -> tuple[str, ...]:
    """A time and what is to be done then, one after another."""
    starts, times = [0], [found[0]]
    for place, later in enumerate(found[1:], 1):
        until = found[place + 1].span[0] if place + 1 < len(found) else len(text)
        begin = _beginning(text, starts[-1], later)
        own = _is_own(text[begin : later.span[0]], later, text[later.span[1] : until])
        if own and begin > times[-1].span[0] and _is_whole(text[starts[-1] : begin], times[-1], starts[-1]):
            starts.append(begin)
            times.append(later)
    ends = [*starts[1:], len(text)]
    units = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    asked = [bool(_ASKED.search(unit)) for unit in units]
    if len(units) < 2 or (any(asked) and not asked[0]):  # 27号去西安，26号晚上提醒我收拾样品 is one
        return ()
    if not asked[0] and not _is_own("", times[0], text[: times[0].span[0]] + text[times[0].span[1] : ends[0]]):
        return ()
    said = day_times.whole(times, now)
    return tuple(map(_with_time, units, starts, times, said))


def _with_time(unit: str, start: int, time: When, said: str) -> str:
    first, last = time.span[0] - start, time.span[1] - start
    whole = _LEADING.sub("", _NUMBER.sub("", f"{unit[:first]}{said}{unit[last:]}"))
    return whole.strip(" ,，、;；。\n")


def _beginning(text: str, start: int, later: When) -> int:
    """Where the stretch of the time begins: at its clause if nothing but fillers stand before it there, else at itself;
    at `start` where somebody else stands before it (她下周三要出差)."""
    at = later.span[0]
    marks = [mark.end() for mark in _MARK.finditer(text, start, at)]
    for begin in marks:
        if _OPENING.fullmatch(_NUMBER.sub("", text[begin:at])):
            return begin
    clause = text[marks[-1] if marks else start : at]
    if marks and not cues.VERB_FIRST.match(tasks.what(clause)) and not day_times.CLOCK.search(clause):
        return start
    joined = _AND.search(text, start, at)
    return joined.start() if joined else at


def _is_whole(unit: str, time: When, start: int) -> bool:
    """True when the stretch says what is to be done at its time."""
    first, last = time.span[0] - start, time.span[1] - start
    deed = tasks.what(f"{unit[:first]} {unit[last:]}")
    deed = _NUMBER.sub("", deed).strip(" ,，、")
    return len(deed) >= SHORTEST and not deeds.only_asks(deed)


def _is_own(opening: str, time: When, rest: str) -> bool:
    """True when the words at the time are a task of the rep's own, and no detail of the one before."""
    if rest.lstrip().startswith("的") or _WISH.search(opening) or _ASKING.search(rest):
        return False
    deed = tasks.what(next((one for one in _CLAUSE.split(rest.strip(" ,，。:：\n")) if one.strip()), ""))
    if len(deed) < SHORTEST or deeds.only_asks(deed) or _NOT_OURS.match(deed) or _WISH.match(deed):
        return False
    whole = f"{opening}{time.words}{rest}"
    if cues.PAST.search(_WHETHER.sub("", deed)) or kept.is_nobodys(whole, _moved(time, opening)):
        return False
    return bool(cues.VERB_FIRST.match(deed) or _CHORE.match(deed) or _ASKED.search(opening + rest))


def _moved(time: When, opening: str) -> When:
    return replace(time, span=(len(opening), len(opening) + len(time.words)))
