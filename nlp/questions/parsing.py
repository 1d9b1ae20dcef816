"""Reading a question: every word of it must be known, in any order; what is left over makes it no question of ours."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from nlp import lazy, lexicon
from nlp.fields import places
from nlp.questions import periods, terms
from nlp.questions.periods import Period
from nlp.questions.terms import Question
from nlp.when import numerals

Names = Collection[str]
LONGEST = 40
LONGEST_WORD = 8
SOUNDED = (3, 2)  # characters of a word that may be written with others of the same sound
WEIGHT = (
    *("at_risk", "lost", "complaints", "needs", "overdue", "conversion", "average", "repeat"),
    *("new", "orders", "buyers", "returns", "notes", "received", "money", "customers"),
)
DEFAULT_DAYS = {
    **dict.fromkeys(("money", "received", "orders", "returns", "buyers", "lost", "complaints", "needs", "average"), 90),
    **dict.fromkeys(("notes", "new"), 30),
    **dict.fromkeys(("conversion", "repeat"), 365),
}
QUOTED_DAYS = 30
MOST_UNKNOWN = 12  # characters: a colleague and a product
SOLD = ("money", "orders", "buyers", "returns", "average")
_OF_GROUPS = (*SOLD, "received", "new", "conversion", "customers", "lost", "at_risk")
FITTING = {  # by what each thing can be compared
    "rep": WEIGHT,
    "source": _OF_GROUPS,
    "product": SOLD,
    "industry": (*_OF_GROUPS, "complaints"),
    "region": (*_OF_GROUPS, "complaints"),
    "customer": ("money", "received", "orders", "complaints", "notes", "returns"),
    "topic": ("complaints", "needs"),
}
ASKED_OF_SOMEBODY = (*SOLD[:-1], "received", "complaints", "needs", "notes", "customers", "lost")
LISTABLE = ("at_risk", "lost", "complaints", "new", "buyers", "returns", "needs")
_ASKS = lazy.regex(
    "谁|哪|那个|那款|多少|几|什么|啥|最|排名|排行|冠军|第一|怎么样|如何|咋样|怎样|垫底|复购|转化|每个|各|销冠|榜|对比|比[一较比下]|pk|PK"
)
_MARKS = lazy.regex(r"[\s,，。.?？!！、~…:：]+")
_MEANT_WHICH = lazy.regex("那(?=[个款种位家条](?:来源|渠道|产品|销售|行业|地区|城市|客户|人|货|业务))")
_ENDED = lazy.regex(r"(?:了|过)?(?:的|得|地)?")


@dataclass
class Said:
    """What the words of a text have said so far."""

    measures: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    where: list[tuple[str, str]] = field(default_factory=list)
    order: str | None = None
    period: Period | None = None
    flags: set[str] = field(default_factory=set)
    counted: str = ""


def is_like_one(text: str) -> bool:
    """True for a short text with a word that asks: only then is it worth to read it as a question."""
    return len(text) <= LONGEST and _ASKS.search(text) is not None


def may_be_one(text: str, today: date) -> bool:
    """False for a text of which more is unknown than a name or two: no name that a team knows makes it a question."""
    if not is_like_one(text):
        return False
    said, at, unknown = Said(), 0, 0
    plain = plain_text(text)
    while at < len(plain) and unknown <= MOST_UNKNOWN:
        end = known_to(said, plain, at, today) or _group(said, plain, at)
        unknown += not end
        at = end or at + 1
    return unknown <= MOST_UNKNOWN


def read(text: str, today: date, people: Names = (), products: Names = ()) -> Question | None:
    """The question, or None for any other text; `people` are the team's own, `products` the names it taught.

    A text that is none as it stands is read once more with words of the same sound put right: 签但 is 签单.
    """
    if not is_like_one(text):
        return None
    plain = plain_text(text)
    said = taken_apart(plain, today, people, products) or taken_apart(_sounded(plain), today, people, products)
    return question_of(said, today) if said is not None else None


def plain_text(text: str) -> str:
    """The text in one width and case, as its words are looked for."""
    return _MEANT_WHICH.sub("哪", numerals.plain(text).lower().strip())


def taken_apart(text: str, today: date, people: Names, products: Names) -> Said | None:
    """What all the words say, or None where one is not known."""
    said, at = Said(), 0
    while at < len(text):
        end = known_to(said, text, at, today, people, products) or _group(said, text, at)
        if not end:
            return None
        at = end
    return said


def known_to(said: Said, text: str, at: int, today: date, people: Names = (), products: Names = ()) -> int:
    """Where the mark, name, period or word that begins here ends, and what it says is said; 0 where none begins."""
    end = _marks(text, at) or _named(said, text, at, people, products)
    return end or _period(said, text, at, today) or _word(said, text, at)


def _marks(text: str, at: int) -> int:
    match = _MARKS.match(text, at)
    return match.end() if match else 0


def _named(said: Said, text: str, at: int, people: Names, products: Names) -> int:
    for called, names in (("人", people), ("产品", products)):
        fitting = [name for name in names if name and text.startswith(name.lower(), at)]
        if fitting:
            name = max(fitting, key=len)
            said.where.append((called, name))
            return at + len(name)
    return 0


def _period(said: Said, text: str, at: int, today: date) -> int:
    if said.period is not None or not (found := periods.at(text, at, today)):
        return 0
    said.period = found[0]
    return found[1]


def _word(said: Said, text: str, at: int) -> int:
    known = terms.vocabulary()
    for length in range(min(LONGEST_WORD, len(text) - at), 0, -1):
        word = text[at : at + length]
        if word in known and not _begins_a_name(text, at, length):
            for part, value in known[word]:
                _say(said, part, value, word)
            end = _ENDED.match(text, at + length)
            return end.end() if end else at + length
    return 0


def _begins_a_name(text: str, at: int, length: int) -> bool:
    """True where a longer word of trade begins here: 家电 is no 家."""
    return length == 1 and any(
        text.startswith(word, at) for word in _beginning("industries").get(text[at], ()) if len(word) > 1
    )


def _say(said: Said, part: str, value: str, word: str) -> None:
    if part == "measure":
        said.measures.append(value)
        if value == "customers" and "many" in said.flags:
            said.flags.add("of_customers")
    elif part == "by":
        said.by.append(value)
    elif part == "order":
        said.order = value
    elif part in ("价值", "人"):
        said.where.append((part, value))
    else:
        said.flags.add(part)
        if part == "many":
            said.counted = word


def _group(said: Said, text: str, at: int) -> int:
    """A trade, a town or a source, by its name alone: 五金, 苏州, 展会."""
    for called, table in (("行业", "industries"), ("来源", "sources")):
        for name in _beginning(table).get(text[at], ()):
            if text.startswith(name.lower(), at):
                said.where.append((called, name))
                return at + len(name)
    if length := places.leading(text[at:]):
        said.where.append(("地区", text[at : at + length]))
        return at + length
    return 0


@functools.cache
def _beginning(table: str) -> dict[str, list[str]]:
    """The names of a list by their first character, lower case, the longest first."""
    names = lexicon.words(table) if table == "industries" else {name for name, _ in lexicon.table(table)}
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        found.setdefault(name[0].lower(), []).append(name)
    return found


def question_of(said: Said, today: date) -> Question | None:
    """The question that the words make; None where they make none."""
    measure = _measure(said)
    by = "customer" if "customer" in said.by else next(iter(dict.fromkeys(said.by)), None)
    shape = _shape(said, measure, by)
    if shape is None or measure is None:
        return None
    if shape == "total" and [called for called, _ in said.where].count("人") > 1 and "ours" not in said.flags:
        shape = "rank"  # 小李和小周各卖了多少
    if shape == "rank":
        by = by or "rep"
        if measure not in FITTING[by]:
            return None
    elif shape == "list":
        by = None
    where = tuple(dict.fromkeys(said.where))
    is_of_all = measure == "received" and "ours" in said.flags  # 总共收了多少
    if shape == "total" and measure in ASKED_OF_SOMEBODY and not (where or said.period or is_of_all):
        return None  # 买了多少 is asked of the customer shown last, or of everything
    period = said.period or _usual(measure, shape, today)
    period = None if measure in ("customers", "at_risk", "overdue") else period
    return Question(shape, measure, by, said.order == "least" and shape == "rank", where, period)


def _measure(said: Said) -> str | None:
    found = min(said.measures, key=WEIGHT.index, default=_unsaid(said))
    if found in ("money", "received") and re.search("[单台辆套车]", said.counted):
        return "orders"
    if found == "orders" and said.counted.endswith(("钱", "万", "费")):
        return "money"
    if found == "money" and "of_customers" in said.flags and not said.by:
        return "buyers"
    if found in (None, "customers") and "came" in said.flags and (found or "many" in said.flags or said.by):
        return "new"
    return "new" if found == "customers" and said.period is not None and not said.by else found


def _unsaid(said: Said) -> str | None:
    """What is meant where no measure is named: 大客户有几个, 小李这个月咋样, 这个月哪个销售最牛, 小李和小周比一下."""
    fields = {field for field, _ in said.where}
    if "many" in said.flags and "价值" in fields and not said.by:
        return "customers"
    if said.order == "most" and [field for field, _ in said.where].count("人") > 1:
        return "money"
    if "many" in said.flags and said.counted.endswith(("单", "笔")) and said.period is not None and not said.by:
        return "orders"  # 3月多少单
    of_somebody = "人" in fields and "many" in said.flags and said.period is not None
    return "money" if of_somebody or (said.by == ["rep"] and said.order is not None) else None


def _shape(said: Said, measure: str | None, by: str | None) -> str | None:
    flags = said.flags
    if measure is None:
        return None
    if measure in ("complaints", "needs") and "what" in flags and by is None and said.order is None:
        is_about_them = "customers" in said.measures or bool(said.where) or said.period is not None
        return "quotes" if is_about_them else None
    if said.order is not None:
        return "rank" if by is not None or measure not in ("customers", "complaints", "needs") else None
    if measure in LISTABLE and ("list" in flags or by in ("rep", "customer")):
        return "list" if "list" in flags or by == "customer" or measure in ("at_risk", "lost", "complaints") else "rank"
    if by is not None:
        return "rank"
    if "many" in flags or (measure in terms.RATES and flags):
        return "total"
    return None


def _usual(measure: str, shape: str, today: date) -> Period | None:
    days = QUOTED_DAYS if shape == "quotes" else DEFAULT_DAYS.get(measure)
    return periods.last(days, today) if days else None


def _sounded(text: str) -> str:
    """The text with every word of two or three characters that only sounds like a known one replaced by that."""
    known, said, at = terms.vocabulary(), "", 0
    while at < len(text):
        word = next((text[at : at + n] for n in SOUNDED if at + n <= len(text) and _put_right(text[at : at + n])), "")
        longest = next((n for n in range(LONGEST_WORD, 1, -1) if text[at : at + n] in known), 0)
        if longest or not word:
            step = max(longest, 1)
            said, at = said + text[at : at + step], at + step
        else:
            said, at = said + (_put_right(word) or word), at + len(word)
    return said


@functools.lru_cache(maxsize=4096)
def _put_right(word: str) -> str | None:
    return _by_sound().get(_sound(word))


@functools.cache
def _by_sound() -> dict[tuple[str, ...], str]:
    return {_sound(word): word for word in reversed((*terms.vocabulary(), *periods.WORDS)) if len(word) in SOUNDED}


def _sound(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # imported late, as in nlp.names: only sloppy questions need it

    return tuple(lazy_pinyin(word))
