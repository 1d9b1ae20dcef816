"""The bill of a wholesaler: customer, several goods with their numbers and prices, how it is paid, when it is sent.

王记面馆今天要了2箱鸡腿190一箱,面粉5袋85一袋,月结. Each word of the message must be one of these rules, as in a shop's
line (counter_sales.py): what is a story, a wish or a question is left to the other readers. All goods are in the order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from nlp import lazy, ways_to_pay, when
from nlp.fields import bill_lines, prices, totals
from nlp.fields.bill_lines import MONEY, Line
from nlp.reader import orders, owed
from nlp.reader.reading import Message, Reading
from nlp.when import When, numerals

_LONGEST = 120
NAME, _THEN, _AHEAD = "◎", "[§¦]", "§"  # the customer, a time, one that lies ahead
_APART = r"[\s,，、。;；.!！:：+]"
_FIRM = "[一-鿿]{0,5}(?:店|[面茶餐饭酒菜]?馆|堂|厂|园|校|院|超市|市场|公司|轩|楼|厨房|小吃|工地|门市|批发部)"
_OPENS = rf"(?:开了?[个张]?单子?|记[个一]?[单下]|下单|订单|记账|{_APART}|{_THEN})*"
_HEAD = lazy.regex(
    rf"{_OPENS}(?:{_FIRM}的?)?(?:{NAME}(?:女士|先生)?(?:[面餐饭]?馆|店|家)?(?:那边|这边|那里|家)?)?"
    rf"(?:{_APART}|{_THEN}送货?+[的来]?+|{_THEN}|今[天早晚]|早上|上午|中午|下午|晚上|刚才|刚|又|还|再|来|过来|这次|开了?[个张]?单子?|订单|[送出销]货单|一?[个张]?单|货(?=[\s,，:：\d])"
    r"|(?:(?<![一-鿿])|(?<=[又再还天早晚上午刚才来次边馆店家里货单]))(?:下单?+|要|[订定采购]购|购[买进入]?|订(?!单)|定(?![做制])|拿|买|进|补货(?!架)|补(?:发|(?!货(?!架)))|加|拉|提|叫|点)[了的]*(?:货(?=[\s,，:：\d]))?+)*"
)
_JOINS = lazy.regex(
    rf"(?:{_APART}|还[有要]|另外|[再又][要来加拿订]?+|外加|加上|加(?!多宝|湿|油|厚|急)|[和跟](?!路雪|牛))*"
)
_TOTAL = rf"(?:一共|总共|合计|总计|共计|共|加起来|总价|总)(?:是|要|收|给)?\s?[:：=]?\s?(?P<total>{MONEY})"
_DEPOSIT = rf"(?:押[瓶筐桶箱]子?|空瓶|瓶子?|筐子?|空?桶)?的?押金\s?(?P<deposit>{MONEY})"
_OFF = rf"(?:便宜|优惠|减|抹零|抹|少收|让)了?(?P<off>{MONEY})"
_WAY = ways_to_pay.ANY
_PAID = (
    rf"(?:先|已经?|都)?(?:{_WAY}(?:[付收转给结清款到过了])*|[付收转给结](?:[清款到过了])*(?:{_WAY})?|实收)"
    rf"\s?(?P<paid>{MONEY})"
)
_LEFT = (
    rf"(?:(?:[剩余]下?|尾款|还?[差欠剩])的?(?P<left>{MONEY})|(?P<owed>{MONEY})(?:先|就)?(?:[记挂赊](?:账|欠款?)|欠着))"
)
_TERM = (
    rf"(?:{_WAY}|(?:半?[月周日]结|[挂赊]账)(?:\s?\d{{1,2}}天)?|记(?:在|到)?账|记欠款?|下[次回]|回头|月底|现[结付]|[先都也已付收给转结交清完齐讫赊挂欠着了没未]|到账"
    r"|[付收]款|[剩余]下的?|尾款|补上|一起|全款|加?急)"
)
_TERMS = rf"{_TERM}+"
_SENT_THERE = (
    "(?:之?前)?(?:送到?+货?+(?:[店家]里|厨房|工地|仓库|公司|门店)?|送过?[来去]|配送|到货|要货|来[拿提]"
    r"|自提|发货|发)[了吧]?+"
)
_SENT = rf"(?:{_THEN}|上午|下午|中午|早上|晚上)?{_SENT_THERE}"
_NO_PIECE = rf"(?!\s?{prices.PIECES.replace('块', '')})"
_REST = lazy.regex(
    rf"(?:{_TOTAL}|{_DEPOSIT}|{_OFF}|{_PAID}|{_LEFT}|(?P<bare>{MONEY})(?=$|{_APART})){_NO_PIECE}"
    rf"|(?:{_SENT}|{_TERM}|{_THEN}(?!{_SENT_THERE})|{NAME}|试试|谢谢)+(?=$|{_APART})"
)
_MAY_BE = lazy.regex(
    r"(?:\d|[一二两三四五六七八九十百])\s?"
    "(?:[箱袋斤桶瓶包件盒板筐捆条个只台套份吨张卷片支把罐根米提次节扎升组盘页朵枝]|公斤|kg)"
)
_PERSON = lazy.regex(  # who is named there may be another customer; 老抽 and 金龙鱼油 are goods
    "[一-鿿]{1,2}(?:总|姐|哥|老板|老师|经理|先生|女士|主任|会计|园长|师傅|阿姨)"
    "|老[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田]"
)
_PAST = lazy.regex("上个?(?:周|星期|礼拜|月)")  # 上周500件 names no goods
_WISHED = lazy.regex(f"{_AHEAD}[^{_AHEAD}]{{0,3}}?[要订拿]")  # 下周要40箱
_TERMS_TOLD = lazy.regex(rf"{_APART}(?:{_SENT}|{_TERMS})(?=$|{_APART})")
_MORE = lazy.regex("又[要来加拿订买补]|再来")
_AGAIN = lazy.regex(f"{_MORE.pattern}|{_THEN}送")
_SENT_TOLD = lazy.regex(_SENT)
_TODAY = lazy.regex("今[天早日]|昨|前[天日]|刚|^[早上中下晚]+[上午]$")
_NOT_BOUGHT = lazy.regex(  # a wish, a story, what came back or was given: its words stand where goods do
    "打算|可能|估计|大概|也许|考虑|计划|预计|如果|要是|想[要买订拿进换]|看看|[去前]年|以前|上个?月[要买订拿进]|下个?月[要买订拿进来]"
    "|每个?[月周天年](?![结付])|取消|不要|退|还回|送回|回来|借|赠|缺|换成|少[了要给发]|进价|报价|成本"
)
_FAR = 5  # one part in so many a sum told for all may be off what its goods cost
_KINDS = ("total", "deposit", "off", "paid", "left", "owed", "bare")


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines of a bill and what they cost in fen; None where a number may be the price of one or of all.

    each_fen, all_fen: what all cost then; paid_fen: what is told to be paid of it; owed_fen: what is told to be owed
    """

    lines: tuple[Line, ...]
    fen: int | None
    each_fen: int
    all_fen: int
    paid_fen: int = 0
    owed_fen: int = 0

    @property
    def open(self) -> tuple[Line, ...]:
        """The lines with such a number, where no sum of all tells what it is."""
        return tuple(line for line in self.lines if len(line.sums) > 1) if self.fen is None else ()

    @property
    def product(self) -> str:
        """All goods, each with its number: 鸡腿2箱、面粉5袋."""
        return "、".join(line.words for line in self.lines)


