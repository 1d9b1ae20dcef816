"""Whom an order file calls otherwise than the team: 康美口腔张伟民, 张院长, 伟民 for 张伟民, 院长 of 康美口腔."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.imports import person_cells
from nlp import lazy, names

_BETWEEN = lazy.regex(r"[\s\-—–·:：/()（）【】,，、]+")
_OF_TITLE = {"总": ("总", "老板", "董事长", "董事", "总经理", "总裁", "法人"), "老板": ("老板", "店主")}
LONGEST = 4  # characters of a name


def parts(who: str) -> list[str]:
    """What to look up beside the cell: names before or behind that of a firm, a family.

    >>> parts("康美口腔张伟民"), parts("张伟民"), parts("康美口腔-张伟民"), parts("张院长")
    (['腔张伟民', '张伟民', '伟民', '康美口腔', '康美口', '康美'], [], ['张伟民', '康美口腔'], ['小张'])
    """
    if kin := _kin(who):
        return [kin]
    cut = [part for part in _BETWEEN.split(who) if part]
    if len(cut) > 1:
        return [part for part in reversed(cut) if 2 <= len(part) <= LONGEST]
    if len(who) < LONGEST + 1:
        return []
    ends = range(LONGEST, 1, -1)
    return [*(who[-size:] for size in ends), *(who[:size] for size in ends)]


def meant(who: str, keyed: Mapping[str, Sequence[int]], rows: Mapping[int, Any]) -> list[int]:
    """The customers of whom the cell says firm and name, surname and post, or the given name; [] where it does not."""
    for part in parts(who):
        rest = _BETWEEN.sub("", who.replace(part, "", 1)).lower()
        found = [one for one in keyed.get(part.lower(), ()) if _is_called(part, rows[one]) and _is_of(rest, rows[one])]
        if found:
            return found
    if kin := _kin(who):
        return [one for one in keyed.get(kin, ()) if _has_post(who, rows[one])]
    return [one for one in keyed.get(who.lower(), ()) if _is_given(who, rows[one])]


def _kin(who: str) -> str:
    """The key under which everybody of the family is found, where the cell is 张院长; '' for any other."""
    family = names.surname(who) or ""
    is_one = bool(family) and len(who) <= LONGEST + 2 and person_cells.is_post(who.removeprefix(family))
    return (f"小{family}" if len(family) == 1 else family) if is_one else ""


def _is_called(part: str, row: Any) -> bool:
    return part in (row.name, *(row.nicknames or ())) or _has_post(part, row) or _is_given(part, row)


def _is_of(rest: str, row: Any) -> bool:
    """The other words of the cell are the customer's firm, or the front of it."""
    return len(rest) > 1 and rest in (row.company or "").lower()


def _has_post(who: str, row: Any) -> bool:
    """张院长 of 张伟民, whose post that is."""
    family = names.surname(row.name) or ""
    post = who.removeprefix(family)
    if not family or not post or post == who:
        return False
    title = row.title or ""
    return "副" not in title.replace(post, "") and title.endswith(_OF_TITLE.get(post, (post,)))


def _is_given(who: str, row: Any) -> bool:
    """伟民 of 张伟民: both characters of the given name; 安宁 and 方圆 have surnames of their own."""
    family = names.surname(row.name) or ""
    return len(who) == 2 and bool(family) and row.name == family + who and not names.surname(who)
