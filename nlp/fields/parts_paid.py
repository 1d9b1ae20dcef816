"""What is told to be paid of a sum told before it: 订了空调 50000 付了10000 is an order of 50,000.

Here it is blanked, so that the sum is found; how much was paid is told by nlp/reader/paid_beside.
"""

from __future__ import annotations

from nlp import lazy, ways_to_pay
from nlp.fields import money, prices
from nlp.fields.money import DIGITS

_SUM = rf"[¥￥]?(?:{DIGITS}(?:[万千kKwW]\d{{0,3}})?|[零一二两三四五六七八九十百千万]{{1,9}})(?:块钱|块|元)?"
_BEFORE = (
    "(?:今天|昨天|当场|当天|现场|现在|刚[刚才]?|这会儿?|[今昨]?[早晚]上?|[上下中]午"
    "|客户|他|她|我们?|给|先|已经?|又|只|就|用|走){0,3}"
)
_PART = lazy.regex(
    rf"(?:^|(?<=[\s,，。;；\d元块万千]))(?:{_BEFORE}{ways_to_pay.ANY}?(?:先|已经?|就)?(?:付|刷|转|打|交|给|汇|收)(?:款|卡)?(?:了|过来|来)"
    rf"|{_BEFORE}{ways_to_pay.ANY}(?:付|转|打|收|刷)?款?)\s?(?P<sum>{_SUM})(?:过来|现金)?"
    "(?:(?:凑|补)[够齐满]了?(?:首期?款|首付款?|[定订]金)?)?(?=$|[\\s,，。;；!！])"
)
_ADVANCE = lazy.regex("(?:[定订]金|意向金|诚意金|预付款?|首付款?|首期?款)[:：是为了付交已 ]*$")
_SHARE = lazy.regex(  # 预付30% 24600已到账
    r"(?:[先预首现][付打交收转]款?|[定订]金|首款)(?:了|是|为|[:： ])*"
    r"(?:\d{1,2} ?[%％]|百分之[一二三四五六七八九十\d]{1,3}|[一二两三四五六七八九\d]成)的?[ ,，:：]{0,2}"
    rf"(?P<sum>{_SUM})(?=$|[\s,，。;；!！已也都刚到收付打转交])"
)
_TRADED_IN = lazy.regex(
    rf"(?:旧|老)[^,，。;；\s\d]{{0,4}}(?:抵|折|作价|置换)(?:了|价|扣|掉|成)*(?P<sum>{_SUM})(?=$|[\s,，。;；!！])"
)
_REST = lazy.regex(
    rf"[\s,，。;；]*(?:还[差欠剩]|剩下?的?|差|欠|[尾余]款|余下的?)(?:着|了|下)?\s?{_SUM}(?=$|[\s,，。;；!！])"
)
_ORDERED = lazy.regex(
    "(?<![没不别能会想要再])(?:[订定买拿提签购](?:购|下|走|定|好)?了|下了?单|成交|拍了|采购了?|订购|订单[:： ]"
    "|报名|报了?(?=\\d)|续(?:报|费|[签课]|(?=\\d)))"
)
_NAMED = r"(?!今天|昨天|上午|下午)[一-鿿]{2,8}(?<![欠款账单额价尾余金费])"
_COUNTED = rf"\d{{1,4}}(?:{prices.PIECES}|节课?|课时|次)"
_GOODS_AND_SUM = lazy.rare(  # 8000 滑轨 付了5000, 滑轨 9000 付了4000: nothing else is told
    rf"(?<![一-鿿\d.])(?:[¥￥]?{DIGITS}(?:元|块)? ?{_NAMED}|{_NAMED} ?(?=[¥￥]?{DIGITS})"
    rf"|(?:{_NAMED})?{_COUNTED} ?(?=[¥￥]?{DIGITS}[\s,，元块万千]))"
    rf"(?=[^一-鿿]{{0,12}}(?:[元块万千][^一-鿿]{{0,5}})?{_BEFORE}{ways_to_pay.ANY}?(?:已经?|先)?[付交给打转收]了)"
)
_OTHERWISE = lazy.regex(  # 标价8000 付了6000: what was paid is the price
    "原[价来]|标价|报价|市场价|吊牌|优惠|折|抹|砍|谈|讲|便宜|(?<![空变高])压(?![机力缩路])|降|减|预算|实[付收]|[一总合]共|合计|[总全]款|每|单价|一(?!个月)[个台件箱套只包瓶桶条张支把盒批吨斤米卷]"
    "|[没未]付|上次|之前|[?？吗]|如果|要是|保额|保障|保单|险|额度|贷|授信|价值|面积|产值|规模"
)
_ALONE = lazy.regex(r"\s*(?:块钱?|元)?(?:$|[\s,，。;；!！付刷转打交给汇收])")  # not the 850 of 850加工中心
_PAYING = lazy.regex(
    rf"{_BEFORE}(?:{ways_to_pay.ANY}){{0,2}}(?:付|刷|转|打|交|给|汇|收|结)(?:款|卡|清|完|齐|到)?(?:了|过来|来|的)?|{_BEFORE}{ways_to_pay.ANY}"
)
_WORTH = 100_00  # fen: a bare number below is a count
_MOST_PAID = 0.8  # of the sum before: more may be the price agreed on


def is_paying(words: str) -> bool:
    """True for words that tell how or when was paid, and nothing else: 刚才支付宝转了.

    >>> is_paying("刚才支付宝转了"), is_paying("刷卡"), is_paying("打印纸")
    (True, True, False)
    """
    return _PAYING.fullmatch(words) is not None


def without(plain: str) -> str:
    """The text with what is told to be paid of a larger sum blanked out, and what is left of it, place by place.

    >>> without("订了空调 50000 付了10000").rstrip(), without("订了空调 标价8000 付了6000").rstrip()
    ('订了空调 50000', '订了空调 标价8000 付了6000')
    """
    ordered = _ORDERED.search(plain) or _GOODS_AND_SUM.search(plain)
    if ordered is None or _OTHERWISE.search(_TRADED_IN.sub("", plain)):
        return plain
    parts = [one for how in (_PART, _SHARE, _TRADED_IN) for one in how.finditer(plain, ordered.end())]
    sums = money.find(plain) if parts else []
    starts = {one.end - len(plain[one.start : one.end].lstrip()): one for one in sums}  # without the blank before it
    paid = {one.start: one.fen for at, one in starts.items() if any(p.start("sum") <= at < p.end("sum") for p in parts)}
    others = [one for one in sums if one.start not in paid and one.score > 0 and one.fen >= _WORTH]
    others = [one for one in others if not _ADVANCE.search(plain[: one.start])]
    chars = list(plain)
    for part in parts:
        fen = next((paid[at] for at in range(part.start("sum") - 1, part.end("sum")) if at in paid), 0)
        whole = {one.fen for one in others if one.end <= part.start() and _ALONE.match(plain, one.end)}
        if len(whole) != 1 or not 0 < fen < _MOST_PAID * max(whole):  # of several goods with a sum each none is all
            continue
        rest = _REST.match(plain, part.end())
        end = rest.end() if rest is not None else part.end()
        chars[part.start() : end] = " " * (end - part.start())
    return "".join(chars)
