"""Which known customers a text speaks of: by full name, nickname, company, telephone, form of address or sound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp import english_names, family_calls, lazy, names, numbered_firms, weekly_words
from nlp.fields import phones, places
from nlp.reader import trades


@dataclass(frozen=True)
class Known:
    """A customer that may be meant."""

    customer_id: int | None
    name: str
    company: str | None = None
    phone: str | None = None
    title: str | None = None
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """How a customer was found: `person` and `company` are strengths (0 none … 10 the full name), `words` what hit."""

    known: Known
    person: int
    company: int
    start: int
    words: str
    company_words: str = ""
    region: int = 0

    @property
    def score(self) -> int:
        """Full evidence in one number."""
        return self.person + self.company + self.region


FULL, PHONE, NICKNAME, TITLE, ADDRESS, GIVEN, SOUND = 10, 9, 8, 6, 5, 3, 2
HEARD = 1  # what opens the text only sounds so, and is no name: worth something beside his firm or town alone
COMPANY = 6
REGION = 4
_TAIL = lazy.regex(r"(?:尾号|后四位|最后四位|末四位)(?:是|为)?\s?(\d{4})")


@dataclass(frozen=True, slots=True)
class _Forms:
    """The ways to name a customer; `short` are those of two to four characters, met among the text's own runs."""

    short: dict[str, int]
    heard: dict[str, int]
    latin: tuple[tuple[str, int], ...]
    long: tuple[tuple[str, int], ...]
    companies: tuple[str, ...]


@lru_cache(maxsize=4096)
def _forms(known: Known) -> _Forms:
    strengths: dict[str, int] = {}
    for sound in names.sounds(known.name) if names.is_full_name(known.name) else ():
        strengths["~" + sound] = SOUND
        syllables, size = sound.split(" "), len(names.surname(known.name) or "")
        spelled = "".join(syllables[:size]), "".join(syllables[size:])
        for form in (sound, "".join(spelled), " ".join(spelled), " ".join(reversed(spelled))):
            strengths[form] = NICKNAME
    for form in names.given_forms(known.name):
        strengths[form] = GIVEN
    if first := english_names.first_name(known.name):
        strengths[first] = GIVEN
    family = names.surname(known.name)
    for form in names.addresses(known.name):
        strengths[form] = ADDRESS
    if family and known.title:
        for form in names.titled(known.name, known.title):
            strengths[form] = TITLE
    for nickname in known.nicknames:
        strengths |= dict.fromkeys(names.sounds_of_call(nickname), HEARD)
        strengths[nickname.lower()] = NICKNAME
    strengths[re.sub(r"\s+", " ", known.name.lower())] = FULL
    if family and len(family) > 1:
        strengths |= {sound.replace(" ", ""): GIVEN for sound in names.sounds(family)}  # ouyang
    companies = tuple(sorted(names.company_forms(known.company), key=len, reverse=True)) if known.company else ()
    heard = {form: strength for form, strength in strengths.items() if form.startswith("~")}
    short = {form: strength for form, strength in strengths.items() if 2 <= len(form) <= 4 and not form.isascii()}
    latin = tuple((f, n) for f, n in strengths.items() if f.isascii() and f not in heard)
    long = tuple((f, n) for f, n in strengths.items() if not f.isascii() and f not in short and f not in heard)
    return _Forms(short, heard, latin, long, companies)


_CALLED_IN_PINYIN = lazy.regex(rf"(?<![a-z])(?P<family>[a-z]{{2,7}}) ?(?P<call>{names.CALLS})")


def _spelled(words: "_Words", known: Known, forms: _Forms) -> tuple[int, int, str]:
    """How strong, where and by which words wang总 or chen 老板 names him; 0 where none does."""
    family = names.surname(known.name) if words.spelled else None
    if not family:
        return 0, 0, ""
    own = {sound.replace(" ", "") for sound in names.sounds(family)}
    called = [match for match in words.spelled if match["family"] in own]
    found = ((forms.short.get(family + match["call"], 0), match.start(), match.group()) for match in called)
    return max((one for one in found if NICKNAME >= one[0] >= ADDRESS), default=(0, 0, ""))


def hits(text: str, known: Sequence[Known]) -> list[Hit]:
    """The customers that the text touches, strongest first; ties in the order of the text."""
    return list(_hits(weekly_words.blotted(text), tuple(known)))


@lru_cache(maxsize=8)  # several readers of one message ask
def _hits(text: str, known: tuple[Known, ...]) -> tuple[Hit, ...]:
    if not known:
        return ()
    lowered = text.lower()
    numbers, tails = set(phones(text)), set(_TAIL.findall(text))
    where = places.find(text)
    latin = _LATIN.search(lowered) is not None
    spelled = tuple(_CALLED_IN_PINYIN.finditer(lowered)) if latin else ()
    words = _Words(lowered, _grams(lowered), numbers, tails, latin, text, spelled)
    found = [hit for customer in known if (hit := _hit(words, customer))]
    found = [_placed(hit, where, lowered) for hit in found if not _denied(lowered, hit)]
    found = [hit for hit in found if hit.person != HEARD or hit.company or hit.region]
    if any(hit.known.company == numbered_firms.SHORT for hit in found):  # the one that is called so, not 第一人民医院
        found = [hit for hit in found if hit.person or not numbered_firms.is_one(hit.known.company or "")]
    return tuple(sorted(found, key=lambda h: (-h.score, h.start)))


