"""Which of a reminder's times is meant: the one at the asking, so long before the event, or the day and hour apart."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from nlp import lazy, when
from nlp.reader import corrections, deeds, task_clauses
from nlp.when import PART_HOURS, When

_CLOCK = lazy.regex(
    r"\s?(?:[上下中]午|早上|晚上|傍晚|凌晨|早|晚)?\s?(?:\d{1,2}[:：]\d\d|(?:\d{1,2}|[一两二三四五六七八九十]{1,2})点)"
)
_PART = lazy.regex("[上中下]午|早上?|晚上?|傍晚|凌晨")
_HOUR_ALONE = lazy.regex(rf"{_CLOCK.pattern}(?:钟|整|半|[一三]刻|[零一二三四五六七八九十\d]{{1,3}}分?)?")
_DAY_ALONE = lazy.regex(r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]")
_MOVED_TO = lazy.regex("(?:改|推迟|推|延|挪|换|提前|移)(?:到|成|为|至)?$")  # 明早的会改到9点半 tells two times
_ASKED_BEHIND = lazy.regex(
    r"(?i)(?:[这那]一?天|当[天日])?(?:钟|左右|整|的?(?:时候|时间))?[\s,，的]{0,2}(?:请|麻烦|记得|务必|准时|再|就|你|帮我|先){0,6}(?:提醒|(?:叫|喊|催|通知|告诉|提示|闹|戳|吼)(?:一?下)?(?:我|大家)"
    r"|(?:ping|call|remind|nudge)\s?(?:me|我))"
)
_ASKED_AHEAD = lazy.regex(r"提醒(?:一?下)?(?:我|大家)?(?:一?[下声])?[\s,，:：]{0,2}(?:在|于)?$")


def resolved(found: When, now: datetime) -> When:
    """The expression with a part of the day turned into its hour (下午 → 15:00), at least now."""
    if found.kind != "part" or found.on is None or found.part is None:
        return found
    at = datetime.combine(found.on, datetime.min.time(), now.tzinfo) + timedelta(hours=PART_HOURS[found.part])
    if at <= now and found.on == now.date():
        at = (now + timedelta(minutes=30)).replace(second=0, microsecond=0)
    return replace(found, kind="datetime", at=at, value=f"{at:%Y-%m-%dT%H:%M}")


def is_ahead(found: When, now: datetime) -> bool:
    """True when the moment is still to come (today counts); a day of a few weeks ago is none of next year."""
    if found.kind == "recur":
        return True
    if when.lately(found, now) is not None:
        return False
    return found.at > now if found.at else found.on is not None and found.on >= now.date()


def ahead(text: str, now: datetime) -> list[When]:
    """The expressions that lie ahead, parts of the day as hours."""
    every = when.find(text, now)
    told = (one for one in every if not _is_no_time_ahead(text, one) and not _is_over(text, one, every, now))
    each = ((one, resolved(one, now)) for one in told)
    return [later for found, later in each if is_ahead(later, now) or (_is_kept_yearly(text, found) and later.on)]


_ASKED_FOR = lazy.regex("提醒|[叫喊催]我|记得|别忘")
_WAS_THERE = lazy.regex(r"\s?我?在(?![线校职建])[^,，。;；\s]{2,8}(?=$|[\s,，。;；])")


def since(text: str, now: datetime) -> str:
    """The text without the part of the day that is over, where a later one follows: 早上在康美口腔 下午去张伟那边."""
    every = when.find(text, now)
    if len(every) < 2 or not _is_over(text, every[0], every, now) or text[: every[0].span[0]].strip():
        return text
    return text[every[1].span[0] :]


def _is_over(text: str, one: When, every: list[When], now: datetime) -> bool:
    """True for the morning in 早上在康美口腔 下午去张伟那边, said at eleven: the day that is told began with it."""
    is_bare = _PART.fullmatch(one.words.strip()) is not None and one.on is not None and one.on > now.date()
    if not is_bare or _ASKED_FOR.search(text):
        return False  # 早上叫我起床 晚上叫我吃药
    if _WAS_THERE.match(text, one.span[1]):
        return True  # 早上在康美口腔
    later = next((other for other in every if other.span[0] >= one.span[1]), None)
    return later is not None and later.on == now.date() and _PART.match(later.words.strip()) is not None


_MONTH = lazy.regex(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")
_PAPER = lazy.regex(
    r"\s?的?(?:战报|报表|月报|报告|业绩|销量|销售额?|账单|对账单|流水|报价单|价格表|工资条?|提成|数据|明细|排名|考勤|发票|总结|汇总|台账)"
)


def _is_of_paper(text: str, found: When) -> bool:
    """True for the month of 3月的战报: so a paper is called, whenever it is sent."""
    return _MONTH.fullmatch(found.words.strip()) is not None and _PAPER.match(text, found.span[1]) is not None


def _is_no_time_ahead(text: str, one: When) -> bool:
    costs = one.kind == "recur" and deeds.FOR_A_SUM.match(text, one.span[1]) and not _ASKED_FOR.search(text)
    return bool(costs or _EXCEPT.match(text, one.span[1])) or _is_of_paper(text, one) or _is_told_of(text, one)


_THIS_DAY = lazy.regex(
    r"(?:今[天日早晨]|今儿个?)?的?(?:凌晨|[清大]?早[上晨]?|上午|中午|下午)?\s?[\d:：一二两三四五六七八九十点半钟分刻]*"
)
_DID_THEN = lazy.regex(
    r"\s?(?:我们?|也|又|刚|就|已经){0,6}(?![^,，。;；\s]*[把再就后要得])[^,，。;；\s了把]{0,8}?"
    r"(?:联系|通|见|聊|谈|拜访|走访|打|碰到?|跑|送|去)了(?!吧|没|吗|叫|喊|提醒|告诉)(?=[^,，。;；\s]{1,6})"
)


def _is_told_of(text: str, one: When) -> bool:
    """True for the hour of what was done: 今早跟老刘通了电话, 早上九点见了赵敏; 下午去把合同签了 is to be done."""
    words = one.words.strip()
    is_this_day = bool(words) and _THIS_DAY.fullmatch(words) is not None and one.kind != "recur" and not one.deadline
    return is_this_day and _DID_THEN.match(text, one.span[1]) is not None and "提醒" not in text


def is_at_hour(clause: str, expression: When, start: int) -> bool:
    """True for 孙丽说下午三点视频会: an hour that is said to come, and nothing done behind it."""
    behind = clause[expression.span[1] - start :]
    return (
        _AT_HOUR.search(expression.words) is not None and bool(behind.strip()) and not re.search("[了过没不]", behind)
    )


_AT_HOUR = lazy.regex(r"[\d一二两三四五六七八九十半]点|\d[:：]\d\d")
_EXCEPT = lazy.regex(r"\s?(?:除外|除开)")  # 工作日都在，周末除外
_KEPT_YEARLY = lazy.regex("生日|生辰|寿|周年|纪念日|店庆|厂庆")


def _is_kept_yearly(text: str, found: When) -> bool:
    """True for the day of what comes each year (生日3月10日): one that is over is next year's."""
    start, end = found.span
    near = f"{text[max(0, start - 5) : start]} {text[end : end + 5]}"
    return found.kind == "date" and _KEPT_YEARLY.search(near) is not None


