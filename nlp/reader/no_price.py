"""Numbers beside an order that nobody pays for it: what a policy covers, what is left on a card, a meeting's number."""

from __future__ import annotations

from nlp import lazy
from nlp.fields import money
from nlp.fields.money import Amount

_POLICY = "(?:重疾|寿险|意外险?|医疗险?|百万医疗|防癌|商业险|三者险?|(?<!年金)险)"  # an annuity's sum is what is paid
_BEFORE = lazy.regex(
    r"(?:保额|保障额度?|保障|身价|(?<!退)余额|(?:会议|房间|直播间?|频道|入会|参会)(?:号码?|ID|id|密码)|密码|验证码|快递单?号|票号"
    r"|(?:信用|授信|赊销|可用)?额度(?:已经?|只|都|才|总共|一共|给){0,4}(?:给?到|提到|降到|[用占剩欠][了掉到]{0,3})?"
    r"|额度[^,，。;；]{2,14}[用占剩欠][了掉到]{0,3}|授信(?:额度?)?|目标价|限价|控制价|拦标价"
    r"|(?i:credit (?:limit|line)|open AR|target price|our costs?)"
    r"|(?:还|卡里|账上|里面){0,4}剩(?:下|余|了|的){0,4}|(?:卡里|账上|卡上)(?:还|现在){0,2}有(?:着|个)?)(?:是|为|有|到|已经?|[:：\s]){0,8}[¥￥]?\s?$"
)
_RENT = lazy.regex(
    r"(?:租金|房租|店租|铺租|厂租|地租)(?:一个?[年月]|每[年月]|现在|都|要|涨到了?|就|是|得|[:：\s])*[¥￥]?\s?$"
)
_LET = lazy.regex("签|续|租[给了出]|起租|承租|[付交收缴押]|到账|下单|[订定]")  # some of us let what is rented
_COVER_BEFORE = lazy.regex(rf"{_POLICY}[^,，。;；\d]{{0,2}}(?<!续)[买做要配上保投加][了到个]?[¥￥]?\s?$")
_AFTER = lazy.regex(r"\s?(?:块钱|块|元)?的?(?:保额|保障|额度|身价)(?!费)")
_COVER_AFTER = lazy.regex(rf"\s?(?:块钱|块|元)?的?{_POLICY}(?!费)")
_PAID = lazy.regex(r"\s?(?:块钱|块|元)?[^,，。;；]{0,8}(?:[结付还交]清|[付交还]了|付干净|[付交]齐|打过来)")
_LEAST = 100_00  # fen: a bare number below is a count
_LEAST_COVER = 10_000_00  # fen: a policy covers no less; 三千的意外险 tells the premium
_PLAIN = lazy.regex(rf"{_POLICY}[^,，。;；]{{0,3}}(?:只|就|先)?[买做要配上保投][了到个]?[¥￥]?\s?$")
_WHOLE_END = lazy.regex(r"\s?(?:块钱|块|元)?的(?=$|[,，。;；\s])")
_DEDUCTED, _LEFT = (
    lazy.regex(r"扣(?:了|掉|卡)?[¥￥]?\s?$"),
    lazy.regex(r"[剩余](?:下|额|了)*[¥￥:：\s]?\d"),
)  # of a card
_NUMBERED = lazy.regex(r"(?:会议|房间|直播间?|频道|入会|参会)(?:号码?|ID|id|密码)|密码|验证码")
_RECKON = lazy.regex(r"(?:帮我|给我|帮忙)?(?:算|换算|计算)(?:一?下|算|一算|出)?(?!了|的|是|成)")
_HOW_MUCH = lazy.regex("多少|几钱|几万|几块|[?？]")
_BILLED = lazy.regex(
    r"(?:[要补]开?[张个]?(?:发票|专票|普票)|抬头)[^,，。;；\d金号编]{0,12}[¥￥]?\d"
    r"|^[^,，。;；\d]{0,8}开票[¥￥ ]?[\d.]+[元块]?$"
)
_WISHED_COVER = lazy.regex(
    rf"{_POLICY}[^,，。;；]{{0,3}}(?:只|就|想|要|先)+[买做要配上保投]个?[¥￥]?\s?[\d.]+[万千百]?(?:块钱|块|元)?的(?=$|[,，。;；\s])"
)
_BOUGHT = lazy.regex(r"[签订买定充办付][了下]|下了?单|成交|开了|已[付开]")
_TENDER = "(?:(?:投标|竞标|履约)(?:保证金|押金)|标书(?:费|款|工本费)|投标费|中标服务费|招标代理费|保函(?:费|手续费))"
_FEE = f"(?:{_TENDER}|(?<!质量)(?<!质)保证金)"
_SUM = rf"[¥￥]?(?:(?<!\d)(?<!\d,){money.DIGITS}[万千kKwW]?|[零一二两三四五六七八九十百千万]{{1,9}})(?:块钱|块|元)?"
_PAID_FEE = (
    "(?:(?:今天|昨天|刚|已经?|也|都|又|先|要|得|我们?|公司)*(?:打|转|汇|交|付|缴|出)(?:了|过去|出去|上去)*|[:：是 ])*"
)
_TENDER_FEES = lazy.regex(f"{_TENDER}{_PAID_FEE}{_SUM}|{_SUM}的?{_TENDER}")
_BID_FEES = lazy.regex(f"{_FEE}{_PAID_FEE}{_SUM}|{_SUM}的?{_FEE}")  # where a tender is spoken of
_OF_TENDER = lazy.regex("投标|招标|竞标|标书|开标|(?<![商达指目超对坐鼠座光音])标(?![准配签注识志题牌价])")
_FEE_SENT = "(?:打|转|汇|交|付|缴)(?:过去|出去|上去)"
_PAID_BY_US = lazy.regex(
    f"{_FEE}[^,，。;；]{{0,10}}?{_FEE_SENT}"
    f"|(?:我们?|咱们?|(?:^|(?<=[ ,，。我]))公司)[^,，。;；]{{0,6}}?(?:打|转|汇|交|付|缴)了?[^,，。;；]{{0,8}}?{_FEE}"
)


