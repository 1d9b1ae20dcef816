"""Whether a sum told of a known customer is an order, may be one, or is explained as something else."""

import re

from nlp import lazy, when
from nlp.fields import money, prices, rows, totals
from nlp.reader import cues, no_price
from nlp.reader.goods import QUANTITY
from nlp.reader.reading import Message
from nlp.when import numerals

LONGEST = 44
LONGEST_STORY = 160
_LEAST = 100_00  # fen: a bare number below is a count
_BARE = 1  # the score of a number that may be money

# It has happened: acquiring, insuring, enrolling, signing, with the sign that it is over.
_DONE = lazy.regex(
    "(?<![没不别能会想要再])(?:开|办|续|报|投|买|订|定|签|充|存|拿|提|进|购|拍|加|下|订购|采购|预订|预定|认购|预存|充值"
    "|储值)(?:了|好了?|完了?|下了|妥了?|成了?|掉了?)(?![给过来回票价]|单价|话费|电话|时间|日子|会|名字)"
    "|(?:交|缴|付|刷|打)(?:了|清了?|完了?|好了?)[^,，。说]{0,6}?(?:保费|学费|年费|会费|课费|全款|订金|定金)"
    "|(?:开|办|续|充|买|报|入)(?:卡|课|保|险|班|年卡|会员|会)(?![片上里号])|出单|成单|过单|签单|成交|投保|报名|落定|拍板"
    "|款?已(?:付|收|打|转|结)(?:清|款|讫)?(?=[,，。 !]|$)|定金已?(?:付|交)|(?:今天|昨天|前天|上午|下午"
    "|刚刚?|早上)(?:刚|才)?(?:开|办|续|报|投|买|订|定|签|充|交|拿|提)的"
)
_DONE_IN_ENGLISH = lazy.regex(
    r"(?i)\b(?:signed|ordered|bought|purchased|renewed|closed (?:the |a )?deal|deal (?:is )?(?:closed|done)|took"
    r"|placed (?:an?|the|another|his|her) [^,.]{0,16}order|order confirmed"
    r"|confirmed (?:an?|the|his|her) [^,.]{0,16}order"
    r"|re-?ordered|closed[- ]?won|PO (?:received|signed|issued|in(?=[ ,.!]|$))|sent (?:the |a )?PO"
    r"|paid (?:the |a )?(?:deposit|in full))\b"
)
_NOT_IN_ENGLISH = lazy.regex(
    r"(?i)\b(?:will|would|wants?|ask(?:s|ed|ing)?|if|may(?:be)?|might|quot\w+|target|said|says|not|no|cancel\w*|compl\w+"
    r"|consider\w*|price|budget|plans?|needs?|offer\w*|refund\w*|return\w*|owes?|overdue|last (?:year|month|time)"
    r"|competitors?|freight|discount|cheaper|expensive|sample)\b|n't|\?"
)
_EXPLAINED = lazy.regex(
    "[说问想嫌催让吗呢?？欠差赔罚奖借贵欠退]|费用|红包|回款|[尾余货]款|预付款|剩下|货到付|到账|款到|房租|工资|薪|价格|便宜|预算|报价|报了(?!\\s?[\\d一二两三四五六七八九十]+\\s?(?:个?[班课]|门|期|节))|目标"
    "|库存|成本|利润|上次|上回|去年|前年|上个月|账|票|别|没|不|才|优惠|折|估计|大概|可能|如果|要是|打算|准备|考虑|犹豫|以前"
    "|之前|年收入|营业额|流水|销量|月销|客流|面积|平米|平方|公里|编号|型号|定单号|单号|给别家|别人|同行|竞品|对手|彩礼|首付"
    "|贷|融资|捐|花了|随了|意向|压[价到]|砍|降|涨|抬|最多|至少|起码|每[年月天]|一[年月天]"
)


def amount(message: Message) -> money.Amount | None:
    """The number that looks most like money, deposits and times left out."""
    body = rows.without_models(totals.without_deposit(no_price.without_fees(message.body)))
    spans = [found.span for found in when.find(body, message.now)]
    found = [
        a
        for a in money.find(body)
        if a.score >= _BARE and a.fen >= _LEAST and not any(a.start < end and a.end > start for start, end in spans)
    ]
    found = [a for a in found if not no_price.is_none(body, a)]
    best = max(found, key=lambda a: (a.score, -a.start), default=None)
    return None if best and best.score < money.SIGNED and money.is_foreign(body) else best


