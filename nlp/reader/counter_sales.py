"""The line of a shop: customer, what was done or sold, its price, how it was paid: 周婷 护理168微信, 孙阿姨剪35.

Each word of the message must be one of these rules. A service with its price is a sale whether or not it is told to be
paid, and so is any article with words of paying behind it; several, each with its price, are one order of their
sum. What is left to be paid (挂账, 没给, 月底一起结) is a sale as well: who keeps the ledger offers the debt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nlp import lazy, ways_to_pay, when
from nlp.fields import money
from nlp.reader import goods, orders, owed, shop_goods, strangers
from nlp.reader.customers import Known
from nlp.reader.reading import Message, Reading, as_message
from nlp.when import When, numerals

_LONGEST, _LEAST = 60, 5_00  # characters; fen: what is less is a number of something
_NAME, _SUM, _THEN = "@", "¤", "§"  # stand for the customer, a sum and a time to come
_WAY = ways_to_pay.ANY
_APART = "[ ,，、。;；+!！~～]"
_PAY = (
    f"(?:{_WAY}|已经?|当场|现场|直接|一次性|全[款额部]|我|过来|[付收给转结交刷扫打](?![个张]|(?<=转)账|(?<=扫)码|(?<=刷)(?:信用|银行|储蓄)?卡)"
    f"|[都也清完齐讫到过好款账钱了的码]|{_APART})"
)
_IS_PAID = f"(?=[^{_SUM}]*?(?:{_WAY}|[付收给转结交刷扫](?:[过清完齐讫好到款账钱我给码]|过来)*(?:了|$)|已[付收结]|到账))"
_LATER = f"(?:(?:下次|下回|回头|{_THEN})(?:来|再|都|就|一起|统一)*[给付结])"
_IS_OWED = f"(?=[^{_SUM}]*?(?:赊|挂账|记(?:在|到)?账|欠着?|[没未][给付结收]|{_LATER}))"
_OWE = (
    f"(?:先|都|也|就|钱|款|账|帐|还|在|着|上|了|的|赊|挂|记|欠|没|未|给|付|结|收|清|来|一起|统一|再|说|那"
    f"|下次|下回|{_THEN}|回头(?=(?:来|再|都|就|一起|统一)*[给付结])|{_APART})"
)
_MOOD = (
    f"(?:{_APART}|很|挺|非常|特别|超|蛮|也|都|说|觉得|客人|[她他]|效果|好看|满意|开心|高兴|喜欢|不错|好评|谢谢"
    "|蛋糕送了|了|的|好(?=$|[ ,，。看]))"
)
_CAME = f"(?:{_APART}|又|还有?|也|刚才?|过来|来店里?|来了?|到店了?|到了|今[天早晚]|生日|下班|路过)*"
_VERB = "(?:做完了?|[做加买拿办选用带点补]了(?:一?[个张份])?|[加买拿](?:一?[个瓶支盒张份])?)?"
_PIECES = "[盒瓶支套张个次片条袋管罐件双份根]"
_NO_ITEM = (
    f"(?!(?:其中)?{_WAY}[付收]?[ :：]*{_SUM}|一共|总共|共|合计|总计|加起来|实[收付]|收|折后"
    "|优惠|减|便宜|抹|抵|少收|[有完到给付])"
)
_ITEM = rf"{_NO_ITEM}[一-鿿A-Za-z][一-鿿A-Za-z]{{0,9}}?(?: ?\d{{1,3}} ?{_PIECES}|(?<=卡)\d{{1,3}}次)?"
_LINE = f"{_CAME}(?P<verb>{_VERB})(?P<item>{_ITEM})[ :：]*(?P<sum>{_SUM})(?P<pay>{_IS_PAID}{_PAY}+?)?"
_LINES = f"(?:{_CAME}{_VERB}{_ITEM}[ :：]*{_SUM}(?:{_IS_PAID}{_PAY}+?)?)"
_OFF = f"(?:{_APART}*(?:优惠|减|便宜|抹零|抵|少收)了?(?P<off>{_SUM}))?"
_NET = f"(?:{_APART}*(?P<told>一共|总共|共|合计|总计|加起来|实收|实付|收了?|折后)(?P<net>{_SUM}))?"
_SPLIT = f"(?P<split>(?:{_APART}*(?:其中)?{_WAY}[付收]?了?[ :：]*{_SUM}){{2,3}})?"  # 微信200 现金68
_WHOLE = lazy.regex(
    f"(?:[给帮](?={_NAME}[做剪染烫洗弄]))?{_NAME}(?:女士|小姐|先生)?(?: ?订单)?(?P<lines>{_LINES}{{1,6}}){_OFF}{_SPLIT}"
    f"(?:{_IS_PAID}(?P<paid>{_PAY}{{1,16}}?))?{_NET}(?:{_IS_PAID}(?P<paid2>{_PAY}+)|{_IS_OWED}(?P<owed>{_OWE}+))?{_MOOD}*"
)
_EACH = lazy.regex(_LINE)
_SETTLED = lazy.regex("(?<![没未])(?:[给付结还清转收交]了|[还结付]清)|还是?欠")  # 剪发58 昨天欠的今天给了: of a debt
_RECEIVED = lazy.regex("[付收给转结交][^没未]{0,3}?了|已[付收结]|到账|[付结收][清讫]")
_WEEKDAY = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天]")
_PUT_RIGHT = lazy.regex(
    r"^(?:刚才|刚|的|那[单个笔]|这[单个笔]|[哦啊,，。!！\s]|不对|[写记打输搞弄说报]?错了?|应该|是|@)+"
)
_BEGINS = (("中午", 11), ("下午", 12), ("午后", 12), ("傍晚", 16), ("晚", 17), ("夜", 18))


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold, each article, for how much in fen, and the day where one gone by is told."""

    fen: int
    items: tuple[str, ...]
    on: date | None = None


