"""Orders that have happened: amount, product, day. Wishes, questions, freight and last year's orders are notes."""

import re
from datetime import date

from nlp import when
from nlp.fields import money
from nlp.reader import cues, strangers
from nlp.reader.reading import Message, Reading, with_promise

_FILLER = re.compile(
    r"(?i)^/order|(?:总价|总额|总共|一共|合计|合同额|金额|价值|货款|全款|定金|订金|人民币"
    r"|rmb|元整|块钱|元|块|的货|的单子?|单子|一批|一笔|一单|今天|刚刚?|又|已经|客户|那边"
    r"|终于|确认|正式|大单|这边|直接|先|来|了|共|要|:|:|[,,。!!\s¥¥;;、])"
)


def read(message: Message) -> Reading | None:
    """The order of the message, or None."""
    body = message.body
    command = body.startswith("/order")
    if (
        cues.NOTE.match(body)
        or not (command or cues.ORDER.search(body))
        or (cues.NO_ORDER.search(body) and not command)
    ):
        return None
    amount = _amount(message)
    if amount is None and not re.search(r"签(?:了|下)|成交|下了?单|拿下|/order", body):
        return None
    who = message.who
    if not _is_plain(message, amount):
        return None
    reading = Reading("order", who.known, note=message.text, ordered_on=_day(message))
    reading.amount_fen = amount.fen if amount else None
    reading.product = product(message, amount)
    if who.known is None:
        reading.customer = message.current if not who.candidates and not strangers.named_in(body) else None
        if reading.customer is None:
            reading.candidates, reading.ask, reading.confidence = who.candidates, "which_customer", 0.5
    if reading.amount_fen is None:
        reading.ask, reading.confidence = reading.ask or "what_amount", 0.5
    return with_promise(reading, message)


def _is_plain(message: Message, amount: money.Amount | None) -> bool:
    """True when the message is short enough to be an order and no story, the shorter the less is known."""
    length = len(message.body)
    if amount is None:
        return length <= (16 if message.who.known else 8)
    if message.who.known is None and not message.who.candidates:
        return length <= 24
    cue = cues.ORDER.search(message.body)
    return length <= 60 and (cue is None or min(abs(amount.start - cue.end()), abs(cue.start() - amount.end)) <= 20)


def _amount(message: Message) -> money.Amount | None:
    spans = [found.span for found in when.find(message.body, message.now)]
    found = [
        a for a in money.find(message.body) if a.score > 0 and not any(a.start < e and a.end > s for s, e in spans)
    ]
    return max(found, key=lambda a: (a.score, -a.start), default=None)


def _day(message: Message) -> date | None:
    for found in when.find(message.body, message.now):
        if found.on and found.on <= message.now.date() and not found.deadline:
            return found.on
    return None


def product(message: Message, amount: money.Amount | None) -> str | None:
    """What was ordered: the words that are neither customer, time, money nor the ordering itself."""
    chars = list(message.body)
    if amount:
        chars[amount.start : amount.end] = ["\x01"] * (amount.end - amount.start)
    for found in when.find(message.body, message.now):
        if found.on and found.on <= message.now.date():
            chars[found.span[0] : found.span[1]] = ["\x01"] * (found.span[1] - found.span[0])
    rest = "".join(chars)
    known = message.who.known
    words = [message.who.words] + ([known.name, known.company or "", *known.nicknames] if known else [])
    if known and known.company:
        from nlp import names

        words += sorted(names.company_forms(known.company), key=len, reverse=True)
    for word in words:
        if word:
            rest = re.sub(re.escape(word), "\x01", rest, flags=re.I)
    rest = cues.ORDER.sub("\x01", rest)
    pieces = [_FILLER.sub(" ", piece).strip() for piece in re.split(r"[\x01,,。!!;;]", rest)]
    pieces = [re.sub(r"\s+", " ", piece) for piece in pieces if len(piece) >= 2]
    best = max(pieces, key=len, default=None)
    return best if best and re.search(r"[\u4e00-\u9fffA-Za-z]", best) and len(best) <= 24 else None
