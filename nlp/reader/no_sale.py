"""Money that is told and is no new sale: what pays for what was sold, a bill, an account settled, a card's balance.

So is a row that is void, and a number of pieces that is changed before anything is ordered. All of them are notes.
`unsold` is asked before: goods of others, payments to come, and the plain cases of a bill and a used card.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from nlp import lazy, when
from nlp.fields import prices
from nlp.reader import chosen, cues, incoming, owed, rests, statements
from nlp.reader.goods import QUANTITY
from nlp.reader.reading import Message, Reading
from nlp.when import numerals

_LONGEST = 80  # characters; what is longer tells a story, which the router weighs
_UNCERTAIN = ("note_or_order", "what_action")
_SUM = owed.SUM
_BILL = "(?:发票|专票|普票|增票|(?<![车机门船彩股钞投])票(?![据价面务房]))"
_BILLED = lazy.regex(
    f"开(?:了|好|完|出|具)*(?:一?张)?{_SUM}(?:块钱?|元)?的?{_BILL}"
    f"|{_BILL}(?:已经?|也|都|又|我们?|给[他她]|[ ])*(?:开|寄|补|送|发)(?:了|好|完|出|过去|出去|掉)*[ ,，:]*{_SUM}"
    f"|{_BILL}[ :]*{_SUM}(?:块钱?|元|也|都|已经?|[ ])*(?:开|寄|送|发|快递)(?:了|好|出|过去)"
    f"|(?<![没未不要])开(?:了)?(?:发票|专票|普票|增票|票)(?!价|资料|信息)"
    f"(?:了|[ :,，]|分[一-鿿\\d]{{1,2}}[次张份]|[各每]张?|[一总]?共|合计)*{_SUM}|补开{_BILL}[ :了]*{_SUM}"
)
_CARD = "(?:储值(?:卡|金)?|充值卡|会员卡)"
_LESS = f"(?<![推促直营经倾])[扣划耗销消](?:了|掉|卡)*{_SUM}(?:块钱?|元)?"
_THEN_LEFT = f"(?:还|现在)*(?:有|剩|余)(?:下|额|了)*[ :]*{_SUM}"
_OFF_CARD = lazy.regex(
    f"(?:{_LESS}|刷(?:了|掉|卡)*{_SUM}(?:块钱?|元)?)[^{_SUM}。;；]{{0,6}}(?:(?:卡|会员卡|账户)[里上内]|余额){_THEN_LEFT}"
    f"|{_LESS}[^{_SUM}。;；返点折税佣]{{0,6}}{_THEN_LEFT}(?!(?:块钱?|元|的|都|也|已|[ ])*[付打转汇结交])"
    f"|(?:卡|套餐|疗程)[里上内]面?(?:扣|划)|(?:{_CARD}|次卡|套餐)(?:里|上|的)*{_SUM}(?:块钱?|元)?[里中]面?的?(?:又|已经?|先|只)*(?:用|花|消费|扣|划)(?:了|掉|去)*{_SUM}"
    f"|用(?:的|了|次)*卡[^,，。;；{_SUM}]{{0,6}}[ ,，]*[扣划耗](?:了|掉)*{_SUM}"
    "|(?<!退)(?<!微信)(?<!支付宝)(?<!零钱)(?<!钱包)余额(?:里|中|上)?(?:的钱|直接)?(?:扣|付|抵|划|支付|结|消)"
    f"|(?:用|从|刷|走|扣)(?:的|了|[他她])*(?:卡[里上内]?的?)?(?:余额(?!宝)|{_CARD})"
    "(?!充|存|办|[卡金]?的?(?:价|折|积分|优惠|号|身份))"
    f"|用(?:的|了)?卡[里上内]的?钱|储值(?:卡|金)?[里上]?(?:付|扣|抵|支付)"
)
_MAYBE_OFF_CARD = lazy.regex(f"(?:刷|[扣划耗销消])(?:了|掉|卡)*{_SUM}[^。;；]{{0,12}}?{_THEN_LEFT}")  # 刷了3000 剩2000
_BY_CARD = lazy.regex(f"[用刷走](?:的|了|[他她])*{_CARD}")  # of goods told with it: their sum may be a sale
_FILLED = lazy.regex("[办开充续][了张个]*[^,，。 ]{0,4}卡|充值|[充存续]了?(?=[¤一二两三四五六七八九])|余额不足")
_LEFT = lazy.regex(f"(?:剩|余|还有)(?:下|额|了|个)*[ :]*{_SUM}")
_ONE_SUM = lazy.regex(rf"{_SUM}(?!\s?{prices.PIECES})")  # 20箱 is none
_DELIVERED = lazy.regex(
    "(?:先|分批|首批|第[一二三四]批|已经?)(?:给[他她@])?(?:发|送)(?:了|货|出|走|过去)[^。;；]{0,80}?(?:剩|余下|后面|其余|另外?)[^。;；]{0,80}?[发送到]"
)
_VOID = lazy.regex(
    rf"[{_SUM}\s,，;；(（/](?:[这那]?[单笔])?(?:已经?|后来|又|都|被|客户)*(?:作废|取消|撤销)(?:了|掉)*[)）。!！\s]*$"
)
_PIECE_COUNT = rf"(?:\d{{1,6}}|[一二两三四五六七八九十百千]{{1,4}})\s?{prices.PIECES}"
_RECOUNTED = lazy.regex(rf"{_PIECE_COUNT}(?:要|想|得)?(?:改|换|变|调整?)(?:成|为|到)了?{_PIECE_COUNT}")
_DENIED = lazy.regex(
    "不(?:是|算)(?:一?[笔个张])?(?:新)?(?:订单|单子|成交)(?!号)[,， ]*(?:就|只|而)?是(?:对账|发票|开票|货款|回款|尾款)"
)
_STAGE = (  # of a contract that there is
    "(?:首期?款|头款|第?[首二三四五末\\d]期(?:款|(?=[收付到转打]))|进度款|中期款|第[二三四五2-5]笔(?!订|单|货(?!款)|生意)款?)"
)
_OF_STAGE = lazy.regex(
    f"{_STAGE}(?:的?{_SUM} ?[%％])?[^,，。;；{_SUM}]{{0,5}}{_SUM}(?! ?[%％])|{_SUM}(?:块钱?|元)?的?{_STAGE}"
)
_SIGNED_OFF = lazy.regex("(?:验收)?签[字收](?:了|过|完)?")
_REST_ALONE = lazy.regex(f"[尾余]款(?:还有|[是的:： ])?{_SUM}(?! ?[%％])")  # 验收签字了 尾款5.8万一个月后付
_FROM = lazy.regex("收到(?P<who>[一-鿿]{2,4}?)(?:公司|那边|的)*(?:货款|回款|[尾余欠]款|账款)")
_TAKES = lazy.regex("[拿订定买进签办](?:了|的(?!钱|款))|成交|拍板|下单|认购|定下|加单|追加|返单|补货")
_MAY_TAKE = lazy.regex(  # 要打印机 3万, 订车, 续费8000: so orders are typed, too
    "(?:^@?|[ ,，又再还也来])(?:要(?![开补寄把改的求先不付])|买(?![卖方家单])|订(?![单金])|续费|采购|定做|定制|拿走)"
    "|下定(?!金)"
)
_OF_EACH = lazy.regex(rf"单价|均价|[每@/]|一\s?{prices.PIECES}")
_OF_OLD = lazy.regex("票|[货账尾余欠]款|款项|对账|[付到结收回打转]|月份?的?(?=¤)")


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; an order of money that no sale brings becomes a note, and so does the doubt whether it is one."""
    if reading.parts or message.contact or message.body.startswith("/") or len(message.body) > _LONGEST:
        return reading
    if reading.action != "order" and reading.ask not in _UNCERTAIN:
        return reading
    if message.who.known is None and not message.who.candidates and _FROM.search(message.body):
        return Reading("note", note=message.text, ask="which_customer", confidence=0.4)
    if is_told(message):
        return _asked(reading) if _may_be_sold(message) else chosen.as_action("note", message) or reading
    if reading.action == "order" and _is_of_stage(message):
        return _asked(reading)
    return _doubted(reading, message) if reading.action == "order" else reading