def _rest(message: Message) -> str | None:
    """What is told besides the customer of a short message without a time to come; None for any other message."""
    body, who = message.body, message.who
    if who.known is None or message.contact or length(body) > LONGEST or cues.NOTE.match(body):
        return None
    if any(found.on and found.on > message.now.date() for found in when.find(body, message.now)):
        return None
    return _COMPARED.sub(" ", body.lower().replace(who.words.lower(), " ", 1))


_COMPARED = lazy.regex(
    "(?:[跟和同比照按]|一样){1,4}上[次回个]月?的?(?:那批|那单|数量|价钱?|规格)?(?:一样|相同|那样|一致|差不多)?的?"
)


def length(body: str) -> int:
    """The characters of a message, a word in Latin letters as two."""
    return len(_LATIN.sub("ab", body))


_LATIN = lazy.regex("[A-Za-z]{3,}")


_SOLD = lazy.regex(r"(?:今天|昨天|刚|[上中下]午|早上|我们?|又|\s){0,8}卖(?:给|了|给了)\s")  # to him, not by him


def is_done(message: Message) -> bool:
    """True for 孙丽交了保费,8200,给她爸妈的医疗险: somebody known has acquired something, and a sum is named."""
    rest = _rest(message)
    if rest is None or _EXPLAINED.search(rest) or cues.NO_ORDER.search(rest) or cues.REMIND.search(rest):
        return False
    if not re.search("[一-鿿]", rest):
        return bool(_DONE_IN_ENGLISH.search(rest)) and not _NOT_IN_ENGLISH.search(rest) and amount(message) is not None
    happened = _DONE.search(rest) or _DONE_IN_ENGLISH.search(rest) or _SOLD.match(rest)
    return bool(happened) and not _NOT_IN_ENGLISH.search(rest) and amount(message) is not None


_NOT_YET = lazy.regex(
    "账[^,，。]{0,12}没结|(?<![多幸])亏(?!得)|额度|授信|赠品|赠送|免费|[去前往]年|目标|预算|损失"
    "|(?i:(?:(?<![a-z])target price|credit (?:limit|line))(?!.*(?:sign|order|clos|took|成交|签|下单))"
    "|ballpark|likely|forecast|budget|estimat|pipeline|next (?:quarter|month"
    "|year))|报价|估计|可能|如果|要是|打算|准备|考虑|犹豫|欠|借|贷款|罚|赔|工资|房租|别家|同行|竞品|对手"
    "|[?？吗]|押金"
)


def explained(message: Message) -> bool:
    """True when the words explain a sum as a target, a debt, an offer, a wish or another's price.

    What stands before it turned out otherwise is over: 头两天还说没预算 今天要订…, 原报价7.5万,最终6.8万成交.
    """
    rest = message.body.replace(message.who.words, " ", 1) if message.who.words else message.body
    return _NOT_YET.search(latest(rest)) is not None or is_quoted(message)


_OWED = lazy.regex("[没未](?:结|付|给|到|收)|[要催追讨]账|账要|还[短差欠]|亏了?|倒贴|少收")


_QUOTED = lazy.rare(
    "询[价盘]|(?:问[了过]{0,2}|打听[了过]?|咨询)[^,，。]{0,8}价(?!值)|给?我(?:这边|们)?(?:先)?(?:报的?|给的)(?:价[格钱]?|了|(?=\\s?[一-鿿A-Za-z]{0,6}\\d))"
)
_ORDERED_THEN = lazy.regex(
    "(?<![没不别能会想要未])(?:下了?单|签[了的下]|成交|成[了的]|拍板|敲定|定下|就定|说定|[订定买拿要补进][了的]|采购了|付[了款]|打款)"
)


def is_quoted(message: Message) -> bool:
    """True for 询价 DN50 20个 我报85元: a price is asked for and told, and nothing was ordered since."""
    body = message.body.replace(message.who.words, " ", 1) if message.who.words else message.body
    last = max((found.end() for found in _QUOTED.finditer(body)), default=None)
    return last is not None and _ORDERED_THEN.search(body, last) is None


def is_owed(message: Message) -> bool:
    """True for money that is due, came in late or is lost: 账要来了一半 还短一千三."""
    return _OWED.search(message.body) is not None


_TURN = lazy.regex(
    "最[终后]|后来|结果|终于|总算|到底|还是(?=[从找跟给在要订定买签拿])|当场|转头|一咬牙|这回|(?:今[天儿早]|刚刚|刚才|昨[天儿晚])(?=[^,，。]{0,12}[订定买签拿补下要])"
    "|(?i:finally|in the end|eventually|but )"
)


