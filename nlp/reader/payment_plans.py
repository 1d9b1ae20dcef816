"""A sum that is paid in parts, told in one message: 合同20万 首付6万已付 二期8万4月底 尾款6万验收后.

What is only wished for or asked (她想分三期付), and what we pay, is no plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from nlp import lazy, when
from nlp.fields import money, prices
from nlp.reader import corrections, cues, owed, payment_plan_pieces
from nlp.reader.payment_plan_pieces import IN_PARTS, PERCENT, STAGE, Piece
from nlp.reader.reading import Message, Reading
from nlp.when import When, months, numerals

LONGEST, MOST = 120, 24  # characters of such a message, parts of a plan
_ASKED_OF_ORDERS = (None, "what_amount", "which_customer")
_EACH = lazy.regex("(?:每(?:一?[期次笔批]|个?月)|各)(?:各?付|还|给|打|交|是|[ :])*$")
_TOTAL = lazy.regex(
    "(?:合同(?:额|款|价|金额|总[价额])?|总[价额款]|总共|一共|合计|全款|订单|[那这]单|成交价?|签了?|货款|欠款|欠账)"
    "(?:是|共|[ :])*$|欠(?:了|着|我们?|[ :])*$"
)
_REPLANNED = lazy.regex("(?:欠款|欠的|[尾余]款|剩下的)[^,，。\\d]{0,4}[改拆分][成为开]?")
_WHOLE = lazy.regex("(?:合同|总价|总额|总款|全款|订单|成交|签)")
_PAID = lazy.regex(
    "已经?(?:[付收给交打转结]|到账)|(?:[付收给交打转结]|支付)(?:[了过讫清]|到了?)(?!后|再|才)|收到了?|到账了?(?!后|再|才)|[付结]清了?(?!后|再|才)|已到"
)
_PAYS = lazy.regex("[付还结打转汇给]|款|欠")
_NOT_YET = lazy.regex("[没未]有?(?:[付收给交打转结到])|[等待]|[再才]")
_WISHED = lazy.regex(
    "想|希望|要求|能不能|可不可以|可以吗|行不行|[?？吗]|如果|要是|打算|考虑|商量|建议|申请|问|不同意|没同意|不能|不行|不肯|我们(?:要|得|先)?[付还]"
    "|都[已付结给打交]|全[付结]|房贷|车贷|贷款|信用卡|供应商|退款|赔"
)
_WHOLE_MONTH = lazy.regex("(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?")
_HALF = lazy.regex("一半")
_STEP = lazy.regex(r"MONTHLY(\d+)")
_GOODS = lazy.regex(  # 4月10号送8万的货, 4月1号100斤: what is delivered then
    f"¤(?:块钱?|元)?的?货(?!款)|(?:送|发|提|拉|[送发提交到]货)了?¤|¤\\s?(?:{prices.PIECES})"
)
_STEP_OF = lazy.regex("\\s*(?P<step>[一-鿿]{2,6}?)(?:后|时|再|先)?(?:[付给打结]|支付)?\\s?(?=\\d{1,2} ?[%％])")
_CONDITION = lazy.regex("[^,，。;；、 ]{1,8}?(?:后|前|时|再付?|完|齐)$|[^,，。;；、 ]{1,8}(?:后|前|时)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part, in fen: paid, due on a day, or without a day; `words`: what it is called, `until`: on what it waits."""

    fen: int
    on: date | None = None
    is_paid: bool = False
    words: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts in the order told; `total_fen` where the whole is told, `is_sale`: as a contract's or an order's."""

    parts: tuple[Part, ...]
    total_fen: int | None = None
    is_sale: bool = False


def told(text: str, now: datetime, name: str = "") -> Plan | None:
    """The plan of payments that the message tells; `name`: the words that name its customer.

    >>> plan = told("李娜合同20万 首付6万已付 二期8万4月底 尾款6万验收后", datetime(2026, 3, 18, 10), "李娜")
    >>> [(one.fen, str(one.on), one.is_paid) for one in plan.parts]
    [(6000000, 'None', True), (8000000, '2026-04-30', False), (6000000, 'None', False)]
    """
    plain = numerals.plain(text)
    shares = len(PERCENT.findall(plain)) + len(_HALF.findall(plain))
    is_named = IN_PARTS.search(plain) or STAGE.search(plain) or _REPLANNED.search(plain) or shares > 1
    if len(plain) > LONGEST or _WISHED.search(plain) or not (is_named or cues.ORDER.search(plain)):
        return None
    plain = _HALF.sub("50%", owed.apart_from_month(plain))
    plain = corrections.settled(plain.replace(name, " " * len(name), 1) if name else plain, now)
    pieces = list(payment_plan_pieces.of(plain, now))
    total = _total(pieces)
    plan = _in_equal_parts(plain, pieces, total, now) or _in_stages(plain, pieces, total, now) if is_named else None
    plan = plan or (_by_days(pieces, now) if cues.ORDER.search(plain) else None)
    return plan if plan is not None and _adds_up(plan) else None


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a plan is an order only of its whole, as a contract's sum, else a note: no part of it is a sale."""
    if reading.parts or message.contact or message.body.startswith("/"):
        return reading
    if reading.action not in ("order", "note", "unclear", "remind"):
        return reading
    plan = told(message.body, message.now, message.who.words)
    if plan is None or (reading.action == "remind" and cues.REMIND.search(message.body)):
        return reading
    if reading.action == "order" and reading.ask in _ASKED_OF_ORDERS and _is_order(reading.amount_fen, plan):
        return _as_sale(reading, message, plan)
    from nlp.reader import chosen  # it builds Readings from all readers, this one's among them

    return chosen.as_action("note", message) or reading