def meant(text: str, found: list[When], now: datetime) -> tuple[When, tuple[When, ...]] | None:
    """The time of the reminder, and the times that are told for it alone; None when there is none.

    Of several: the one beside the asking (26号答辩 25号晚上提醒我), else one counted from another (头一天晚上).
    """
    if not found:
        return None
    beside = [f for f in found if _ASKED_BEHIND.match(text, f.span[1])]
    beside = beside or [f for f in found if _ASKED_AHEAD.search(text[: f.span[0]])]
    for place, expression in enumerate(found):
        if expression.anchored and (not beside or expression is beside[0]):
            return expression, tuple(found[: place + 1])
    if not beside and (due := task_clauses.due(text, found)) is not None:
        beside = [due]
    if len(found) > 1 and beside and beside[0] is not found[0] and found[0].kind != "recur":
        chosen = _on_its_day(found[found.index(beside[0]) - 1], beside[0], now)
        return chosen, (chosen,)
    return found[0], (found[0],)


def is_beside_asking(text: str, found: When) -> bool:
    """True for the hour in 11点要到你10点的时候提醒我: nothing stands between it and the asking."""
    at = text.find(found.words)
    return at >= 0 and _ASKED_BEHIND.match(text, at + len(found.words)) is not None


_EACH = lazy.regex(
    r"(?:每个?(?P<unit>[年月周]|星期|礼拜)|年年)(?:都|的|要|来|给我|帮我|到时候?)*(?=提醒|[叫喊催]我|重复|循环)"
    r"|(?<=[\s,，。])(?:每个?(?P<last>[年月周]|星期|礼拜)|年年)都?要?[。!！ ]*$"  # 5月20号结婚纪念日 年年都要
)
_IS_EACH = lazy.regex("纪念日|生日|周年|节|祝|寿|年检|体检|租|[缴续]|交(?!付)|保养|例会|周会|盘点")
_NAMED = {"月": lazy.regex(r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日].*"), "年": lazy.regex("(?<=年).+|[^年]+$")}
_OF_WEEK = lazy.regex("(?<=[周拜期])[一二三四五六日天].*")


def repeated(text: str, found: list[When], now: datetime) -> list[When]:
    """The expressions; a day that each year, month or week is asked for anew as such: 6月8号生日，每年提醒我."""
    each = _EACH.search(text)
    if each and each["unit"] is None and not _IS_EACH.search(text[: each.start()]):
        return found
    unit = (each["unit"] or each["last"] or "年") if each else ""
    day = next((f for f in found if each and f.kind != "recur" and f.span[1] <= each.start()), None)
    words = _NAMED.get(unit, _OF_WEEK).search(day.words) if each and day else None
    again = when.first(f"每{unit}{words.group()}", now) if each and words else None
    if day is None or again is None or ";" not in again.value:
        return found
    rest = [f for f in found if f is not day and f.kind != "recur"]
    return [replace(again, span=day.span, words=day.words), *rest]


def _on_its_day(event: When, hour: When, now: datetime) -> When:
    """The hour on the event's day when it names no day itself: 周五上午十点开会 9点半提醒我.

    A day without its month is of the event's month where that lies ahead: 5月15号到期 10号提醒我.
    """
    if event.on and hour.on and _DAY_ALONE.match(hour.words):
        day = hour.on.day
        on = event.on.replace(day=day) if day <= event.on.day else hour.on
        at = datetime.combine(on, hour.at.timetz()) if hour.at else None
        value = f"{at:%Y-%m-%dT%H:%M}" if at else on.isoformat()
        return replace(hour, on=on, at=at, value=value) if on > now.date() else hour
    if event.on is None or hour.at is None or not _CLOCK.match(hour.words):
        return hour
    again = when.first(corrections.completed(event.words, hour.words.strip()), now)
    if again is None:
        return hour
    again = resolved(again, now)
    sooner = again.at - timedelta(hours=12) if again.at else None
    if again.at and event.at and sooner and now < sooner < event.at < again.at:  # 7点出发 6点叫我: both in the morning
        again = replace(again, at=sooner, value=f"{sooner:%Y-%m-%dT%H:%M}")
    return replace(again, span=hour.span, words=hour.words)


def joined(text: str, found: list[When], now: datetime) -> tuple[str, list[When]]:
    """周一开早会 8点半 as 周一8点半 开早会: a day and the hour told apart are one moment, so is 9点半开会 明天."""
    if len(found) != 2 and (len(found) < 2 or not _CLOCK.match(found[1].words)):
        return text, found
    if len(found) == 2 and _HOUR_ALONE.fullmatch(found[0].words.strip()) and _is_day_behind(text, found[1]):
        day, hour = found[1], found[0]
        text = f"{text[: hour.span[0]]}{day.words}{hour.words.strip()}{text[hour.span[1] : day.span[0]].rstrip()}"
        return text, ahead(text, now)
    if found[1].anchored or not _CLOCK.match(found[1].words) or _MOVED_TO.search(text[: found[1].span[0]]):
        return text, found
    if found[0].kind == "recur":
        return _at_hour(text, found, now)
    if found[0].kind != "date" and not (found[0].part and not re.search("[点:：]", found[0].words)):
        return text, found
    day, hour = found[0], found[1]
    text = f"{text[: day.span[1]]}{hour.words.strip()} {text[day.span[1] : hour.span[0]]}{text[hour.span[1] :]}"
    return text, ahead(text, now)


def _at_hour(text: str, found: list[When], now: datetime) -> tuple[str, list[When]]:
    """每周三盘点 8点半提醒我: the repetition at that hour, and the text without the hour."""
    each, said = found[0], found[1].words.strip()
    part = _PART.search(each.words) if not _PART.search(said) else None  # 每天中午吃饭前十一点半
    hour = when.first(f"明天{part.group() if part else ''}{said}", now)
    if re.search("[点:]", each.words) or not (hour and hour.at) or not _HOUR_ALONE.fullmatch(said):
        return text, found
    code = f"{each.value.split(';T')[0]};T{hour.at:%H:%M}"
    at = when.next_occurrence(code, now)
    each = replace(each, value=code, recurrence=code, on=at.date(), at=at)
    return f"{text[: found[1].span[0]]} {text[found[1].span[1] :].lstrip()}", [each]


def _is_day_behind(text: str, day: When) -> bool:
    """True for a day and nothing more at the end."""
    return day.kind == "date" and not day.deadline and not text[day.span[1] :].strip(" ,，。!！的")


def counted_from(event: When, found: When) -> When:
    """The words of an expression read anew from the day of another one."""
    if event.on is None:
        return found
    anchor = datetime.combine(event.on, datetime.min.time(), found.at.tzinfo if found.at else UTC)
    again = when.first(found.words, anchor)
    if again is None:
        return found
    again = resolved(again, anchor)
    return replace(again, span=found.span, words=found.words)