@dataclass(frozen=True, slots=True)
class _Words:
    """A text, lower case, with what it is searched for: its runs of two to four characters, names by sound, numbers."""

    text: str
    grams: frozenset[str]
    numbers: set[str]
    tails: set[str]
    latin: bool
    typed: str
    spelled: tuple[re.Match[str], ...] = ()


_RUNS = lazy.regex(f"(?=([{names.HAN}]{{2,3}}))")
_LATIN = lazy.regex("[a-z]{2}")


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1))


def _denied(text: str, hit: Hit) -> bool:
    """True for 张薇 不是张伟啊: where he is named it says that he is not meant; for 小天爸爸 of 小天妈妈."""
    if hit.person == GIVEN and (call := family_calls.opening(text[text.find(hit.words) :])):
        return call not in (hit.known.name, hit.words)
    return hit.person == FULL and text.count(hit.words) == 1 and text[: hit.start].endswith(("不是", "别跟", "不要跟"))


def _placed(hit: Hit, where: Sequence[places.Place], text: str) -> Hit:
    """The hit, stronger when his town stands beside how he is called: 杭州李姐, 老马 西安那个.

    Of who is only heard the town or trade may stand anywhere: 周捷。模具厂。工人罢了.
    """
    if hit.person in (SOUND, HEARD) and not hit.company:
        home = places.region_of(hit.known.company or "")
        told = trades.named_in(text, hit.known.company) or any(place.region == home for place in where)
        return replace(hit, region=REGION) if told else hit
    if not where or hit.company or (not ADDRESS >= hit.person >= GIVEN and hit.person != TITLE):
        return hit
    home = places.region_of(hit.known.company or "")
    at, end = hit.start, hit.start + len(hit.words)
    near = [place for place in where if -3 <= at - place.end <= 3 or 0 <= place.start - end <= 2]
    return replace(hit, region=REGION) if home and any(place.region == home for place in near) else hit


def company_named(text: str, known: Sequence[Known]) -> str | None:
    """The words by which the text names the firm of a known customer, the longest first."""
    lowered = text.lower()
    named = (f for customer in known for f in _forms(customer).companies if f in lowered and not names.is_address(f))
    words = max(named, key=len, default=None)
    return None if words and re.search(rf"{re.escape(words)}{_OF_SOMEBODY}", lowered) else words


_OF_SOMEBODY = "(?:的)?[一-鿿]{1,3}(?:总|姐|哥|工|老师|老板|经理|主任)(?:的|他|她)[一-鿿]{1,4}"  # 美达王总的太太


@lru_cache(maxsize=8)  # for each customer whom the text does not name otherwise
def _sounds_in(text: str) -> dict[str, tuple[int, bool]]:
    """The sounds of names in the text → their places; False with what opens the text and is no name by its looks."""
    heard: dict[str, tuple[int, bool]] = {}
    for match in _RUNS.finditer(text):
        for word in {match[1], match[1][:2]}:
            is_name = names.is_full_name(word)
            if is_name or match.start() == 0:
                for sound in names.sounds(word):
                    heard.setdefault("~" + sound, (match.start(), is_name))
    return heard


def _hit(words: _Words, known: Known) -> Hit | None:
    forms, text = _forms(known), words.text
    person, start, said = 0, len(text), ""
    for form in forms.short.keys() & words.grams:
        strength = forms.short[form]
        if (strength, len(form), form) > (person, len(said), said) and (at := _place(text, form, strength)) >= 0:
            person, start, said = strength, at, form  # of equals the longest: 王总监 before 王总, whatever the order
    for form, strength in (*forms.long, *forms.latin) if words.latin else forms.long:
        if strength > person and (at := _latin_place(words, form, strength, known.name)) >= 0:
            person, start, said = strength, at, form
    if (spelled := _spelled(words, known, forms))[0] > person:
        person, start, said = spelled
    heard = _sounds_in(words.typed) if person < SOUND else {}
    for form in forms.heard.keys() & heard.keys():
        at, is_name = heard[form]
        if (strength := forms.heard[form] if is_name else HEARD) > person:
            person, start, said = strength, at, form
    if known.phone and person < PHONE and (known.phone in words.numbers or known.phone[-4:] in words.tails):
        person, said = PHONE, known.phone
        start = min(start, 0)
    company = next((form for form in forms.companies if form in text), "")
    company = company or (numbered_firms.said_in(text, known.company) if known.company else "")
    if not person and not company:
        return None
    if company:
        start = min(start, text.find(company))
    return Hit(known, person, COMPANY if company else 0, start, said, company)


def _latin_place(words: _Words, form: str, strength: int, name: str) -> int:
    is_first_name = strength == GIVEN and form.isascii()
    return english_names.stands(words.typed, form, name) if is_first_name else _place(words.text, form, strength)


def _place(text: str, form: str, strength: int) -> int:
    at = text.find(form)
    if at < 0:
        return -1
    if form.isascii():
        match = re.search(rf"(?<![a-z]){re.escape(form)}(?![a-z])", text)
        return match.start() if match else -1
    if strength <= GIVEN and len(form) == 2 and form[1] not in "姐哥总":
        return at if not _inside_other_name(text, at, form) else -1
    return at


def _inside_other_name(text: str, at: int, form: str) -> bool:
    if names.surname(form) == form:
        return False  # 长沙欧阳 is no 沙欧阳
    before = text[at - 1 : at]
    return bool(before) and names.surname(before) is not None and names.is_full_name(before + form)
