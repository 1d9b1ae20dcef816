"""A debt, and money that we gave, is a note, however much its sum looks like an order: 王总那边货款3.2万没结."""

from __future__ import annotations

from nlp import lazy
from nlp.reader import came_back, chosen, cues, goods, outgoing, owed
from nlp.reader.reading import Message, Reading

_BOUGHT = lazy.regex("下单|[订定买拿赊补进提续签]了?|采购|发货|加单|又要|开单|合同")
_NO_GOODS = lazy.regex("款|账|帐|欠|^钱$")
_OVERPAID = lazy.regex("[多错][付给打转汇]了")  # 多付了200 下次抵: what we owe is no sale
_UNCERTAIN = ("note_or_order", "what_action")


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; an order of nothing but a sum owed, or given to him, becomes a note, and so does a doubt."""
    if _is_noted(reading, message):
        return chosen.as_action("note", message) or reading
    if reading.parts or message.contact or not (reading.action == "order" or reading.ask in _UNCERTAIN):
        return reading
    is_back = (reading.amount_fen or 0) > 0 and came_back.told(message.body, message.who.words) is not None
    if outgoing.is_told(message) or is_back:  # 退鸡腿2箱 一箱128 is no sale
        return chosen.as_action("note", message) or reading
    is_overpaid = _OVERPAID.search(message.body) is not None
    names_goods = reading.product and not _NO_GOODS.search(reading.product) and not is_overpaid
    if names_goods or _BOUGHT.search(message.body):
        return reading
    if not is_overpaid and owed.told(message.body, message.now, message.who.words) is None:
        return reading
    return chosen.as_action("note", message) or reading


def _is_noted(reading: Reading, message: Message) -> bool:
    """True for what is to be noted as owed with its day (9000那单记欠款 5月30日前): no reminder, and no new order.

    Of goods that are counted it is one (要20箱油 2000元 先记欠款); a day that is not the one to pay reminds.
    """
    body = message.body
    if reading.parts or message.contact or body.startswith("/") or not owed.is_noted(body) or cues.REMIND.search(body):
        return False
    if reading.action == "remind":
        day = owed.noted_on(body, message.now)
        return day is not None and reading.task_when is not None and reading.task_when.on == day
    is_sold = _BOUGHT.search(body) or goods.QUANTITY.search(body)
    return reading.action == "unclear" or (reading.action == "order" and not is_sold)