def _is_of_stage(message: Message) -> bool:
    """True where the only sum is that of a stage: 转了二期款 30000, 首款30%是25050. It is money that comes."""
    signed, sums = _signed(message)
    return len(sums) - signed.count(f"{_SUM}%") == 1 and _OF_STAGE.search(signed) is not None


def _asked(reading: Reading) -> Reading:
    """The reading, asked about: an order, or a note."""
    if reading.ask == "note_or_order":
        return reading
    candidates = (reading.customer,) if reading.customer else reading.candidates
    return replace(reading, action="note", customer=None, candidates=candidates, ask="note_or_order", confidence=0.5)


def _may_be_sold(message: Message) -> bool:
    """True where something may be sold beside it: 20箱换成30箱 4500已付, 拿了两箱酒 1200 刷储值卡, 订车 尾款17万."""
    plain, (signed, _) = numerals.plain(message.body), _signed(message)
    if _VOID.search(signed) or _DENIED.search(signed):
        return False
    if _is_recounted(plain):
        return _ONE_SUM.search(_RECOUNTED.sub(" ", signed)) is not None and not _OF_EACH.search(plain)
    if _OFF_CARD.search(signed):
        return _BY_CARD.search(signed) is not None and _is_taken(signed)
    unbilled = _BILLED.sub(" ", signed)
    is_told_apart = unbilled != signed and _SUM in unbilled and not _OF_OLD.search(unbilled)
    return is_told_apart or _MAY_TAKE.search(signed) is not None