def as_order(message: Message) -> Reading | None:
    """The message as an order, where it is a line of a shop and nothing else."""
    sold = told(message)
    known = message.who.known
    if sold is None and known and (parts := _of_days(message)) and all(of_text(p, message.now, known) for p in parts):
        return Reading("unclear", note=message.text, ask="several", confidence=0.3, parts=parts)
    if sold is None:
        return None
    reading = Reading("order", message.who.known, note=message.text, ordered_on=sold.on or orders.day(message))
    product = "、".join(sold.items)
    if len(sold.items) == 1 and re.search(r"\d", product):
        amount = next((one for one in money.find(message.body) if one.fen == sold.fen), None)
        product = goods.product(message, amount) or product
    return replace(reading, amount_fen=sold.fen, product=product)


def of_text(text: str, now: datetime, known: Known) -> Sold | None:
    """What the text tells to be sold to this customer, whom it names."""
    return told(as_message(text, now, [known]))


def told(message: Message) -> Sold | None:
    """What the line tells to be sold to the customer whom it names; None for any other message."""
    who, plain = message.who, numerals.plain(message.body)
    if who.known is None or who.guessed or not who.words or message.contact or len(plain) > _LONGEST:
        return None
    sums = _sums(plain)
    if not sums or plain.startswith("/") or any(one.name in plain for one in message.known if one != who.known):
        return None
    times = when.find(plain, message.now)
    ahead = [one for one in times if _is_ahead(one, message)]
    if _of_days(message):
        return None
    signed = _signed(plain, who.words, sums, [(one.span, one in ahead) for one in times])
    fens = [one.fen for one in sums]
    if (match := _WHOLE.fullmatch(signed)) is not None:
        sold = _summed(match, fens, None)
        return sold if sold is None or match["owed"] is None or _is_offered(sold, message) else None
    on = _last_week(ahead)
    match = _WHOLE.fullmatch(signed.replace(_THEN, " ").strip()) if on is not None else None
    is_received = match is not None and _RECEIVED.search(signed.rsplit(_SUM)[-1])
    return _summed(match, fens, on) if match is not None and is_received else None


def _is_offered(sold: Sold, message: Message) -> bool:
    """True where the debt is seen by who keeps the ledger: not so 护理168 明天给, whose day would be lost."""
    called = message.who.words
    debt = owed.told(message.body, message.now, called) or owed.on_credit(message.body, message.now, sold.fen)
    return debt is not None and debt.fen == sold.fen


