"""A reading with the times and sums that count: of several days the task's own, of several sums what was paid."""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy, when
from nlp.fields import money, rows, totals
from nlp.marking import deeds
from nlp.marking.chain import surest
from nlp.marking.deeds import Marks
from nlp.reader import (
    deals,
    goods_names,
    kept,
    moments,
    no_price,
    orders,
    passed_on,
    pay_clauses,
    reminders,
    sums,
    tasks,
    visits_to_us,
)
from nlp.reader import deeds as deeds_of_rules
from nlp.reader.goods import TOP_UP, bare, is_only_counted, is_several, names_goods
from nlp.reader.reading import Message, Reading
from nlp.when import When, numerals

SURE_OF_DAY, SURE_OF_PROMISE = 0.6, 0.97
"""The probability from which a day is believed to be the task's; … where the rules see no task at all."""

SURE_OF_SUM, SURE_OF_OTHER_SUM, SURE_OF_WORDS = 0.6, 0.9, 0.7
"""… a sum to be what was paid; where the rules found another, or none that is the whole; words to be task or goods."""

HARDLY_OURS = 0.005
"""… below which no day of a note is that of a task of ours; of such days of unknown writers one in six is."""

SURE_OF_ONE, NO_OTHER = 0.6, 0.02
"""… of one time to be the task's; … below which no other is: 25号他才回来，26号提醒我找他签字 asks for one."""

SURE_BESIDE_ANOTHER = 0.9
"""… of two deeds the one that is the task: the other is less probable."""

_SETTLED = lazy.regex("最后|最终|成交|谈到|砍到|压到|降到|实[收付]|共|总|合计|改成|改为|变更为|加起来|不对|不是")
_BESIDE = lazy.regex("(?:不含税|未税|送|返|返利|返点|佣金|押金|运费|赠)[了的]?(?:给?他|给?她)?$")
_KINDS = {"remind": "R", "order": "O", "note": "N"}
_DAYS_ASKED = (None, "what_time", "note_or_remind")
_SUMS_ASKED = (None, "what_amount")


def counted(reading: Reading, message: Message) -> Reading:
    """The reading; of a reminder or a note with its task's own day, of an order with its own sum and day."""
    kind = _KINDS.get(reading.action)
    if kind is None or reading.parts or (kind == "N" and not _may_be_dated(reading, message)):
        return reading
    if kind == "O" and pay_clauses.is_financed(message.body):
        message = replace(message, body=pay_clauses.without(message.body))
    marks = deeds.marks(message.body, kind, message.now, message.who.words)
    if kind == "O":
        return _paid(reading, message, marks) if reading.ask in _SUMS_ASKED else reading
    if reading.ask not in _DAYS_ASKED or (kind == "R" and passed_on.told(message.body, message.now) is not None):
        return reading  # each of its words is told, and its own time stands beside the asking
    return _reminder(reading, message, marks) if kind == "R" else _promise(reading, message, marks)


def is_one(message: Message) -> bool:
    """True where the message tells of several times, and only one of them may be a task's."""
    times = [one for one in tasks.ahead(message.body, message.now) if not one.anchored]
    due = deeds.marks(message.body, "R", message.now, message.who.words).due
    chances = [max(due[slice(*one.span)], default=0.0) for one in times]
    likely = [chance for chance in chances if chance >= NO_OTHER]
    return len(likely) == 1 < len(chances) and likely[0] >= SURE_OF_ONE


_OURS = lazy.regex("我(?!们?(?:的|家|这|那))|咱|俺|答应|应承|[^大]约(?!克|莫)|许[了他她]")


def _may_be_dated(reading: Reading, message: Message) -> bool:
    """Whether a note may hold another day than the rules say: it has a task, or a time and a word of ours."""
    times = when.find(message.body, message.now)
    if reading.task_when is not None:
        return bool(times)
    return bool(times and _OURS.search(message.body) and tasks.ahead(message.body, message.now))


def _reminder(reading: Reading, message: Message, marks: Marks) -> Reading:
    what = _what(message, marks, reading.task_what)
    if (
        not _is_settled(reading.task_when, message)
        and marks.is_sure("d", SURE_OF_DAY)
        and not _is_due(reading.task_when, message, marks)
    ):
        other = replace(message, body=deeds.without(message.body, marks.due, message.now))
        again = reminders.as_reminder(other, reading.confidence) if other.body != message.body else reading
        if again is not reading and again.task_when:
            told = deeds.bare(again.task_what or "") or reading.task_what
            ask = again.ask if reading.ask == "what_time" else reading.ask
            reading = replace(reading, task_when=again.task_when, task_what=told, ask=ask)
    return replace(reading, task_what=what) if what and reading.task_when else reading


