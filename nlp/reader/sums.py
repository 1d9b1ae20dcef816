"""The sum of an order: what is called the whole, what all pieces cost with what is told beside, or what looks so."""

import re
from itertools import pairwise

from nlp import lazy, when
from nlp.fields import bill_lines, charges, money, named_prices, prices, rows, top_ups, totals
from nlp.reader import deals, no_price, order_instead
from nlp.reader.goods import QUANTITY
from nlp.reader.reading import Message
from nlp.reader.returned_words import RETURNED
from nlp.when import numerals

WORTH = 100_00  # fen: a bare number below is a count
WORKED_OUT = 6
"""The score of a sum that was worked out."""


def plain(message: Message) -> str:
    """The message without deposits, charges, discounts, models and what is not wanted any more, place by place."""
    return plain_of(message.body)


def plain_of(text: str) -> str:
    """The same of a text."""
    told = no_price.without_fees(order_instead.without_refused(text))
    return rows.without_models(charges.without(totals.without_deposit(told)))


def _unnamed(message: Message, body: str, sign: str = "＊") -> str:
    """The words with the sign for each character of the customer's name: 13万2 张伟 counts no sheets."""
    words = message.who.words
    return body.replace(words, sign * len(words)) if words else body


def sum_of(message: Message) -> money.Amount | None:
    """The amount: what is called the whole, what all pieces cost, several products' sum, or what looks most so."""
    body = plain(message)
    if money.impossible(body):
        return None
    body = _unnamed(message, body)
    found = _told(message, body)
    whole = _whole(body, found)
    if not whole and (both := top_ups.find(body)) is not None:
        return money.Amount(both.fen, both.start, both.end, WORKED_OUT) if both.fen else None
    goods = None if whole else _goods(body)
    if goods:
        return _settled_for(message, goods) or _with_beside(message, goods, told=False)
    best = _likeliest(whole or found)
    if best and best.score < money.SIGNED and money.is_foreign(body):
        return None
    return best if best is None or whole else _with_beside(message, best, told=True)


def likely(message: Message) -> money.Amount | None:
    """The sum, or the number that looks most like one where nothing but that is known."""
    return sum_of(message) or (None if only_parts(message) else deals.amount(message))


def _whole(body: str, found: list[money.Amount]) -> list[money.Amount]:
    """The sums that are called the whole; 最后26成交了100套 tells the price of one."""
    each = named_prices.agreed(numerals.plain(body))
    called = [a for a in found if totals.is_whole(body, a.start)]
    return [a for a in called if each is None or not each.start <= a.start < each.end]


def _likeliest(found: list[money.Amount]) -> money.Amount | None:
    return max(found, key=lambda a: (_is_worth(a), a.score, a.fen >= WORTH, -a.start), default=None)


def is_glued(body: str, one: money.Amount) -> bool:
    """True for a bare number right behind a noun, which may name its model: 轴承6204."""
    before = body[: one.start]
    is_bare = one.score == _BARE and not body[one.start].isspace() and _NOUN_END.search(before) is not None
    return is_bare and not any(count.end() == one.start for count in QUANTITY.finditer(before))


_NOUN_END = lazy.regex("[一-鿿](?<![退还冲抵她他它了给掉款付收共计要价])$")
_BARE = 1  # the score of a number that may be money


def is_called_whole(message: Message) -> bool:
    """True where the words call one sum the whole: 优惠后12万."""
    body = plain(message)
    return any(totals.is_whole(body, one.start) for one in _told(message, body))


def _goods(body: str) -> money.Amount | None:
    """What all pieces or several products cost together."""
    each = totals.priced(body) or totals.batches(body) or totals.listed(body)
    return money.Amount(each.fen, each.start, each.end, WORKED_OUT) if each else None


def _with_beside(message: Message, one: money.Amount, told: bool) -> money.Amount:
    """The sum with the charges and without the discounts told beside it, as far as they can be known."""
    paid = _paid(message, one, told)
    if paid is None or paid == one.fen:
        return one
    return money.Amount(paid, one.start, one.end, WORKED_OUT)


def _paid(message: Message, one: money.Amount, told: bool) -> int | None:
    found = charges.beside(totals.without_deposit(message.body))
    if not found or RETURNED.search(message.body):
        return one.fen
    if told:
        return charges.on_told(found, one, totals.without_deposit(message.body))
    return charges.on_goods(found, one.fen)


