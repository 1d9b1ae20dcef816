"""English as reps type it among Chinese: look-ups, what is to be set, birthdays, and whose firm and post are told."""

import re

from nlp import lazy, lexicon, names
from nlp.fields import places

_ABOUT = r"(?:info(?:rmation)?|history|details?|profile|records?|orders?|card|contact|data|file|last order)"
_SHOW = lazy.regex(
    r"(?i)^(?:(?:can you|could you|please|pls)\s+)*(?:show|check|find|open|get|pull up|look up|search|view)"
    r"(?: me)?(?: up)?\s+"
    rf"(?P<who>[一-鿿]{{2,6}})(?:'s|’s)?(?:\s+{_ABOUT})*[?!.\s]*$"
)
_INFO = lazy.regex(rf"(?i)^(?P<who>[一-鿿]{{2,6}})(?:'s|’s)?(?:\s+{_ABOUT})+[?!.\s]*$")
_SET = lazy.regex(
    r"(?i)^(?:(?:please|pls)\s+)*(?:update|change|set|edit)\s+(?P<who>[一-鿿]{2,6})(?:'s|’s)?\s+(?:new\s+)?"
    r"(?P<field>phone|mobile|cell|number|e-?mail|wechat)(?:\s+(?:number|id|address))?\s*(?:to|is|as|->|→|=|:|：)*\s+"
)
_SET_FOR = lazy.regex(
    r"(?i)^(?:(?:please|pls|kindly|can you|could you|help)\s+)*"
    r"(?:(?:add|save|put|record|store|set|update|change|note)\s+)"
    r"(?:the\s+|a\s+|new\s+)*(?P<field>phone|mobile|cell|number|e-?mail|wechat|wx|birthday|bday|dob|生日|title|position|company)"
    r"(?:\s+(?:number|no\.?|id|address|handle|account))?\s+(?:for|of|to)\s+(?P<who>[一-鿿]{2,6})\s?(?:to\b|is\b|as\b|->|→|[=:：,，-])*\s*"
)
_OF_WHOM = lazy.regex(
    r"(?i)^(?P<who>[一-鿿]{2,6})(?:'s|’s)?\s+(?:new\s+|personal\s+)?(?P<field>wechat)(?:\s+(?:id|no\.?|number|handle|account))?"
    r"\s+(?:is|was changed to|changed to|=|:|-)\s+(?=[A-Za-z][A-Za-z0-9_-]{4,19}\b[\s.!]*$)"
)
_FIELDS = {
    "e": "邮箱改成",
    "w": "微信改成",
    "b": "生日",
    "d": "生日",
    "生": "生日",
    "t": "职位改成",
    "po": "职位改成",
    "co": "公司改成",
}


def _field(match: re.Match[str]) -> str:
    word = match["field"].lower()
    return f"{match['who']}{_FIELDS.get(word[:2], _FIELDS.get(word[0], '电话改成'))}"


def in_chinese(text: str) -> str:
    """查李娟 for show 李娟's info, 李娟电话改成 for update 李娟's phone to and for add phone for 李娟:."""
    if shown := _SHOW.match(text) or _INFO.match(text):
        return f"查{shown['who']}"
    text = _REFERRED.sub("介绍", text)
    return _OF_WHOM.sub(_field, _SET_FOR.sub(_field, _SET.sub(_field, _BORN.sub(_born, text))))


_REFERRED = lazy.rare(
    r"(?i)(?<=[一-鿿])\s*(?<![a-z])(?:referr?ed|refer(?:ral)?|introduced?|recommend(?:ed)?)"
    r"(?:(?:\s+(?:me|us))?(?:\s+to)?\s*[:：]?\s*(?=(?:(?:他|她|了?一?[个位])[一-鿿]{1,4}\s*)?(?:[一-鿿]{2,4}|[A-Z][a-z]+)[\s,，]|(?:他|她)的?[一-鿿]{2})"
    r"|(?=\s?[的过来]))"
)  # 李娟 referred 她表弟 冯涛, 朋友refer的


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_BORN = lazy.regex(
    rf"(?i)(?P<cue>birthday|b-?day|born|dob|date of birth"
    rf"|生日)(?P<between>[^\d,，。;；!]{{0,16}}?)(?:(?<=[下记录登存新])[,，])?\s*"
    rf"(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:of\s*)?(?P<m>{_MONTH})|(?P<m2>{_MONTH})\s*(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))"
    r"(?:,?\s*(?P<y>(?:19|20)\d\d))?(?![a-z])"
)


