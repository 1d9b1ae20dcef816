"""New people told by somebody known: of the same name, of his family, of his firm."""

import re
from collections.abc import Sequence

from nlp import lazy, names, relations
from nlp.fields import places
from nlp.reader.customers import Known

_SAME = (
    "(?:没(?:有)?关系|无关|没半毛钱关系|同名(?:同姓)?|重名|同姓同名|(?:可|并)?(?:不是|非)同?一?个?人|是?两(?:个|码)[人事]"
    "|不一样|不同|(?:谐|同|近|音[近同似])音?|读音(?:一样|相同|相近|差不多)|听着(?:像|一样))"
)
_OPENS, _ENDS = r"[\s,，(（]*", r"(?:[,，\s]*(?:并非|不是|非)(?:同)?一?个?人)?(?:[,，\s]*(?:这个|他|她)是)?[)）]?"
_TOLD = lazy.regex(
    rf"^(?:这个?是|那个?是|新客户|加个?客户|加一?[个下]|存一?下|[\s,，:：])*(?P<whose>[^,，。;；\s\d让说叫打找问]{{2,8}}?)(?:的|他|她)(?P<relation>{relations.RELATION})"
    r"(?:名字|叫做?|是|[\s,，:：])*(?P<name>[一-鿿]{2,4})"
)
_BOUND = lazy.regex(r"$|[\s,，。;；:：\d(（\x01]|电话|手机|微信|[在做开搞卖也想要是说]")
_OF_FIRM = (
    "(?:他们?|她们?|那边|的)*(?:公司|单位|厂里?|店里?|部门|科室|学校|医院)(?:里|那边)?"
    "(?:的|新|又|还|换|刚)*(?:来|有|招|调)"
)


_THERE = "那边的?\\s?(?:财务|会计|采购|出纳|仓库|仓管|老板|技术|店长|助理|司机)的?(?=\\s?[一-鿿])"
_DENIES = lazy.kept("不是|并非|非|关系|无关|[同重]名|同姓|两[个码]|不一样|不同|音|听着")


def _denials(name: str) -> tuple[re.Pattern[str], ...]:
    called = rf"(?P<where>[^,，。;；()（）]{{0,10}}?)(?P<that>那个|那位|这个|的)?{re.escape(name)}(?:那个)?"
    return (
        re.compile(rf"{_OPENS}(?:可|并|又)?(?:不是|并非){called}{_ENDS}", re.I),
        re.compile(rf"{_OPENS}(?:跟|和|与|同){called}{_SAME}{_ENDS}", re.I),
    )


_BY_SOUND = lazy.regex("音|听着")
_POINTED = lazy.regex(
    r"[\s,，(（]+(?:可|并|又)?(?:不是|并非)(?P<where>[^,，。;；()（）]{2,10}?)(?:那边|的)?(?P<that>那个|那位)(?:人|老板|客户)?"
    r"[)）]?(?=[\s,，。;；!！]|$)"
)  # the firm or town of the other: 张伟 昆山 … 不是宏达那个


def denied(text: str, known: Known) -> re.Match[str] | None:
    """The words that say that he is not the one who is meant: 不是武汉那个刘洋, 与东莞的周杰同名."""
    if not _DENIES.search(text):
        return None
    times = text.lower().count(known.name.lower())
    if not times and (told := _not_called(text, known)):
        return told
    called = (known.name, *known.nicknames) if times else ()
    patterns: list[re.Pattern[str]] = [pattern for words in called for pattern in _denials(words)]
    found: re.Match[str] | None = next((match for pattern in patterns if (match := pattern.search(text))), None)
    found = found or (_POINTED.search(text) if times else None)
    if found is None:
        return None
    where, company = found["where"], known.company or ""
    home, named = places.region_of(company), places.region_of(where)
    if named and home:
        return found if named == home else None
    if any(form in where.lower() for form in names.company_forms(company)) if company else False:
        return found
    return found if not where and (times > 1 or found["that"] or _BY_SOUND.search(found.group())) else None


def _not_called(text: str, known: Known) -> re.Match[str] | None:
    """不是老陈，是做拉链那个: how he is called stands there once, to say that another is meant."""
    calls = (one for one in known.nicknames if text.count(one) == 1)
    patterns = (
        rf"(?:^|[\s,，.。…])(?:可|并)?(?:不是|并非){re.escape(one)}[\s,，]*而?是(?=做|那|另|姓)" for one in calls
    )
    return next((match for pattern in patterns if (match := re.search(pattern, text))), None)


_WHOSE = lazy.regex(
    rf"(?![姐哥妹弟嫂](?![姐哥妹弟夫子]))[\s,，]*(?:他|她)?(?:家|那边)?的?{relations.RELATION}"
)  # 李娟姐 is she herself


def sounds_like(one: str, other: str) -> bool:
    """True for two full names that differ in their characters only: 吴悦 and 吴越."""
    both = names.is_full_name(one) and names.is_full_name(other)
    return both and one != other and bool(names.sounds(one) & names.sounds(other))