def _as_sale(reading: Reading, message: Message, plan: Plan) -> Reading:
    """The order; one without a sum, or of a part's, is of the whole, and its goods stand beside that."""
    fens = (None, *(one.fen for one in plan.parts))
    if reading.amount_fen not in fens or (plan.total_fen is None and reading.amount_fen is not None):
        return reading
    from nlp.reader import orders  # it builds Readings, too

    amount = next((one for one in money.find(message.body) if one.fen == plan.total_fen), None)
    product = orders.product(message, amount) if amount is not None else reading.product
    ask = None if reading.customer else reading.ask
    return replace(reading, amount_fen=plan.total_fen, product=product, ask=ask)


def _is_order(amount_fen: int | None, plan: Plan) -> bool:
    """True for the whole of a sale, or a sum that is told beside the parts and holds them."""
    if plan.is_sale:
        return plan.total_fen is not None
    fens = [one.fen for one in plan.parts]
    return amount_fen is not None and amount_fen >= sum(fens) and amount_fen not in (*fens, plan.total_fen)


def _total(pieces: Sequence[Piece]) -> tuple[int, bool] | None:
    """The whole, and whether it is a contract's or an order's; 尾款5万 of 尾款5万分两次付."""
    for one in pieces:
        before = one.text.split("¤")[0]
        if one.fen is not None and _TOTAL.search(before) and not STAGE.search(before):
            is_sale = _WHOLE.search(before) is not None or any(cues.ORDER.search(piece.text) for piece in pieces)
            return one.fen, is_sale
    sums, shares = [one for one in pieces if one.fen is not None], [one.percent or 0 for one in pieces]
    if len(sums) == 1 and sum(shares) == 100 and max(shares) < 100:  # 牙椅三台 27万 签约付30% 到货60% 验收10%
        return sums[0].fen or 0, cues.ORDER.search(" ".join(one.text for one in pieces)) is not None
    first = pieces[0] if pieces else None
    if first is None or first.fen is None or not _is_split(pieces, 0):
        return None
    return first.fen, cues.ORDER.search(first.text) is not None


def _is_split(pieces: Sequence[Piece], at: int) -> bool:
    """True for what is paid in the parts that follow: 剩下4万 of 剩下4万分两个月付."""
    behind = pieces[at + 1] if at + 1 < len(pieces) else None
    return pieces[at].day is None and behind is not None and IN_PARTS.match(behind.text) is not None


