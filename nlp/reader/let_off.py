"""What is let off a sum that is paid: 付款170 抹零4, 把275结了 抹零5块, 打款400 零头不要了, 收270算清了.

The words of money that came in are read without these; what was open before decides which sum is the whole of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy
from nlp.fields import money

_NOT = "(?<![不没未别要想求能可让问说该会嫌])"
_SUM = (
    "[¥￥]?(?P<{0}>\\d{{1,6}}(?:\\.\\d{{1,2}})?)(?:块(?P<{0}j>\\d)(?!\\d)|块钱?|元钱?)?"
    "(?![\\d.月日号天年%折万千百箱件斤桶包袋瓶步次个]|公里)"
)
_DO = "(?:又|就|再|也|都|全|先|我们?|咱们?|给(?:[他她]|你)?|[ ]){0,8}"
_SMALL = "(?:零头|尾数|零的)"
_OFF = lazy.regex(
    f"(?<![ ,，。;；(（])[ ,，。;；(（]*{_DO}(?:"
    f"{_NOT}(?:抹(?:掉|去|了|个|零头?)*|少[收付给拿](?:了|[他她])*|[免让减]了(?:[他她])?|优惠了|便宜了)"
    f"[ :]*{_SUM.format('a')}(?:的?{_SMALL})?(?:不要)?了?"
    f"|(?:剩下?的?|余下的?|还[差剩]的?|差的|{_SMALL}|那|[ ]){{0,6}}{_SUM.format('b')}(?:的?{_SMALL}|的)?{_DO}"
    "(?:[抹免让减](?:掉|去|了)+|不[要收](?:掉|了)+)(?![ :]*[¥￥]?\\d|运费|邮费|快递费|[^\\s,，。;；]{0,4}\\d)"
    f"|{_SMALL}{_DO}(?:(?:抹|免|去|让|减|省)(?:掉|了|去)*|不(?:要|收|算)了?)"
    f"|{_NOT}[抹去](?:掉|了|个)*零头?(?:[头了掉])*"
    "|(?:剩下?的|余下的|其余的?)(?:钱|账|款)?(?:就|我们?|也|都|给[他她]|[ ]){0,6}(?:抹|免|不[要收])(?:掉|了|去)+"
    "|(?:就|都|也){0,3}算(?:[他她你是都])?(?:结|付|还)?清(?!楚)了?"
    ")[)）]?"
)
_GIVEN_FOR_LESS = lazy.regex(
    r"(?:[付交给打转][来了过]*\s?)(?P<of>\d[\d.]*)(?:块|元)?[ ,，]*(?:实|只|就)?收了?(?P<came>\d[\d.]*)(?!\d)"
)
_RECKONED = lazy.regex(r"(?P<of>\d[\d.]{0,11})\s?-\s?(?P<off>\d[\d.]{0,11})\s?[=＝]\s?(?P<came>\d[\d.]*)")
_OF_WHOLE = lazy.regex(
    r"[把将][^,，。;；\d转付打给收]{0,5}\d|(?:[一总]共|合计)[ 是:]*\d|(?:欠|(?<!转)账)(?:着|的|款|单|[ 是:])*\d"
    r"|\d(?:块钱?|元)?的?(?:都|也|全|给)*[结清平]"
)
_ASKED = lazy.regex("[?？吗]|能不能|可不可以|行不行|要不要")
_BLANKS = lazy.regex(r"\s{2,}")
_SIGNS = ("抹", "零", "少", "免", "让", "减", "优惠", "便宜", "不要", "不收", "清", "收", "=", "＝")
LONGEST = 150  # characters; what is longer tells a story, and the patterns try its every place
LARGEST_SHARE = 10  # what is let off is at most a tenth of what was owed


@dataclass(frozen=True, slots=True)
class LetOff:
    """What is let off, in fen; None: whatever is left of what was owed.

    is_beside: the sum told is what came, and cannot be the whole (把275结了 抹零5块)
    """

    fen: int | None
    is_beside: bool = False


def apart(body: str) -> tuple[str, LetOff | None]:
    """The words without what is let off, and that; of the whole and the sum that came only the latter stays.

    >>> apart("把174付了,抹了4块,收170现金")
    ('把付了,收170现金', LetOff(fen=400, is_beside=True))
    >>> apart("打款400 零头不要了"), apart("付款170 抹零4 结清")[1], apart("他要抹零")
    (('打款400', LetOff(fen=None, is_beside=True)), LetOff(fen=400, is_beside=True), ('他要抹零', None))
    """
    if len(body) > LONGEST or not any(sign in body for sign in _SIGNS) or _ASKED.search(body):
        return body, None
    body = _BLANKS.sub(" ", body)  # the patterns try each blank in three places
    if (reckoned := _RECKONED.search(body)) is not None:
        of, off, came = (_fen(reckoned[name]) for name in ("of", "off", "came"))
        if 0 < off == of - came:
            return f"{body[: reckoned.start()]}{reckoned['came']}{body[reckoned.end() :]}", LetOff(off, True)
    found = [one for one in _OFF.finditer(body) if one.group().strip(" ,，。")]
    if not found:
        return _given_for_less(body)
    rest = body
    for one in reversed(found):
        is_apart = rest[one.end() : one.end() + 1].strip(" ,，。;；") != ""
        rest = f"{rest[: one.start()]}{' ' * is_apart}{rest[one.end() :]}"
    told = {_fen(one["a"] or one["b"], one["aj"] or one["bj"]) for one in found if one["a"] or one["b"]}
    if len(told) > 1:
        return body, None
    fen = told.pop() if told else None
    rest, is_beside = _without_whole(rest.strip(), fen)
    return rest, LetOff(fen, is_beside or _OF_WHOLE.search(rest) is None)


def _given_for_less(body: str) -> tuple[str, LetOff | None]:
    """交来300 收290: of 300 the 10 are let off."""
    told = _GIVEN_FOR_LESS.search(body)
    if told is None:
        return body, None
    of, came = _fen(told["of"]), _fen(told["came"])
    if not 0 < of - came <= of // LARGEST_SHARE:
        return body, None
    return f"{body[: told.start('of')]}{body[told.end('of') :]}".replace("  ", " "), LetOff(of - came, True)


def _without_whole(rest: str, off_fen: int | None) -> tuple[str, bool]:
    """Where the whole and what came of it stand, the words without the whole."""
    sums = [one for one in money.find(rest) if one.score > 0]
    if len(sums) != 2:
        return rest, False
    whole, came = sorted(sums, key=lambda one: -one.fen)
    less = whole.fen - came.fen
    is_fitting = less == off_fen if off_fen is not None else 0 < less <= whole.fen // LARGEST_SHARE
    return (f"{rest[: whole.start]}{rest[whole.end :]}", True) if is_fitting else (rest, False)


def _fen(number: str, jiao: str | None = None) -> int:
    return round(float(number.rstrip(".")) * 100) + 10 * int(jiao or 0)
