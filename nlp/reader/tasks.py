"""What the rep promised or wants to be reminded of, and when."""

import re
from datetime import datetime

from nlp import lazy
from nlp.reader import contexts, corrections, cues, deeds, event_days, from_days, kept, matters, task_clauses
from nlp.reader.deeds import what
from nlp.reader.moments import ahead, counted_from, is_at_hour, joined
from nlp.reader.task_clauses import due
from nlp.when import When, numerals

__all__ = ["NO_DEED", "ahead", "changed", "dated", "due", "promise", "what"]


NO_DEED = lazy.regex("不是同?一个?人|同名|重名")  # tells who somebody is: nothing is to be done
_CLAUSE = lazy.regex(r"(?:[^,,。;;!!\n.]|\.(?!\s))+")


def promise(text: str, now: datetime, people: tuple[str, ...] = ()) -> tuple[str, When] | None:
    """The rep's own next step with its time, or None; what the customer will do is no task."""
    text = corrections.settled(text, now)
    every = ahead(text, now)
    if (again := from_days.told(text, every, now)) is not None:
        return what(again[0]), again[1]
    text, every = _with_hour(text, every, now)
    found = [f for f in every if f.kind != "recur"]
    if (moved := changed(text, found, told=True)) and moved[0]:
        return moved
    best: tuple[int, str, When] | None = None
    for expression in found:
        clause, start = task_clauses.around(text, expression)
        if _is_birthday(text, expression) or _CAME_THEN.match(text, expression.span[1]):
            continue
        weight = _weight(_near(clause, expression, start), people, expression.words, text[:start])
        weight += 5 if _AGREED.match(text, start + len(clause)) else 0
        today = kept.is_only_today(expression, now)
        told = cues.PAST.search(clause) or not (expression.deadline or _STILL.search(clause))
        if (today and told) or _NOT_DONE.match(text, expression.span[1]):
            continue
        if kept.task_is_off(text, expression, now, people):
            continue
        if weight > 0 and (best is None or weight >= best[0]):
            deed = task_clauses.deed(clause, (expression.span[0] - start, expression.span[1] - start))
            if deeds.is_deed(deed) and not (_SAYING.fullmatch(deed) and _VAGUE.search(expression.words)):
                best = (weight, contexts.with_context(deed, text[:start]), expression)
    return (best[1], best[2]) if best and best[1] else None


def _with_hour(text: str, every: list[When], now: datetime) -> tuple[str, list[When]]:
    """A day with the hour told a few words behind it as one moment: 下周二远程 20:00."""
    between = text[every[0].span[1] : every[1].span[0]] if len(every) == 2 else ""
    is_one = every[0].kind == "date" and 0 < len(between) <= _APART if between else False
    return joined(text, every, now) if is_one and not _MARK.search(between) else (text, every)


_APART, _MARK = 8, lazy.regex("[,，。;；!！\n]")
_AGREED = lazy.regex(
    "(?i)[,，。;； ]*我(?:这边|们)?(?:已经?|也|都|当场|一口|满口|直接|就)*"
    "(?:答应|应允|应下?了|允了|同意|点头|接下?了|说(?:行|好|没问题|可以|ok))"
)  # 他要周五前出方案，我答应了
_BORN = lazy.regex("(?:生日|出生|生于)[:：是在为 ]{0,2}$")
_BORN_THEN = lazy.regex("(?:[阴农阳公]历)?的?(?:过?生日(?!前|那天|当天|会|宴|派对|礼|聚|要|我)|生人|出生)")


def _is_birthday(text: str, day: When) -> bool:
    return bool(_BORN.search(text[: day.span[0]]) or _BORN_THEN.match(text, day.span[1]))


_CAME_THEN = lazy.regex(
    r"[^,，。;；]{0,8}[交付转给收打汇]的[^,，。;；]{0,8}?不是\s?\d"
)  # 周六李娜交的定金不是1万 是12000
_SAYING = lazy.regex("[我说讲话,， ]*")
_VAGUE = lazy.regex("[月季年][底末尾初头中]|旬|左右|前后|月份?$|季|年$")  # 我说四月头 answers a question


def dated(text: str, now: datetime) -> tuple[str, When] | None:
    """The clause with the first day ahead, whoever speaks: for a note that is known to promise something.

    The day of a call or visit that is told of is no such day.
    """
    text = corrections.settled(numerals.plain(text), now)
    found = ahead(text, now)
    if (again := from_days.told(text, found, now)) is not None:
        return what(again[0]), again[1]
    for expression in found:
        clause, start = task_clauses.around(text, expression)
        if expression is not found[-1] and kept.is_refused(text, expression):
            continue  # 孙丽说周四不行 改周五: another day is told instead
        if expression.kind == "recur" or _is_told_today(clause, expression, start, now):
            continue
        is_event = _EVENT_THEN.match(text, expression.span[1]) or event_days.is_before(text[: expression.span[0]])
        if is_event and any(one.deadline for one in found if one is not expression):
            continue  # 4月8号开标 3月31号前交保证金, 招标提前到4月10号 标书4月3号前交: what is ours has its deadline
        if kept.is_unwanted(text, expression) or event_days.is_of_class(text, expression):
            continue  # 她说明天不用提醒她: nothing is to be done then
        if _WEEKDAY_ALONE.fullmatch(expression.words) and cues.DID.search(clause[expression.span[1] - start :]):
            continue  # 周五给他送了样品 tells of last Friday
        if _is_birthday(text, expression) or _CAME_THEN.match(text, expression.span[1]):
            continue
        before, after = clause[: expression.span[0] - start], clause[expression.span[1] - start :]
        deed = what(before.rstrip() + after.lstrip(), None)
        return "" if _ONLY_SAID.fullmatch(deed) else deed, expression
    return None


