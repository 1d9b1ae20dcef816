"""Tasks for the rep himself: asked for outright, or an intention with a time."""

import re

from nlp import lazy, when
from nlp.reader import (
    asked_ahead,
    birthdays,
    contacts,
    corrections,
    countdowns,
    cues,
    dated_chores,
    deeds,
    from_days,
    kept,
    moments,
    passed_on,
    slogans,
    sooner,
    tasks,
)
from nlp.reader.birthdays import Reckoned
from nlp.reader.reading import Message, Reading
from nlp.reader.who import resolve
from nlp.when import When


def remind(message: Message) -> Reading | None:
    """提醒我 …: a task for the rep himself."""
    body = message.body
    if not (cues.REMIND.search(body) or _asked_weakly(message) or _asked_apart(message)) or len(body) > 80:
        return None
    if cues.NOTE.match(body) and "提醒我" not in body:
        return None
    if (message.contact and contacts.is_lead(message)) or _reminded_by_customer(message):
        return None
    return as_reminder(message, 0.95)


def _reminded_by_customer(message: Message) -> bool:
    """True for 马老师提醒我发票别写错: it is the customer who reminds."""
    if cues.TO_BE_TOLD.search(message.body):
        return True
    if _DID_REMIND.match(message.body):
        return True  # 提醒王芳付款了: done already
    told = _REMINDED.search(message.body)
    if told is None or not message.who.words:
        return False
    return message.body[: told.start()].lower().endswith(message.who.words.lower())


_DID_REMIND = lazy.regex("(?:刚|已经)?提醒(?:过|了)?(?!我)[^,，我]{1,8}了(?=[,，。 ]|$)")
_REMINDED = lazy.regex("(?:还|又|特意|特地|一再|刚|也|今天|昨天|打电话|来电|微信|发消息|专门)*提醒(?:了|过)?我")


def _asked_weakly(message: Message) -> bool:
    """True for 20分钟后叫我出门: nothing but the time stands before the asking, and nobody else is talking."""
    cue = cues.REMIND_WEAK.search(message.body)
    expressions = tasks.ahead(message.body, message.now) if cue else []
    if not cue or not expressions or len(message.body) > 40:
        return False
    start, end = expressions[0].span
    if start > cue.start():
        return _FILLER.fullmatch(message.body[: cue.start()]) is not None
    last = expressions[-1]
    at_end = re.fullmatch("[。! ]*", message.body[cue.end() :]) and last.span[1] == cue.start()
    if (
        at_end
        and len(expressions) > 1
        and (last.anchored or re.search("[点:]", last.words))
        and not cues.SPEECH.search(message.body[:start])
    ):
        return True  # 4月8日赵敏那边开会 早上8点叫我
    before, between = message.body[:start], message.body[end : cue.start()]
    deed = re.fullmatch("[一-鿿]{1,4}", between.strip(" ,，的")) and not message.who.words  # 8点吃药叫我
    return bool(_FILLER.fullmatch(before) and (deed or _FILLER.fullmatch(between)))


_REMEMBER = lazy.regex("记[住得牢着死好]|忘|提醒|闹我|[喊叫催]我一?[声下]|盯|(?i:nudge|remind|ping)")
_TELLS_OF_HIM = lazy.regex("[他她][^,，。 ]{0,4}(?:记[住得]|忘)")


def _asked_apart(message: Message) -> bool:
    """True for 大后天跟刘洋把运费结了 记住: a piece at an end only asks to be reminded of what has its time."""
    pieces = [piece for piece in re.split(r"[\s,，。;；!！]+", message.body) if piece]
    if len(pieces) < 2 or _TELLS_OF_HIM.search(message.body) or not tasks.ahead(message.body, message.now):
        return False
    return any(_REMEMBER.search(piece) and deeds.only_asks(piece) for piece in (pieces[0], pieces[-1]))


_FILLER = lazy.regex(
    r"[\s,。的]*(?:那个|嗯|啊|哎|请|麻烦|帮我|到时候?|记得|你|以后|从现在起|开始|之后|往后|一会儿?|待会儿?|等会儿?|等一?下|都"
    r"|,)*[\s,]*"
)


_ASKING = lazy.regex("[?]|吗|哪些|哪个|谁|什么(?!的)|多少")
_OWN_WORDS = lazy.regex("(?<![他她户总姐哥工师板们])问|催|说明")


def _is_past(body: str) -> bool:
    """True when the words tell of the past; 把周报发了 at the end of an instruction does not."""
    body = re.sub("((?:要|得|必须|务必|之?前).*)[完好掉][。! ]*$", r"\1", body)
    return bool(cues.PAST.search(re.sub("(把.+)了[。! ]*$", r"\1", body)))


_AFTER_WHAT = lazy.regex("^[一-鿿]{1,4}(?:之?后|完|结束)(?=给|跟|和|把|去|找|约|联系|陪|到|送)")  # 早会后给王芳发邮件


