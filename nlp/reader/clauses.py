"""News of several customers in one line, a clause each: 孙丽要样品，李娜嫌贵. Each clause is its customer's note.

Only where every clause that begins with a customer leaves no doubt whose it is: no clause speaks of two, nobody is who
brought or stands beside another, and all are named in full, or all by a form of address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp import lazy
from nlp.reader import cues, customers, run_ons
from nlp.reader.customers import ADDRESS, FULL, NICKNAME, TITLE, Hit, Known

LONGEST, MOST = 200, 6
_ENDS = lazy.regex(r"[,，。;；!！、\s]+")
_BEGINS = (
    "今[天日儿]|昨[天日儿]|上午|下午|中午|早上|晚上|刚才|刚|还有|另外|然后|顺便|同时|至于|而|但是?|不过|接着|后来|再|又"
    "|拜访了|见了|去了|找了|联系了|回访了|[:： ]"
)
_OPENS = lazy.regex(  # 下午去刘芳那里, 明天还要给陈志强: of what follows news of another
    f"(?:{_BEGINS}|(?<=[天午上后着便])(?:去|到)(?=[^,，]{{2,6}}[那这家])"
    "|(?:明天|后天|下?(?:周|星期)[一二三四五六日天])(?:我|还|再|也)*(?:要|得|需要)?给)*"
)
_OPENS_FIRST = lazy.regex(f"(?:{_BEGINS}|拜访|见|去|找|跟|和|给|联系|回访)*")
_HEADING = lazy.regex(
    "^(?:今|昨)?[天日晚]?(?:上午|下午)?(?:跑|见|拜访|走访|联系|聊|去)?了?[一两二三四五六几\\d]*(?:个|家|位)?(?:客户|地方|情况|汇报|总结|小结)?$"
)
_TIED = lazy.regex(
    "帮忙|[帮替代][收付签拿他她]|付钱|付的?款|答应付|签字|带来|介绍|推荐|引荐|转介|转给|转交|一起|一块|老公|老婆|夫妻|兄弟|姐妹|爱人|亲戚|同学|同事|合伙|接手|接替|代替|改成|换成|不是|还是|或者?|比(?!价|较)|合并|同一个"
)
_SAYS_NOTHING = lazy.regex("^(?:去|到|那边|那儿|这边|那里|的|是|[,，。 ])*$")


def split(text: str, known: Sequence[Known]) -> tuple[str, ...]:
    """The text as one piece for each customer, in order; () where it is not clearly about several.

    >>> split("孙丽要样品，李娜嫌贵", [Known(1, "孙丽"), Known(2, "李娜")])
    ('孙丽要样品', '李娜嫌贵')
    """
    if len(text) > LONGEST or "\n" in text.strip() or _TIED.search(text) or cues.REMIND.match(text):
        return ()
    pieces: list[tuple[Hit, str]] = []
    for clause in _clauses(text, known):
        head = _head(clause, known, _OPENS if pieces else _OPENS_FIRST)
        if head is None:
            if pieces:
                pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]}，{clause}")
            elif not _HEADING.match(clause):
                return ()
        elif pieces and pieces[-1][0].known == head.known:
            pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]}，{clause}")
        else:
            pieces.append((head, clause))
    return tuple(piece for _, piece in pieces) if _is_clear(pieces, known) else ()


def _clauses(text: str, known: Sequence[Known]) -> list[str]:
    return [piece for clause in _ENDS.split(text) if clause for piece in run_ons.cut(clause, known)]


def _head(clause: str, known: Sequence[Known], opens: re.Pattern[str]) -> Hit | None:
    """Who the clause begins with, of several who fit the one named most fully; 跟李娜说一声 begins with nobody."""
    opened = opens.match(clause)
    at = opened.end() if opened else 0
    found = [hit for hit in customers.hits(clause, known) if hit.person in (FULL, NICKNAME, TITLE, ADDRESS)]
    return next((hit for hit in found if clause.lower().find(hit.words, at) == at), None)


def _is_clear(pieces: Sequence[tuple[Hit, str]], known: Sequence[Known]) -> bool:
    """True where the pieces speak of one customer each, and say something of him."""
    people = [head.known for head, _ in pieces]
    if not 2 <= len(pieces) <= MOST or len({one.name for one in people}) < len(people):
        return False
    if len({head.person in (FULL, NICKNAME) for head, _ in pieces}) > 1:
        return False
    for head, piece in pieces:
        rest = piece.lower().replace(head.words, " ", 1)
        names_another = any(hit.person in (FULL, NICKNAME) for hit in customers.hits(rest, known))
        if names_another or _SAYS_NOTHING.match(_OPENS.sub("", rest, count=1)):
            return False
    return True