def as_order(message: Message) -> Reading | None:
    """The message as an order, where it is a bill of a known customer and nothing else."""
    who, plain = message.who, owed.apart_from_month(numerals.plain(message.body))
    if who.known is None or who.guessed or not who.words or message.contact or plain.startswith("/"):
        return None
    if not _may_be(plain) or _NOT_BOUGHT.search(plain.replace(who.words, " ")):
        return None
    if any(one.name in plain for one in message.known if one != who.known):
        return None
    bill = told(plain, who.words, when.find(plain, message.now))
    if bill is None or any(_PERSON.match(line.goods) or _PAST.fullmatch(line.goods) for line in bill.lines):
        return None
    reading = Reading("order", who.known, note=message.text, ordered_on=orders.day(message))
    reading.product, reading.amount_fen = bill.product, bill.fen
    if bill.fen is None:
        reading.ask, reading.confidence = "what_amount", 0.5
        reading.bill = bill if bill.open else None
    return reading


def of_text(text: str, called: str, now: datetime) -> Bill | None:
    """The bill that the text is, in which the customer is called so; None for any other text."""
    plain = owed.apart_from_month(numerals.plain(text)).strip()
    return told(plain, called, when.find(plain, now)) if _may_be(plain) else None


def told(plain: str, called: str, times: list[When]) -> Bill | None:
    """The bill that the words are; None for any other words. `called`: the customer's name in them.

    >>> bill = told("王记 鸡腿2箱190一箱,面粉5袋85,月结", "王记", [])
    >>> bill.product, bill.fen, bill.each_fen, bill.all_fen
    ('鸡腿2箱、面粉5袋', None, 80500, 46500)
    """
    if not _may_be(plain):
        return None
    signed = _signed(plain, called, times)
    head = _HEAD.match(signed)
    if head is None or _WISHED.search(head.group()):
        return None
    lines, sums = _read(signed, head.end())
    is_settled = _TERMS_TOLD.search(signed, head.end()) is not None or _AGAIN.search(head.group()) is not None
    if lines and not sums and not any(line.sums for line in lines):
        return Bill(tuple(lines), None, 0, 0) if _is_more(head.group(), signed, lines) else None
    return _summed(plain, lines, sums, is_settled) if lines else None