_IN_PARTS = lazy.regex("分[两二三四五六七八九十\\d]+[次期笔][付交给打]")  # 8000的课分三次付 今天付了3000
_BY_TERM = lazy.regex("(?:每个?|一个?|/)月[^,，。]{0,2}[,，。 ]*(?:按半?[年季]|[年季]付)")  # 一个账号80一个月 按年付


_RESPECTIVELY = lazy.regex("分别(?:是|为|给|要|收|按)?\\s?[¥￥]?\\d+(?:[ ,，、/和]+[¥￥]?\\d+)+")  # 一件分别是90 66 72


def is_unsure(message: Message) -> bool:
    """True where nobody can know what was paid: 6800 优惠200, or sums that contradict each other."""
    body = plain(message)
    if _BY_TERM.search(body) or (_IN_PARTS.search(body) and len(money.find(body)) > 1):
        return True
    told = _told(message, body)
    if rows.is_open(body) or _has_two_wholes(body, told):
        return True
    if not (whole := _whole(body, told)) and (
        _RESPECTIVELY.search(body) or named_prices.is_unclear(numerals.plain(body))
    ):
        return True
    if not whole and (both := top_ups.find(body)) is not None:
        return both.fen is None
    if whole:
        return totals.is_contradicted(body, whole[-1].fen)
    if goods := _goods(body):
        if _settled_for(message, goods):
            return False
        paid = _paid(message, goods, told=False)
        if bill_lines.others_told(numerals.plain(body), (goods.start, goods.end), (goods.fen, paid)):
            return True
        return paid is None or any(_is_another(body, a, goods, paid) for a in told)
    best = _likeliest(told)
    if prices.is_nested(numerals.plain(body)) and (best is None or best.score < money.MARKED):
        return True
    if totals.is_ambiguous(_unnamed(message, body)):
        return True
    if best is None:
        return False
    doubt = rows.doubt(_unnamed(message, body, "；"))  # the price of one or of all: 50套 22
    is_open = (doubt is not None and best.fen in doubt.sums) or _is_below_part(message.body, best.fen)
    return is_open or _paid(message, best, told=True) is None


def _is_below_part(body: str, fen: int) -> bool:
    """True where a deposit is larger than all of it: 368成交 定金5w was said in 万."""
    left = totals.without_deposit(body)
    paid = (one for one in money.find(body) if not left[one.start : one.end].strip())
    return any(one.score >= money.MARKED and one.fen > fen for one in paid)


def _has_two_wholes(body: str, told: list[money.Amount]) -> bool:
    """True for 一千个口杯 总价80 两千副手套总价900: what is called the whole is that of one of them."""
    plain = numerals.plain(body)
    whole = [one for one in told if totals.is_whole(body, one.start)]
    return any(
        a.fen != b.fen and prices.counts(plain, 0, a.start) and prices.counts(plain, a.end, b.start)
        for a, b in pairwise(whole)
    )


def _is_another(body: str, told: money.Amount, goods: money.Amount, paid: int) -> bool:
    """True for a sum that is neither what the goods cost nor what was paid: 3台 单价1200 3100元, 每人268 大巴2000."""
    outside = told.end <= goods.start or told.start >= goods.end
    named = _CARD_FILLED.search(body[: told.start]) is not None  # 续卡8000 beside 精华 680一支
    marked = named or told.score >= money.MARKED or (told.start >= goods.end and _NAMED.search(body[: told.start]))
    return bool(outside and marked and told.fen >= WORTH and told.fen not in (goods.fen, paid))


_CARD_FILLED = lazy.regex("(?:[续办开充]卡|充值|充了?|续费)[了:： ]*[¥￥]?\\s?$")
_NAMED = lazy.regex("[\u4e00-\u9fff]{2}$")


def _told(message: Message, body: str) -> list[money.Amount]:
    """The sums of the message that are no times, not taken back, no price of a piece and none told beside it."""
    spans = [found.span for found in when.find(message.body, message.now)]
    found = [a for a in money.find(body) if a.score > 0 and not any(a.start < e and a.end > s for s, e in spans)]
    found = [a for a in _settled(body, found) if not no_price.is_none(body, a)]
    return [a for a in found if not deals.is_each(body, a) and not deals.is_beside(body, a)]