_MATTER = lazy.regex("[^,，。;；我他她]{2,14}?(?:[那这][个件]?事[情儿]?|的事[情儿]?|那个|这个)[,，]?")  # 租约那事
_IN_VAIN = lazy.regex(
    "^[^,，。]{0,4}(?:拜访|走访|登门|上门|前往|去|到)[^,，。]{1,14}?(?:未遇|未果|不遇|未见|扑了?个?空)"
)


def planned(message: Message) -> Reading | None:
    """明天下午三点去拜访张伟: an intention with a time, told by nobody else."""
    body = corrections.settled(message.body, message.now)
    if cues.NOTE.match(body) or len(body) > 60 or cues.SPEECH.search(_OWN_WORDS.sub("", body)):
        return None
    if slogans.is_told(body) and not (message.who.known or message.who.candidates):
        return None
    expressions, told = tasks.ahead(body, message.now), _WHETHER.sub("", body)
    if (
        not expressions
        or (re.search("[约定](?:了|好|在)|敲定|说定|商定|定下", told) and not _is_agreed(body, expressions[0], message))
        or _is_past(told)
        or _IN_VAIN.search(body)
        or _ASKING.search(body)
        or asked_ahead.is_asked(body, message.now)
        or tasks.NO_DEED.search(body)
        or kept.is_nobodys(body, expressions[0])
        or _is_report(body, expressions[0], message)
        or is_done_today(message)
        or (expressions[0].on != message.now.date() and _PART_ALONE.fullmatch(expressions[0].words))
    ):
        return None
    starts = min(expressions[0].span[0], len(body))
    opening, what = body[:starts].strip(), tasks.what(body, expressions[0])
    if _MATTER.fullmatch(opening):
        opening, what = "", what.removeprefix(opening).lstrip(" ,，")
    what = _AFTER_WHAT.sub("", what)
    if _is_agreed(body, expressions[0], message) or dated_chores.is_told(message, body, expressions[0]):
        return as_reminder(message, 0.85)
    if (cues.VERB_FIRST.match(what) or (not _is_today(expressions[0], message) and _deals_with(what, message))) and (
        not opening
        or cues.VERB_FIRST.match(opening)
        or re.fullmatch("我|我要|我得|得|要|那个|对了|ok|等会儿?|待会儿?|一会儿?|等下|我等下|我一会儿?", opening)
    ):
        return as_reminder(message, 0.85)
    return None


def _is_agreed(body: str, day: When, message: Message) -> bool:
    """True for 周六早上十点约了周工看厂: an hour first, then nothing but with whom and what for."""
    if day.at is None or day.span[0]:
        return False
    rest = body[day.span[1] :].strip(" ,，。!")
    called = re.escape(message.who.words or "\n")
    agreed = re.fullmatch(rf"我?(?:约|定)(?:好了?|了)(?:跟|和)?{called}(?:在)?[一-鿿A-Za-z]{{0,8}}", rest)
    return bool(agreed) and not _FELL_THROUGH.search(rest)


_FELL_THROUGH = lazy.regex("没|不|说|放|改|取消|忘|结果|但|可")


_DONE_TODAY = lazy.regex(
    "(?<!把)[办做签送寄发交付买装修换出卖配报退改补开续投](?:好|完|掉|上)?了(?=[一-鿿A-Za-z0-9])(?![吗吧没就再后才之以])"
)


def is_done_today(message: Message) -> bool:
    """True for 今天给刘姐老公办了意外险续期: nothing is left to be done; 今天把周报发了 may ask for it."""
    if cues.REMIND.search(message.body) or re.search("要|得(?!到)|记|[之以]?后再|[就再]去", message.body):
        return False
    ahead = tasks.ahead(message.body, message.now)
    return _DONE_TODAY.search(message.body) is not None and all(kept.is_only_today(day, message.now) for day in ahead)


def _is_today(day: When, message: Message) -> bool:
    return day.kind == "date" and day.on == message.now.date()


def _is_report(body: str, day: When, message: Message) -> bool:
    """True for 今天拜访王总 仓库很大 货堆满了: today without an hour, and a further clause that tells how it went."""
    if not _is_today(day, message) or day.deadline:
        return False
    later = re.split(r"[,，。;；\s]+", body[day.span[1] :].strip(" ,，。;；"))[1:]
    return any(
        re.search("[很挺太有没不是在比也还得]", clause) and not cues.VERB_FIRST.match(clause) for clause in later
    )


# 清早到赵敏处 said at noon tells of this morning.
_PART_ALONE = lazy.regex("(?:一|大)?清?早[上晨间]?|上午|头晌|中午|午间|凌晨")
_WHETHER = lazy.regex("了没有?[。! ]*$|(?P<it>[一-鿿])没(?P=it)了?")  # 问一下孙丽讲师定了没: what is to be asked

_ON_SOMEBODY = lazy.regex(
    r"(?:要|得|需要|记得|再|先|去)*(?:打|问|催|找|盯|追|访|约|会|看|陪|接|送|请|喊|叫|回|复|拉|谢|祝|哄|贺|慰问|安抚"
    r"|同|跟|和|与|向|帮|替|为|给|对|加|补|带|call|ping|visit|meet|email|text|mail|message|quote|send|ring|phone)"
    r"(?:一?下|一声|个电话给|电话给|to|with)?[\s]*"
)