def _is_more(head: str, signed: str, lines: list[Line]) -> bool:
    """True for 又加1箱羊肉串, whose sum is asked for; with a day, 明天送2箱羊肉串 is a task of ours."""
    is_again = _MORE.search(head) is not None and all(line.is_pack for line in lines)
    return is_again and _AHEAD not in signed and _SENT_TOLD.search(signed) is None


def lines_of(plain: str) -> tuple[tuple[Line, ...], int | None] | None:
    """Lines of goods, each with its price, and the sum in fen that is told of all; None for any other words."""
    lines, sums = _read(plain, 0) if _MAY_BE.search(plain) or any(char.isdigit() for char in plain) else ([], {})
    if not lines or sums.keys() - {"total"} or any(not line.sums for line in lines):
        return None
    return tuple(lines), sums.get("total")


def _may_be(plain: str) -> bool:
    return len(plain) <= _LONGEST and _MAY_BE.search(plain) is not None


def _signed(plain: str, called: str, times: list[When]) -> str:
    """The words with a sign for the customer and for each time."""
    at = plain.find(called) if called else -1
    marks = {(at, at + len(called)): NAME} if at >= 0 else {}
    times = [one for one in times if not plain[: one.span[1] + 1].endswith("月结")]  # 12 月结
    marks |= {
        one.span: "¦" if _TODAY.search(one.words) else _AHEAD
        for one in times
        if not (at < one.span[1] and one.span[0] < at + len(called))
    }
    made, place = "", 0
    for (start, end), sign in sorted(marks.items()):
        if start >= place:
            made, place = made + plain[place:start] + sign, end
    return made + plain[place:]


def _read(signed: str, place: int) -> tuple[list[Line], dict[str, int]]:
    """The lines and the sums told of all of them; no lines where any word is none of these.

    is_over: the customer was named behind goods, and what follows him is another's
    """
    lines: list[Line] = []
    sums: dict[str, int] = {}
    is_over = False
    while place < len(signed):
        joined = _JOINS.match(signed, place)
        place = joined.end() if joined is not None else place
        if place >= len(signed):
            break
        rest = _REST.match(signed, place) if lines else None
        if rest is not None and rest.end() > place:
            for kind in _KINDS:
                if rest[kind] is None:
                    continue
                if kind in sums:
                    return [], {}
                sums[kind] = _fen(rest[kind])
            place, is_over = rest.end(), is_over or NAME in rest.group()
            continue
        if (found := bill_lines.read(signed, place)) is None or is_over:
            return [], {}
        if (all_fen := sums.pop("total", None)) is not None:  # 面粉3袋 共330 香菜5把10元: of that line alone
            if lines[-1].sums and all_fen not in lines[-1].sums:
                return [], {}
            lines[-1] = replace(lines[-1], sums=(all_fen,))
        line, place = found
        lines.append(line)
    return lines, sums


def _fen(words: str) -> int:
    yuan = bill_lines.yuan(words)
    return int(yuan * 100) if yuan is not None else 0


