"""Names as they stand in records: full names, ways of address, given names, Latin ones, and what is stuck to them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp import lazy, names
from nlp.fields import companies
from nlp.likeness import firms

Kind = Literal["full", "call", "pet", "given", "latin", "none"]
Relation = Literal["same", "sound", "near", "given", "call", "clash", "unknown", "conflict"]

_HAN = lazy.regex(f"[{names.HAN}]+")
_TITLES = rf"总经理|副总经理|董事总经理|采购经理|销售经理|技术员|业务员|{names.CALLS}"
_CALL = lazy.regex(rf"([小大老]?)(.{{1,2}}?)({_TITLES})")
_MIXED = lazy.regex(f"([{names.HAN}]{{1,2}})([A-Za-z]{{2,12}})|([A-Za-z]{{2,12}})([{names.HAN}]{{1,2}})")
_NOBODY = frozenset(("前台", "采购", "财务", "客服", "老板", "老板娘", "经理", "店长", "保安", "门卫", "会计", "司机"))
_PET = lazy.regex(f"([老小阿])([{names.HAN}])")
_BEFORE = lazy.regex(r"^(.{0,8}(?:部|前台|公司|店|厂|科|处))(?=.{2,4}$)")
_SOCIAL = ("先生", "女士", "小姐", "太太", "姐", "哥", "大姐", "大哥", "阿姨", "叔", "嫂", "师傅", "工", "老师")
_FEMALE = ("女士", "小姐", "太太", "姐", "大姐", "阿姨", "嫂", "姨", "婶", "大妈")
_MALE = ("先生", "哥", "大哥", "叔", "大叔", "伯", "大爷", "爷")
_SLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name in its parts. `rest`: the given name, or the call of an address (总, 老); `before`: what stood there."""

    words: str
    kind: Kind = "none"
    family: str = ""
    rest: str = ""
    before: str = ""


@lru_cache(maxsize=8192)
def read(name: str) -> Spoken:
    """The name in its parts.

    >>> read("美达王总")
    Spoken(words='王总', kind='call', family='王', rest='总', before='美达')
    """
    plain = re.sub(r"[(（\[【].*?[)）\]】]", "", firms.simplified(name)).strip()
    if not _HAN.search(plain):
        return _latin(plain)
    words = re.sub(r"[\s·.,，。/]+", "", plain)
    found = _han(words)
    if found.kind != "none":
        return found
    for part in re.split(r"[\s·.,，。/]+", plain):
        if part != words and (found := _han(part)).kind != "none":
            return found
    return _behind(words)


def _latin(plain: str) -> Spoken:
    tokens = sorted(re.findall("[a-z]+", plain.lower()))
    return Spoken(" ".join(tokens), "latin") if tokens else Spoken(plain)


def _han(words: str) -> Spoken:
    """Of words that are a name and nothing else."""
    mixed = _MIXED.fullmatch(words)
    if mixed and names.surname(family := mixed[1] or mixed[4]) == family:
        return Spoken(words, "call", family, (mixed[2] or mixed[3]).lower())
    if not _HAN.fullmatch(words) or len(words) > 7 or words in _NOBODY:
        return Spoken(words)
    pet = _PET.fullmatch(words)
    if pet:
        return Spoken(words, "pet", pet[2], pet[1])
    call = _CALL.fullmatch(words)
    if call and names.surname(call[2]) == call[2]:
        return Spoken(words, "call", call[2], call[1] + call[3])
    titled = re.fullmatch(rf"(.{{2,3}}?)({_TITLES})", words)
    if titled and names.surname(titled[1]) and _is_full(titled[1]) and not _is_full(words):
        return _full(titled[1])
    if titled and titled[2] in _SOCIAL and len(titled[1]) == 2:
        return Spoken(titled[1], "given", "", titled[1])
    return _full(words) if _is_full(words) else Spoken(words)


def _is_full(words: str) -> bool:
    family = names.surname(words)
    if not family:
        return len(words) in (2, 3) and not companies.is_company(words)
    return 1 <= len(words) - len(family) <= 2


def _full(words: str) -> Spoken:
    family = names.surname(words) or words[0]
    return Spoken(words, "full", family, words[len(family) :])


