"""Questions about money that came in: with what was sold beside it, or of a part that is not kept apart."""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.questions.terms import Question

_CAME_IN = lazy.regex("(?<![应要能会该回])收(?![入货件获藏费据])|回款|[到进入]账")
_SOLD = lazy.regex("卖|销售额|营业额|业绩|成交额?|签(?:了|单)|出货|下单")
_WAYS = lazy.regex("现金|现钱|微信|支付宝|刷卡|扫码|银行卡|信用卡|转[账帐]")
_FROM = lazy.regex("来源|渠道|客户|来的|加的")
_PARTS = lazy.regex("[定订]金|首付款?|首款|预付款?|押金|保证金|[尾余]款")


_OPEN = lazy.regex(
    r"[,，、 ]*+(?:和|跟|以及)?(?:现在|一共|总共)?还(?:有(?:多少|几)(?:钱|款|[尾余]款)?没[收付给结]"
    r"|[差欠剩没](?:[收付给]?)(?:多少|几)|(?:多少|几)没[收付给结])(?:到|回来?)?(?:钱|款|[尾余]款)?(?:没[收付给结])?"
)


def is_asked(text: str) -> bool:
    """True where the words may ask for money that came in: only then is it worth to look further."""
    return _CAME_IN.search(text) is not None


def without_open(text: str) -> tuple[str, bool]:
    """The text without the question for what is still to come, and whether that was asked beside what came in.

    >>> without_open("这个月收了多少 还差多少"), without_open("还有多少没收")
    (('这个月收了多少', True), ('还有多少没收', False))
    """
    rest = _OPEN.sub("", text)
    return (rest, True) if rest != text and is_asked(rest) else (text, False)


def whole(text: str) -> tuple[str, str]:
    """The text without the ways of paying and the parts of a price, and those: 今天收了多少 and 现金、微信.

    >>> whole("今天现金收了多少 微信多少"), whole("这个月收了多少定金")
    (('今天收了多少 多少', '现金、微信'), ('这个月收了多少', '定金'))
    """
    if _FROM.search(text):  # 微信来的客户收了多少
        return text, ""
    found = [match.group() for pattern in (_WAYS, _PARTS) for match in pattern.finditer(text)]
    return _PARTS.sub("", _WAYS.sub("", text)), "、".join(dict.fromkeys(found))


def beside_sales(text: str, question: Question) -> Question:
    """The question for both where both are asked: 今天卖了多少 收了多少."""
    if question.shape != "total" or question.measure not in ("received", "money", "orders"):
        return question
    is_of_both = _SOLD.search(text) is not None and is_asked(text)
    return replace(question, measure="received", with_sales=True) if is_of_both else question
