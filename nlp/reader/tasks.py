"""What the rep promised or wants to be reminded of, and when."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from nlp import when
from nlp.fields import places
from nlp.reader import cues, kept
from nlp.when import PART_HOURS, When, numerals

NO_DEED = re.compile("不是同?一个?人|同名|重名")  # tells who somebody is: nothing is to be done
_CLAUSE = re.compile(r"[^,,。;;!!\n]+")
_LEAD_IN = re.compile(
    r"(?i)^(?:[\s,,::。、]|等会儿?|待会儿?|一会儿?|等一?下|晚点|记着|一个|啊|【提醒】|@我|一(?:上班|到公司|到单位"
    r"|有空)就?|回头|以后|请"
    r"|麻烦|帮我|帮忙|记得|别忘了?|不要忘了?"
    r"|提醒(?:一下)?(?:我"
    r"|大家)?(?:一下|下|一声)?|提醒|喊我|叫我|remind me(?: to)?|to\b|about|设个?(?:提醒"
    r"|闹钟)?|定个?(?:提醒|闹钟|时)?|加个?(?:待办|任务|提醒)|待办|todo|(?:我|我们"
    r"|咱们?)(?:说|答应(?:了)?|承诺)?(?:要|得|会|再)?(?!们)|(?:他|她)?说?让我们?|要我们?|叫我们?"
    r"|过去(?=[给找见看拜拿送取谈跟和把])|就|在|的时候|的|之?前|以前|会|要|得|务必要?|必须|一定要?|/remind"
    r"|don'?t forget(?: to)?|b"
    r"y|on"
    r"|at)"
)
_TRAIL = re.compile(
    r"(?i)(?:[\s,,。!!::~]|提醒(?:一下)?(?:我)?(?:一下|一声|下)?|叫我一声|叫我|喊我|记得"
    r"|by|on|at|before|哈|啊|吧|哦|噢|的)+$"
)


def resolved(found: When, now: datetime) -> When:
    """The expression with a part of the day turned into its hour (下午 → 15:00), at least now."""
    if found.kind != "part" or found.on is None or found.part is None:
        return found
    at = datetime.combine(found.on, datetime.min.time(), now.tzinfo) + timedelta(hours=PART_HOURS[found.part])
    if at <= now and found.on == now.date():
        at = (now + timedelta(minutes=30)).replace(second=0, microsecond=0)
    return replace(found, kind="datetime", at=at, value=f"{at:%Y-%m-%dT%H:%M}")


def is_ahead(found: When, now: datetime) -> bool:
    """True when the moment is still to come (today counts)."""
    if found.kind == "recur":
        return True
    return found.at > now if found.at else found.on is not None and found.on >= now.date()


def ahead(text: str, now: datetime) -> list[When]:
    """The expressions that lie ahead, parts of the day as hours."""
    return [resolved(found, now) for found in when.find(text, now) if is_ahead(resolved(found, now), now)]


def what(text: str, found: When | None) -> str:
    """What is to be done: the words without the time, the reminder words and the fillers around them."""
    if found:
        start, end = found.span
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}" if start else text[end:]
    text = _ASKED_AMID.sub(" ", text)
    previous = None
    while previous != text:
        previous = text
        text = _LEAD_IN.sub("", text)
    return re.sub("(?<=.)(?:[,， ]*别忘了?|是)$", "", _TRAIL.sub("", text).strip()).strip()


_LENGTH = r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2}|半)个?(?P<unit>天|工作日|周|星期|礼拜|小时|钟头|分钟|月)"
_SOONER = re.compile(f"提前{_LENGTH}|(?<=到期)前{_LENGTH.replace('?P<n>', '').replace('?P<unit>', '')}")
_ASKED_AMID = re.compile(
    rf"[,，\s]*(?:(?:那天|当天|到时候?|到点|届时|提前{_LENGTH})(?:再|就|,)?)+(?:记得)?(?:(?:提醒|叫|喊|通知|告诉"
    rf"|催)(?:一?下)?我(?:一声)?)?[,，\s]*"
    r"|(?<=\S)[,，\s]+(?:提醒|记得提醒)(?:一?下)?我(?:一声)?[,，\s]*"
    r"|[,，\s]*(?:别|不要)[让叫]我忘了?|[,，\s]+你?(?:帮我)?盯着我?点|提示我"
)


_CLOCK = re.compile(
    r"\s?(?:[上下中]午|早上|晚上|傍晚|凌晨|早|晚)?\s?(?:\d{1,2}[:：]\d\d|(?:\d{1,2}|[一两二三四五六七八九十]{1,2})点)"
)


def joined(text: str, found: list[When], now: datetime) -> tuple[str, list[When]]:
    """周一开早会 8点半 as 周一8点半 开早会: a day and the hour told behind the deed are one moment."""
    if len(found) < 2 or not _CLOCK.match(found[1].words):
        return text, found
    if found[0].kind != "date" and not (found[0].part and not re.search("[点:：]", found[0].words)):
        return text, found
    day, hour = found[0], found[1]
    text = f"{text[: day.span[1]]}{hour.words.strip()} {text[day.span[1] : hour.span[0]]}{text[hour.span[1] :]}"
    return text, ahead(text, now)


def sooner(text: str, event: When) -> When | None:
    """The moment so long before the event as 提前三天 says, or None; hours count only from a moment on the clock."""
    match = _SOONER.search(text)
    if not match or event.on is None or event.kind == "recur":
        return None
    words = re.search(_LENGTH, match.group())
    if words is None:
        return None
    count = 0.5 if words["n"] == "半" else float(numerals.integer(words["n"]) or 0)
    days = {"天": 1.0, "工作日": 1.0, "周": 7.0, "星期": 7.0, "礼拜": 7.0, "月": 30.0}.get(words["unit"])
    if days is None:
        minutes = count * (1 if words["unit"] == "分钟" else 60)
        at = event.at - timedelta(minutes=minutes) if event.at else None
        return replace(event, at=at, on=at.date(), value=f"{at:%Y-%m-%dT%H:%M}") if at else None
    back = timedelta(days=int(count * days) or 1)
    on, at = event.on - back, event.at - back if event.at else None
    value = f"{at:%Y-%m-%dT%H:%M}" if at else on.isoformat()
    return replace(event, on=on, at=at, value=value, deadline=False, kind="datetime" if at else "date")


def promise(text: str, now: datetime, people: tuple[str, ...] = ()) -> tuple[str, When] | None:
    """The rep's own next step with its time, or None; what the customer will do is no task."""
    found = [f for f in ahead(text, now) if f.kind != "recur"]
    if (moved := changed(text, found)) and moved[0]:
        return moved
    best: tuple[int, str, When] | None = None
    for expression in found:
        clause, start = _clause(text, expression)
        weight = _weight(_near(clause, expression, start), people, expression.words, text[:start])
        today = expression.kind == "date" and expression.on == now.date()
        told = cues.PAST.search(clause) or not (expression.deadline or _STILL.search(clause))
        if (today and told) or _NOT_DONE.match(text, expression.span[1]) or kept.task_is_off(text, expression, today):
            continue
        if weight > 0 and (best is None or weight >= best[0]):
            inner = replace(expression, span=(expression.span[0] - start, expression.span[1] - start))
            deed = what(_own_part(clause), replace(inner, span=_moved(clause, inner.span)))
            best = (weight, _with_context(deed, text[:start]), expression)
    return (best[1], best[2]) if best and best[1] else None