def _of_days(message: Message) -> tuple[str, ...]:
    """A text for each day where the sums are of several days gone by: 昨天剪发58 今天护理98 微信."""
    who, plain = message.who, numerals.plain(message.body)
    sums = _sums(plain)
    if who.guessed or message.contact or len(sums) < 2 or not plain.startswith(who.words or "/"):
        return ()
    gone = [one for one in when.find(plain, message.now) if not _is_ahead(one, message)]
    later = [one for one in gone if sums[0].end <= one.span[0] < sums[-1].start]
    first = next((one.on for one in gone if one.span[0] < sums[0].start), None) or message.now.date()
    if not {one.on for one in later} - {first}:
        return ()
    begins = [len(who.words), *(one.span[0] for one in later)]
    pieces = (plain[at:end] for at, end in zip(begins, [*begins[1:], len(plain)], strict=True))
    return tuple(f"{who.words} {piece.strip(' ,，、;；')}" for piece in pieces)


def put_right(text: str, called: str) -> Sold | None:
    """Several articles, each with its price, told anew for an order that was wrong; `called`: the customer's name.

    >>> put_right("刚才刘芳的不对 烫发688 洗发水128 一共816", "刘芳")
    Sold(fen=81600, items=('烫发', '洗发水'), on=None)
    """
    plain = numerals.plain(text)
    sums = _sums(plain)
    if len(sums) < 2 or len(plain) > _LONGEST or not re.search("不对|错", plain):
        return None
    signed = _signed(plain, called, sums, [])
    wrong = _PUT_RIGHT.match(signed)
    if wrong is None or not re.search("不对|错", wrong.group()):
        return None
    match = _WHOLE.fullmatch(f"{_NAME} {signed[wrong.end() :]}")
    sold = _summed(match, [one.fen for one in sums], None, True) if match is not None else None
    return sold if sold is not None and len(sold.items) > 1 else None


def _sums(plain: str) -> list[money.Amount]:
    return [one for one in money.find(plain) if one.score > 0 and one.fen >= _LEAST]


def _summed(match: re.Match[str], fens: list[int], on: date | None, is_sure: bool = False) -> Sold | None:
    """The order of the lines, as far as they name what is sold and their sums agree with what is told of them.

    is_sure: that something was sold is known; else a word of paying is wanted, or a service
    """
    lines = list(_EACH.finditer(match["lines"]))
    items = tuple(_bare(one["item"]) for one in lines)
    is_paid = bool(match["paid"] or match["paid2"] or any(one["pay"] for one in lines))
    is_owed = match["owed"] is not None
    if len(lines) > len(fens) or (is_owed and _is_contrary(match)) or _is_paid_in_part(match, lines):
        return None
    is_paid = is_sure or is_paid or match["split"] is not None or (match["told"] or "")[:1] in ("实", "收")
    whole, rest = sum(fens[: len(lines)]), fens[len(lines) :]
    if match["off"] is not None and rest:
        off = rest.pop(0)
        if 2 * off > whole:  # 课程3600 优惠3200: what it costs, rather than how much less
            return None
        whole -= off
    if match["split"] is not None:
        parts, rest = rest[: (number := match["split"].count(_SUM))], rest[number:]
        if sum(parts) != whole:
            return None
    is_proven = match["net"] is not None and rest[:1] == [whole]  # 雨布260 绳子120 一共380
    if not _are_sold(lines, items, is_paid and not is_owed, is_proven):
        return None
    if match["net"] is not None and rest:
        net = rest.pop(0)
        is_less = match["told"][0] in "实收折" and whole // 2 <= net <= whole
        if net != whole and not is_less:
            return None
        whole = net
    return Sold(whole, items, on) if whole > 0 and not rest else None


def _is_contrary(match: re.Match[str]) -> bool:
    """True where a part of what is owed is told to be paid, or the debt itself: 护理168 微信 烫发388 欠着."""
    paid = f"{match['lines']} {match['paid'] or ''}"
    return bool(_RECEIVED.search(paid) or re.search(_WAY, paid) or _SETTLED.search(match["owed"]))


