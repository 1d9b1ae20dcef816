"""What is told of a debt, a payment or a return that is stored: its sum was wrong (李建国欠款改成2500), or it is none.

Which entry is meant, and whether there is one at all, decides who knows the ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nlp import lazy
from nlp.reader import let_off, owed
from nlp.reader.order_values import PIECES
from nlp.when import numerals

LONGEST = 40  # characters; a longer message tells a story
_CUSTOMER, _SUM = owed.CUSTOMER, owed.SUM

Kind = Literal["debt", "payment", "return"]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """The entry's sum is `fen` in truth; None: it is to be taken back, or to be so much less.

    less_fen: by how much the debt gets less (欠款减256)
    wrong_fen: by which sum it is called; quantity: of a return, how many pieces came back, with their unit
    is_refund: what was paid ahead was given back (定金2000退了)
    is_last: the one just entered (刚才那笔); is_let_off: what is less is let off, of debt and order (剩下的4块抹掉)
    """

    kind: Kind
    fen: int | None
    wrong_fen: int | None = None
    quantity: tuple[float, str] | None = None
    is_last: bool = False
    less_fen: int | None = None
    is_let_off: bool = False
    is_refund: bool = False


_LAST = "(?:(?:刚才|刚|上面|上一?|最后|最近)(?:记|录|写|打|输|登)?)"  # before its 的
_WHICH = (
    f"(?:把|将|请|麻烦|帮我|他|她|的|[ ,，:：]|{_CUSTOMER}|(?P<last>{_LAST})|[那这](?:一)?|[笔条个次]"
    "|昨天|前天|今天){0,20}"
)
_BACK = "退(?:货款?|款|费|卡|课|钱)|退[掉了]?的(?:钱|款|货)?"
_PAID = "首付款?|[定订]金|预付款"
_NOUNS = f"欠款|欠账|欠的钱|赊账|挂账|回款|还款|{_PAID}|{_BACK}"
_NOUN = f"(?P<noun>{_NOUNS})"
_YUAN = f"{_SUM}(?:块钱?|元|整)?"
_CALLED = f"(?:{_YUAN}(?:的|那一?[笔单个条])*)?"
_AFTER = f"(?:那一?笔|金额|数目|总额|的|[ ,，]){{0,8}}(?:{_YUAN})?(?:那一?[笔条])?[ ,，]{{0,6}}"
_SLIP = "(?:(?:[写记打输录填搞弄登算](?:成)?错|不对|错|有误)了?[了,，。 ]{0,6})"
_PIECE = f"(?:(?!块){PIECES}|[节次课天])"
_COUNTED = rf"\d{{1,6}}(?:\.\d{{1,2}})?\s?{_PIECE}"
_NOT_SO = f"(?:不是(?:{_COUNTED}|{_YUAN})[,， ]{{0,4}}(?:而)?)?"
_PIECES = rf"(?P<n>\d{{1,6}}(?:\.\d{{1,2}})?)\s?(?P<piece>{_PIECE})"
_CHANGED = lazy.regex(
    f"^(?:不对[了,，。 ]{{0,6}})?{_WHICH}{_CALLED}{_NOUN}{_AFTER}(?P<slip>{_SLIP})?(?P<instead>{_NOT_SO})"
    f"(?P<verb>(?:应该|其实)?(?:改成|改为|改到|更正为|调成|改|是|为))"
    f"[:： ]{{0,4}}(?:{_PIECES}[,， ]{{0,4}})?(?P<right>{_YUAN})?(?P<not>[,， ]{{0,4}}(?:而)?不是{_YUAN})?"
    "[了吧啊哈。!！ ]{0,8}$"
)
_REMOVED = lazy.regex(
    f"^{_WHICH}{_CALLED}{_NOUN}{_AFTER}(?:[写记录输打登]?(?:重复?|错)了?[了,，。 ]*)?"
    "(?:给我|帮我|先|都)?(?:删除|删掉|删去|删|撤销|撤掉|撤回|撤|作废)(?:掉)?[了吧啊哈。!！ ]*$"
    f"|^(?:请|麻烦|帮我|把)*(?:删除|删掉|删了|撤销|撤掉|撤回)(?P<last2>刚?{_LAST})?(?:那一?[笔条]|[ 的]|{_CUSTOMER})*"
    f"{_CALLED}(?P<noun2>欠款|欠账|回款|还款|退货)(?:那一?笔)?[ ]?(?:{_YUAN})?[了吧啊哈。!！ ]*$"
)
_LOWERED = lazy.regex(
    f"^(?:把|将|请|麻烦|帮我|给|从|的|他|她|[ ,，:：]|{_CUSTOMER})*(?:账|帐|欠款|欠账|货款)(?:[上里面]|的)*[ ]?"
    f"(?:给(?:他|她|{_CUSTOMER}))?(?:再|先)?"
    f"(?:减掉|减去|减|扣掉|扣除|扣|冲掉|冲减|冲|抵掉|抵扣|抵)了?[ ]?{_YUAN}[了吧啊哈。!！ ]*$"
)
_DEPOSIT = "(?:[定订]金|预付款|首付款?|意向金|诚意金)"
_GIVEN_BACK = "(?:全部?|都|已经?|也|又|刚|今天|昨天|就|给(?:他|她|人家))*退(?:还|回|掉)?(?:给(?:他|她|人家|客户)|了)+"
_SUM_AHEAD = f"(?:{_DEPOSIT}(?:的|[ ,，:：])*{_YUAN}|{_YUAN}的?{_DEPOSIT})"
_REFUNDED = lazy.regex(
    f"^{_WHICH}{_SUM_AHEAD}[ ,，]*{_GIVEN_BACK}[吧啊哈。!！ ]*$"
    f"|^(?:给|[ ,，]|{_CUSTOMER}|今天|昨天|把|他|她)*退(?:还|回|掉)?给?(?:了|他|她|{_CUSTOMER})+"
    f"{_SUM_AHEAD}了?[。!！ ]*$"
)
_ASKS = lazy.regex("[?？吗]|能不能|可不可以|能否|是否|要不要|行不行|好不好|怎么|为什么|多少")


_OF_PIECES = lazy.regex(_PIECE)
_OF_ONE = lazy.regex(f"{_NOUNS}|[账帐][上里]|货款[减扣冲抵]|抹|零头|少收|[免让]了|不[要收]了")
_NOTHING_ELSE = lazy.regex(f"(?:{_CUSTOMER}|把|那|个|的|就|这边|那边|给|先|都|[ ,，。:：!！])*")


def may_be_told(text: str) -> bool:
    """False for a text that changes no entry whoever is meant: most need no look at the ledger."""
    return _may_be(numerals.plain(text).strip())


def _may_be(plain: str) -> bool:
    return len(plain) <= LONGEST and _OF_ONE.search(plain) is not None and _ASKS.search(plain) is None


def told(text: str, called: str = "") -> EntryChange | None:
    """The change of a debt, payment or return that the text tells of; `called`: the words that name the customer.

    >>> told("李建国欠款改成2500", "李建国").fen, told("刚才那笔300的欠款记错了 是500").wrong_fen
    (250000, 30000)
    """
    plain = numerals.plain(text).strip()
    if not _may_be(plain):
        return None
    rest, off = let_off.apart(plain.replace(called, _CUSTOMER, 1) if called else plain)
    if off is not None and off.fen and _NOTHING_ELSE.fullmatch(rest):
        return EntryChange("debt", None, less_fen=off.fen, is_let_off=True)
    signs, sums = _signs(plain, called)
    if len(sums) == 1 and _LOWERED.match(signs):
        return EntryChange("debt", None, less_fen=sums[0])
    if len(sums) == 1 and _REFUNDED.match(signs):
        return EntryChange("payment", None, sums[0], is_refund=True)
    return _changed(signs, sums) or _removed(signs, sums)


def stated(text: str, called: str = "") -> EntryChange | None:
    """孙丽退货是360: a sum that puts right the payment or return just entered, or is one of its own.

    >>> stated("孙丽退货是360", "孙丽").fen, stated("孙丽退货改成360", "孙丽")
    (36000, None)
    """
    plain = numerals.plain(text).strip()
    if not _may_be(plain):
        return None
    signs, sums = _signs(plain, called)
    match = _CHANGED.match(signs)
    says_wrong = match is not None and any(match[group] for group in ("slip", "not", "instead", "n"))
    is_bare = match is not None and match["verb"] in ("是", "为") and not says_wrong
    if match is None or not is_bare or len(sums) != 1 or not match["right"] or plain.startswith("不对"):
        return None
    kind = _kind(match["noun"])
    return EntryChange(kind, sums[0], is_last=match["last"] is not None) if kind != "debt" else None


def _changed(signs: str, sums: list[int]) -> EntryChange | None:
    match = _CHANGED.match(signs)
    if match is None or not (match["right"] or match["n"]):
        return None
    says_wrong = any(match[group] for group in ("slip", "not", "instead")) or len(set(sums)) > 1
    is_told = says_wrong or "改" in match["verb"] or "应该" in match["verb"] or signs[:2] == "不对"
    kind = _kind(match["noun"])
    right = signs.count(_SUM, 0, match.start("right")) if match["right"] else None
    others = {fen for place, fen in enumerate(sums) if place != right}
    if not is_told or len(others) > 1 or (match["n"] and kind != "return"):
        return None
    quantity = (float(match["n"]), match["piece"]) if match["n"] else None
    if right is None:
        return None  # how many came back tells no sum
    return EntryChange(kind, sums[right], next(iter(others), None), quantity, match["last"] is not None)


def _removed(signs: str, sums: list[int]) -> EntryChange | None:
    match = _REMOVED.match(signs)
    if match is None or len(set(sums)) > 1:
        return None
    is_last = bool(match["last"] or match["last2"])
    return EntryChange(_kind(match["noun"] or match["noun2"]), None, next(iter(sums), None), None, is_last)


def _kind(noun: str) -> Kind:
    if noun.startswith("退"):
        return "return"
    return "payment" if noun in ("回款", "还款") or noun[0] in "首定订预" else "debt"


def _signs(plain: str, called: str) -> tuple[str, list[int]]:
    """The words with a sign for the customer and each sum, and the fen of the sums in their order."""
    made, sums = owed.signs(plain, called, [])
    counts = {at: f"{fen / 100:g}" for at, fen in sums.items() if _OF_PIECES.match(made, at + 1)}  # 12节 is no sum
    made = "".join(counts.get(at, sign) for at, sign in enumerate(made))
    return re.sub(r"\s+", " ", made), [fen for at, fen in sums.items() if at not in counts]