def _deals_with(what: str, message: Message) -> bool:
    """True for 打赵敏, 问一下孙丽…: a verb done to somebody, and right behind it the customer."""
    verb = _ON_SOMEBODY.match(what.lower())
    return bool(verb and message.who.words) and what.lower()[verb.end() if verb else 0 :].startswith(
        message.who.words.lower()
    )


def before_birthday(message: Message) -> Reading | None:
    """陈姐生日前一周给她寄礼物: a day reckoned from the customer's birthday, and nobody asks to be reminded."""
    named = message.who.known is not None or message.who.candidates
    if not named or cues.NOTE.match(message.body):
        return None
    is_asked = birthdays.is_asked(message.body, message.now, message.who.words)
    return as_reminder(message, 0.95) if is_asked else None


def _reckoned(message: Message, confidence: float, reckoned: Reckoned, deed: str) -> Reading:
    """The reminder whose day the customer's card has to tell."""
    who = message.who
    customer = who.known or (message.current if not who.candidates else None)
    reading = Reading("remind", customer, task_what=deed or None, note=message.text, confidence=confidence)
    reading.reckoned, reading.ask = reckoned, "what_time"
    if customer is None and who.candidates and not who.stranger:
        reading.candidates = who.candidates
    return reading


_DATED = lazy.regex(r"\d{1,2}月|[\d十][号日]|^[\d./-]+$")
_NUMBER = lazy.regex(  # 孙浩13500002222 车险到期
    r"^(?P<name>(?![^\d]*[打给拨加回联系叫问找约])[一-鿿]{2,4})[\s:：]*(?<!\d)1[3-9]\d{9}(?!\d)[\s,，]*"
)


# Where something follows, that is the deed: 下周三投标，提前两天喊我封标书.
_ASKED_LAST = lazy.regex("(?:提醒|叫|喊|通知|告诉|告知|说|吱)(?:我|一?声|一下)*[吧哈啊。!！ ]*$")


def _with_event(what: str | None, event: When, told: When) -> str | None:
    """What is told ahead of its time keeps that: 陪王芳去验货（3月21日 14:30） on the day before."""
    is_later = event.on is None or told.on is None or told.on > event.on  # 元宵节后第二天
    if not what or event.on is None or is_later or event.anchored or event.words.strip() in what:
        return what
    day = f"{event.on.month}月{event.on.day}日" if event.on != told.on else ""
    hour = f"{event.at:%H:%M}" if event.at and event.kind == "datetime" else ""
    moment = f"{day} {hour}".strip()
    return f"{what}（{moment}）" if moment else what


def as_reminder(message: Message, confidence: float) -> Reading:
    """The message as a task for the rep; without a time, or between several customers, with a question."""
    if (reckoned := birthdays.told(message.body, message.now, message.who.words)) is not None:
        return _reckoned(message, confidence, *reckoned)
    if (passed := passed_on.as_reminder(message, confidence)) is not None:
        return passed
    body = sooner.before_each(moments.since(birthdays.without_year(message.body, message.now), message.now))
    who = message.who if body == message.body else resolve(body, message.known)
    customer = who.known
    if customer is None and not who.candidates and re.search("[他她]", body):
        customer = message.current
    body = countdowns.settled(corrections.settled(body, message.now), message.now)
    body, ahead = moments.joined(body, tasks.ahead(body, message.now), message.now)
    ahead = moments.repeated(body, ahead, message.now)
    expression, told = moments.meant(body, ahead, message.now) or (None, ())
    reading = Reading("remind", customer, task_what=tasks.what(body, *told) or None, task_when=expression)
    if early := sooner.moment(body, expression, message.now) if expression else None:
        if early.recurrence is None and early.on != told[0].on and _DATED.search(told[0].words):
            reading.task_what = tasks.what(body) or reading.task_what  # 车险4月10号到期: the day it is about stays
        reading.task_when = expression = early
    if (again := from_days.settled(body, ahead, message.now)) is not None:
        reading.task_what = tasks.what(again[0]) or reading.task_what
        reading.task_when = sooner.moment(body, again[1], message.now) or again[1]
    if moved := tasks.changed(body, ahead):
        reading.task_what, reading.task_when = tasks.what(moved[0]) or reading.task_what, moved[1]
    is_once = reading.task_when is not None and reading.task_when.recurrence is None
    if reading.task_when and is_once and _ASKED_LAST.search(body) and (early or reading.task_when.anchored):
        reading.task_what = _with_event(reading.task_what, ahead[0], reading.task_when)
    reading.task_what = _NUMBER.sub(r"\g<name> ", reading.task_what).strip() if reading.task_what else None
    reading.note, reading.confidence = message.text, confidence
    if wrong := when.impossible(body, message.now):
        reading.ask, reading.query, reading.confidence = "impossible_date", wrong, 0.3
    elif expression is None:
        reading.ask, reading.confidence = "what_time", 0.5
    elif customer is None and who.candidates and not who.stranger:
        reading.candidates, reading.ask, reading.confidence = who.candidates, "which_customer", 0.5
    return reading
