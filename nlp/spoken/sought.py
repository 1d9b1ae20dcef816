"""What is looked for in notes: the words of 周五打款 or 竞品 上周, the days, and the labels that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlp import lazy, tokens
from nlp.conditions import terms
from nlp.questions import Period, named_days, periods
from nlp.when import numerals

MOST = 4  # words; more than that is a sentence
_EMPTY = frozenset("的了过吗呢啊要想会能说是在有都和跟被把我你他她们到给")
_ALIKE = {
    form: forms
    for forms in (
        ("贵", "价格高", "价高", "便宜", "太贵", "偏贵", "嫌贵"),
        ("打款", "付款", "汇款", "转账"),
        ("涨价", "提价", "调价", "涨了价"),
        ("降价", "便宜", "打折", "优惠"),
        ("发票", "开票"),
        ("样品", "打样", "寄样"),
        ("慢", "太晚", "总是晚", "拖"),
        ("高考", "考大学"),
        ("招标", "投标", "开标", "标书"),
        ("丢单", "丢了", "丢标", "输单", "抢走", "抢了", "黄了", "没中标", "流标", "废标"),
        ("价", "价格", "报价", "问价", "多少钱"),
        ("退货", "退换", "退回"),
    )
    for form in forms
}
UNLESS = {  # words that say something else of a form: 快递丢了 is no lost deal
    "丢了": tuple(
        f"{thing}丢了"
        for thing in ("快递", "包裹", "货", "件", "样机", "手机", "钥匙", "发票", "票", "证", "卡", "合同")
    )
}
_OURS = lazy.regex("^(?:给|向|跟|让|叫)?(?:我们?|咱们?)(?:家)?(?=.)")
_RIVALS = frozenset(("竞品", "竞争对手", "对手", "同行", "别家", "竞争者"))


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a note must hold in one of its `forms`, or bear one of the `labels` instead."""

    word: str
    forms: tuple[str, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """All terms must be there; without any, every note of the days is meant."""

    terms: tuple[Term, ...]
    period: Period | None

    @property
    def words(self) -> str:
        """The terms as they were said."""
        return " ".join(term.word for term in self.terms)


def read(text: str, today: date) -> Sought:
    """The days that are named, and the words of the rest.

    >>> read("涨价 上个月", date(2026, 3, 18)).words, read("周五打款", date(2026, 3, 18)).words
    ('涨价', '周五 打款')
    """
    plain = numerals.plain(text).lower().strip()
    period = None
    for at in range(len(plain)):
        found = periods.at(plain, at, today)
        if found and not named_days.is_any_bare(plain[at : found[1]]):  # of which Friday 周五打款 spoke, nobody knows
            period, end = found
            plain = f"{plain[:at]} {plain[end:]}"
            break
    words = [word for part in plain.split() for word in _words(part)]
    return Sought(tuple(_term(word) for word in dict.fromkeys(words))[:MOST], period)


def _words(part: str) -> list[str]:
    part = _OURS.sub("", part)
    if part in _RIVALS or part in _ALIKE:
        return [part]
    return [word for word in tokens.cut(part) if word.strip() and word not in _EMPTY and word[0].isalnum()]


def _term(word: str) -> Term:
    if word in _RIVALS:
        return Term(word, (word,), ("competitor",))
    label = terms.VALUES["tag"].get(word)
    return Term(word, _ALIKE.get(word, (word,)), (label,) if label else ())