def _born(match: re.Match[str]) -> str:
    """生日 1985年5月5日 for DOB 5 May 1985."""
    month = _MONTHS.index((match["m"] or match["m2"])[:3].lower()) + 1
    year = f"{match['y']}年" if match["y"] else ""
    return f"生日{match['between']} {year}{month}月{int(match['d'] or match['d2'])}日"


_OPENING = lazy.regex(
    r"(?i)^(?:(?:just|today|yesterday|i|we|new|a|got)\s+)*"
    r"(?:(?:talked|spoke|spoken|chatted|connected|caught up)\s+(?:to|with)"
    r"|met(?:\s+(?:up\s+)?with)?|had\s+(?:a\s+)?(?:call|chat|coffee|lunch|dinner|meeting)\s+with"
    r"|(?:call|inquiry|enquiry|message|email)\s+from)\s+(?=[A-Z一-鿿])"
)
_POSTS = (
    "manager|director|buyer|head|lead|engineer|officer|specialist|founder|owner|president|assistant|executive"
    "|supervisor|merchandiser|purchaser|partner|gm|ceo|cto|cfo|coo|cmo|vp|pm|md"
)
_JOB = f"(?i:{_POSTS})"
_RUNS = "(?<!(?i:head|lead|ager|ctor|dent|hief) )(?<!(?i:vp) )"  # head of IT: of what they run, and no firm's
_DEPARTMENT = (
    r"(?:Operations?|IT|Sales|Marketing|Purchas\w+|Procurement|Finance|HR|Engineering|Supply|Sourcing|Products?"
    r"|Business|R&D|Technology|Human|Customer|Quality|Production|Strategy|Growth|Design|Admin\w*|Legal"
    r"|Merchandising|Export|Import|Regional|Channels?|Projects?|Logistics|Retail|Digital|Data|Ops|Dept)(?![\w])"
)
_SOURCE = (
    r"(?:the\s+)?(?i:[\w ]{0,16}?(?:fair|expo|exhibition|show|booth|linkedin|facebook|website|alibaba|google|instagram"
    r"|whatsapp|internet|referral))\b"
)
_OF_FIRM = lazy.regex(
    rf"(?P<who>\b[A-Z][a-z]+ [A-Z][a-z]+|(?<![一-鿿])[一-鿿]{{2,4}}|\b{_JOB})\s{{0,4}},?\s{{1,4}}"
    rf"(?:(?:who\s+)?(?:is\s+)?work(?:s|ing)?\s+(?:at|for|with|in)|{_RUNS}of|for|at|from|with|@)\s{{0,4}}(?:the\s{{1,4}})?(?!{_DEPARTMENT}|{_SOURCE})"
    r"(?:(?P<town>[一-鿿]{2,3}\s+)?(?P<firm>[A-Z][\w&'-]*(?:\s(?:of\s)?[A-Z&][\w&'-]*){0,4})(?![\w@])|(?=[一-鿿]{3,}))"
)


_REFERRING = lazy.regex(
    r"^(?P<who>[^,，.。;；\d]{2,30}?)\s+(?:told|asked|suggested|said|recommended)(?:\s+(?:me|us))?(?:\s+to)?\s+"
    r"(?:contact|call|reach(?:\s+out\s+to)?|talk\s+to|add|find)\s+(?=[A-Z一-鿿])"
)


