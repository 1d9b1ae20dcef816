"""A sum told of a customer with nothing that tells of a sale: 出价350万, 挂牌268万, 修车12000, 保费9600.

What may be a bid, a listing, a repair or a premium is no sale yet: a word of ordering, buying, signing or paying is
wanted, or how many there are, what one costs, or what all of it does. Without any of them it is asked about. Goods that
the team has sold before are known to who keeps the orders; the question is marked for him.
"""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.fields import charges, money, prices, totals
from nlp.reader import cues, deals
from nlp.reader.customers import Known
from nlp.reader.goods import names_goods
from nlp.reader.reading import Message, Reading
from nlp.reader.returned_words import RETURNED
from nlp.when import numerals

_MEASURE = rf"(?:{prices.PIECES}|[组册款笔批单份层位期节次株]|坐席|席位|用户|账号|课时|平方|seats?|users?|licen[sc]es?)"
_NUMBER = "[\\d一二两三四五六七八九十百千万半几]"
_SERVED = (  # people, time and flowers are counted in few words that are said of much else
    r"\d\s?(?:人(?![民看去来])|[天晚](?![后内前之])|个?小时(?![后内前之])|[朵克幅间]|g(?![A-Za-z])|大\d小)|一幅"
    r"|(?<![\d一二两三四五六七八九十])[一1]年(?![前后内级多的])"
)
_COUNTED = lazy.regex(rf"{_NUMBER}\s?{_MEASURE}|[一/每]{_MEASURE}|{_SERVED}")
_NO_ACT = lazy.regex(  # holds a character of selling and tells of none
    "[买卖]家|买方|卖方|签收|首付|(?:首期?|头)款|[贷放借]款|[这那一新]款|款式|实收|成交[量率]|公共|[要提加进买定]价|[提抽]成"
)
_BOUGHT = (  # ordered, bought, signed, renewed, a card or a service taken
    "委托(?:我|咱|办理|代理|代办|代账|检测|评估|审计|公证)|[订购签续]|[买要拿提]|[落下开报记][了的咗]?[个张]?[单丹定]|[定投补加充办进](?:[了的咗好下走]|(?=\\s?[\\d一二两三四五六七八九十百]))"
    "|定[做制]|办卡|消费|服务费|会员"
)
_AGREED = (  # sold by us, or struck with him
    "[卖扛搞整弄做][了走出掉给的咗]|(?:今天|昨天|刚刚?)卖|[谈说敲]妥|搞[定掂]|成交|成了|拍板|同意"
    "|(?<=[\\s,，\\d])(?:行|(?i:ok))(?=$|[\\s,，。!！了的吧])"
)
_PAPERS = "单(?![位价独身人])|合同|盖章|生效"
_PAID = (
    "付(?!出)|款|转[了账给过]|到账|结(?![婚果束])|现金|微信|支付宝|扫码|刷[了卡]|[缴赊]|收[了到讫的]|已收|收\\s?[¥￥]?\\d"
    "|[已全]交|交[了的完清钱费]|落袋|入咗?[数账]"
)
_PRICED = (  # what one costs, what all of it does, what is in it or off it
    "单价|每|均价|共|合计|合起来|加起来|总[价计额]|一起|算下来|凑|打包|价税|含[税运邮]|未税|包[邮工运]|折(?![腾扣])"
    "|[×xX@*＊]\\s?\\d|[=＝]"
)
_HANDED_OVER = "出库|已(?:发货|送货|出货|开票)|发了?货了|发了货|送[到货]?货?了|开了票|票开了"
_AGAIN = "又|追加|再[来要加]|返|复购|第[一二三四五六\\d]批"
_ENGLISH = "order|pay|paid|total|cash|clos|renew|upgrad|upsell|add|confirm|approv|sign|deal|sold|buy|bought|took"
_ACT = lazy.regex(
    "|".join((_BOUGHT, _AGREED, _PAPERS, _PAID, _PRICED, _HANDED_OVER, _AGAIN, rf"(?i:\b(?:{_ENGLISH})[a-z]*)"))
)
_ALONE = lazy.regex(
    rf"@[\s,，:：]*(?P<sum>[¥￥]?{money.DIGITS}[万千wWkK]?(?:块钱?|元)?)[\s,，]+(?P<goods>[一-鿿A-Za-z][一-鿿\w*.-]{{1,11}})"
)
_LEAST = 100_00  # fen: a bare number below is a count


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; an order of which nothing but a sum and its customer is told is a question."""
    if reading.action == "note" and reading.ask in (None, "note_or_order"):
        return _named_alone(reading, message)
    if reading.action != "order" or reading.ask is not None or reading.customer is None or reading.parts:
        return reading
    is_left = (reading.amount_fen or 0) <= 0 or message.body.startswith("/")
    if is_left or (is_proven(message) and not _may_be_model(reading, message)):
        return reading
    return _asked(message, reading.customer, reading.amount_fen, reading.product)


_COUNTED_MODEL = lazy.regex(  # 三台2346, 6台 2143: cameras, or their sum?
    r"[\d一二两三四五六七八九十][台套个只把部支]\s?(?P<number>[1-9]\d{2}[1-7])(?=$|[,，。;；!！ 的吧了])"
)


def _may_be_model(reading: Reading, message: Message) -> bool:
    """True where the sum is an odd number of four digits right behind the pieces: few prices end so, models do."""
    found = _COUNTED_MODEL.search(numerals.plain(message.body))
    return found is not None and reading.amount_fen == int(found["number"]) * 100


def is_proven(message: Message) -> bool:
    """True where something beside the sum tells that it was sold."""
    body = numerals.plain(message.body)
    for word in (message.who.words, message.who.known.name if message.who.known else ""):
        body = body.replace(word, " ") if word else body
    if RETURNED.search(body) or cues.ORDER.search(body) or deals.is_done(message) or deals.is_struck(message):
        return True
    body = _NO_ACT.sub(" ", body)
    is_counted = _COUNTED.search(body) is not None or totals.priced(body) is not None or bool(charges.beside(body))
    return is_counted or _ACT.search(body) is not None


def _named_alone(reading: Reading, message: Message) -> Reading:
    """The reading; where nothing but the customer, a sum and goods is told (王总 12000 螺栓) it may be an order."""
    customer, body = message.who.known, numerals.plain(message.body).strip()
    if customer is None or not message.who.words or message.contact or reading.parts or reading.task_when is not None:
        return reading
    told = _ALONE.fullmatch(body.replace(message.who.words, "@", 1))
    fen = money.amount_fen(told["sum"]) if told else None
    if told is None or not fen or fen < _LEAST or deals.explained(message) or not names_goods(told["goods"]):
        return reading
    return _asked(message, customer, fen, told["goods"])


def _asked(message: Message, customer: Known, fen: int | None, product: str | None) -> Reading:
    asked = Reading("note", candidates=(customer,), note=message.text, ask="note_or_order", confidence=0.5)
    return replace(asked, amount_fen=fen, product=product, unproven=True)