def _in_equal_parts(plain: str, pieces: Sequence[Piece], total: tuple[int, bool] | None, now: datetime) -> Plan | None:
    """每期2万 4月1号 5月1号, 6万分三期 4月1号 5月1号 6月1号, 分5期 每月10号付2000: the same on several days."""
    count = IN_PARTS.search(plain)
    days = [one.day for one in pieces if one.day is not None]
    sums = [one for one in pieces if one.fen is not None]
    each = next((one.fen for one in sums if _EACH.search(one.text.split("¤")[0])), None)
    number = numerals.integer(count["n"]) if count and count["n"] else None
    on = [day.on for day in days if day.on is not None and day.on >= now.date() and not day.recurrence]
    monthly = [day for day in days if (day.recurrence or "").startswith("MONTHLY")]
    if monthly and number and len(sums) <= 2 and len(days) - len(monthly) <= 1:
        each = each or next((one.fen for one in sums if one.day is not None), None)
        first = next((day.on for day in days if not day.recurrence), monthly[0].on)  # 每季度10号
        on = _by_month(monthly[0], first, number)
    elif len(on) != len(days) or len(on) < 2:
        return None
    is_sale = cues.ORDER.search(plain) is not None
    whole = total or (next(((one.fen, is_sale) for one in sums if one.fen and len(sums) == 1 and not each), None))
    if each is None and whole and number == len(on):
        each = whole[0] // (number * 100) * 100  # whole yuan; the last part is what is left
    if each is None or any(one.fen not in (each, whole and whole[0]) for one in sums):
        return None
    parts = [Part(each, day, words=f"第{at}期") for at, day in enumerate(on, 1)][:MOST]
    if whole and number == len(parts) and 0 < whole[0] - each * number < number * 100:
        parts[-1] = replace(parts[-1], fen=whole[0] - each * (number - 1))
    return Plan(tuple(parts), *(whole or (None, False)))


def _by_month(each: When, first: date | None, number: int) -> list[date]:
    """The same day of `number` months, its last where it has no such day; 每季度, 每半年: of each third, each sixth."""
    every = _STEP.match(each.recurrence or "")
    step = int(every[1]) if every else 1
    return [months.add_months(first, at * step) for at in range(min(number, MOST))] if first is not None else []


def _in_stages(plain: str, pieces: Sequence[Piece], total: tuple[int, bool] | None, now: datetime) -> Plan | None:
    """首付6万已付 二期8万4月底 尾款6万验收后; 月底3万 下月底2万 where it is said to be in so many parts."""
    count, stages = IN_PARTS.search(plain), 0
    number = numerals.integer(count["n"]) if count is not None and count["n"] else None
    parts: list[Part] = []
    is_only = sum(one.fen is not None for one in pieces) == 1  # the others are shares of it
    for one in _joined(pieces):
        stage = STAGE.search(one.text)
        fen = _fen(one, stage is not None, total, parts)
        before = one.text.split("¤")[0]
        is_whole = total is not None and fen == total[0]
        if fen is None or (is_whole and (is_only or (_TOTAL.search(before) and not stage))):
            continue
        stages += stage is not None
        step = _STEP_OF.match(one.text) if one.percent is not None else None
        part = _part(one, fen, stage.group().strip("的") if stage else step["step"] if step else "", now)
        stages += step is not None and stage is None
        is_monthly = one.day is not None and (one.day.recurrence or "").startswith("MONTHLY")
        each = _by_month(one.day, part.on or one.day.on, number) if is_monthly and one.day and number else []
        parts += [replace(part, on=on) for on in each] or [part]
    if total is None and len(parts) > 1 and _is_whole(parts[0], parts[1:]):
        total, parts = (parts[0].fen, cues.ORDER.search(plain) is not None), parts[1:]
    is_dated = all(one.on is not None and not one.is_paid for one in parts) and _PAYS.search(plain) is not None
    is_whole = total is not None and (stages >= 1 or sum(one.fen for one in parts) == total[0])
    is_split = count is not None or (is_dated and _REPLANNED.search(plain) is not None)
    is_plan = len(parts) >= 2 and (is_split or stages >= 2 or is_whole or (stages >= 1 and is_dated))
    is_begun = len(parts) == 2 and (parts[0].on is None or parts[0].is_paid)
    is_rest = is_begun and total is not None and count is None  # 已付1880 剩下的月底付 is one debt
    is_open = any(not one.is_paid and (one.on or total) for one in parts)
    is_bare = any(not (one.is_paid or one.words or one.until) and one.on in (None, now.date()) for one in parts)
    if not is_plan or is_rest or not is_open or len(parts) > MOST or (is_bare and count is None):  # 304不锈钢板 6张 480
        return None
    return Plan(tuple(parts), *(total or (None, False)))


