"""The verdict on two records: one customer or not, how sure, and by what. Fixed rules, each with its reasons.

A number, WeChat name or mail address of one's own speaks for one person unless two full names contradict it; the same
company needs a name that fits; a name alone is enough only where it is rare or comes with a birthday.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from nlp.likeness import firms, numbers, people
from nlp.likeness.numbers import Numbers
from nlp.likeness.people import Relation, Spoken

Reason = Literal[
    "mobile", "wechat", "mail", "line", "near_mobile", "company", "same_name", "sound_name", "near_name", "call", "born"
]
_NAMED: dict[Relation, Reason] = {
    "same": "same_name",
    "sound": "sound_name",
    "near": "near_name",
    "given": "call",
    "call": "call",
    "clash": "call",
}


@dataclass(frozen=True)
class Record:
    """What is compared of a customer. `born`: any text that is equal for equal birthdays, '' for none."""

    key: int
    name: str
    company: str | None = None
    title: str | None = None
    phones: tuple[str, ...] = ()
    wechat: str | None = None
    mail: str | None = None
    gender: str | None = None
    born: str = ""
    nicknames: tuple[str, ...] = field(default=())

    @cached_property
    def spoken(self) -> Spoken:
        """The name in its parts."""
        return people.read(self.name)

    @cached_property
    def firm(self) -> firms.Firm:
        """The company in its parts; where none is said, what stands before the name, or a name that is a company."""
        if self.company:
            return firms.read(self.company)
        words = self.spoken.before or (self.spoken.words if self.spoken.kind == "none" else "")
        return firms.read(words) if len(words) > 1 and words[-1] not in "部台科处" else firms.NONE

    @cached_property
    def numbers(self) -> Numbers:
        """The telephone numbers as evidence."""
        return numbers.read(self.phones, numbers.wechat_of(self.wechat))

    @property
    def sex(self) -> str | None:
        """As the record says, or as the way of address does."""
        female = people.is_female_call(self.spoken)
        return self.gender or (None if female is None else "female" if female else "male")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records look like one person. `sureness` in (0, 1] orders a list, it is no probability."""

    sureness: float
    reasons: tuple[Reason, ...]


def compare(one: Record, other: Record) -> Likeness | None:
    """How alike two records are, None when nothing says that they are one person.

    >>> compare(Record(1, "王总", "上海美达"), Record(2, "王建国", "上海美达五金有限公司", "总经理"))
    Likeness(sureness=0.8, reasons=('company', 'call'))
    """
    named = _named(one, other)
    firm = firms.relation(one.firm, other.firm)
    if own := _own(one, other):
        return _by_own(one, other, own, named, firm)
    if one.sex and other.sex and one.sex != other.sex:
        return None
    if numbers.share_line(one.numbers, other.numbers) and (found := _by_line(named, firm)):
        return found
    if firm in ("same", "sound"):
        return _by_company(one, other, named, firm == "sound")
    return _by_name(one, other, named, firm)


def _named(one: Record, other: Record) -> Relation:
    """How the names go together; a nickname that is the other's name makes them the same."""
    mine = {one.name, one.spoken.words, *one.nicknames}
    theirs = {other.name, other.spoken.words, *other.nicknames}
    if (one.nicknames or other.nicknames) and mine & theirs:
        return "same"
    return people.relation(one.spoken, other.spoken)


def _own(one: Record, other: Record) -> list[Reason]:
    """What only one person has, and both records."""
    found: list[Reason] = ["mobile"] if one.numbers.mobiles & other.numbers.mobiles else []
    wechat, mail = numbers.wechat_of(one.wechat), numbers.mail_of(one.mail)
    if wechat and wechat == numbers.wechat_of(other.wechat):
        found.append("wechat")
    if mail and mail == numbers.mail_of(other.mail):
        found.append("mail")
    return found


def _by_own(one: Record, other: Record, own: list[Reason], named: Relation, firm: firms.Relation) -> Likeness | None:
    if named == "conflict" or (one.sex and other.sex and one.sex != other.sex and named != "same"):
        return None
    house = firm in ("same", "sound")
    if named == "unknown" and not house and "none" in (one.spoken.kind, other.spoken.kind):
        return None  # a desk or a firm of another house: its number says nothing of the person
    reasons = own + (["company"] if house else []) + ([_NAMED[named]] if named in _NAMED else [])
    sure = 0.99 if named in ("same", "sound") else 0.95
    return Likeness(sure if house or named != "clash" else 0.85, tuple(reasons))


def _by_line(named: Relation, firm: firms.Relation) -> Likeness | None:
    """By a landline, which a whole house shares: the name must fit."""
    if named not in ("same", "sound", "call", "given") or firm == "other":
        return None
    house: tuple[Reason, ...] = ("company",) if firm in ("same", "sound") else ()
    return Likeness(0.9, ("line", *house, _NAMED[named]))


def _by_company(one: Record, other: Record, named: Relation, is_heard: bool) -> Likeness | None:
    """By the house and a name that fits; two mobile numbers of their own speak against all but the same name."""
    mine, theirs = one.numbers.mobiles, other.numbers.mobiles
    near = any(numbers.is_near(a, b) for a in mine for b in theirs)
    apart = bool(mine and theirs) and not near
    if named == "same":
        if is_heard and one.spoken.kind != "full":
            return None
        return Likeness(0.97 if near else 0.9, (*(("near_mobile",) if near else ()), "company", "same_name"))
    if apart or is_heard:
        return None
    if named == "sound":
        return Likeness(0.85, ("company", "sound_name"))
    if named in ("call", "given") and not near and _may_be_called(one, other):
        return Likeness(0.8, ("company", "call"))
    return None


def _may_be_called(one: Record, other: Record) -> bool:
    call, full = (one, other) if other.spoken.kind in ("full", "latin") else (other, one)
    return people.fits_title(call.spoken, full.spoken, full.title, full.gender)


def _by_name(one: Record, other: Record, named: Relation, firm: firms.Relation) -> Likeness | None:
    """By the name alone: rare, or with a birthday or nearly the same number beside it."""
    if named != "same" or one.spoken.kind != "full":
        return None
    if one.born and one.born == other.born:
        return Likeness(0.9, ("same_name", "born"))
    if any(numbers.is_near(a, b) for a in one.numbers.mobiles for b in other.numbers.mobiles):
        return Likeness(0.9, ("near_mobile", "same_name"))
    if firm == "unknown" and people.is_rare(one.spoken) and not (one.born and other.born):
        return Likeness(0.75, ("same_name",))
    return None