def latest(told: str) -> str:
    """The words from the last turn on that still holds a sum.

    >>> latest("起先嫌贵 后来要了二百袋 七千元")
    '后来要了二百袋 七千元'
    """
    sums = [one.end for one in money.find(told) if one.score >= money.MARKED and one.fen >= _LEAST]
    turns = [turn.start() for turn in _TURN.finditer(told) if sums and turn.start() < sums[-1]]
    return told[turns[-1] :] if turns else told


def may_be(message: Message) -> bool:
    """True when a sum is named that nothing in the message explains as another's price, debt, wish or history."""
    rest = _rest(message)
    if rest is None or _EXPLAINED.search(rest) or cues.NO_ORDER.search(rest) or _NOT_IN_ENGLISH.search(rest):
        return False
    return not cues.SPEECH.search(rest) and amount(message) is not None


_PIECES = f"{prices.PIECES}|[扇樘盏桌]"
_BEFORE_EACH = lazy.regex(
    f"(?:每|(?:^|[,，。 的])一)(?:{_PIECES}|[天晚人位次节间柜车单场组]|课时)[:：是就]?\\s?$"
    "|每[人位次节晚天月年期][:：是就]?\\s?$|单价[:：是]?\\s?$|[@×xX✕*]\\s?[¥￥]?\\s?$"
)
_EACH = lazy.regex(f"\\s?[一二三四五六七八九]?钱?(?:/|一|每)(?:{_PIECES})(?=$|[,，。;； 算的呢吧])")
_TAKES = lazy.regex(
    "(?<![不没别想])(?:要(?=[\\d一二两三四五六七八九十百几])|要了|拿了|加了|订了|定了|买了|进了|补了|追加|续了|充了|提了|办了|下了|签了|说定|就定|定下"
    "|成交|成的|谈[成妥]|说妥|下单|拍板|搞定|拿下|敲定|签约|签订|签的|续(?=[一二两三四五半\\d])|确认[,，]|拿走|提走|整了(?=[\\d一二两三四五六七八九十])|订购|采购了)"
)
_NO_DEAL = lazy.regex(
    "[要催追讨]账|的账|退|欠|嫌|贵|便宜|报价|报了|预算|尾款|余款|运费|赔|罚|别家|别的|竞|对手|同行|上次|上回|去年|以前|之前|如果|要是|考虑|犹豫|打算|可能|想|问|没|不|工资|房租"
    "|利润|成本|库存|目标|降|涨|砍|押金|损失|亏|抢|贷|借|首付|营业额|流水|每[年月天]|[?？吗呢]"
    "|薪|花了|准备|估计|等|机票|一晚|订[^,，。]{0,12}(?:酒店|房间|饭店|位)|发票|招标|医院|住院|手术|ICU|icu|婚|学校"
)


_MARKS = lazy.regex("[,，。;；!！ ]")
_WHOLE = lazy.regex("合计|共|总价|总额|合同价|货值")


_BESIDE = lazy.regex(
    "(?:运费|邮费|快递费|安装费|(?<!含)税费?|不含税|未税|原价|标价|[刊挂市吊牌官][一-鿿]{0,2}价|旧账|第[一二三四五六]名|[写记说]成|(?<![充储增货产总面])值|开价|要价|报价|预算|框架(?:协议)?|[:：]原|去年|不是|当初|上[次回](?:欠|才|是)*的?|欠着?的?|报的?是?|手续费|材料|人工|扣|抵|抹|原来|本来|优惠|便宜|(?<!冲)减少?|退税|油补|保额|省|返|送|另付|另加|补贴|折扣)了?[:：是]?\\s?$"
)
_BESIDE_AFTER = lazy.regex(
    "\\s?(?:块钱|块|元)?(?:作废|不算|[没不]计|保额|免赔|(?:变更?|改|涨|升|增|换)(?:成|为|到|至)|的?(?:运费|邮费|税|优惠|返点|补贴)|另算"
    "|[^,，。;；\\d一二两三四五六七八九]{0,4}(?:砍|降|压|谈|还|让|磨|减|杀|讲|掉|调)价?(?:到|成|至))"
)


def is_beside(text: str, one: money.Amount) -> bool:
    """True when the sum is told beside the price: 运费200, 原价9600."""
    return bool(_BESIDE.search(text[: one.start]) or _BESIDE_AFTER.match(text, one.end))


def is_each(text: str, one: money.Amount) -> bool:
    """True when the sum is the price of one piece: 6块5一套, 一盒35."""
    return bool(_BEFORE_EACH.search(text[: one.start]) or _EACH.match(text, one.end))


