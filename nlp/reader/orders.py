"""Orders that have happened: amount, product, day. Wishes, questions, freight and last year's orders are notes."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from nlp import lazy, when
from nlp.fields import bill_lines, money, refunds, totals
from nlp.reader import corrections, cues, deals, moments, payments, strangers, sums
from nlp.reader.goods import QUANTITY, product
from nlp.reader.reading import Message, Reading, with_promise
from nlp.reader.returned_words import REASON, RETURNED
from nlp.reader.sums import WORTH, sum_of
from nlp.when import When, months, numerals

__all__ = ["RETURNED", "as_order", "product", "read", "sum_of"]

_NO_RETURN = lazy.regex(
    r"要|想|说|问|吗|\?|可能|也许|如果|假如|打算|准备|没|不(?!锈)|未|别|申请|答应|同意|希望|考虑|威胁|会|能|得|等"
    r"|还|催|嫌"
    r"|扣|剩|投诉|质量|坏|破|错|运费|单号|退休|税|押金|定金|订金|预付|保证金|报价|政策|拒|取消|上次(?![那的这]|[买订拿下要进]的?)|去年|下(?:周|个?月"
    r"|次)|处理"
)
_A_RETURN, _AN_EXCHANGE = 30, 60  # characters: what is longer is a story
_LEAST_RETURN = 10_00  # fen: 退了3 is no sum

_SURE = lazy.regex(r"签(?:了|下)|成交|下了?单|拿下|/order|订单")


def read(message: Message) -> Reading | None:
    """The order of the message, or None; goods that came back are an order of less than nothing."""
    if (taken := exchanged(message)) is not None:
        return read(taken)
    body = message.body
    if back := _returned(message):
        return back
    if payments.is_told(message) or (deals.is_quoted(message) and not body.startswith("/order")):
        return None
    command = body.startswith("/order")
    if (deals.is_reckoned(message) or deals.is_struck(message)) and (amount := sum_of(message)):
        return as_order(message, amount)
    is_received = _is_received(message)
    told = cues.ORDER.search(body) or _is_terse(message) or _is_bought(message) or deals.is_done(message)
    denied = cues.NO_ORDER.search(_RECEIVED.sub(" ", body) if is_received else body)
    if cues.NOTE.match(body) or not (command or told or is_received) or (denied and not command):
        return None
    amount = sum_of(message)
    if amount is None and not _SURE.search(body) and not sums.only_parts(message):
        return None
    return as_order(message, amount) if _is_plain(message, amount) else None


def exchanged(message: Message) -> Message | None:
    """The message without the goods that came back where others were bought for them; None where none were."""
    if cues.NOTE.match(message.body) or len(message.body) > _AN_EXCHANGE:
        return None
    body = refunds.without_exchanged(numerals.plain(message.body))
    return replace(message, body=body) if body != numerals.plain(message.body) else None


def as_order(message: Message, amount: money.Amount | None) -> Reading:
    """The message as an order of that sum; without a customer, or the whole sum, with a question."""
    body, who = message.body, message.who
    reading = Reading("order", who.known, note=message.text, ordered_on=day(message))
    reading.amount_fen = amount.fen if amount else None
    reading.product = product(message, amount)
    if who.known is None:
        is_nobodys = _OF_NOBODY.search(body) is not None and body[:1] not in "她他"
        is_current = not who.candidates and not strangers.named_in(body) and not is_nobodys
        reading.customer = message.current if is_current else None
        if reading.customer is None:
            reading.candidates, reading.ask, reading.confidence = who.candidates, "which_customer", 0.5
    if wrong := money.impossible(body):
        reading.amount_fen, reading.query, reading.ask, reading.confidence = None, wrong, "impossible_amount", 0.3
    elif (
        reading.amount_fen is None
        or sums.is_part(message, reading.amount_fen)
        or totals.unsummed(totals.without_deposit(body))
        or deals.is_doubtful(sums.plain(message), reading.amount_fen)
        or sums.is_unsure(message)
        or bill_lines.are_on_both_sides(numerals.plain(body), who.words)
    ):
        reading.amount_fen = None
        reading.ask, reading.confidence = reading.ask or "what_amount", 0.5
    if reading.amount_fen and _CREDITED.search(body):
        reading.amount_fen = -abs(reading.amount_fen)
    return with_promise(reading, message)


_OF_NOBODY = lazy.regex(  # who shows a coupon of a platform or walks in is not whoever was looked at before
    "(?:美团|点评|抖音|快手|小红书|饿了么|口碑|高德|淘宝|京东|团购|平台)[^,，。发]{0,6}(?:券|团购|客人|顾客|来的|核销|验|订单|单)"
    "|(?:核销|验)(?:了|掉)?(?:[一二两三四五六七八九十\\d]+[张个次]|券|团购)|团购券|散客|路人|过路客|生客|走进来的"
)
_CREDITED = lazy.regex("(?i)冲[减抵]|红字(?:发票)?|冲红|红冲|credit (?:note|memo)")
_TERSE_WORDS = lazy.regex("[说问要想嫌催让的了吗呢给跟去来看等?？比欠差价费款目标预算库存缺坏退赔奖罚借]")


def _is_terse(message: Message) -> bool:
    """True for 陈老板 菜籽油 20桶 2400: customer, goods, how many, how much, and not a word more."""
    if message.who.known is None or message.contact or len(message.body) > 36:
        return False
    rest = message.body.replace(message.who.words, " ", 1)
    priced = totals.priced(rest)
    said = re.sub("单价|总价|共|合计", "", rest)
    if not QUANTITY.search(rest) or _TERSE_WORDS.search(said) or when.find(rest, message.now):
        return False
    amount = sum_of(message)
    counted = QUANTITY.search(rest)
    goods = re.search("[\u4e00-\u9fff]{2,}", QUANTITY.sub(" ", rest))
    return bool(counted and goods and (priced or (amount and amount.fen >= WORTH)))


_BOUGHT = lazy.regex(
    "(?:^|[ ,，今昨刚又再天午晨])(?:追加|加购|续|补|订|定|买|进|拿|提|充|采购)(?:了"
    "|购)?(?![价金位金了给到回过上下]|单价)[^,，。说问]{1,14}"
)
_NO_SALE = lazy.regex(
    "[说问想嫌催让吗呢?？欠差赔罚奖借贵卖]|要|费用|红包|回款|尾款|房租|工资|价格|便宜|预算|报价|目标|库存|成本"
    "|利润|上次|去年|账|票|别|没|不|才|优惠|折"
)


def _is_bought(message: Message) -> bool:
    """True for 孙丽今天追加浴巾200条 6000元: a verb of buying and a sum with its unit, told of a known customer."""
    if message.who.known is None or message.contact or len(message.body) > 36:
        return False
    rest = message.body.lower().replace(message.who.words.lower(), "", 1)
    if not _BOUGHT.search(rest) or _NO_SALE.search(rest) or cues.REMIND.search(rest):
        return False
    if any(found.on and found.on > message.now.date() for found in when.find(rest, message.now)):
        return False
    amount = sum_of(message)
    return amount is not None and amount.score >= money.MARKED and amount.fen >= WORTH


_RECEIVED = lazy.regex("(?<![单票同函表账款信])签收(?:了|完毕?|好了?)")


def _is_received(message: Message) -> bool:
    """True for 头一批货签收了 … 合起来1942块5: goods that were handed over, with the sum of all of them."""
    is_handed_over = message.who.known is not None and _RECEIVED.search(message.body) is not None
    return is_handed_over and not cues.SPEECH.search(message.body) and sums.is_called_whole(message)


def is_returned(message: Message) -> bool:
    """True where goods came back, told shortly: neither wished for nor with a reason why they may."""
    body, who = message.body, message.who
    said = body.replace(who.words, " ") if who.words else body  # a name holds no wish
    said = refunds.without_fee(REASON.sub(" ", said))
    is_told = len(body) <= _A_RETURN and not cues.NOTE.match(body)
    return is_told and RETURNED.search(said) is not None and not _NO_RETURN.search(said)


def _returned(message: Message) -> Reading | None:
    """王刚退了1000块的货: it has happened, the customer is known and the sum is named; wishes and reasons are notes."""
    body, who = message.body, message.who
    if not is_returned(message) or refunds.is_open(numerals.plain(body)):
        return None
    amount = None if totals.unsummed(body) else given_back(message)
    if (who.known is None and not who.candidates) or amount is None or amount.fen < _LEAST_RETURN or _is_ahead(message):
        return None
    reading = Reading("order", who.known, note=message.text, ordered_on=day(message))
    reading.amount_fen, reading.product = -amount.fen, product(message, amount)
    is_counted = QUANTITY.search(body, amount.end) and not QUANTITY.search(body[: amount.start])
    if sums.is_glued(body, amount) and is_counted:  # 轴承6204 退了50个, not 退了20个螺栓500
        return replace(reading, amount_fen=None, ask="what_amount", confidence=0.5)
    if who.known is None:
        reading.candidates, reading.ask, reading.confidence = who.candidates, "which_customer", 0.5
    return reading


def given_back(message: Message) -> money.Amount | None:
    """What was given back: 年卡6800退了 扣1200手续费 is 5,600, and 退了5600 is that, whatever was kept."""
    body = numerals.plain(message.body)
    bare = refunds.without_fee(body)
    told = sum_of(message if bare == body else replace(message, body=bare))
    fee = refunds.fee_kept(body, told.fen) if told is not None else None
    if told is None or fee is None:
        return told
    before = body[: told.start]
    if _JUST_GIVEN.search(before) and not re.match(r"\s?的(?!手续)", body[told.end :]):
        return told
    if before.rstrip(" ¥￥").endswith("退") and any(one.fen > told.fen for one in money.find(bare)):
        return told  # 原价6800 退4800 扣2000违约金
    return money.Amount(told.fen - fee, told.start, told.end, told.score) if fee < told.fen else None


_JUST_GIVEN = lazy.regex("退(?:了|款|还|给[他她])+[¥￥]?\\s?$")


def is_return_wished(message: Message) -> bool:
    """True for 威胁退货5000 and 下周退货: nothing has come back yet."""
    who, body = message.who, message.body
    said = body.replace(who.words, " ") if who.words else body
    return bool(RETURNED.search(said)) and (_is_ahead(message) or _NO_RETURN.search(REASON.sub(" ", said)) is not None)


def _is_ahead(message: Message) -> bool:
    """True where a day to come is told; 3月11号 said a week later is gone by."""
    body, today = message.body, message.now.date()
    told = [found for found in when.find(body, message.now) if found.on]
    return any(_gone_by(one.on, one, body, today) > today for one in told if one.on)


_OPENED = 12  # characters: what tells of an order there is no story


def _is_plain(message: Message, amount: money.Amount | None) -> bool:
    """True when the message is short enough to be an order and no story, the shorter the less is known."""
    length = len(message.body)
    if amount is None and money.impossible(message.body):
        return length <= 40
    if amount is None and sums.only_parts(message):
        return length <= 40
    if amount is None:
        return length <= (16 if message.who.known else 8)
    if message.who.known is None and not message.who.candidates:
        return length <= 24
    cue = cues.ORDER.search(message.body)
    is_said_first = cue is not None and cue.start() <= _OPENED and totals.is_whole(message.body, amount.start)
    return (length <= 60 or is_said_first) and (cue is None or _is_near(message.body, cue, amount))


_NEAR = 20  # characters between what tells of an order and its sum, a word in Latin letters as two


def _is_near(body: str, cue: re.Match[str], amount: money.Amount) -> bool:
    if cue.end() <= amount.start:
        return deals.length(body[cue.end() : amount.start]) <= _NEAR
    return min(cue.end() - amount.start, abs(cue.start() - amount.end)) <= _NEAR


def day(message: Message) -> date | None:
    """The day on which it happened, where one that is gone by is said."""
    return next((on for on, _ in _days(message)), None)


_OF_ANOTHER = lazy.regex(
    r"\s?(?:那[批单次个笔回]|的?样品?|[他她]?(?:说|聊|谈|报|问|试|看了?样|送样|寄样|见面|拜访|约|催|来电|打电话|开会|吵|出差))"
)  # 跟昨天那批一起发 tells no day of the order
_DAY_SAID = lazy.regex(r"[今刚\d周号日]|星期|礼拜|(?i:today)")
_PERIOD = lazy.regex("^(?:这|本|上|下)+个?(?:周|星期|礼拜|月|季度?|年)$|^[今去明]年$|半年$")  # no day of an order


def _days(message: Message) -> list[tuple[date, tuple[int, int]]]:
    """The days gone by with their places; 3月15号 said three days later is this year's, for the order has happened."""
    found = []
    today = message.now.date()
    body = corrections.settled(message.body, message.now)
    for expression in when.find(body, message.now):
        on = expression.on
        if on is None or expression.deadline or expression.kind == "recur" or _PERIOD.search(expression.words):
            continue
        if on == today and (not _DAY_SAID.search(expression.words) or _is_later(expression, message.now)):
            continue  # 唠到晌午, 下午茶; what is to be tonight
        on = _gone_by(on, expression, body, today)
        if on <= today and not _OF_ANOTHER.match(body, expression.span[1]):
            found.append((on, expression.span))
    return found


def _is_later(said: When, now: datetime) -> bool:
    at = moments.resolved(said, now).at if said.part in ("晚上", "半夜", "夜里") or said.kind == "datetime" else None
    return at is not None and at > now


_TAKEN_THEN = lazy.regex(r"\s?[^,，。 ]{0,3}?[下订定拿买签要进提付充续加补](?:了|的|单)")
_WEEKDAY, _NUMBER = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天]"), lazy.regex("[^月]{1,3}[号日]")


def _gone_by(on: date, said: When, body: str, today: date) -> date:
    """The last day of the name, where the order tells of it: 3月15号 said on the 18th, 周一拿了, 15号下的."""
    if on <= today or "年" in said.words:
        return on
    if when.is_last_years(on, said.words, today):
        return months.add_months(on, -12)
    if not _TAKEN_THEN.match(body, said.span[1]):
        return on
    if _WEEKDAY.fullmatch(said.words):
        return on - timedelta(days=7)
    if _NUMBER.fullmatch(said.words) and said.kind == "date":
        last = today.replace(day=1) - timedelta(days=1)
        return (
            on.replace(year=last.year, month=last.month, day=min(on.day, last.day))
            if on.day > today.day
            else on.replace(year=today.year, month=today.month)
        )
    return on
