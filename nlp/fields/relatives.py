"""What a line tells of somebody's family: a child's birthday and a husband's number are not the customer's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nlp import family_calls, lazy, names, relations
from nlp.fields import birthdays, speech
from nlp.fields.phones import find as numbers_of
from nlp.when import numerals

if TYPE_CHECKING:
    from collections.abc import Collection

    from nlp.fields.extraction import Fields, _Line

_PARENT = "[一-鿿][父母](?!亲)"  # 孟母刘桂兰
_CHILD = "(?<![一-鿿])(?:[大小二三]宝|宝宝|老[大二三](?![爷哥姐叔]))|[大小]?孩子?|娃娃"
_ELDER = "阿[爸妈公婆嫲]|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|阿姨|外甥|干[爹娘]|(?<=[他她家])[爹娘]|老[爸妈公婆]"
_INSURED = "(?:被保(?:险)?人|受益人)(?:是|为|[:： ]){0,6}"
KIN = rf"(?:{_ELDER}|[大小]?孩子?|先生(?=[是在做]))"
_OF_TWO = "(?<![一-鿿])(?:[大小二]|老[大二三小])的(?=叫|是|[一-鿿]{2})"  # 有两个孩子 大的叫豆豆, 小的毛毛
_CHILDREN = lazy.regex(
    "孩子|小孩|娃|宝宝|儿子|女儿|闺女|双胞胎|龙凤胎|千金|孙[子女]|[儿女]双全|(?:一儿|一女|[两三]个?[儿女])"
)
_WORD = (
    rf"(?:{relations.FAMILY}|(?:{_ELDER}|先生(?=[叫的是]))|{_CHILD}|{_OF_TWO}|{_INSURED}(?:{_PARENT})?"
    rf"|(?<![一-鿿]){_PARENT})"
)
_ANY, _OF_ONE = lazy.kept(_WORD), lazy.regex("[大小二老三]{1,2}的")
_DESCRIBED = (
    r"(?:[\s,，:：(（)）]|的|是|叫|在|为|也|就|今年|属[一-鿿]|\d{1,2}岁|\d{2}大?寿|[男女]|[改换变更](?:[成为]?了|到了?)?|[成新]|现在|电话|手机|微信|号码?|联系方式|生于|出生|生日|过"
    r"|[农阴阳公]历)"
)
_BEFORE = lazy.regex(
    rf"(?P<whose>{_WORD})(?:名字?|的|是|叫|也|[\s,，:：(（]){{0,9}}(?P<called>[一-鿿·]{{0,4}}?){_DESCRIBED}{{0,40}}$"
)
_PET_NAME = lazy.regex("(?P<one>[一-鿿])(?P=one)|[小阿大][一-鿿]|[一-鿿]宝")
_BROUGHT = lazy.regex("(?:介绍|推荐|引荐|带|转介|领|拉|推|(?i:refer|introduce|recommend)[a-z]*)[^,，。;；]{0,8}$")
_HEAD = lazy.regex(r"(?P<owner>[^\s,，。;；\d\x01]{0,8}?)(?:家|那边)?的?$")
_OF_CHILD = lazy.regex("爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷")
_APART = lazy.regex(r"[\s,，、;；\x01]*+(?:电话|手机号?|号码)?[:：是\s]*+$")

_CALLED = lazy.rare(rf"(?P<whose>{_WORD})(?:的?名字)?(?:叫做?|名叫|是)")
_HIS_NUMBER = lazy.regex(r"(?:的?(?:联系)?(?:电话|手机|微信)号?码?|[\s,，:：是]){0,20}(?:1\d{10}|0\d{2,3}|\+\d)")
_NEAR = 40  # characters before a day or number that may say whose it is
_RUN = lazy.regex("[一-鿿]*$")
_LATIN = lazy.regex("(?<![A-Za-z])[A-Z][a-z]{1,9}$")  # Amy妈妈
_ELDERLY = lazy.regex(
    "[大小老二]?(?:哥哥?|弟弟?|姐姐?|妹[妹子]|叔叔?|伯伯|舅舅?|姑姑?|姨妈?|阿姨|嫂子|爷爷|奶奶|爹|婆婆)"
)
_CALL = lazy.regex("[大小老二]?(?:哥|弟|姐|妹子?|叔|伯|舅|姑|姨|嫂子?)")
_SO_CALLED = lazy.regex("(?:叫\\s?[一-鿿]{2,4}|姓[一-鿿])\\s?的$")  # 一个叫方圆的姐
_OF_HIM = lazy.regex("(?:[他她家的]|(?:他|她)们?家?)$")


def told(text: str, today: date, owner: str = "", known: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where birthdays and numbers of relatives stand, each with the words that say whose it is.

    `owner`: how the customer is called; of an unknown child the number is its mother's who is entered (小米妈妈 138…).
    `known`: the customers entered; 阿姨 behind one of them is an aunt, behind another name she herself (何秀兰阿姨).

    >>> text = "胡晓燕 17700001111 老公王磊 17700002222"
    >>> [text[start:end] for start, end in told(text, date(2026, 3, 18))]
    ['老公王磊 17700002222']
    """
    if not _ANY.search(text):
        return []
    days = [(one.start, one.end, False) for one in birthdays.find(text, today)]
    numbers = [(one.start, one.end, True) for one in numbers_of(text)]
    found: list[tuple[int, int]] = []
    for start, end, is_number in sorted(days + numbers):
        whose = _start(text, start, is_number, owner, known)
        if whose is None and found and not is_number and _APART.fullmatch(text, found[-1][1], start):
            whose = found[-1][0]  # 老公王磊 17700002222 1980年5月6日生
        if whose is not None:
            found = [one for one in found if one[0] != whose]
            found.append((whose, end))
    return found


