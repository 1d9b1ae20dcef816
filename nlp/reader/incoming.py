"""Money that a customer handed over, with neither goods nor ordering beside it: 孙姐转来2580, 收到孙姐货款1500.

Whether it pays what was sold before or is a sale of its own the words do not tell; who keeps the ledger decides.
Every word of the message must be one of these rules; with others beside `money_in` is asked, which is less sure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from nlp import lazy, ways_to_pay, when
from nlp.fields import money
from nlp.reader import incoming_days, let_off, rests, sum_in_parts
from nlp.reader.customers import Known
from nlp.reader.let_off import LetOff
from nlp.reader.reading import as_message

_LEAST = 10_00  # fen: a bare number below counts something else
_LONGEST = 40
_CUSTOMER, _SUM = "@", "$"  # stand for the customer's name and the sum

_BANK = (
    "(?:[建工农中招交]行|(?:建设|工商|农业|中国|招商|交通|邮储|邮政|民生|浦发|兴业|光大|平安|中信|华夏|农商)?银行"
    "|信用社)"
)
_PART = (  # of what was agreed: 进度款, 第二笔, 剩下的
    "(?:[进度工程中期发货提安装加尾余结算月首末一二三四]{1,3}款|分期款"
    "|加工费|安装费|质保金|(?:剩|余|剩余)下?的?|(?:上次|上回|之前|以前|前面)的(?=$|[^,，。]{0,2}(?:款|钱|账|[付还结清]))"
    "|(?:欠|差)(?:着)?的|[旧老前](?:账|的(?=$)))"
)
_ALL_PAY = "[都全一也起块并儿 ,，]*[付结还清给转]"
_EARLIER = lazy.regex(  # 前面几单一起结了, 上个礼拜的账一起付了
    "(?:(?:(?:前面|之前|以前|所有|[前上这那]|昨天|前天|今天|[上这本]周)(?:和|跟|的)?){0,4}[两几三四五六\\d]{1,2}"
    "(?:张?单子?|笔(?=[都一]))|(?:前面|之前|以前|上次|所有)的单子?|(?<=[的些])账)"
    f"(?:的?(?:货款|款|钱|账))?(?={_ALL_PAY}|一?共\\d[\\d.]*{_ALL_PAY})"
    "|(?<=[付结还清给]了)(?:前面|之前|以前|[前上])的?[两几\\d]{1,2}(?:张?单子?|笔|次)"
)
_OWED = "欠的"  # stands for those
_INSTALMENT = "分期款"  # stands for the second instalment, whose number is no sum
_OF_SHARE = lazy.regex(f"(?<={_INSTALMENT})的?\\d{{1,3}} ?[%％]")  # 二期款50%收到91000
_WHOLE = (
    "(?:[付打交转给汇结](?:了|的|来|清)*(?:全款|全额)"
    "|全款[ :]?(?:\\$(?:块钱?|元)?)?(?:已经?|都|也|刚)*[付打交转给汇结到])"
)
_NUMBERED = lazy.regex(
    "(?:第[一二三四五六七八九十\\d]+|(?<![一-鿿\\d])[首末一二三四\\d])[期笔次](?:款)?"
    "|[这上]期的?款?(?=[ :]*[¥￥\\d一二两三四五六七八九])"
    "|(?<=[了付收转交打给的])[首末一二三四\\d]期款?"
)
_OF_MONEY = lazy.regex(  # not 第二期学费, 第二次疫苗
    "(?:第[一二三四五六七八九十\\d]+|(?<![一-鿿\\d])[首末一二三四\\d])[期笔]"
    "(?:款|(?=[ :,，]*(?:[¥￥\\d一二两三四五六七八九]|$)))"
)
_OF_MONTH = lazy.regex(  # 4月那期付了3200, 收了4月的3200
    "(?<![\\d一二三四五六七八九十])(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
    "(?:(?:那|这|的|该付|应付|要付)+[期笔](?:款|的)?|的(?:[货欠尾]?款|钱|账)?(?=[ ]*(?:微信|现金|转账)?[¥￥]?\\d))"
)
_CAME = lazy.regex(
    f"[付还结打转汇交给缴收](?:了|清|来|的)?{_PART}"
    f"|{_PART}(?:的|¥|\\$|[ ]){{0,8}}(?:块钱?|元)?(?:已经?|都|也|刚|今天){{0,6}}(?:到|[付还结打转汇交给收]了)|先还"
    "|到[账帐](?=[ :：]*[¥￥]?\\$)"
    "|转账|[转打汇](?:款|了|来|过来|过|给我|我)|[付结还给交缴刷](?:了|清|讫|掉|来|给我|款)|[付还汇转打结给](?=[,，]?\\$)|(?<![成提上递移转])[交缴]费?(?=[,，]?\\$)|给(?:我|咱)们?了|收"
    "|已经?[付打转汇结收](?=[了到清]|[ ,，。!]*$)"
    f"|{_WHOLE}|补(?:齐|清|交|了|款)|刷卡|{_BANK}到|[转付打]的(?=[ ,，。!]*$)"
    f"|[全两]清|[清平销]账|平了|入账|进账|[回还汇放]款|扫码|现结|(?:款|{re.escape(_SUM)}[^一-鿿]*(?:块钱?|元)?)(?:也|都|已经?|刚|终于|总算)*到"
)
_OF_AGREED = lazy.regex(
    f"^(?!.*(?:[?？吗没未]|[要想说问催等该得]|答应|明天|后天|下[周个]|再)).*[付还结打转汇交](?:了|清|来)?(?:{_INSTALMENT}|进度款|尾款)"
)
_DEPOSIT = lazy.regex("[定订]金|意向金|诚意金|认筹金|预付|首付|押金|保证金")
_PAID_OUT = lazy.regex(
    f"(?:给|跟|向|替|帮)[ ]?{_CUSTOMER}|(?:[还付转打汇结交退]|退)(?:了|过|款|账)? ?{_CUSTOMER}"
    "|(?<![给跟向把转了])我们?(?:先|又|已经?|刚|今天|昨天){0,6}[给付打转还汇结交]"
)
_RECEIVES = lazy.regex(f"{_CUSTOMER} ?收(?!到?了?{_INSTALMENT}|款)")  # but of 老黄收了300 还差275 he paid
_REST_OWED = lazy.regex(
    "[,，。;；、 ]{0,6}(?:还有?)?(?:剩下?|余下|[尾余]款|还?[差欠]|其余|另外)(?:的|着|我们?|他|她)*[^,，]{0,12}\\d.*$"
)
_REST_AHEAD = lazy.regex(  # 二期收3万 尾款月底
    "[,，。;；、 ]{1,6}(?:[尾余]款|剩下?的?|余下的?|其余的?)"
    "(?:下个?月|本?月|年|下周|周末)[底初末中]?[付结给打转还再清]{0,2}$"
)
_OF_DEBT = lazy.regex("(?:之前|以前|上次|上个?月)?拖?欠(?:着|下|了|我们?|咱们?|公司)*的(?:货款|钱|款|账)?[¥￥]?$")
_TUITION = "(?:学费|课费|课时费|培训费|补课费|[缴交]费)"
_FORGOTTEN = "(?:忘(?:了|记)?(?:记|登记|录|报)?(?:了|账|上)?|漏[记登报录]了?)"
_WORDS = lazy.regex(
    f"{_PART}|{_TUITION}|{ways_to_pay.ANY}上?|{_BANK}|承兑(?:汇票)?|[银商]承|汇票|支票|电汇|网银|放款|[全两]清|补(?=[齐清交了款])|齐"
    "|(?:货|东西)(?:已经?|也|都|今天)*(?:送|收|卸)?到(?:货)?了|(?<=[ ,，了])[他她](?=[付给转打交还]|也|先)"
    "|(?:上次|上回|上一?[批单笔]|之前|以前|前面)的(?=[^,，。]{0,2}(?:款|钱|账))|转账|转|打款|打|汇款|汇|付款|付|结账|结款|结|还款|还|给|交|缴|刷卡|刷|扫码|扫|收款|收讫|收到|收|入账|进账|到账|到位|到"
    "|回款|货款|尾款|余款|全款|全额|账款|款项|款子|款|现结|钱|公账|私账|账(?![号户本期单上])|平(?=了)|着(?=[ 。]*$)"
    "|账户|[周月]结|上次|上回"
    "|(?<=[了付])一半|银行卡?|账上|卡上|清|讫|掉"
    f"|[这本]次|这回|{_FORGOTTEN}"
    "|提前|提早|按时|准时|如期|主动|过来|回来|过去|来|过|我们?|公司|这边|那边|已经?|终于|总算|刚刚?|刚才|全部|全|都|也|先|又|再|就|一起|一块儿?|一并|把|了|的|用|走|是|为"
    "|那?[笔单批个]|那|这|一共|共|元|块钱?|人民币|啦|哈|嘞|咯|哦|噢|呢(?!\\?)|[^\\w一-鿿?？]|[_]"
)
_YUAN = r"[¥￥]?\d[\d.,]*[万千]?(?:块钱?|元)?"
_FETCHED_AND_SETTLED = lazy.regex(
    "(?:过来|[来去])?(?:自提|[提拉取](?:走|完)?货)(?:走)?了?[ ,，]*"
    "(?=[^,，。;；]{0,12}(?:[付结还]清|[付补结]齐|[付结]完))"
)
_FETCHED_FOR_REST = lazy.regex(
    f"(?:过?来|今天|刚|[ ]){{0,6}}{rests.FETCHED.pattern}了?[ ,，]*(?=(?:[^,，。;；]{{0,3}})(?:[尾余]款|剩下))"
)
_OF_SOLD = lazy.regex(
    f"货款|[尾余]款|[回还放]款|账款|{_WHOLE}|[全两]清|[付结还补](?:清|齐)|(?:剩|余)下?的|{_PART}(?<!加工费)(?<!安装费)"
    f"|[清平销]账|平了|清了(?=[ 。]*$)|先还|{_FORGOTTEN}|{_TUITION}"
)
_ALL_OF_IT = lazy.regex(_WHOLE)
_OF_TUITION = lazy.regex(_TUITION)
_RECEIPT = lazy.regex("收款(?![码方人单机])")
_OF_BOTH = lazy.regex(  # 把上次那320和这次的一起转了 840
    rf"[把连]?(?:上次|上回|之前|前面|以前|上个?月|前面)的?那?[笔个单]?(?:的|欠的)*{_YUAN}(?:的|欠款|货款)*"
    rf"(?:和|跟|连|加上?|与|同|还有)(?:这次|这回|今天|这[笔单批]|新的|现在)的?(?:{_YUAN}的?)?(?:一起|一块儿?|一并|都|全)+"
    rf"|[连把](?:同|着|带)?(?:上次|上回|之前|前面|以前|上个?月)的?那?[笔个单]?(?:的|欠的)*{_YUAN}(?:的|欠款|货款)*(?:一起|一块儿?|一并)"
)
_CALLED_WHOLE = lazy.regex("共|总|合计")
_DEDUCTED = lazy.regex("(?:银行|自动)?(?:扣款|代扣|划扣|扣费)(?:已经?|也|都)*(?:成功|到账|好)了?")
_PREMIUM = lazy.regex("(?:首期|首年|续期|续费|续保|年度|今年)?的?(?:保险?费)|续[期费保]|[年月季]缴")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Money that came in, in fen; `on` the day where one gone by is said.

    rest_told: what is still owed is said, or that the goods are fetched, which is a note beside
    settles: goods are fetched and all that is owed is paid; is_of_both: it pays an earlier debt and something new
    is_of_sold: the words themselves say that it pays what was sold before (尾款, 货款, 全清)
    is_doubted: by the words alone it may be what something new was sold for
    is_whole: 付全款: the whole of what was sold, before or by these very words
    is_loose: no word names what it pays, or that it came: only an open sum of just that is surely paid
    is_ahead: it is told as a deposit, of an order that may be none yet
    yields: 交了学费5000 is sold by these words where nothing is open that it pays
    of_fen: 那笔4050付了2700: the sum of the order of which it is a part
    is_rest: 尾款到了: the one sum that is open, which the ledger knows; `fen` is 0
    is_receipt: 收款500: it is entered as received, so that it is no order, whether anything is owed or not
    off: what is let off beside it; left_fen: what is told to be still owed
    """

    fen: int
    on: date | None
    rest_told: bool
    settles: bool = False
    is_of_both: bool = False
    is_of_sold: bool = field(default=False, compare=False)
    is_doubted: bool = field(default=False, compare=False)
    is_loose: bool = field(default=False, compare=False)
    is_ahead: bool = field(default=False, compare=False)
    is_whole: bool = field(default=False, compare=False)
    is_receipt: bool = field(default=False, compare=False)
    yields: bool = field(default=False, compare=False)
    of_fen: int = field(default=0, compare=False)
    is_rest: bool = field(default=False, compare=False)
    off: LetOff | None = None
    left_fen: int | None = field(default=None, compare=False)