def is_told_of(text: str, called: str) -> bool:
    """True where somebody of his family, friends or people is spoken of: 李娜的助理叫小陈, 张伟老婆生了."""
    at = text.find(called) if called else -1
    while at >= 0 and not _WHOSE.match(text, at + len(called)):
        at = text.find(called, at + 1)
    return at >= 0


_RENAMES = lazy.regex(
    "(?i)改名|更名|名字|姓名|[全大真本学]名|[写打记登录输搞弄]错|不叫|不是|应[该为]|其实|改叫|现在叫|改[成为]|更正|[→>]|name|错"
)


def is_name_of(name: str, text: str, called: str) -> bool:
    """True where the new name is his: he is said to be called so, or the name to be put right.

    >>> is_name_of("郑海涛", "王工说他老板叫郑海涛", "王工"), is_name_of("王建军", "王工叫王建军", "王工")
    (False, True)
    """
    direct = rf"{re.escape(called)}(?:的|他|她)?(?:就?是|就?叫做?|[:： ]+(?:就?叫做?)?)\s*{re.escape(name)}"
    return _RENAMES.search(text) is not None or re.search(direct, text) is not None


_BEFORE = lazy.regex(
    r"(?:请|帮我|麻烦|那啥|那个|登记|录入|录|存|记|加|新增|新建|下|[又刚][又新刚]*来了?|来了?|[一个名位]|客户|新的?|叫|是|[\s,，:：])*"
)


def without(text: str, known: Sequence[Known]) -> str:
    """The line of a new customer without the words that tell him from somebody known of that name.

    >>> without("登记周杰(与东莞的周杰同名),郑州惠民医院", [Known(1, "周杰", "东莞精工模具")])
    '周杰,郑州惠民医院'
    """
    for one in known:
        match = denied(text, one)
        if match and one.name in text[: match.start()]:
            before, behind = text[: match.start()].split(one.name, 1)
            opening = "" if _BEFORE.fullmatch(before) else f" {before}"
            behind = f"{behind} {text[match.end() :]}".strip(" ,，:：")
            text = f"{one.name},{behind}{opening}"
    return text


_MET = lazy.regex(
    rf"^(?:(?:今|昨)[天早晚日]|上午|下午|刚才?|又|再|[\s,，])*(?:[跟和](?!平)|见[了完过到]*|约了?|拜访了?|联系了?)(?P<whose>[^,，。;；\s\d]{{2,8}}?)"
    rf"(?:家|那边)?(?:的|他|她)?(?P<relation>{relations.RELATION})(?:叫|是)?(?P<name>[一-鿿]{{2,4}})"
)
_MET_ENDS = lazy.regex(r"$|[\s,，。;；\d(（]|电话|手机|微信|[聊谈见说想约打碰沟]")


_OTHER = lazy.regex(f"[哥弟姐妹]|同学|朋友|闺蜜|邻居|亲戚|{relations.COLLEAGUES}")  # no spouse or child


def met(text: str, words: str) -> str | None:
    """Who is met, told of as the relative or colleague of him who is called so: 跟国强的同事吴俊贤聊过.

    >>> met("跟国强的同事吴俊贤聊过 他想了解癌症险", "国强"), met("跟国强聊了他太太的事", "国强")
    ('吴俊贤', None)
    """
    match = _MET.match(text) if words else None
    if match is None or words not in match["whose"].lower() or not _OTHER.search(match["relation"]):
        return None
    sizes = (size for size in (3, 2, 4) if _MET_ENDS.match(text, match.start("name") + size))
    found = (text[match.start("name") : match.start("name") + size] for size in sizes)
    return next((word for word in found if names.is_full_name(word) or names.is_address(word)), None)


def is_of_family(text: str, words: str) -> bool:
    """True when the one so called is only whose relative or colleague is told of by name: 郑姐的妹妹郑霞."""
    match = _TOLD.match(text)
    return bool(match and words and words in match["whose"].lower() and _name(match, text))


def apart(text: str) -> str:
    """The line with the new name in front, and whose relative it is behind.

    >>> apart("王总的太太 苏梅 13800138000")
    '苏梅 13800138000,王总的太太'
    """
    match = _TOLD.match(text)
    name = _name(match, text) if match else None
    if match is None or name is None or not names.looks_like_name(match["whose"][-4:].lstrip("是")):
        return text
    told = text[match.start("whose") : match.end("relation")]
    return f"{name}{text[match.start('name') + len(name) :]},{told}"


def _name(match: re.Match[str], text: str) -> str | None:
    start = match.start("name")
    for size in (3, 2, 4):
        word = text[start : start + size]
        if (names.is_full_name(word) or names.is_address(word)) and _BOUND.match(text, start + size):
            return word
    return None


def firm(text: str, known: Sequence[Known]) -> str | None:
    """The firm of a new customer who is told of as the colleague of somebody known: 张伟他们公司新来个….

    >>> firm("李娜的同事苗青", [Known(1, "李娜", "杭州云栖网络")])
    '杭州云栖网络'
    """
    for one in known:
        if (
            one.company
            and one.name in text
            and re.search(rf"{re.escape(one.name)}(?:{_OF_FIRM}|的(?:{relations.COLLEAGUES})|{_THERE})", text)
        ):
            return one.company
    return None