def dated(text: str, now: datetime) -> tuple[str, When] | None:
    """The clause with the first day ahead, whoever speaks: for a note that is known to promise something.

    The day of a call or visit that is told of is no such day.
    """
    text = numerals.plain(text)
    for expression in ahead(text, now):
        clause, start = _clause(text, expression)
        if expression.kind == "recur" or (expression.on == now.date() and _TOLD.search(clause)):
            continue
        before, after = clause[: expression.span[0] - start], clause[expression.span[1] - start :]
        return what(before.rstrip() + after.lstrip(), None), expression
    return None


_OBJECT = re.compile("[给他她它回打发寄送报再去来算问看带做定约 ]|过去|一下|过来")


_STILL = re.compile("我|咱|答应|承诺|保证|约|要|得|会|再|必须|务必|之?前|内|发|寄|送|给|报|回(?:电|复|他|她)|打")


_NOT_DONE = re.compile(r"\s*(?:也|还|都|就|先)?(?:没|不用|不来|不去|不在|别|未)")


def _near(clause: str, expression: When, start: int) -> str:
    """The clause, or of one that runs on without a mark what stands around the day: 他说下个月搬家到时候…让我备货."""
    if len(clause) <= 28:
        return clause
    begin, end = expression.span[0] - start, expression.span[1] - start
    return clause[max(0, begin - 14) : end + 14]


def _with_context(deed: str, before: str) -> str:
    """The deed; one of two words gets the clause before it, so that the task says what it is about."""
    last = re.split(r"[,，。;；!！\s]", before.strip(" ,，。;；!！"))[-1]
    if _OBJECT.sub("", deed) or not 1 < len(last) <= 16 or re.search(r"\d{4}|@", last):
        return deed
    return deed if places.leading(last) == len(last) else f"{last} {deed}".strip()


_TOLD = re.compile(f"{cues.PAST.pattern}|来电|打来|来访|来信|说(?![法明])|反映|投诉|抱怨|反馈|收到|见了|聊")
_MOVED = re.compile(
    r"(?:改|推迟|推|延期?|延迟|挪|换|提前|提早|变|调整|调|移)(?:成|到|为|在|至)了?[: ]?$|(?:不对|错了|说错了|记错了|搞"
    r"错了)"
    r"[,。 !是]*(?:应该)?是?[^,。是]{0,4}(?:是|改)$"
    r"|(?:不对|错了|说错了|记错了|搞错了|[哦噢啊呃额]不是?|不不|口误)[,。 !]*$"
)
_TOLD_BY = re.compile(r"^.*(?:说|讲|通知|告诉我?|要求|让我们?|打来|来电)[:, ]*")
_WEEKDAY_ALONE = re.compile(
    r"^(?:周|星期|礼拜)[一二三四五六日天]|^\d{1,2}[点:]|^[两三四五六七八九十一]{1,2}点|^[上下]午"
)