def _is_told_today(clause: str, expression: When, start: int, now: datetime) -> bool:
    """True for a call or visit of today that is told of, and for a part of today that has begun: 早上在康美口腔."""
    if expression.on != now.date() or is_at_hour(clause, expression, start):
        return False
    has_begun = expression.part is not None and kept.is_only_today(expression, now)
    return _TOLD.search(clause) is not None or (has_begun and not _STILL.search(clause))


_EVENT_THEN = lazy.regex(r"\s?(?:[开评投]标|开业|开工|开庭|验收|年会|开展|展会|盘点|考试|手术|截止)")
_ONLY_SAID = lazy.regex(
    "[他她们]*(?:客户|对方)?(?:[他她]们?)?(?:又|也|刚)*(?:说|讲)?(?:可以|行|都?有空|方便|好|吧|的)*"
)


_STILL = lazy.regex("我|咱|答应|承诺|保证|约|要|得|会|再|必须|务必|之?前|内|发|寄|送|给|报|回(?:电|复|他|她)|打")


_NOT_DONE = lazy.regex(r"\s*(?:也|还|都|就|先)?(?:没|不用|不来|不去|不在|别|未)")


def _near(clause: str, expression: When, start: int) -> str:
    """The clause, or of one that runs on without a mark what stands around the day: 他说下个月搬家到时候…让我备货."""
    reach = 14 if len(re.findall("[A-Za-z]", clause)) < len(clause) // 2 else 70
    if len(clause) <= 2 * reach:
        return clause
    begin, end = expression.span[0] - start, expression.span[1] - start
    return clause[max(0, begin - reach) : end + reach]


_TOLD = lazy.regex(f"{cues.PAST.pattern}|来电|打来|来访|来信|说(?![法明])|反映|投诉|抱怨|反馈|收到|见了|聊")
_MOVED = lazy.regex(
    r"(?:改|推迟|推|延期?|延迟|挪|换|提前|提早|变|调整|调|移)(?:成|到|为|在|至)了?[: ]?$|(?:不对|错了|说错了|记错了|搞"
    r"错了)"
    r"[,。 !是]*(?:应该)?是?[^,。是]{0,4}(?:是|改)$"
    r"|(?:不对|错了|说错了|记错了|搞错了|[哦噢啊呃额]不是?|不不|口误)[,。 !]*$"
)
_MOVED_BARE = lazy.regex("(?<![修更])(?:改期?|改约|推迟|推|延期|挪|换|提前)$")  # 明天那个电话改后天
_TOLD_BY = lazy.regex(r"^.*(?:说|讲|通知|告诉我?|要求|让我们?|打来|来电)[:, ]*")
_WEEKDAY_ALONE = lazy.regex(
    r"^(?:周|星期|礼拜)[一二三四五六日天]|^\d{1,2}[点:]|^[两三四五六七八九十一]{1,2}点|^[上下]午"
)


def changed(text: str, found: list[When], told: bool = False) -> tuple[str, When] | None:
    """The later one of two times, said with 改到 or 不对, and what is to be done then; None without such words.

    `told`: in a note, where 建议改到五月 is only a wish.

    A bare weekday or hour counts from the earlier time: 下周三改到周四 is the Thursday after that Wednesday.
    """
    for place, later in enumerate(found):
        head = _MOVED.search(text[: later.span[0]]) or (place and _MOVED_BARE.search(text[: later.span[0]]))
        if not head:
            continue
        earlier = found[place - 1] if place else None
        if earlier and earlier.on and _WEEKDAY_ALONE.match(later.words):
            later = counted_from(earlier, later)
        clause, start = task_clauses.around(text, later)
        if told and (_WISHED.search(clause[: later.span[0] - start]) or re.match("\\s?的", text[later.span[1] :])):
            continue
        corrected = re.search("不|错|口误", head.group())
        if earlier is None and not corrected and not _is_own(clause[: max(0, head.start() - start)]):
            continue  # 招标推迟到下季度: their matter
        if told and earlier and not (corrected or _is_own(clause) or _appointed(text, earlier)):
            continue  # 订货会原来是4月8号,现在改到4月16号: theirs, too
        before = _TOLD_BY.sub("", clause[: max(0, head.start() - start)])
        if earlier and earlier.words in before:
            before = before.replace(earlier.words, " ")
        after = re.sub("^了+", "", re.split(r"[,，。;；]", text[later.span[1] :])[0].strip())
        done = _done_then(before.strip(" ,的把将从由现已"), after)
        return done or (_appointed(text, earlier) if earlier else ""), later
    return None


