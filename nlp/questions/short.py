"""Questions with a word left out or unknown: 3月业绩, 3月比2月, 滑轨卖了多少."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from nlp import lazy
from nlp.questions import named_days, parsing, periods, receipts
from nlp.questions.parsing import Names
from nlp.questions.terms import Question

_DEEDS = "签单|回款|订单|退货"  # of a day, also what is to be done on it
_FIGURES = (
    "业绩|[销营][售业]额|成交(?:金?额|客户|率)|销量|收款额|单量|客单价|转化率|复购率|下单客户|保费|学费|会费|营收|收入"
)
_NEW = "新增?(?:客户|线索)|新客(?!户)"
_FIGURE = lazy.regex(f"{_DEEDS}|{_NEW}|{_FIGURES}")
_OURS = "(?:我们|咱们|我)?(?:的|全队|全?团队|整个团队|全?公司|全店|部门)?的?"
_NOTHING_ELSE = lazy.regex(
    rf"{_OURS}总?(?:(?P<deed>{_DEEDS})|(?P<new>{_NEW})|{_FIGURES})(?:数量?|总数|总额|情况)?[。.?？!！~ ]*"
)
_OVER = lazy.regex("[了过]|已|[到进入]账|回来")
_TO_COME = lazy.regex("[能要会该]|预[计约]|打算|安排")
_YEAR_SAID = lazy.regex(r"\d\d年|[今去前]年")
_YEAR_FOUND = lazy.regex(r"\d{4}年")
NEARER = 183  # days: what lies further back is nearer as days to come
NEARER_DEED = 31
_COMPARES = lazy.regex("比|对比|相[比差]|多少|怎么样|业绩|销售额|成交额")
_BY_HOW_MUCH = lazy.regex(
    "相比|相差|比较|对比|比|(?:增长|增加|减少|下降|[多少差涨降])了?(?=多少|几[个单万成]|[?？]|$)|变化"
)
_PIECES = lazy.regex("[卖销出](?:了|掉|出)*(?:多少|几)(?:公?斤|[箱袋桶瓶盒包只吨件])")
LONGEST_BARE = 16
LEAST_GOODS = 2


def read(text: str, today: date, people: Names = (), products: Names = ()) -> Question | None:
    """The question, with or without a word of asking; None for any other text. As `parsing.read`."""
    if parsing.is_like_one(text):
        found = _of_a_part(text, today, people, products) or parsing.read(text, today, people, products)
        found = receipts.beside_sales(text, found) if found is not None else None
        return None if found is not None and _may_be_ahead(text, found) else found
    return _bare(parsing.plain_text(text), today, people, products)


def _of_a_part(text: str, today: date, people: Names, products: Names) -> Question | None:
    """The money that came in, of which a part is asked for that is not kept apart: 今天现金收了多少.

    Or with what is still to come: 收了多少 还差多少.
    """
    if not receipts.is_asked(text):
        return None
    rest, with_open = receipts.without_open(text)
    rest, undivided = receipts.whole(rest)
    if not undivided and not with_open:
        return None
    when = "总共" if with_open else "今天"
    found = parsing.read(rest, today, people, products) or parsing.read(f"{when}{rest}", today, people, products)
    if found is None or found.measure != "received" or found.shape != "total":
        return None
    return replace(found, undivided=undivided, with_open=with_open)


def _may_be_ahead(text: str, question: Question) -> bool:
    """True for 周五来多少人, 20号收多少: the day may be the next one as well, unless something is said to be over."""
    is_over = question.measure != "received" or _OVER.search(text) is not None
    return named_days.is_any_bare(text) and (
        question.measure == "new" or not is_over or _TO_COME.search(text) is not None
    )


def _bare(plain: str, today: date, people: Names, products: Names) -> Question | None:
    """3月业绩, 本月回款, 上周新客户: days and the name of a figure ask as well without a word of asking."""
    named = periods.every(plain, today) if may_be_bare(plain) else []
    if len(named) != 1 or not (match := _alone(plain, named[0], people, products)):
        return None
    period, is_deed = named[0].period, match["deed"] is not None
    nearer = NEARER_DEED if is_deed or match["new"] else NEARER
    is_today = period.first == today and period.words[-1] in "天日"
    may_be_ahead = nearer == NEARER_DEED and named_days.is_any_bare(plain)
    if not _has_been(period, plain, today, nearer) or (is_deed and is_today) or may_be_ahead:
        return None
    said = parsing.taken_apart(plain, today, people, products)
    if said is None or said.period is None or said.by or said.order is not None or said.flags - {"ours"}:
        return None
    said.flags.add("many")
    return parsing.question_of(said, today)


def _alone(plain: str, days: periods.Place, people: Names, products: Names) -> re.Match[str] | None:
    """The figure, where but the days and names nothing stands there; of goods no deed: 本周轴承退货 is to be done."""
    rest = f"{plain[: days.start]}{plain[days.end :]}"
    for name in sorted(people, key=len, reverse=True):
        rest = rest.replace(name.lower(), "")
    with_goods = rest
    for name in sorted(products, key=len, reverse=True):
        rest = rest.replace(name.lower(), "")
    match = _NOTHING_ELSE.fullmatch(rest.strip())
    return None if match is None or (match["deed"] and rest != with_goods) else match


def _has_been(period: periods.Period, plain: str, today: date, nearer: int) -> bool:
    """False for days without a year that are those of the last one only because they are still to come."""
    is_of_last_year = _YEAR_FOUND.match(period.words) is not None and _YEAR_SAID.search(plain) is None
    return not is_of_last_year or (today - period.last).days <= nearer


def may_be_bare(text: str) -> bool:
    """True for a short text with the name of a figure.

    >>> may_be_bare("3月业绩"), may_be_bare("3月拜访")
    (True, False)
    """
    return len(text) <= LONGEST_BARE and _FIGURE.search(text) is not None


def may_compare(text: str, today: date) -> bool:
    """True where two stretches of days are named: only then is it worth to look for people in the text."""
    return bool(_two_stretches(parsing.plain_text(text), today))


def _two_stretches(plain: str, today: date) -> list[periods.Place]:
    """The two stretches of days of a text that has a word of comparing; [] for any other."""
    named = periods.every(plain, today) if len(plain) <= parsing.LONGEST and _COMPARES.search(plain) else []
    return named if len(named) == 2 else []


def compares(text: str, today: date, people: Names = ()) -> bool:
    """True for two stretches of days side by side, what was sold in them, and nothing else: 3月比2月, 3月和2月比.

    >>> compares("3月和2月比", date(2026, 3, 18)), compares("3月和2月都没下单", date(2026, 3, 18))
    (True, False)
    """
    plain = parsing.plain_text(text)
    named = _two_stretches(plain, today)
    if not named or not all(_has_been(one.period, plain, today, NEARER) for one in named):
        return False
    rest = f"{plain[: named[0].start]} {plain[named[0].end : named[1].start]} {plain[named[1].end :]}"
    said = parsing.taken_apart(_BY_HOW_MUCH.sub(" ", rest), today, people, ())
    if said is None or set(said.by) - {"rep"} or len(said.where) > 1:
        return False
    return set(said.measures) <= {"money", "orders"} and all(called == "人" for called, _ in said.where)


def counts_pieces(text: str) -> bool:
    """True for a question how many pieces of goods were sold; of orders only their number and money are summed.

    >>> counts_pieces("鸡腿这几天卖了多少箱"), counts_pieces("鸡腿卖了多少钱")
    (True, False)
    """
    return _PIECES.search(text) is not None


def goods_in(text: str, today: date, people: Names = ()) -> str:
    """The words between the known ones of a question about what was sold, perhaps goods; '' where there are none.

    >>> goods_in("轴承6204卖了多少", date(2026, 3, 18)), goods_in("一共卖了多少", date(2026, 3, 18))
    ('轴承6204', '')
    """
    plain, said, at = parsing.plain_text(text), parsing.Said(), 0
    spans: list[tuple[int, int]] = []
    while at < len(plain):
        end = parsing.known_to(said, plain, at, today, people)
        if not end:
            goes_on = bool(spans) and spans[-1][1] == at
            spans = [*spans[:-1], (spans[-1][0], at + 1)] if goes_on else [*spans, (at, at + 1)]
        at = end or at + 1
    if len(spans) != 1:
        return ""
    goods = plain[slice(*spans[0])]
    asked = read(text, today, people, (goods,)) if LEAST_GOODS <= len(goods) <= parsing.MOST_UNKNOWN else None
    return goods if asked is not None and asked.measure in parsing.SOLD else ""