def _is_settled(said: When | None, message: Message) -> bool:
    """True for the time beside the asking, and for a day that is to come again (房租5号交，每月提醒我)."""
    if said is None:
        return False
    again = said.kind == "recur" and all(one.kind != "recur" for one in when.find(said.words, message.now))
    return again or moments.is_beside_asking(message.body, said)


def _promise(reading: Reading, message: Message, marks: Marks) -> Reading:
    known, what = reading.task_when is not None, _what(message, marks, reading.task_what)
    if not marks.is_sure("d", SURE_OF_DAY if known else SURE_OF_PROMISE) or not (known or what):
        return _doubted(reading, message, marks)
    if _is_due(reading.task_when, message, marks):
        return replace(reading, task_what=what or reading.task_what)
    body = deeds.without(message.body, marks.due, message.now)
    found = tasks.promise(body, message.now, message.people)
    due = found[1] if found else next((one for one in tasks.ahead(body, message.now) if one.kind != "recur"), None)
    if due is None or (not known and kept.task_is_off(body, due, message.now, message.people)):
        return reading
    told = what or (deeds.bare(found[0]) if found else None) or reading.task_what
    return replace(reading, task_when=due, task_what=told)


def _doubted(reading: Reading, message: Message, marks: Marks) -> Reading:
    """The note; a day that is hardly our task's plans nothing, but is offered: 他让我提醒他二十号交物业费."""
    said = reading.task_when
    likely = max(marks.due, default=1.0) if said is not None and len(message.body) <= len(marks.due) else 1.0
    if said is None or said.kind == "recur" or likely >= HARDLY_OURS or _is_moved(message) or _is_agreed(message):
        return reading
    if visits_to_us.told(message) is not None:  # the marker's writers took a customer's visit for his own affair
        return reading
    if _PLEDGED.search(message.body[: max(message.body.find(said.words), 0)]):
        return reading
    return replace(reading, task_when=None, task_what=None, doubted_on=said.on)


_PLEDGED = lazy.regex(
    "(?<![跟和对给])我们?(?:已经?)?(?:答应|承诺|保证|答复|回复|回)了?[^,，。;； ]{0,3} ?$"
)  # 我答复她 4 月 1 日交付
_AGREED = lazy.regex("(?:我们?|刚|已经?|今天|昨天|上午|下午|跟|和|与|同|[ ,，])*@?(?:约了|约好了?|约定了?|约在)")


def _is_agreed(message: Message) -> bool:
    """True for 约了孙丽周四见面: it begins with our own appointment."""
    words = message.who.words
    return bool(words) and _AGREED.match(message.body.replace(words, "@", 1)) is not None


def _is_moved(message: Message) -> bool:
    """True for 回访从周三改到周四: the rules know which of the two holds."""
    return tasks.changed(message.body, tasks.ahead(message.body, message.now)) is not None


def _is_due(said: When | None, message: Message, marks: Marks) -> bool:
    """True where the rules' day is the marker's, and no other time is in it."""
    if said is None:
        return False
    at = said.span[0] if message.body[slice(*said.span)] == said.words else message.body.find(said.words)
    if at < 0 or at + len(said.words) > len(marks.due):
        return True  # put together by the rules from what stands apart
    inside = marks.due[at : at + len(said.words)]
    unlikely = "".join(char if sure < deeds.HARDLY else "\n" for char, sure in zip(said.words, inside, strict=True))
    return max(inside, default=0.0) >= SURE_OF_DAY and not when.find(unlikely, message.now)


_TOLD_TIME = lazy.regex("（[^）]{1,14}）")


def _what(message: Message, marks: Marks, by_rules: str | None) -> str | None:
    """The words of the task."""
    acts = sorted((one for one in marks.spans if one.letter == "w"), key=lambda one: -one.probability)
    best = acts[0] if acts else None
    if best is None or best.probability < SURE_OF_WORDS:
        return None
    if len(acts) > 1 and not (best.probability >= SURE_BESIDE_ANOTHER > acts[1].probability):
        return None  # of two one is the customer's own, or another task's
    words = message.body[best.start : best.end].strip()
    called, said = message.who.words, by_rules or ""
    if words and said.startswith(words) and _TOLD_TIME.fullmatch(said[len(words) :]):
        return said  # 拜访王芳（4月1日 10:00）: the day before, it says when
    if called and called in said and called not in words and words in said:
        return said  # the marker stops before the customer's name: send 王芳 invoice
    return deeds_of_rules.what(words) or None