_AT_LAST = lazy.regex("(?:最[后终]|终于|[谈砍压磨还降]到了?|[以按])(?:以|按|是|给|就){0,4}[¥￥]?\\s?$")
_STRUCK = lazy.regex(
    "\\s?(?:块钱|块|元)?(?:的?价格?|含税)?(?:成交|成的|成了|拿下|签[的了下]|定[的了下]|拍板|敲定)(?!量|率|吗|没)"
)
_OF_OTHERS = lazy.regex(
    "想|要求|希望|没[松谈答同]|不[同肯答]|拒|别家|别人|同行|对手|竞|人家|[被让]|如果|要是|上次|去年|[?？吗]"
)


def is_struck(message: Message) -> bool:
    """True where a sum is what was agreed on at last: 预算十万,我报了十二万,最后十一万成的."""
    body = message.body
    if message.who.known is None or message.contact or cues.NOTE.match(body) or _OF_OTHERS.search(body):
        return False
    return any(
        one.fen >= _LEAST
        and _AT_LAST.search(body[: one.start])
        and _STRUCK.match(body, one.start + len(body[one.start : one.end].rstrip()))
        for one in money.find(body)
    )


def is_reckoned(message: Message) -> bool:
    """True where somebody known took so many at so much, and the sum told is just that, or none is.

    Without a sum nothing but the pieces, the price and the goods may be told: 一箱85 要40箱.
    """
    told = latest(message.body.lower())
    if message.who.known is None or message.contact:
        return False
    plain = numerals.plain(told)
    if (rows.find(plain) or prices.lines(plain)) and len(message.body) <= LONGEST:
        return _TAKES.search(told) is not None and not (_NO_DEAL.search(told) or cues.NOTE.match(message.body))
    one = prices.find(told)
    if one is None or not _TAKES.search(told) or _NO_DEAL.search(told) or cues.NOTE.match(message.body):
        return False
    if any(each.fen == int(one.pieces * one.each * 100) for each in money.find(told)):
        return True
    bare = len(message.body) <= _TERSE and not _NOT_SURE.search(told) and not when.find(told, message.now)
    return bare and all(is_each(told, each) for each in money.find(told) if each.score > 0)


_TERSE = 24  # characters
_NOT_SURE = lazy.regex("[能会可该等先再说讲问看谈报希望给]|最[低少多]|左右|以内|price|quote")


def in_story(message: Message) -> bool:
    """True when a longer message tells among other things that somebody known took something for a sum."""
    body, who = message.body, message.who
    if who.known is None or message.contact or not LONGEST_STORY >= len(body) > 12 or cues.NOTE.match(body):
        return False
    if not _TAKES.search(body):
        return False
    body = body.lower().replace(who.words.lower(), "＊" * len(who.words), 1)
    for one in money.find(body):
        if one.score < money.MARKED or one.fen < _LEAST or is_each(body, one) or is_beside(body, one):
            continue
        if _is_taken_for(body, one):
            return True
    return False


def _is_taken_for(body: str, one: money.Amount) -> bool:
    """True when the clause that tells of taking, and what stands from there to the sum, speaks of a deal."""
    before = [part for part in _MARKS.split(body[max(0, one.start - 50) : one.start]) if part]
    after = _MARKS.split(body[one.end :])[0]
    if _TAKES.search(after) and not _NO_DEAL.search(after):
        before.append("")
    reach = 5 if before and _WHOLE.search(before[-1]) else 3
    for count in range(1, min(reach, len(before)) + 1):
        told = "，".join(before[-count:]) + after
        if _TAKES.search(told):
            return not _NO_DEAL.search(told)
    return False


_CUT = lazy.regex(r"打[一二三四五六七八九\d.]{1,3}折")
_RECKONED_IN = lazy.regex("折后|合计|共|总|实[收付]|下来")
_FEW = 10_00  # fen
_LEAST_A_PIECE = 10  # fen: goods that would cost less than one jiao each were told with the price of one


def is_doubtful(text: str, fen: int) -> bool:
    """True for a discount that nobody reckoned in, and for many pieces that cost next to nothing: 500只 0.3元."""
    cut = _CUT.search(text) is not None and _RECKONED_IN.search(text) is None
    counted = QUANTITY.search(text)
    return cut or (counted is not None and (fen < _FEW or _is_a_pieces(text, fen, counted.group())))


def _is_a_pieces(text: str, fen: int, counted: str) -> bool:
    """True for 球阀200个 12.5: told without a word for the whole, and next to nothing for each."""
    pieces = numerals.integer(counted.rstrip("条台个件套箱桶袋只瓶卷张吨双盒包支把辆公斤米本副 ")) or 0
    told = next((one.start for one in money.find(text) if one.fen == fen), None)
    return 0 < fen < _LEAST_A_PIECE * pieces and told is not None and not totals.is_whole(text, told)