def told(text: str, now: datetime, known: Sequence[Known]) -> Incoming | None:
    """The money that the message tells to have come in from one of `known`, where it tells nothing else.

    >>> told("孙丽转来2580", datetime(2026, 3, 18, 10), [Known(1, "孙丽", None, None, None, ())]).fen
    258000
    """
    message = as_message(text, now, known)
    body = re.sub("[一1]次性", "", message.body, count=1)
    if len(body) > _LONGEST or message.contact or body.startswith("/"):
        return None
    if message.who.words:
        body = body.replace(message.who.words, _CUSTOMER, 1)
    fetched, both, brought = _FETCHED_AND_SETTLED.search(body), _OF_BOTH.search(body), _FETCHED_FOR_REST.search(body)
    for one in (brought,) if brought is not None else (fetched, both):
        body = f"{body[: one.start()]} {body[one.end() :]}" if one is not None else body
    body = _OF_MONTH.sub(_INSTALMENT, body)
    body = _OF_SHARE.sub("", _NUMBERED.sub(_INSTALMENT, _deducted(_EARLIER.sub(_OWED, body))))
    body, off = let_off.apart(body)
    body = _without_whole(_without_debt(sum_in_parts.apart(body)))
    cut = _rest_owed(body)
    head = body[: cut.start()] if cut is not None else body
    blanked = _blanked(head, now)
    if blanked is None:
        return None
    told_of, fen, on = blanked
    if not _CAME.search(told_of) or _DEPOSIT.search(told_of) or _PAID_OUT.search(told_of):
        return None
    if _RECEIVES.search(told_of) and cut is None and off is None:
        return None
    rest = told_of.replace(_CUSTOMER, "").replace(_SUM, "")
    if _WORDS.sub("", rest).strip():
        return None
    is_of_sold = both is None and _OF_SOLD.search(told_of) is not None
    settles = fetched is not None and brought is None
    is_whole = _ALL_OF_IT.search(told_of) is not None
    rest_told = cut is not None or brought is not None
    left_fen = next((one.fen for one in money.find(cut.group())), None) if cut is not None else None
    incoming = Incoming(fen, on, rest_told, settles, both is not None, is_of_sold, is_whole=is_whole)
    is_receipt, yields = _RECEIPT.search(told_of) is not None, _OF_TUITION.search(told_of) is not None
    return replace(incoming, off=off, left_fen=left_fen, is_receipt=is_receipt, yields=yields)