def _summed(plain: str, lines: list[Line], sums: dict[str, int], is_settled: bool) -> Bill | None:
    """The bill of the lines, as far as what is told of all of them agrees; None where that is another matter.

    is_settled: how they are paid or when they are sent is told, too
    """
    if any(not fen for fen in sums.values()) or len({line.goods for line in lines}) < len(lines):
        return None
    owed_fen, bare = sums.pop("owed", 0), sums.pop("bare", None)
    if owed_fen:
        is_settled, sums = True, {"left": owed_fen} | sums
    if bare is not None:  # 精油3瓶128 面膜2盒198 326: of all goods, or nothing we know
        if len(lines) < 2 or "total" in sums or not bill_lines.settled(lines, bare):
            return None
        sums["total"] = bare
    total, paid = _total(lines, sums), sums.get("paid", 0)
    if total is None:
        bill = _of_lines(plain, lines, sums, is_settled)
    else:
        paid = 0 if "deposit" in sums else min(paid, total)
        each, least = (sum(line.sums[at] for line in lines if line.sums) for at in (0, -1))
        bill = Bill(tuple(lines), total, each, least) if _is_likely(lines, total, sums.get("off", 0)) else None
    if bill is None or (bill.fen is not None and owed_fen > bill.fen - paid) or (bill.fen is None and owed_fen):
        return None
    return replace(bill, paid_fen=paid, owed_fen=owed_fen)


def _of_lines(plain: str, lines: list[Line], sums: dict[str, int], is_settled: bool) -> Bill | None:
    """The bill of which no sum of all is told: what its lines cost together."""
    if not sums and is_settled and all(not line.sums and line.is_pack for line in lines):
        return Bill(tuple(lines), None, 0, 0)  # 又加1箱羊肉串: what it costs is asked for
    if "off" in sums or not all(line.sums and line.piece for line in lines):
        return None  # nobody knows what those cost
    each, least = (sum(line.sums[at] for line in lines) for at in (0, -1))
    if any(line.is_each for line in lines):
        lines = [replace(line, sums=line.sums[:1]) if line.is_cheap else line for line in lines]
        least = sum(line.sums[-1] for line in lines)
    elif not (any(line.is_doubtful for line in lines) or totals.is_ambiguous(plain)):
        lines = [replace(line, sums=line.sums[-1:]) for line in lines]  # each number is of all pieces
        each = least
    is_open, paid = each != least, sums.get("paid", 0)
    if is_open and "paid" in sums:
        return None
    if not is_open and (paid > each or sums.get("left", each - paid) > each):
        return None
    is_told = len(lines) > 1 or lines[0].is_each or (lines[0].is_pack if is_open else is_settled)
    return Bill(tuple(lines), None if is_open else each, each, least) if is_told else None


def _total(lines: list[Line], sums: dict[str, int]) -> int | None:
    """What is told to be the sum of the goods, also as what was paid of them and the deposit for the empties."""
    total, paid, deposit = sums.get("total"), sums.get("paid", 0), sums.get("deposit", 0)
    if total is None and paid and bill_lines.settled(lines, paid - deposit):
        return paid - deposit
    if total is None and "left" in sums and bill_lines.settled(lines, paid + sums["left"]):
        return paid + sums["left"]
    if total is not None and paid and sums.get("off") == total - paid and bill_lines.settled(lines, total):
        return paid  # 共780 抹30 付750
    if total is not None and deposit and not bill_lines.settled(lines, total):
        return total - deposit
    return total


def _is_likely(lines: list[Line], total: int, off: int) -> bool:
    """True where the goods cost about that; of goods without a price the others cost less."""
    priced = [line for line in lines if line.sums]
    if len(priced) < len(lines):
        return sum(line.sums[-1] for line in priced) < total and (bool(priced) or len(lines) > 1)
    if off:
        pieces = int(lines[0].pieces) if len(lines) == 1 else 1
        return any(bill_lines.settled(lines, total + less) for less in (0, off, pieces * off))
    if bill_lines.settled(lines, total):
        return True
    least, most = sum(line.sums[-1] for line in lines), sum(line.sums[0] for line in lines)
    return any(abs(fen - total) <= fen // _FAR for fen in (least, most)) and len(lines) > 1