def _is_paid_in_part(match: re.Match[str], lines: list[re.Match[str]]) -> bool:
    """True where one of several is told to be paid and nothing of the last: 护理168 微信 烫发388; a card is paid."""
    if len(lines) < 2 or lines[-1]["verb"][:1] in ("办", "充"):
        return False
    first, last = match["lines"].rsplit(_SUM, 1)
    paid = (f"{last} {match['paid'] or ''} {match['paid2'] or ''}", first)
    is_last, is_first = (_RECEIVED.search(one) or re.search(_WAY, one) for one in paid)
    return bool(is_first and not is_last)


def _are_sold(lines: list[re.Match[str]], items: tuple[str, ...], is_paid: bool, is_proven: bool) -> bool:
    """True where each line names what is sold; of several each is an article of its own.

    护理298 打折238 and 手机2999 官网3299 tell one article and what else there is to say of its price. is_proven: the
    sum that is told of all of them is theirs
    """
    bare = [re.sub(r" ?\d.*$", "", item) for item in items]
    if len(bare) == 1:
        return shop_goods.is_service(bare[0]) or (is_paid and shop_goods.is_sold(bare[0]))
    if len(set(bare)) < len(bare):
        return False
    if not is_paid:
        return all(shop_goods.is_service(item) for item in bare)
    if is_proven:
        return all(shop_goods.may_be_article(item) and strangers.named_in(item) is None for item in bare)
    named = (
        shop_goods.is_one_of_several(item) or (shop_goods.is_sold(item) and one["verb"][:1] in ("办", "充"))
        for one, item in zip(lines, bare, strict=True)
    )
    return all(named)


def _bare(item: str) -> str:
    """The article without the deed: 做造型 is 造型, but 做脸 that.

    >>> _bare("做造型"), _bare("做脸"), _bare("瓶洗发水")
    ('造型', '做脸', '洗发水')
    """
    item = re.sub("^([剪洗染烫吹])了个(?=[头发]$)", r"\1", item)
    item = re.sub("(?<=[^ ]{2})(?:做?[完好]了?|了)$", "", item)
    item = re.sub(rf"^(?:[做买拿加办](?:了|(?=[^ 脸]{{2}})))?(?:[一两]?(?!次卡){_PIECES}(?=[^ ]{{2}}))?", "", item)
    return re.sub(r"\s+", " ", item).strip()


def _signed(plain: str, name: str, sums: list[money.Amount], times: list[tuple[tuple[int, int], bool]]) -> str:
    """The words with a sign for the name, each sum and each time to come, and without the times gone by."""
    at = plain.find(name)
    marks = {(at, at + len(name)): _NAME} if at >= 0 else {}
    marks |= {span: _THEN if is_ahead else " " for span, is_ahead in times}
    told = [span for span, _ in times]
    marks |= {(one.start, one.end): _SUM for one in sums if not any(a < one.end and one.start < b for a, b in told)}
    made, place = "", 0
    for (start, end), sign in sorted(marks.items()):
        if start >= place:
            made, place = made + plain[place:start] + sign, end
    return (made + plain[place:]).strip(" ,，。!！:：")


def _is_ahead(one: When, message: Message) -> bool:
    if one.recurrence or one.deadline or one.on is None:
        return True
    if one.kind == "part" and one.on == message.now.date():  # 晚上烫染488, told in the morning
        begins = next((hour for word, hour in _BEGINS if word in one.words), 0)
        return message.now.hour < begins
    is_later = (
        one.kind == "datetime" and one.at is not None and one.at.replace(tzinfo=None) > message.now.replace(tzinfo=None)
    )
    return one.on > message.now.date() or is_later


def _last_week(ahead: list[When]) -> date | None:
    """The day of last week where nothing but such a day seems to lie ahead: 周六, told on a Wednesday."""
    if len(ahead) != 1 or ahead[0].on is None or not _WEEKDAY.fullmatch(ahead[0].words.strip()):
        return None
    return ahead[0].on - timedelta(days=7)