_PUT_RIGHT = lazy.regex(
    rf"\s{{0,4}}(?:不对|[说写记报打]?错了)[,，。!！\s]{{0,6}}(?:应该|总价|一共|报价){{0,3}}(?:是|报)?\s?{_SUM}\d{{0,4}}[了吧啊的。!！\s]*"
)


def is_none(text: str, one: Amount) -> bool:
    """True for a number that is told as something else than what is paid: 保额50万, 剩1380, 30万的重疾.

    >>> from nlp.fields import money
    >>> [is_none(text, money.find(text)[0]) for text in ("保额50万", "重疾只买30万的", "签了30万")]
    [True, True, False]
    """
    before = text[: one.start]
    if _BEFORE.search(before):
        return _PAID.match(text, one.end) is None
    if _RENT.search(before) and _LET.search(text) is None:
        return True
    if _AFTER.match(text, one.end) or (one.fen >= _LEAST_COVER and _is_cover(text, one)):
        return True
    if _DEDUCTED.search(before) and _LEFT.search(text, one.end):
        return True
    numbered = _NUMBERED.search(before)
    return numbered is not None and not before[numbered.end() :].strip(" 0123456789-:：是")


def _is_cover(text: str, one: Amount) -> bool:
    """True for 30万的重疾, 意外险投了100万 and 重疾只买30万的."""
    before = text[: one.start]
    is_chosen = _PLAIN.search(before) is not None and _WHOLE_END.match(text, one.end) is not None
    return is_chosen or _COVER_BEFORE.search(before) is not None or _COVER_AFTER.match(text, one.end) is not None


def is_no_sale(text: str) -> bool:
    """True where the bot is to reckon, a bill is asked for, a cover wished or a sum paid by us.

    >>> [is_no_sale(text) for text in ("算下8000交20年多少", "重疾只买30万的", "保证金2万打过去了")]
    [True, True, True]
    """
    billed = _BILLED.search(text) is not None and _BOUGHT.search(text) is None
    wished = _WISHED_COVER.search(text) is not None and _BOUGHT.search(text) is None
    return is_to_reckon(text) or billed or wished or is_paid_by_us(text)


def is_put_right(text: str) -> bool:
    """True where nothing but what is right is told, which is no new order: 不对 是15万8.

    >>> is_put_right("不对 是15万8"), is_put_right("不对 王总订了15万8")
    (True, False)
    """
    return _PUT_RIGHT.fullmatch(text) is not None


def is_paid_by_us(text: str) -> bool:
    """True for 保证金2万今天打过去了 and 标书费300交了: what a tender costs us, and no other sum.

    >>> [is_paid_by_us(text) for text in ("投标保证金8500交了", "签了30万 履约保证金3万", "租房保证金5000")]
    [True, False, False]
    """
    if _PAID_BY_US.search(text) is not None:
        return True
    left = without_fees(text)
    return left != text and not any(one.score > 0 and one.fen >= _LEAST for one in money.find(left))


def without_fees(text: str) -> str:
    """The text without a tender's fees and deposits, which bidders pay and no customer, place by place."""
    if "保证金" not in text and "标" not in text and "保函" not in text:
        return text
    found = _BID_FEES if _OF_TENDER.search(text) else _TENDER_FEES
    return found.sub(lambda fee: " " * len(fee.group()), text)


def is_to_reckon(text: str) -> bool:
    """True where a sum is to be reckoned: 帮我算下 8000交20年一共多少."""
    return _RECKON.search(text) is not None and _HOW_MUCH.search(text) is not None
