"""A time that its writer takes back: 周四，不对，周五; 每月24号不行 就25号吧. Only the one he settles on stays."""

import re
from datetime import datetime

from nlp import lazy, when
from nlp.when import When

_TAKEN_BACK = (
    "不对|不是|错了|[说记搞写看弄]错了?|口误|[哦噢啊呃额诶哎]不|不不|更正|纠正|no no|sorry|不(?:行|成|合适|方便)"
    "|(?<=[\\s,，。…—-])不(?=[\\s,，。])|来不及|赶不上|[去来]不了|没空|没时间|有事|排不开|满了|冲突|撞了?"
)
_HINT = lazy.regex(f"{_TAKEN_BACK}|还是")
_BETWEEN = lazy.regex(
    rf"(?i)^[,，。\s.!！…—-]*(?:[哦噢啊呃额诶哎嗯那等]|我|是|好像|[也都又])*(?:{_TAKEN_BACK})[^,，。;；!！]{{0,4}}"
    r"[,，。\s.!！…—-]*+(?:[哦噢啊呃额诶哎嗯]|我记?得?|应该|其实|是|改成?|改到|那|就|还是|换成?|说的|要|在|[,，\s])*"
)
_RATHER = lazy.regex(r"[,，。\s…嗯呃额哦啊那]*还是")
_SAME_AGAIN = lazy.regex(r"[,，。\s]*(?:吧|嗯|对|就|是|好|[,，。\s])*")
_HOUR = lazy.regex(r"(?:\d{1,2}[:：点]|[一二两三四五六七八九十]{1,3}点)")
_PART = lazy.regex("凌晨|清晨|大?清早|一早|早[上晨]|[上中下]午|午后|傍晚|晚上|夜里|半夜|深夜|(?<=[今明后])[早晚]")
_WEEKDAY = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天末]")
_DAY = lazy.regex(r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]")


def settled(text: str, now: datetime) -> str:
    """The text with only the time that was settled on; as it is when nothing is taken back.

    >>> from datetime import timedelta, timezone
    >>> settled("明天下午三点，不对，四点去厂里", datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8))))
    '明天下午四点去厂里'
    """
    if not _HINT.search(text):
        return text
    found = when.find(text, now)
    for place in range(len(found) - 1):
        first, later = found[place], place + 1
        if said := _said_after(text, first, found[later]):
            return settled(said, now)
        between = text[first.span[1] : found[later].span[0]]
        rather = _RATHER.fullmatch(between) and text[found[later].span[1] :].startswith(("吧", "好了"))
        if not (rather or _BETWEEN.fullmatch(between)):
            continue
        if first.words.endswith("前") and _BUSY.match(between):
            continue  # 中旬前没空谈 我二十号再联系他: both are told
        while later + 1 < len(found) and _is_same(found[later], first):
            later += 1  # 明天，哦不明天要培训，后天吧: what was taken back is named again
        if _is_same(found[later], first) or re.match(r"\s?的(?!话|时候)", text[found[later].span[1] :]):
            continue
        while later + 1 < len(found) and _repeats(text, found[later], found[later + 1]):
            later += 1
        kept = found[later]
        words = completed(first.words, kept.words)
        tail = re.sub(r"^\s?(?:[—…-]+|吧(?=[,，。\s]|$))", "", text[kept.span[1] :])
        return settled(text[: first.span[0]] + words + tail, now)
    return text


_BUSY = lazy.regex(r"^\s?(?:他|她|都|也)*(?:没空|没时间|有事|不方便|[来去]不了|排不开)")
_LATE = lazy.regex(
    r"(?<![,，。\s.!！…—-])[,，。\s.!！…—-]+(?:[哦噢啊呃额诶哎嗯那等]|我|是|好像)*(?:不对|不是|[说记搞写弄]?错了?|口误|[哦噢啊呃额诶哎]?不|更正)了?"
    r"[,，。\s.!！…—-]*+(?:应该|是|改成?|就|[,，\s])*$"
)


def _said_after(text: str, first: When, later: When) -> str | None:
    """明天提醒我发报价，啊不，后天: the text with the later time in the first one's place."""
    between, tail = text[first.span[1] : later.span[0]], text[later.span[1] :]
    head = _LATE.search(between)
    if head is None or not head.start() or not re.match(r"吧?(?:[,，。!！\s]|$)", tail):
        return None
    words = completed(first.words, later.words)
    return text[: first.span[0]] + words + between[: head.start()] + re.sub("^吧", "", tail)


def _is_same(one: When, other: When) -> bool:
    return one.on == other.on and (one.at is None or one.at == other.at) and one.kind == other.kind


def _repeats(text: str, one: When, other: When) -> bool:
    """True when the next expression says the same day once more: 后天吧，后天…, 是周五，周五上午十点."""
    between = text[one.span[1] : other.span[0]]
    return one.on == other.on and _SAME_AGAIN.fullmatch(between) is not None


def completed(first: str, later: str) -> str:
    """The later words with what they leave to the first ones: the day of an hour, the month of a day.

    >>> completed("下周三下午", "周四"), completed("每月24号", "25号"), completed("晚上八点", "九点")
    ('下周四', '每月25号', '晚上九点')
    """
    hour, part = _HOUR.search(first), _PART.search(first)
    if _HOUR.match(later) and (part or hour):
        return (first[: part.end()] if part else first[: hour.start() if hour else 0]) + later
    if _PART.match(later) and (part or hour):
        starts = min(match.start() for match in (part, hour) if match)
        return first[:starts] + later
    if _WEEKDAY.match(later):
        named = re.match("(?:每逢?|(?:下{1,2}|这|本)个?)(?=周|星期|礼拜)", first)
        return (named.group() if named else "") + later
    if _DAY.match(later):
        named = re.match(r"每个?月\s?|(?:下{1,2}个?|这个?|本)月\s?|.{0,5}?月\s?(?=[\d一二三四五六七八九十廿])", first)
        return (named.group() if named else "") + later
    return later