def _behind(words: str) -> Spoken:
    """Of a company, department or desk with a name stuck to it: 美达王总, 采购部钟琳; else no name."""
    desk = _BEFORE.match(words)
    if desk and (found := _han(words[desk.end() :])).kind in ("full", "call", "pet"):
        return Spoken(found.words, found.kind, found.family, found.rest, desk[1])
    for start in range(2, len(words) - 1):
        found = _han(words[start:])
        if found.kind in ("call", "pet") and not companies.is_company(words):
            return Spoken(found.words, found.kind, found.family, found.rest, words[:start])
    return Spoken(words)


def relation(one: Spoken, other: Spoken) -> Relation:
    """How two names go together; 'clash': one family, called differently (李总, 小李)."""
    if one.kind == "none" or other.kind == "none":
        return "unknown"
    if one.words == other.words:
        return "same"
    if other.kind == "latin" or (other.kind == "full" and one.kind != "latin"):
        one, other = other, one
    if one.kind == "latin":
        return _with_latin(one, other)
    if one.kind == "full":
        return _fulls(one, other) if other.kind == "full" else _with_full(one, other)
    if "given" in (one.kind, other.kind):
        return "unknown" if one.kind != other.kind else "conflict"
    return "clash" if one.family == other.family else "conflict"


def _with_full(full: Spoken, other: Spoken) -> Relation:
    """Of a full name and a way of address."""
    if other.kind == "given":
        return "given" if full.words.endswith(other.rest) else "conflict"
    fits = _alike_sound(full.family, other.family) or (other.kind == "pet" and full.words[-1] == other.family)
    return "call" if fits else "conflict"


def _fulls(one: Spoken, other: Spoken) -> Relation:
    short, long = sorted((one.words, other.words), key=len)
    if len(short) == len(long):
        if names.sounds(short) & names.sounds(long):
            return "sound"
        if short == long[::-1] or short == long[1:] + long[0] or _slurred(short) & _slurred(long):
            return "near"
        return "conflict"
    if short == long[1:] and len(short) == 2:
        return "given"
    drops = any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
    return "near" if len(long) - len(short) == 1 and drops else "conflict"


def _with_latin(latin: Spoken, other: Spoken) -> Relation:
    tokens = latin.words.split()
    if other.kind == "latin":
        shared = set(tokens) & set(other.words.split())
        return "near" if shared == set(tokens) or shared == set(other.words.split()) else "conflict"
    if other.kind == "given":
        return "unknown"
    if other.kind == "full":
        for sound in names.sounds(other.words):
            family, *given = sound.split()
            if sorted(tokens) in (sorted([family, "".join(given)]), sorted([family, *given])):
                return "sound"
    families = {sound.replace(" ", "") for sound in names.sounds(other.family)}
    if families & set(tokens):
        return "call" if _is_foreign_given(tokens, families) else "conflict"
    return "unknown" if len(tokens) == 1 else "conflict"


def _is_foreign_given(tokens: list[str], families: set[str]) -> bool:
    """True for Tony beside the family, False for the pinyin of another Chinese name."""
    given = [token for token in tokens if token not in families]
    return not any(_PINYIN.fullmatch(token) for token in given)


_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|an|en|in|un|ai|ei|ao|ou"
    "|ia|ie|iu|ua|ui|uo|ue|a|e|i|o|u))"
)
_PINYIN = lazy.regex(f"{_SYLLABLE}{{1,2}}")


def _alike_sound(one: str, other: str) -> bool:
    return one == other or bool(names.sounds(one) & names.sounds(other))


def _slurred(words: str) -> set[str]:
    """The readings of a name as careless ears hear them."""
    heard = set()
    for sound in names.sounds(words):
        for clear, slurred in _SLURRED:
            sound = sound.replace(clear, slurred)
        heard.add(sound)
    return heard


def fits_title(call: Spoken, full: Spoken, title: str | None, gender: str | None) -> bool:
    """True when a person of that title and sex may be called so: 王总 no bookkeeper, 李姐 no man."""
    if (call.rest in _FEMALE and gender == "male") or (call.rest in _MALE and gender == "female"):
        return False
    if call.kind == "pet" or call.rest in _SOCIAL or not title or call.rest in title:
        return True
    return call.family + call.rest in names.titled(full.words, title)


def is_rare(spoken: Spoken) -> bool:
    """True for a full name that hardly two people of one customer file bear: of four characters, 司徒嘉树."""
    return spoken.kind == "full" and len(spoken.words) >= 4


def is_female_call(spoken: Spoken) -> bool | None:
    """What the way of address says of the sex; None: nothing."""
    return True if spoken.rest in _FEMALE else False if spoken.rest in _MALE else None