def lead(text: str) -> str:
    """The line of a new customer with who, post and firm apart.

    >>> lead("Just talked to 袁芳 of Everbright Packaging"), lead("Ann Lee, buyer for FreshMart")
    ('袁芳, company: Everbright Packaging', 'Ann Lee, buyer, company: FreshMart')
    """
    text = _REFERRING.sub(lambda match: "", text) + "".join(f", {who}介绍" for who in _REFERRING.findall(text))
    text = _AT_FIRM.sub(r", 公司:\g<firm>", text)
    return _OF_FIRM.sub(_apart, _AT_HOME.sub(_with_home, _OPENING.sub("", text), count=1))


_AT_FIRM = lazy.regex(r"(?<=[A-Za-z一-鿿])\s+@\s*(?P<firm>[一-鿿]{2,14})(?=\s*[,，;；/\n]|\s|$)")
_AT_HOME = lazy.regex(
    r"^[A-Z][\w'’-]*(?:(?:\s*,\s*|\s+)(?:from\s+(?:the\s+)?)?[A-Z][\w'’-]*){1,6}"
    r"(?=\s*[,，/;；(（+]|\s+(?:\+?\d|(?i:whatsapp|wa|tel|phone|mob\w*|wechat)\b)|\s*$)"
)
_FROM = lazy.regex(r"\s+from(?:\s+the)?\s*$")


def _with_home(match: re.Match[str]) -> str:
    """Kwame Boateng, 加纳 for Kwame Boateng Ghana and Kwame Boateng from Ghana; Kwame Ghana may be his name."""
    words = match.group()
    found = places.find(words)
    if not found or found[-1].end != len(words) or found[-1].start == 0:
        return words
    region, before = found[-1].region, words[: found[-1].start]
    who = _FROM.sub("", before).rstrip(" ,")
    is_told = who != before.rstrip() or words[found[-1].start :].startswith("from")
    return f"{who}, {region}" if is_told or " " in who else words


def _apart(match: re.Match[str]) -> str:
    if match["firm"] and places.region_of(match["firm"]) and places.find(match["firm"])[0].end == len(match["firm"]):
        return f"{match['who']}, {match['town'] or ''}{match['firm']}"
    firm = f"{match['town'] or ''}company: {match['firm']}" if match["firm"] else ""
    return f"{match['who']}, {firm}"


_PIECE = lazy.regex(r"[^/,，;；|、\n]+")
_FIRM = lazy.regex(r"(?:[一-鿿]{2,3}\s+)?(?P<firm>[A-Z][\w&.'-]*(?:\s[A-Z&][\w&.'-]*){1,4})(?:\s+[一-鿿]{2,3})?")
_NO_FIRM = lazy.regex(
    rf"(?i)\b(?:{_POSTS}|sales|fair|expo|show|linkedin|demo|quote|call|meeting|email|price|sample|wechat|whatsapp)\b"
)


def firm(text: str, name: str) -> str | None:
    """The firm that stands as a piece of its own beside a name: 曹睿 / 青岛 BlueSea Cold Chain / VP Sales."""
    before = ""
    for piece in _PIECE.finditer(text):
        found = _FIRM.fullmatch(piece.group().strip())
        if found and not _NO_FIRM.search(found["firm"]) and name not in found["firm"]:
            is_firm = not names.is_latin_name(found["firm"]) or _CASED.search(found["firm"])
            return found["firm"] if is_firm or _follows_name(found["firm"], name, before) else None
        before = piece.group().strip()
    return None


def _follows_name(words: str, name: str, before: str) -> bool:
    """True right behind a name in Latin letters, for what is none itself: Kevin Luo, Hengli Motion."""
    parts = words.lower().split()
    called = any(part in lexicon.words("english_names") for part in parts)
    spelled = any(re.fullmatch(names.PINYIN_SURNAME, part) for part in (parts[0], parts[-1]))
    return names.is_latin_name(name) and before.endswith(name) and not (called or spelled)


_CASED = lazy.regex("[a-z][A-Z]|[A-Z]{2}|&")
