"""A day's log in one message: several lines, each about another person. They are never one record."""

import re
from collections.abc import Sequence

from nlp import fields as lead_fields
from nlp import lazy, names
from nlp.fields import money, prices, refunds
from nlp.reader import clauses, cues, customers, pasted
from nlp.reader.customers import FULL, NICKNAME, Known
from nlp.reader.reading import Message, Reading
from nlp.reader.returned_words import RETURNED

MOST = 20  # records of one message
_MARK = lazy.regex(r"^\s*(?:[((]?\d{1,2}[))、.．:](?!\d)\s*|[①-⑳]\s*|[-*•·]\s*|[一二三四五六七八九十]{1,2}[、.]\s*)")
_BEFORE = lazy.regex(
    r"^(?:今天|昨天|上午|下午|早上|晚上|刚才|又|先|再|后来|然后|最后|接着)*(?:/?(?:add|new|note)\b|记录?|新客户"
    r"|老客户|加客户|客户|线索|拜访|去|见|跟|和|给|找|到)?了?"
    r"[:: ]*"
)
_TOLD_AT_ONCE = lazy.regex(r"$|\s|[,,::]|说|嫌|投诉|催|反映|要(?!求)|下单|订了|问(?!题)|没接|不接")
_DAYS = ("今天", "今日", "昨天", "昨日", "待办")  # a heading also without a colon
_HEAD_ENDS = lazy.regex(
    r"$|[^\u4e00-\u9fff]|说|嫌|要|想|问|让|觉得|反映|投诉|抱怨|催|打电话|来电|不|没|今|昨|在|的|下|订|是|已"
)


def split(text: str, known: Sequence[Known] = ()) -> list[str]:
    """The message as one text a person, in order; the whole as a single piece unless two lines name different people.

    Lines that name nobody belong to the line above; what stands before the first person is left out only when it is a
    heading.

    >>> split("1. 王芳 要报价\\n2. 李强 嫌慢\\n催他付款")
    ['王芳 要报价', '李强 嫌慢\\n催他付款']
    """
    if listed := pasted.rows(text):
        return listed
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and (pieces_of_line := _in_one_line(text) or _orders_in_one_line(text, known)):
        return pieces_of_line
    if len(lines) < 2 or len(lines) > 4 * MOST:
        return [text]
    pieces: list[tuple[str, list[str]]] = []
    opening: list[str] = []
    for line in lines:
        marked = _MARK.match(line)
        bare = line[marked.end() :].strip() if marked else line.strip()
        person = _person(bare, known, marked is not None)
        if person and person[0].isdigit() and pieces and not any(map(lead_fields.phones, pieces[-1][1])):
            person = None  # the number of whom the line above names
        if person is not None and (not pieces or person != pieces[-1][0]):
            pieces.append((person, [bare]))
        elif pieces:
            pieces[-1][1].append(bare)
        else:
            opening.append(bare)
    if len({person for person, _ in pieces}) < 2 or len(pieces) > MOST:
        return [text]
    return [line for line in opening if not _is_heading(line)] + ["\n".join(part) for _, part in pieces]


def _in_one_line(text: str) -> list[str]:
    """Two leads and more between slashes or semicolons, each with a number of its own; empty for anything else."""
    pieces = [piece.strip() for piece in re.split(r"\s[/／|]\s|[;；]", text) if piece.strip()]
    if not 2 <= len(pieces) <= MOST or not all(re.search("1[3-9]", piece) for piece in pieces):
        return []
    numbers = [lead_fields.phones(piece) for piece in pieces]
    alone = all(len(found) == 1 for found in numbers) and len({found[0] for found in numbers}) == len(pieces)
    return pieces if alone and all(re.search("[\u4e00-\u9fff]{2}", piece) for piece in pieces) else []