def _is_worth(one: money.Amount) -> bool:
    """False for 三块灯箱 beside 8万8."""
    return one.score >= money.MARKED and one.fen >= WORTH


_ABATED = lazy.regex(
    "[还砍谈讲压磨]到|抹|零头|折|优惠|让利|凑[个成]?整|取整|去掉"
    "|[给收][他她您](?:算|收)?(?= ?[¥￥\\d一二两三四五六七八九])"
    "|算(?:他|她|您|个)?(?= ?[¥￥\\d])"
)
_MOST_ABATED = 5  # one part in so many is taken off at most


def _settled_for(message: Message, goods: money.Amount) -> money.Amount | None:
    """What is paid instead of the price of all pieces and their charges: 四十袋一袋十八 给七百 零头抹了.

    Or with the tax on it: 10台*380 未税3800 含税4294.
    """
    if (taxed := _taxed(message, goods)) is not None:
        return taxed
    if not _ABATED.search(message.body):
        return None
    body = totals.without_deposit(message.body)
    charged = goods.fen + charges.beside(body).added
    fits = [a for a in _told(message, body) if a.end <= goods.start or a.start >= goods.end]
    for fen in (charged, goods.fen):
        for one in fits:
            if 0 < fen - one.fen <= fen // _MOST_ABATED:
                return one
    return None


_TAXED = lazy.regex("(?<!不)含税(?:总?价|金额|合计)?[:：是]?\\s?[¥￥]?$")
_UNTAXED = lazy.regex("(?:未税|不含税?|税前)(?:总?价|金额|合计)?[:：是]?\\s?[¥￥]?$")
_MOST_TAX, _RATES = 117, (101, 103, 105, 106, 109, 113)  # hundredths of the price: the highest ever, those of today


def _taxed(message: Message, goods: money.Amount) -> money.Amount | None:
    """What the goods cost with tax, where what they cost without is told, too, or the tax is one that there is."""
    body = totals.without_deposit(message.body)
    if "含税" not in body:
        return None
    told = money.find(body)
    untaxed = [one for one in told if _UNTAXED.search(body[: one.start]) and one.fen == goods.fen]
    taxed = [one for one in told if _TAXED.search(body[: one.start]) and one.fen - goods.fen > 0]
    if len(taxed) != 1 or 100 * taxed[0].fen > _MOST_TAX * goods.fen:
        return None
    is_rate = any(100 * taxed[0].fen == rate * goods.fen for rate in _RATES)
    return taxed[0] if untaxed or is_rate else None


_MISSAID = lazy.regex(
    "(?:[哦啊噢额]?不是|[哦啊噢额]不|不对|[说写记打]?错了|口误|更正)[,，。!: ]*(?:应该)?是?[:：]?\\s?$"
)


def _settled(body: str, found: list[money.Amount]) -> list[money.Amount]:
    """The sums without those that are taken back: 一万六，哦不是，一万六千八."""
    back = max((a.start for a in found if _MISSAID.search(body[: a.start])), default=0)
    return [a for a in found if a.start >= back]


def is_part(message: Message, fen: int) -> bool:
    """True when a larger sum stands beside it in a story, and no word says which is the whole."""
    body = plain(message)
    if (
        re.search(
            "(?i)共|合计|总|一起|加起来|折|total|in all|[=＝]|(?<![组综结整配集联])合(?=[\\d一二两三四五六七八九])",
            message.body,
        )
        or totals.priced(body)
        or totals.batches(body)
        or totals.listed(body)
    ):
        return False
    found = [a for a in _settled(body, money.find(body)) if a.score >= money.MARKED and a.fen >= WORTH]
    whole = {a.fen for a in found if not deals.is_each(body, a) and not deals.is_beside(body, a)}
    return any(other > fen for other in whole) or len(whole) > 1


def only_parts(message: Message) -> bool:
    """True when the only sums are prices of a piece or told beside the price: the whole must be asked for."""
    body = totals.without_deposit(message.body)
    found = [a for a in money.find(body) if a.score > 0]
    return (
        bool(found)
        and message.who.known is not None
        and all(deals.is_each(body, a) or deals.is_beside(body, a) for a in found)
    )