def _doubted(reading: Reading, message: Message) -> Reading:
    """The order; of goods that go out in parts it is asked about, and its sum is, if a card paid a part of it."""
    signed, sums = _signed(message)
    if _DELIVERED.search(signed) and not _is_taken(_DELIVERED.sub(" ", signed)):
        return _asked(reading)
    if _MAYBE_OFF_CARD.search(signed) and not (_is_taken(signed) or _MAY_TAKE.search(signed)):
        return _asked(reading)
    is_added = any(one + other == reading.amount_fen for one, other in combinations(sums.values(), 2))
    if is_added and _BILLED.search(signed) and reading.ask is None:  # 续费8000 还开了发票 8000
        return replace(reading, amount_fen=None, product=None, ask="what_amount", confidence=0.5)
    if _OFF_CARD.search(signed) and not _FILLED.search(signed) and reading.ask is None:
        return replace(reading, amount_fen=None, ask="what_amount", confidence=0.5)
    return reading


def is_told(message: Message) -> bool:
    """True where the sum that is told is what came in for goods sold before, billed, owed or paid by a card."""
    plain, (signed, sums) = numerals.plain(message.body), _signed(message)
    if not sums:
        return False
    if _VOID.search(signed) or _DENIED.search(signed) or _is_recounted(plain):
        return True
    if _OFF_CARD.search(signed) and not _FILLED.search(signed) and not _is_paid_beside(signed):
        return True
    rest = _SIGNED_OFF.sub(" ", rests.FETCHED.sub(" ", signed))
    unbilled = _BILLED.sub(" ", rest)
    if QUANTITY.search(unbilled) or _is_taken(unbilled) or (unbilled != rest and _is_priced(unbilled)):
        return False
    return (
        _BILLED.search(signed) is not None
        or statements.is_told(message.body)
        or rests.is_only_named(message.body, message.now, message.who.words)
        or _is_of_sold(message)
        or (len(sums) == 1 and _REST_ALONE.search(signed) is not None)
    )


def _is_paid_beside(signed: str) -> bool:
    """True for 订了20箱 3000 余额抵扣500: what the card paid is a part of what was sold."""
    return _is_taken(signed) and len(_ONE_SUM.findall(_LEFT.sub("", signed))) > 1


def _signed(message: Message) -> tuple[str, dict[int, int]]:
    plain = numerals.plain(message.body)
    return owed.signs(plain, message.who.words, when.find(plain, message.now))


def _is_of_sold(message: Message) -> bool:
    paid = incoming.told(message.text, message.now, message.known)
    if paid is None or paid.yields:
        return False
    return paid.is_receipt or (paid.is_of_sold and not paid.is_whole)  # of 付全款 12000 the ledger decides


def _is_recounted(plain: str) -> bool:
    """True for 80套改成120套 单价145, where nothing is told to be ordered."""
    return _RECOUNTED.search(plain) is not None and not _is_taken(_RECOUNTED.sub(" ", plain))


def _is_priced(rest: str) -> bool:
    """True for 要打印机 3万 of 要打印机 3万 开了发票3万."""
    return _MAY_TAKE.search(rest) is not None and _SUM in rest


def _is_taken(rest: str) -> bool:
    """True where something is told to be ordered."""
    return any(found.search(rest) for found in (cues.ORDER, _TAKES))