def _appointed(text: str, earlier: When) -> str:
    """What stood before the first time: 演示原定明天,现改到下周一."""
    clause, start = task_clauses.around(text, earlier)
    event = what(re.sub("(?:原[来本定]*|本来|本|约|定|是|在|于|说)+$", "", clause[: earlier.span[0] - start].strip()))
    return event if _is_own(event) else ""


_WISHED = lazy.regex("建议|希望|想|能不能|可不可以|能否|是否|申请|要求|问|最好|如果|要是|可能|也许")


def _is_own(before: str) -> bool:
    """True when the deed that was moved is the rep's: a reminder, a visit, something to send."""
    own = cues.OWN.search(before) or cues.REP_VERB.search(before) or cues.VERB_FIRST.match(before.strip())
    return bool(own or re.search(f"提醒|样品|交货|送货|发货|{matters.MEETING.pattern}", before))


def _done_then(before: str, after: str) -> str:
    """样品 + 带 → 带样品; else both as they stand."""
    if before and len(after) == 1 and re.fullmatch("[\u4e00-\u9fff]{1,6}", before):
        return after + before
    return what(f"{before} {after}")


# 后天回, 明天发: the time and hardly more than the deed.
_BARE_DEED = lazy.regex(
    "(?:我|再|就|一定|肯定|必须|务必|马上|准时|先|尽量|个)*(?:回|发|寄|送|报|打|去|给|答复|回复|联系|确认|交|处理"
    "|解决|补|换|改|办|做|出)"
    "(?:回?复|准?话|回话|准?信儿?|消息|说法|电|过去|出去|出来|给|一下|一趟|他|她|客户|样|货|好|完|掉|齐|到位|妥|清)*"
)


_PLEDGED = lazy.regex("(?:^|我|[,，。 ])应(?:了|下|承)|一准|准保|(?:跟|和|对|给)[他她][讲说应]")


_PLEDGED_BEFORE = lazy.regex(
    "(?i)(?:我们?|(?<![a-z])(?:I|we)) ?(?:promised|said|told (?:him|her|them)|agreed(?: to)?|committed)[\\s,:]*$"
)
_PLEDGED_IN_ENGLISH = lazy.regex(
    r"(?i)(?<![a-z])(?:I (?:will|need|owe|have to|must|told|promised|said|agreed)|I'll|promised|(?:told"
    r"|assured) (?:him|her|them)|agreed to"
    r"|will (?:revert|send|get back|follow|call|update|share|check|quote|visit|refund|redo|re-?issue"
    r"|resend|replace|give|provide|prepare|arrange|confirm|reply|ship|fix)|(?:need|have) to (?:revert"
    r"|send|get back|follow|call|share))(?![a-z])"
)
_OTHERS_IN_ENGLISH = lazy.regex(
    r"(?i)(?<![a-z])(?:he|she|they|client|customer|boss|legal|procurement|finance)(?: side| team)?(?:'ll"
    r"| will| would| wants?| needs?| promised| said| says)(?![a-z])"
)


def _weight(clause: str, people: tuple[str, ...], words: str, before: str) -> int:
    weight = 0
    if cues.OWN.search(clause):
        weight += 3
    if cues.OUR_SIDE.search(clause) and not re.search("他们|她们|对方|客户", clause):
        weight += 2
    elif _BARE_DEED.fullmatch(deed := clause.replace(words, "", 1).strip(" 。!")) and (
        re.search("我(?!们)|(?<!我)问|没答", before) or re.search("[他她]|客户|一定|必须|务必|马上", deed)
    ):
        weight += 3
    if cues.REP_VERB.search(clause):
        weight += 2
    if _PLEDGED_BEFORE.search(before):
        weight += 3
    if _PLEDGED.search(clause) or _PLEDGED_IN_ENGLISH.search(clause):
        weight += 3
    if _OTHERS_IN_ENGLISH.search(clause):
        weight -= 4
    if cues.OTHERS.search(clause) and not re.search("(?:让|叫|要|催)(?:我|我们)", clause):
        weight -= 2 if cues.OWN.search(clause) else 3
    if any(clause.lstrip().startswith(name) for name in people) and not re.search("我|约", clause):
        weight -= 2
    if re.search("[吗??]$", clause.rstrip()):
        weight -= 2
    return weight


def undated(text: str) -> str | None:
    """The clause that asks to be reminded: 高考完提醒我祝贺一下 in the line of a new customer.

    >>> undated("郑国平 15011110003 儿子上高三 高考完提醒我祝贺一下")
    '高考完提醒我祝贺一下'
    """
    clauses = re.split(r"[\s,，。;；]+", text)
    return next((clause for clause in clauses if cues.REMIND.search(clause)), None)