def _rest_owed(body: str) -> re.Match[str] | None:
    """Where it is said what is still owed, behind what was paid: 尾款打了5000 还欠2770."""
    cut = _REST_OWED.search(body) or _REST_AHEAD.search(body)
    if cut is not None and not money.find(body[: cut.start()]):
        cut = _REST_OWED.search(body, cut.start() + 2)
    return cut if cut is not None and money.find(body[: cut.start()]) else None


def is_of_month(text: str) -> bool:
    """True where an instalment is called by its month: 收了罗林4月的3200."""
    return _OF_MONTH.search(text) is not None


def is_of_agreed(text: str) -> bool:
    """True where a part of what was agreed is told to be paid: 确认图纸 付第二笔 44000.

    >>> is_of_agreed("刘先生确认图纸 付第二笔 44000"), is_of_agreed("刘先生第二笔要付44000")
    (True, False)
    """
    return _OF_AGREED.search(_OF_MONEY.sub(_INSTALMENT, text)) is not None


def _without_debt(body: str) -> str:
    """The words without the sum that was owed, where another is paid of it: 欠的8500还了5000."""
    sums = money.find(body)
    if len(sums) < 2 or not (owed := _OF_DEBT.search(body[: sums[0].start])):
        return body
    rest = re.sub("^(?:块钱?|元)", "", body[sums[0].end :])
    return body[: owed.start()] + rest