def is_of_relative(before: str) -> bool:
    """True where the words before a day or number say that it is a relative's."""
    return _start(before, len(before), is_number=False) is not None


def is_brought(before: str) -> bool:
    """True where the words before a relative say that he is brought to us: 老陈介绍的他连襟 is who is entered."""
    return _BROUGHT.search(before) is not None


_DAY_OF_ANOTHER = lazy.regex(rf"(?:{_WORD})[^,，。;；]{{0,6}}?(?:\d|[农阴]历|[一二三四五六七八九十正冬腊]月)")


def is_beside_birthday(text: str) -> bool:
    """True where a day of somebody of the family stands beside a birthday: 生日5月5 太太是12月24.

    >>> is_beside_birthday("生日5月5 太太是12月24"), is_beside_birthday("生日5月5"), is_beside_birthday("太太3个孩子")
    (True, False, False)
    """
    return "生日" in text and _DAY_OF_ANOTHER.search(numerals.plain(text)) is not None


def called(text: str) -> list[str]:
    """The names of relatives who are told of, but for whoever's number follows.

    >>> called("今天见了周淑芬周姐她老公叫李建平在电力公司上班周姐电话13802223344")
    ['李建平']
    """
    found = []
    for match in _CALLED.finditer(text):
        name = speech.name_at(text, match.end())
        brought = _BROUGHT.search(text[: match.start()]) or _is_address(text[: match.start()], match["whose"])
        if name and not brought and not _HIS_NUMBER.match(text, match.end() + len(name)):
            found.append(name)
    return found


def aside(line: _Line, fields: Fields, today: date) -> None:
    """Puts what is told of relatives into the note as it stands, so that no field takes it."""
    for start, end in told(line.plain, today):
        fields.note = f"{fields.note} {line.text[start:end].strip()}".strip()
        line.forget(start, end)


def _start(text: str, start: int, is_number: bool, owner: str = "", known: Collection[str] = ()) -> int | None:
    """Where the words begin that say whose the value at `start` is, if it is a relative's of somebody told of."""
    for match in _BEFORE.finditer(text, max(0, start - _NEAR), start):
        called = match["called"]
        if called and not (names.is_full_name(called) or names.is_address(called) or _PET_NAME.fullmatch(called)):
            continue
        before = text[: match.start()]
        is_called_so = _is_address(before, match["whose"], known)
        if is_called_so or (_OF_ONE.fullmatch(match["whose"]) and not _CHILDREN.search(before)):
            continue
        if is_number and _OF_CHILD.fullmatch(match["whose"]) and _is_child(before, owner):
            return None
        if _BROUGHT.search(before) or (is_number and _is_entered(before, called)):
            return None
        return match.start() if before.strip(" ,，\x01") or not is_number else None
    return None


def _is_address(before: str, word: str, known: Collection[str] = ()) -> bool:
    """True for 周姐, 王太太 and 大哥: so somebody is called who is nobody's relative here."""
    run = _RUN.search(before)
    last = run.group() if run else ""
    if _SO_CALLED.search(before):
        return True
    if _OF_HIM.search(before):
        return False
    if _CALL.fullmatch(word) or last.endswith(("准", "孕", "宝")):
        return True  # 符小妹, 准妈妈
    if names.is_full_name(last):
        return word == "阿姨" and last not in known  # 何秀兰阿姨 is she herself
    return _ELDERLY.fullmatch(word) is not None or (bool(last) and names.is_address(last[-1] + word))


def _is_child(before: str, owner: str) -> bool:
    run = _LATIN.search(before) or _RUN.search(before)
    child = run.group().rsplit("的", 1)[-1] if run else ""
    is_child = names.is_full_name(child) or _PET_NAME.fullmatch(child) or family_calls.is_child(child)
    return child != owner and bool(is_child)


def _is_entered(before: str, called: str) -> bool:
    """True for 王总的太太 苏梅 138…: the line is about her."""
    head = _HEAD.match(before)
    return bool(called and head and head.end() == len(before))