def changed(text: str, found: list[When]) -> tuple[str, When] | None:
    """The later one of two times, said with 改到 or 不对, and what is to be done then; None without such words.

    A bare weekday or hour counts from the earlier time: 下周三改到周四 is the Thursday after that Wednesday.
    """
    for place, later in enumerate(found):
        head = _MOVED.search(text[: later.span[0]])
        if not head:
            continue
        earlier = found[place - 1] if place else None
        if earlier and earlier.on and _WEEKDAY_ALONE.match(later.words):
            later = _counted_from(earlier.on, later)
        clause, start = _clause(text, later)
        corrected = re.search("不|错|口误", head.group())
        if earlier is None and not corrected and not _is_own(clause[: max(0, head.start() - start)]):
            continue  # 招标推迟到下季度: their matter
        before = _TOLD_BY.sub("", clause[: max(0, head.start() - start)])
        if earlier and earlier.words in before:
            before = before.replace(earlier.words, " ")
        after = re.split(r"[,，。;；]", text[later.span[1] :])[0].strip()
        return _done_then(before.strip(" ,把将从由"), after), later
    return None


def _is_own(before: str) -> bool:
    """True when the deed that was moved is the rep's: a reminder, a visit, something to send."""
    own = cues.OWN.search(before) or cues.REP_VERB.search(before) or cues.VERB_FIRST.match(before.strip())
    return bool(own or re.search("提醒|会议|拜访|回访|样品|交货|送货|发货|培训|演示", before))


def _counted_from(day: date, found: When) -> When:
    anchor = datetime.combine(day, datetime.min.time(), found.at.tzinfo if found.at else UTC)
    again = when.first(found.words, anchor)
    if again is None:
        return found
    again = resolved(again, anchor)
    return replace(again, span=found.span, words=found.words)


def _done_then(before: str, after: str) -> str:
    """样品 + 带 → 带样品; else both as they stand."""
    if before and len(after) == 1 and re.fullmatch("[\u4e00-\u9fff]{1,6}", before):
        return after + before
    return _TRAIL.sub("", f"{before} {after}").strip()


_OWN_START = re.compile("(?:[他她]|客户|对方)?(?:们)?说?(?:让|叫|要|催)我|我(?:们)?(?:说|答应|承诺|保证)?")


def _own_part(clause: str) -> str:
    """The clause from where it turns to the rep on."""
    return clause[_own_start(clause) :]


def _own_start(clause: str) -> int:
    places = [m.start() for m in _OWN_START.finditer(clause) if m.start() > 8]
    return places[-1] if len(clause) > 24 and places else 0


def _moved(clause: str, span: tuple[int, int]) -> tuple[int, int]:
    start = _own_start(clause)
    return (max(0, span[0] - start), max(0, span[1] - start))


def _clause(text: str, expression: When) -> tuple[str, int]:
    """The stretch between marks around the expression; a space divides too when what it leaves can stand alone."""
    marks = [(m.start(), m.end()) for m in _CLAUSE.finditer(text)]
    start, end = next(((a, b) for a, b in marks if a <= expression.span[0] < b), (0, len(text)))
    end = max(end, expression.span[1])
    before = text.rfind(" ", start, expression.span[0])
    if before >= 0:
        start = before + 1
    after = text.find(" ", expression.span[1] + 1, end)
    if after >= 0 and text[expression.span[1] : after].strip():
        end = after
    return text[start:end], start


# 后天回, 明天发: the time and hardly more than the deed.
_BARE_DEED = re.compile(
    "(?:我|再|就|一定|肯定|必须|务必|马上|准时|先|尽量)*(?:回|发|寄|送|报|打|去|给|答复|回复|联系|确认|交|处理"
    "|解决|补|换|改|办|做|出)"
    "(?:复|话|电|过去|出去|出来|给|一下|一趟|他|她|客户|样|货|好|完|掉)*"
)


def _weight(clause: str, people: tuple[str, ...], words: str, before: str) -> int:
    weight = 0
    if cues.OWN.search(clause):
        weight += 3
    if cues.OUR_SIDE.search(clause) and not re.search("他们|她们|对方|客户", clause):
        weight += 2
    elif _BARE_DEED.fullmatch(deed := clause.replace(words, "", 1).strip(" 。!")) and (
        re.search("我(?!们)", before) or re.search("[他她]|客户|一定|必须|务必|马上", deed)
    ):
        weight += 3
    if cues.REP_VERB.search(clause):
        weight += 2
    if cues.OTHERS.search(clause) and not re.search("(?:让|叫|要|催)(?:我|我们)", clause):
        weight -= 2 if cues.OWN.search(clause) else 3
    if any(clause.lstrip().startswith(name) for name in people) and not re.search("我|约", clause):
        weight -= 2
    if re.search("[吗??]$", clause.rstrip()):
        weight -= 2
    return weight