def _paid(reading: Reading, message: Message, marks: Marks) -> Reading:
    reckoned = _is_reckoned(reading, message)
    known = reading.amount_fen is not None or reading.ask == "what_amount"
    asked = reading.ask == "what_amount" and not _SETTLED.search(message.body)
    several = asked and sum(one.score >= money.MARKED for one in money.find(message.body)) > 1
    foreign = asked and money.is_foreign(message.body)
    unknown = totals.unsummed(totals.without_deposit(message.body)) or sums.is_unsure(message)
    left = reckoned or several or foreign or unknown or sums.is_called_whole(message)
    fen = None if left else _sum(message.body, marks, known)
    if fen:
        sign = -1 if (reading.amount_fen or 0) < 0 else 1
        reading = replace(reading, amount_fen=sign * fen, ask=None if reading.customer else reading.ask)
        reading = replace(reading, product=bare(reading.product or "", fen) or None)
    goods, day = surest(marks.spans, "p"), surest(marks.spans, "o")
    named = bare(message.body[goods.start : goods.end], reading.amount_fen) if goods else ""
    named = named if names_goods(named) else ""
    if kept.LEISURE.search(named):
        named = ""
    if is_several(reading.product or "") or (reading.product or "").startswith(TOP_UP):
        named = ""
    if named and goods and goods.probability >= SURE_OF_WORDS and not reckoned and named not in (reading.product or ""):
        reading = replace(reading, product=named)  # else how many of it stands there, too
    if goods and goods.probability >= SURE_OF_WORDS and not (reading.product or is_only_counted(named)):
        reading = replace(reading, product=named)
    whole = goods_names.completed(reading.product, message.body, message.who.words, reading.amount_fen)
    reading = replace(reading, product=whole)
    if day and day.probability >= SURE_OF_DAY:
        alone = "".join(char if day.start <= at < day.end else "\n" for at, char in enumerate(message.body))
        other = replace(message, body=alone)
        if on := orders.day(other):
            reading = replace(reading, ordered_on=on)
    return reading


def _is_reckoned(reading: Reading, message: Message) -> bool:
    """True where the rules added or multiplied: the sum stands nowhere in the message."""
    said = {one.fen for one in money.find(message.body)}
    return reading.amount_fen is not None and abs(reading.amount_fen) not in said


def _sum(body: str, marks: Marks, known: bool) -> int | None:
    """What was paid, in fen: the sum said, or what all pieces cost where the rules know none (`known`)."""
    least = SURE_OF_OTHER_SUM if known else SURE_OF_SUM
    whole = surest(marks.spans, "m")
    if whole and whole.probability >= least and not _is_no_whole(body, whole.start, known):
        said = (one.fen for one in money.find(body) if one.start == whole.start)  # 一万二千3月付清 is no 12,300
        return next(said, None) or _fen(body[whole.start : whole.end])
    each, pieces = surest(marks.spans, "u"), surest(marks.spans, "x")
    if not known and each and pieces and min(each.probability, pieces.probability) >= SURE_OF_SUM:
        price, number = _fen(body[each.start : each.end]), numerals.integer(body[pieces.start : pieces.end])
        return price * number if price and number else None
    return None


def _is_no_whole(body: str, start: int, known: bool) -> bool:
    """True for what is told beside the price, of one piece, a number or model, and a deposit beside a known sum."""
    if rows.without_models(numerals.plain(body))[start : start + 1] == "＊":
        return True
    if known and totals.without_deposit(body)[start : start + 1].isspace():
        return True
    said = [one for one in money.find(body) if one.start <= start < one.end]
    if known and _BARE_SUM.search(body) and any(sums.is_glued(body, one) for one in said):
        return True  # 退货 6000 轴承6204
    if any(one.score < 0 and (body[: one.end].endswith("W") or money.names_model(body, one.end)) for one in said):
        return True  # 伺服 400W, 2144六千六
    each = any(deals.is_each(body, one) or no_price.is_none(body, one) for one in said)
    return each or _BESIDE.search(body[:start]) is not None


_BARE_SUM = lazy.regex(r"(?<!\S)[1-9]\d{2,6}(?!\S)")


def _fen(words: str) -> int | None:
    """A sum, also one without any unit: 3990."""
    said = money.amount_fen(words)
    return said if said is not None else 100 * (numerals.integer(words.replace(",", "")) or 0) or None