def _deducted(body: str) -> str:
    """The words with a premium that the bank took for us as money that came: 6800扣款成功 续期缴了."""
    return _PREMIUM.sub("", _DEDUCTED.sub("款到账", body)) if _DEDUCTED.search(body) else body


def _without_whole(body: str) -> str:
    """The words without the sum of all, where the part that was paid and the rest make it up: 20万打了15万 剩5万."""
    sums = [one for one in money.find(body) if one.score > 0]
    if (
        len(sums) != 3
        or _CALLED_WHOLE.search(body[: sums[0].start])
        or sums[0].fen != sums[1].fen + sums[2].fen
        or not _REST_OWED.search(body, sums[1].end)
    ):
        return body
    between = re.fullmatch(
        "(?:块钱?|元|的)?[ ,，]?((?:已经?|先|就|只)*[打付转交给汇还]了)", body[sums[0].end : sums[1].start]
    )
    return f"{body[: sums[0].start]} {between[1]}{body[sums[1].start :]}" if between else body


def _blanked(head: str, now: datetime) -> tuple[str, int, date | None] | None:
    """The words with a sign for the one sum, the times gone by left out; None with another sum or a time to come."""
    told = when.find(head, now)
    sums = [one for one in money.find(head) if not any(_is_of(one, time) for time in told)]
    times = [
        incoming_days.gone_by(one, head, now)
        for one in told
        if not any(_meet(one.span, (s.start, s.end)) for s in sums)
    ]
    if len(sums) != 1 or sums[0].fen < _LEAST or any(incoming_days.is_ahead(one, head, now) for one in times):
        return None
    chars = list(head)
    chars[sums[0].start : sums[0].end] = [_SUM] + [""] * (sums[0].end - sums[0].start - 1)
    for start, end in (one.span for one in times):
        chars[start:end] = [""] * (end - start)
    came = (one.on for one in times if one.on is not None and not _OF_MATTER.match(head, one.span[1]))
    return "".join(chars), sums[0].fen, next(came, None)


_OF_MATTER = lazy.regex("\\s?的(?:欠的|货款|账款|[尾余]款|账|款|钱)")  # 上个月的货款 tells no day on which it came


def _meet(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _is_of(one: money.Amount, time: when.When) -> bool:
    """True for the 五 of 上周五 and the 18 of 3月18号: a number that is no sum."""
    start, end = time.span
    return one.score < money.MARKED and start <= one.start and one.end <= end and end - start > one.end - one.start
