"""Which one customer a message is about, or between which ones a person must choose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp import firm_people, lazy, names
from nlp.fields import places
from nlp.reader import cues, customers, described, surname_calls
from nlp.reader.customers import ADDRESS, FULL, GIVEN, HEARD, NICKNAME, SOUND, TITLE, Hit, Known

_LATIN = lazy.regex("[a-z]")


@dataclass(frozen=True, slots=True)
class Who:
    """`known` when one is meant, else `candidates`; `stranger` is somebody else named beside a known company.

    `guessed`: found by sound, trade or surname alone: enough for a note, for anything more he is asked about.
    `call`: the surname and way of address by which alone he was found.
    """

    known: Known | None = None
    candidates: tuple[Known, ...] = ()
    words: str = ""
    start: int = 0
    stranger: str | None = None
    strength: int = 0
    guessed: bool = False
    call: str = ""


_PERSON = lazy.regex(rf"[{names.HAN}]{{1,3}}?(?:{names.CALLS})")


def resolve(text: str, known: Sequence[Known]) -> Who:
    """The customer of the text by the strongest evidence; equal evidence for several leaves it open."""
    who = _resolved(text, known)
    return replace(who, words=_as_typed(text, who.words)) if _LATIN.search(who.words) else who


def _as_typed(text: str, words: str) -> str:
    """The words as they stand in the text: Mark, which was sought as mark."""
    at = text.lower().find(words)
    return text[at : at + len(words)] if at >= 0 else words


def _resolved(text: str, known: Sequence[Known]) -> Who:
    hits = customers.hits(text, known)
    if not hits:
        firm = described.meant(text, known)
        return Who(firm[0], words=firm[1], start=firm[2], guessed=True) if firm else Who()
    if _either(text, hits):
        return Who(candidates=tuple(h.known for h in hits[:8]))
    full = [h for h in hits if h.person == FULL]
    if full and (teller := _teller(text, hits, full)):
        return teller
    if full:
        return _of_full(text, full)
    top = hits[0]
    if top.person == 0:
        return _of_company(text, hits)
    if top.person == HEARD and top.company:
        of_firm = _of_company(text, [replace(top, person=0), *hits[1:]])
        return of_firm if of_firm.known else _of_address(text, hits, known)
    return _of_address(text, hits, known)


_TELLS = lazy.regex(
    r"[\s,，]*(?:那边|这边|刚才?|今[天早晚]|昨[天晚]|上午|下午|又|还|也|就|一直|老|特意|专门|打(?:来)?电话来?|来(?:电|信|找)"
    r"|跟我|和我|给我|找我)*"
    r"(?:问|打听|说(?!好)|讲|提[到起]|想(?:看|知道|约|见|找|认识)|让我?|托|夸|嫌|怪|骂|抱怨|吐槽|投诉|羡慕|学|眼红)"
    r"(?![^,，。 ]{0,2}的(?:那|人|客))"
)
_OPENED = 4  # characters before him who speaks: 今天, 刚才


def _teller(text: str, hits: list[Hit], full: list[Hit]) -> Who | None:
    """Who speaks of somebody named in full: 马老师问李娜那边用得咋样 is about 马老师."""
    lowered, named = text.lower(), {h.known.name.lower() for h in full}
    first = min(lowered.find(name) for name in named)
    for hit in hits:
        at = lowered.find(hit.words) if hit.words and hit.person in (NICKNAME, TITLE, ADDRESS) else -1
        if 0 <= at <= _OPENED and at < first and _TELLS.match(lowered[at + len(hit.words) : first]):
            others = [h for h in hits if h.known.name.lower() not in named or h is hit]
            return _of_address(text, others, [h.known for h in hits])
    return None


_UNSURE = lazy.regex(
    "(?:好像|可能|也许|大概|似乎)是?(?P<a>[一-鿿]{2,5}?)[,，\\s]*(?:又|也|还|或者?|要么|不然|要不)(?:就|有)?(?:好像|可能|也许|大概|似乎|是)+(?=[一-鿿]{2})"
)


def _either(text: str, hits: list[Hit]) -> bool:
    """True when the rep himself wavers between two people: 是娜姐还是娟姐来着."""
    unsure = _UNSURE.search(text)
    if unsure and any(_names_a_person(unsure["a"][:size], hits) for size in (4, 3, 2)):
        return True
    match = cues.EITHER.search(text)
    if not match:
        return False
    left = [match["a"][-size:] for size in (4, 3, 2)]
    right = [match["b"][:size] for size in (4, 3, 2)]
    sure = any(_names_a_person(word, hits) for word in left), any(_names_a_person(word, hits) for word in right)
    return all(sure) or (any(sure) and any(map(names.is_full_name, right if sure[0] else left)))


def _names_a_person(word: str, hits: list[Hit]) -> bool:
    return (
        names.is_address(word)
        or word[1:] in ("女士", "先生", "小姐", "太太")
        or any(word in (hit.words, hit.known.name) for hit in hits)
    )


def _of_full(text: str, full: list[Hit]) -> Who:
    first = min(full, key=lambda h: (h.start, -h.score))
    same = [h for h in full if h.known.name == first.known.name]
    beside = [h for h in full if h.known.name != first.known.name and _stands_beside(text, first, h)]
    if beside:
        return Who(candidates=(first.known, *(h.known for h in beside)), words=first.words, start=first.start)
    best = max(h.score for h in same)
    same = [h for h in same if h.score == best]
    if len(same) > 1:
        return Who(candidates=tuple(h.known for h in same), words=first.words, start=first.start)
    return Who(same[0].known, words=same[0].words, start=same[0].start, strength=same[0].score)


def _stands_beside(text: str, first: Hit, second: Hit) -> bool:
    """True for 李娟李娜 and 李娟和李娜: the message is about both."""
    at, other = text.lower().find(first.words), text.lower().find(second.words)
    return (
        re.fullmatch(r"[\s、,和跟与及]{0,2}", text[at + len(first.words) : other]) is not None if other > at else False
    )


def _of_company(text: str, hits: list[Hit]) -> Who:
    top = hits[0]
    longest = max(len(h.company_words) for h in hits if h.company and not h.person)
    same = [h for h in hits if h.person == 0 and len(h.company_words) == longest]
    stranger = stranger_in(text, same[0].company_words)
    if stranger and names.is_address(stranger) and len(same) == 1 and _is_of(stranger, same[0].known):
        stranger = None  # 海天李小姐 is 李娟 of 海天
    if stranger or len(same) > 1:
        return Who(candidates=tuple(h.known for h in same), words=top.company_words, start=top.start, stranger=stranger)
    return Who(same[0].known, words=same[0].company_words, start=same[0].start, strength=same[0].score)


def stranger_in(text: str, company: str) -> str | None:
    """The person named right behind the company, when a name or form of address stands there."""
    at = text.lower().find(company) + len(company)
    rest = re.sub(
        r"^(?:有限公司|公司|集团|科技|贸易|医疗|网络|电子|设备|大?酒店|宾馆|大?饭店|酒楼|餐饮|超市|学校|教育|医院|诊所|服[饰装]|模具|物流|五金|文化"
        r"|粮油|地产|置业|物业|店|厂|那边|这边|家)*的?",
        "",
        text[at : at + 16],
    )
    department = re.match(rf"[{names.HAN}]{{2,4}}?(?:部|科|处|室|组)的?", rest)
    if _POINTED_AT.match(rest):
        return None
    for piece in (rest, rest[department.end() :] if department else ""):
        for size in (4, 3, 2):
            word = piece[:size]
            if len(word) == size and (names.is_address(word) or _is_person(word, piece[size:])):
                return word
    apart = re.match(rf"\s+(?P<call>[{names.HAN}]{{2,4}})(?=[\s,，]|$)", rest)
    if apart and names.surname_addressed(apart["call"]):
        return apart["call"]
    told = firm_people.told(text)
    return told.person if told is not None and told.firm.lower().endswith(company) else None


def _is_of(call: str, known: Known) -> bool:
    family = names.surname(known.name)
    return family is not None and family in (names.surname(call), names.surname(call[1:])) and not _is_full(call)


def _is_full(call: str) -> bool:
    return names.is_full_name(call) and not names.is_address(call)


_POINTED_AT = lazy.regex(
    "[那这](?:个|位|边|家|头|[单笔批件台套车户次回款]|几[个家单批])|[那这](?:[一-鿿]{0,2}(?:妹|姐|哥|姑娘|小伙|丫头|小子|老头|阿姨|大爷|帅哥|美女|伢)|老板|人|主)"
)  # 云栖那妹子 is whoever is known there


def _is_person(word: str, rest: str) -> bool:
    return names.is_full_name(word) and bool(re.match(r"$|[\s,,。::说问电打想要\d]", rest))


def _of_address(text: str, hits: list[Hit], known: Sequence[Known]) -> Who:
    top = hits[0]
    if top.person in (SOUND, HEARD) and top.region and [h for h in hits if h.score == top.score] == [top]:
        return Who(top.known, words=_written(text, top), start=top.start, guessed=True)
    if top.person == SOUND and not top.company and (alike := _misspelled(text, hits)):
        return alike
    if top.person == SOUND and not top.company:
        return Who(candidates=tuple(h.known for h in hits[:8]), words=top.words, start=top.start, guessed=True)
    rivals = [h for h in hits if h.score == top.score or _as_likely(h, top)]
    if len(rivals) > 1:
        return Who(candidates=tuple(h.known for h in rivals[:8]), words=top.words, start=top.start)
    vague = _is_vague(top) and not top.region and not top.company
    if vague and not _longer_call(text, top) and surname_calls.is_clear(text, top.words, top.known, known):
        return Who(top.known, words=top.words, start=top.start, strength=top.score, guessed=True, call=top.words)
    if not top.company and (vague or _other_surname(text, top) or _elsewhere(text, top) or _longer_call(text, top)):
        return Who(candidates=(top.known,), words=top.words, start=top.start)
    return Who(top.known, words=_written(text, top), start=top.start, strength=top.score)


def _written(text: str, hit: Hit) -> str:
    """How he who was found by his sound is written there; words that stand there as they are stay."""
    if not hit.words.startswith("~"):
        return hit.words
    size = 1 + hit.words.count(" ")
    runs = (text[at : at + size] for at in range(len(text) - size + 1))
    return next((run for run in runs if hit.words[1:] in names.sounds(run)), "")


_NO_GIVEN = frozenset(  # characters that sound like given names and are hardly part of one
    "样羊养痒捐卷倦圈那拿哪房放访仿妨抿位围喂胃违街接借姐结戒截界离例厉井警净镜睛累泪类墙枪抢腔菌掏套逃讨涌眼盐咽厌验下吓瞎虾抄炒吵钞碰捧棚费肥废匪肺件减捡检"
    "贱剪滑话缸杠瓶拼屏零另没霉妹硬应蝇血穴靴停挺欠浅签假价架毁拨病饼并疯封缝聋笼弄懂冻洞凉两辆"
)
_SPEAKS = lazy.regex("[说讲催嫌]|问(?!题)|家(?!里人|具)|那边|来(?:电|找|信)|打(?:来)?电话|让我|想(?:要|问|换|订|看)")


def _misspelled(text: str, hits: list[Hit]) -> Who | None:
    """陈志墙 for 陈志强: three syllables and the surname agree, and nobody else is called so.

    Two syllables are enough where nobody can be called as it is written: 刘样说 is 刘洋, 刘阳说 may be another.
    """
    top = hits[0]
    size = 1 + top.words.count(" ")
    written = text[top.start : top.start + size]
    if len(hits) > 1 or size not in (2, 3) or not written or written[0] != top.known.name[0]:
        return None
    speaks = top.start == 0 and _SPEAKS.match(text, size) is not None
    if size == 2 and not (written[1:] in _NO_GIVEN and speaks):
        return None
    return Who(top.known, words=written, start=top.start, guessed=True)


def _longer_call(text: str, top: Hit) -> bool:
    """True for 王总监, who need not be 王总."""
    return top.words.endswith("总") and text[text.find(top.words) + len(top.words) :].startswith(("监", "助"))


def _elsewhere(text: str, top: Hit) -> bool:
    """True for 上海那个王总 when the only 王总 is in 苏州."""
    home = places.region_of(top.known.company or "")
    before = re.search(
        r"([一-鿿]{2,6}?)(?:那个|那边的?|这个"
        r"|的)?$",
        text[max(0, text.find(top.words) - 9) : text.find(top.words)],
    )
    named = places.find(before[1]) if before else []
    return bool(home and named and named[-1].end == len(before[1] if before else "") and named[-1].region != home)


def _as_likely(hit: Hit, top: Hit) -> bool:
    """Forms of address made from surname or title are equally likely; a nickname or a company tells them apart."""
    if top.company or top.region or top.person >= NICKNAME:
        return False
    return (hit.person in (ADDRESS, TITLE) and top.person in (ADDRESS, TITLE)) or (hit.person == GIVEN == top.person)


def _is_vague(top: Hit) -> bool:
    """True for a form of address that nothing but a common surname supports: 小张, 陈总."""
    family = names.surname(top.known.name) or ""
    return top.person == ADDRESS and len(family) == 1


def _other_surname(text: str, top: Hit) -> bool:
    """True when the form of address stands behind a company that is not the customer's: 大华王总."""
    at = text.find(top.words)
    before = text[max(0, at - 6) : at]
    return top.person in (ADDRESS, TITLE) and bool(
        re.search(r"(?:公司|集团|科技|贸易|酒店|超市|学校|医院|厂|店)$", before)
    )
