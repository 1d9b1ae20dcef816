"""Centres, parks and estates as the firm of who works there: 银泰城 沈工, 东方花园 物业 洪主任, 城南医院招标 罗主任."""

import re

from nlp import lazy, names
from nlp.fields import Fields, companies

_PIECES = lazy.regex(r"[\s,，、;；:：]+")
_SITE = lazy.regex(
    "(?!(?:家[具居]|建材|五金|灯饰|服装|陶瓷|电子|商贸|美食|皮具|汽配|图书|数码|轻纺|小商品)城$)"
    "[一-鿿A-Za-z]{2,8}?(?:科技园|产业园|工业园|创业园|物流园|软件园|广场|大厦|写字楼"
    "|KTV|ktv|度假村|山庄|(?<![县省古新老小])城)"
)
_ESTATE = lazy.regex("[一-鿿]{2,8}?(?:小区|花园|公寓|家园|[雅名佳]苑)")
_WORK = lazy.regex(
    "物业|保安|工程部?|总务|后勤|财务|会计|采购|项目部?|管理处|安保|门卫|业委会|居委会|部长|处长|主任|队长"
)
_OFFICIAL = lazy.regex(
    "总|工|经理|主任|主管|老板|店长|厂长|院长|校长|园长|[处科局所部队站组]长|董事长|董|总监|老师|会计"
)
_TENDER = lazy.regex("(?P<firm>[一-鿿]{3,12}?)(?:招标|投标)")
_LOOKED_AT = 5  # pieces of the line in which the place stands


def tell(text: str, found: Fields) -> None:
    """Puts in the place where he works as his firm; where somebody only lives it stays in the note."""
    if found.company or not found.name:
        return
    pieces = [piece for piece in _PIECES.split(text) if piece]
    for at, piece in enumerate(pieces[:_LOOKED_AT]):
        site = _firm_of(piece)
        is_home = _ESTATE.fullmatch(piece) is not None and not any(map(_WORK.search, pieces))
        if site is None or (is_home and found.name != piece):
            continue
        if found.name == piece:
            _named_after(piece, pieces[at + 1 :], found, is_home)
        elif site != piece:
            found.company = site
        elif piece in found.note and _works_there(text, piece, found.name):
            found.company, found.note = piece, _without(found.note, piece)
        return


def _firm_of(piece: str) -> str | None:
    if _SITE.fullmatch(piece) or _ESTATE.fullmatch(piece):
        return piece
    tender = _TENDER.fullmatch(piece)
    return tender["firm"] if tender and companies.ends_in_kind(tender["firm"]) else None


def _works_there(text: str, piece: str, name: str) -> bool:
    """True where the place opens the line, and of who is called by his office."""
    family = names.surname_addressed(name)
    is_official = family is not None and _OFFICIAL.fullmatch(name[len(family) :]) is not None
    return is_official or text.find(piece) < text.find(name)


def _named_after(piece: str, others: list[str], found: Fields, is_home: bool) -> None:
    """银泰城 taken for a name beside 沈工: he is named, and it is his firm, or where he lives."""
    call = next((other for other in others if other in found.note and names.looks_like_name(other)), None)
    if call is not None:
        found.name, found.note = call, _without(found.note, call)
        found.company, found.address = (None, piece) if is_home else (piece, None)


def _without(note: str, words: str) -> str:
    return re.sub(r"\s{2,}", " ", note.replace(words, " ", 1)).strip(" ,，。")