def _by_days(pieces: Sequence[Piece], now: datetime) -> Plan | None:
    """成交 20万8 今天付8万 4月10号8万 5月10号4万8: a sale whose parts, each with its day or paid, make up its sum."""
    found = [one for one in _joined(pieces) if one.fen is not None or (one.day is not None and STAGE.search(one.text))]
    if len(found) < 3 or found[0].fen is None or found[0].day is not None or STAGE.search(found[0].text):
        return None
    if any(_GOODS.search(one.text) for one in found[1:]):
        return None
    whole, parts = found[0].fen, list[Part]()
    for one in found[1:]:
        rest = whole - sum(part.fen for part in parts)
        parts.append(_part(one, one.fen if one.fen is not None else rest, "", now))
    is_dated = all(one.on is not None or one.is_paid for one in parts)
    is_ahead = sum(not one.is_paid for one in parts) >= 2
    is_split = is_dated and is_ahead and sum(one.fen for one in parts) == whole and all(one.fen > 0 for one in parts)
    return Plan(tuple(parts), whole, is_sale=True) if is_split and len(parts) <= MOST else None


def _is_whole(first: Part, rest: Sequence[Part]) -> bool:
    """True for a sum without a day or a name that holds all the others: 设备款30万 先付10万 …."""
    is_bare = not (first.on or first.is_paid or first.words)
    return is_bare and first.fen >= sum(one.fen for one in rest)


def _fen(piece: Piece, is_stage: bool, total: tuple[int, bool] | None, before: Sequence[Part]) -> int | None:
    """What the part is: its sum, its share of the whole, or what is left of that."""
    if piece.fen is not None:
        return piece.fen
    if total is None:
        return None
    if piece.percent is not None:
        return total[0] * piece.percent // 100
    left = total[0] - sum(one.fen for one in before)
    return left if is_stage and before and left > 0 else None


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a sum, a share or a name of a part, each with the day and the words that stand apart from it."""
    made: list[Piece] = []
    waiting: Piece | None = None
    first = next((one for one in pieces if one.day is not None or one.fen is not None), None)
    is_day_first = first is not None and first.day is not None and (first.fen is None or first.is_day_first)
    for at, one in enumerate(pieces):
        if _is_split(pieces, at) or (IN_PARTS.match(one.text) and one.day is None and one.fen is None):
            continue
        is_part = one.fen is not None or one.percent is not None or STAGE.search(one.text) is not None
        if is_part:
            if waiting is not None and one.day is None:
                one = Piece(f"{waiting.text} {one.text}", one.fen, one.percent, waiting.day, True)
            waiting = None
            made.append(one)
        elif one.day is not None and (not made or is_day_first or made[-1].day is not None):
            waiting = one
        elif made:
            made[-1] = _with_day(made[-1], one)
    if waiting is not None and made and made[-1].day is None:  # 下月5号打2万 余款3万6月底付清
        made[-1] = _with_day(made[-1], waiting)
    return made


def _with_day(last: Piece, more: Piece) -> Piece:
    return Piece(f"{last.text} {more.text}", last.fen, last.percent, last.day or more.day, last.is_day_first)


def _part(piece: Piece, fen: int, words: str, now: datetime) -> Part:
    day, text = piece.day, piece.text
    lately = when.lately(day, now) if day is not None else None
    is_to_come = day is not None and lately is None and day.on is not None and day.on > now.date()
    is_done = _PAID.search(text) is not None and _NOT_YET.search(text) is None
    is_paid = is_done and not (is_to_come and "已" not in text)
    if is_paid:
        past = lately or day
        on = past.on if past is not None and past.on is not None and past.on <= now.date() else None
        return Part(fen, on, True, words)
    is_ahead = day is not None and lately is None and day.on is not None and day.on >= now.date()
    on = day.on if day is not None and is_ahead and not day.recurrence else None
    if on is not None and day is not None and _WHOLE_MONTH.fullmatch(day.words.strip()):  # 五月给一半
        on = months.month_end(on.year, on.month)
    rest = STAGE.sub(" ", text.replace("¤", " "))
    condition = _CONDITION.search(PERCENT.sub(" ", rest).strip())
    return Part(fen, on, False, words, condition.group().strip() if condition and on is None else "")


def _adds_up(plan: Plan) -> bool:
    """False where the parts are more than the whole: then something was read wrongly."""
    return plan.total_fen is None or sum(one.fen for one in plan.parts) <= plan.total_fen
