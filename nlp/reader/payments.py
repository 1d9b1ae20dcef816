"""Money that came in for what was sold before: 孙丽尾款8000付清, 欠款3万已付2万. It is no new order."""

from collections.abc import Sequence
from datetime import datetime

from nlp import lazy, ways_to_pay, when
from nlp.fields import money
from nlp.reader import deposits, owed
from nlp.reader.customers import Known
from nlp.reader.incoming import Incoming
from nlp.reader.reading import Message, as_message

_MATTER = lazy.regex(
    "尾款|余款|欠款|回款|还款|[旧欠前]账|欠的|剩下的|账款|[定订]金|意向金|诚意金|认筹金|预付款?|首付款?|首期?款|头款"
    "|押金|保证金"
)
_PAID = lazy.regex(f"{ways_to_pay.ANY}|付|结|清|还|收|到|打|转|汇|回|给|交|平了|销了|两讫|齐")
_WORDS = lazy.regex(
    "尾款|余款|欠款|回款|还款|货款|账款|(?:以前|之前|上次|上个?月)?[旧欠前]账|以前|之前|上次|上个?月|欠着?的|剩下的"
    "|[定订]金|意向金|诚意金|认筹金|\\d*[%％]|预付款?|首付款?|首期?款|头款|押金|保证金|款项|款子|款|钱"
    "|已经?|终于|总算|今天|刚刚?|昨天|上午|下午|全部|全都|全额|全|都|也|先|又|再|就|了|的|是|为|把|给|我们?|公司|这边|那边"
    "|[来到]店里?[来了]?|来?签了?合同了?|忘记?了|下了?定[了啦]?(?!金)"
    "|那?[笔单批个](?=$|[的了 ,，。付结清到微支现刷转打给先])|那|这"
    "|付清|付讫|付|结清|结掉|结了|结|清掉|清了|清|还清|还|收到|收讫|收齐|收|到账|到位|到|打过来|打来|打齐|打|转过来"
    "|转账|转|汇来|汇|回来|回|给|交|平|销|两讫|齐|一半|部分"
    f"|{ways_to_pay.ANY}|银行|公账|私账|一共|共|元|块钱|块|人民币|[\\s,，。:：;；、!！~+＊]"
)
_NOT_YET = lazy.regex("没|未|差|催|等|说|要|想|答应|[?？吗呢]|拖|什么时候|还有|还欠|不")
_HAS_COME = lazy.regex(f"[了过]|到|已|收|来|{ways_to_pay.ANY}")
_REST = lazy.regex("[ ,，]+(?:[尾余]款|剩下?的?|余下的?|其余的?)(?![^,，。]*[了过已])[^,，。]*$")
_CAME_IN = lazy.regex("^(?!.*(?:没|未|差|催|等|说|要|想|[?？吗呢]))[^一-鿿]*的?(?:今天|昨天|刚刚?|又)?(?:回款|还款)")


def is_told(message: Message) -> bool:
    """True where nothing is told but that a debt, a rest or a deposit was paid: no goods, no ordering, nothing due."""
    body = message.body
    if message.who.words:
        body = body.replace(message.who.words, " ")
    if not _MATTER.search(body) or _NOT_YET.search(body) or not _PAID.search(_MATTER.sub(" ", body).replace("回", "")):
        return bool(_CAME_IN.search(body)) and _is_nothing_else(message, body)
    return _is_nothing_else(message, body)


def deposit(text: str, now: datetime, known: Sequence[Known]) -> Incoming | None:
    """The deposit that has come from one of `known`, where nothing is told but that, and of the rest what is to come.

    >>> deposit("何敏付了定金3000", datetime(2026, 3, 18, 10), [Known(1, "何敏", None, None, None, ())]).fen
    300000
    """
    if not deposits.is_named(text):
        return None
    bare = _REST.sub("", text)
    message = as_message(bare, now, known)
    if message.contact or not is_told(message) or not _HAS_COME.search(message.body):
        return None
    paid = deposits.told(message.body, now, message.who.words)
    return Incoming(paid.fen, paid.on, bare != text, is_ahead=True) if paid is not None else None


def of_order(text: str, now: datetime, known: Sequence[Known]) -> Incoming | None:
    """A part that came from one of `known` of the order named by its sum: 何敏那单8000先付了3000."""
    if not _OF_ORDER.search(text):
        return None
    message = as_message(text, now, known)
    name = message.who.words or ""
    part = deposits.of_order(message.body, now, name) if not message.contact else None
    if part is None or not _is_nothing_else(message, message.body.replace(name, " ") if name else message.body):
        return None
    return Incoming(part.fen, None, False, is_of_sold=True, of_fen=part.total_fen, yields=True)


_OF_ORDER = lazy.regex("[那这上刚订].{0,5}[单笔批]")


def rest(text: str, now: datetime, known: Sequence[Known]) -> Incoming | None:
    """What was open and came from one of `known`, without its sum, where nothing else is told: 何敏尾款到了."""
    if not owed.SPEAKS_OF_REST.search(text):
        return None
    message = as_message(text, now, known)
    is_told = not message.contact and deposits.is_rest_paid(message.body, message.who.words or "")
    return Incoming(0, None, False, is_of_sold=True, is_rest=True) if is_told else None


def _is_nothing_else(message: Message, body: str) -> bool:
    """True where the words of paying, sums and times are all that is said."""
    chars = list(body)
    for one in money.find(body):
        chars[one.start : one.end] = " " * (one.end - one.start)
    for start, end in (found.span for found in when.find(body, message.now)):
        chars[start:end] = " " * (end - start)
    return not _WORDS.sub("", "".join(chars)).strip()