def _orders_in_one_line(text: str, known: Sequence[Known]) -> list[str]:
    """张伟下单12000,王芳下单3000 as one order each; empty unless each customer has a sum of his own.

    Without a word for an order (小胖羊肉卷45斤1350 陈姐雪碧10提340) each has his goods, their number and the sum.
    """
    is_told = cues.ORDER.search(text) is not None
    if len(text) > 80 or cues.NO_ORDER.search(text) or not (is_told or _SOLD.search(text)):
        return []
    lowered = text.lower()
    found = {
        hit.known.name: hit
        for hit in customers.hits(text, known)
        if hit.person in ((FULL,) if is_told else (FULL, NICKNAME))
    }
    starts = sorted({lowered.find(hit.words) for hit in found.values()})
    if len(starts) < 2:
        return []
    opening = text[: starts[0]].strip(" ,，:：")
    pieces = [text[a:b].strip(" ,，;；、。和") for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(opening) > 6 or not all(any(amount.score > 0 for amount in money.find(piece)) for piece in pieces):
        return []
    if not is_told and (
        _NOT_SOLD.search(text)
        or not all(len(_SOLD.findall(piece)) == 1 and _SOLD_ALONE.search(piece) for piece in pieces)
    ):
        return []
    return [piece if cues.ORDER.search(piece) else f"下单 {piece}" for piece in pieces]


_SOLD = lazy.regex(
    rf"\d{prices.PIECES}[^,，。;；\d]{{0,6}}[ :：,，]?(?<!\d)\d{{2,}}(?:\.\d+)?(?:元|块钱?)?(?:记一?下)?"
    rf"(?!{prices.PIECES}|[\d.%％])"
)
_NOT_SOLD = lazy.regex("[欠差退没不问]|库存|介绍|返点|报价|[?？吗]|多少|样品|赔")
_SOLD_ALONE = lazy.regex(rf"{_SOLD.pattern}\s*$")


def _is_heading(line: str) -> bool:
    return len(line) <= 20 and (
        line[-1] in ":："
        or line.strip() in _DAYS
        or bool(re.search("[两几二三四五六七八九十0-9]+(?:家|个|位|户)|情况|日报|小结", line))
    )


def _person(line: str, known: Sequence[Known], marked: bool) -> str | None:
    """Who the line is about: a known customer's full name, the name or form of address it opens with, a telephone."""
    start = _BEFORE.match(line)
    head = line[start.end() if start else 0 :]
    full = [hit for hit in customers.hits(line, known) if hit.person == FULL]
    if full and min(hit.start for hit in full) <= 12:
        return min(full, key=lambda hit: hit.start).known.name
    for size in (4, 3, 2):
        word = head[:size]
        if len(word) == size and _is_person(word, head[size:], marked):
            return word
    numbers = lead_fields.phones(line)
    return numbers[0] if numbers and re.match(r"\s*1[3-9]", line) else None


def _is_person(word: str, rest: str, marked: bool) -> bool:
    if not (names.is_address(word) or names.is_full_name(word)):
        return False
    return bool(_HEAD_ENDS.match(rest)) if marked or names.is_address(word) else bool(_TOLD_AT_ONCE.match(rest))


_CLAUSES = lazy.regex(
    r"\s*[,，。;；\n]\s*|\s+(?=[^\s,，]{0,8}退(?!休|热|烧|役))|(?=(?:另外|同时|顺便|然后)[^,，。]{0,8}[退订下买拿])|\s+(?=又|再|新)"
)
_TAKEN = lazy.regex(
    r"下了?单|(?:订|定|买|拿|补|进|要|提|续|加|追加|签|采购)了|(?:订|定|买|拿|补|进|要)\s?[\d一二两三四五六七八九十]"
)
_COUNTED = lazy.regex(r"[\d一二两三四五六七八九十半]")
LONGEST = 80


def _order_and_return(message: Message) -> tuple[str, ...]:
    """订了5台6000 and 上次那台退了1200 as one text each; () unless both are told, and how much came back."""
    text, named = refunds.without_earlier(message.text.strip()), message.who.words
    if message.who.known is None or len(text) > LONGEST or not RETURNED.search(text) or not _TAKEN.search(text):
        return ()
    groups: list[tuple[str, list[str]]] = []
    for clause in (piece for piece in _CLAUSES.split(text) if piece):
        kind = "return" if RETURNED.search(clause) else "order" if _TAKEN.search(clause) else ""
        if groups and kind in ("", groups[-1][0]):
            groups[-1][1].append(clause)
        elif groups and not groups[-1][0]:
            groups[-1] = (kind, [*groups[-1][1], clause])
        else:
            groups.append((kind, [clause]))
    if sorted(kind for kind, _ in groups) != ["order", "return"]:
        return ()
    pieces = ["，".join(clauses) for _, clauses in groups]
    back = next(piece for (kind, _), piece in zip(groups, pieces, strict=True) if kind == "return")
    if not _COUNTED.search(RETURNED.sub("", back)) or not any(one.score > 0 for one in money.find(text)):
        return ()
    name = message.who.known.name
    return tuple(piece if named in piece.lower() else f"{name} {piece}" for piece in pieces)


def told(message: Message) -> Reading | None:
    """Several people in several lines: unclear, the pieces in `parts`, so that each becomes a record of its own.

    So it is with an order and a return of one customer.
    """
    if both := _order_and_return(message):
        return Reading("unclear", candidates=(), note=message.text, ask="several", confidence=0.3, parts=both)
    is_bare = not message.contact and not cues.ORDER.search(message.text)
    if is_bare and (sold := _orders_in_one_line(message.text, message.known)):
        return _each(message, sold)
    if not message.contact and (pieces := clauses.split(message.text, message.known)):
        return _each(message, pieces)
    one_line = not re.search(r"\n|\s[/／|]\s|[;；]", message.text.strip())
    if (one_line and not (cues.ORDER.search(message.body) or _SOLD.search(message.body))) or cues.REMIND.match(
        message.body
    ):
        return None
    parts = split(message.text, message.known)
    if len(parts) < 2:
        return None
    return _each(message, parts)


def _each(message: Message, parts: Sequence[str]) -> Reading:
    """Every part is to be read for itself."""
    found = tuple(dict.fromkeys(hit.known for hit in customers.hits(message.body, message.known) if hit.person == FULL))
    return Reading(
        "unclear", candidates=found[:8], note=message.text, ask="several", confidence=0.3, parts=tuple(parts)
    )
