"""Who introduced somebody new: 老陈介绍了个朋友给我 叫沈国平, 沈国平 做门窗的 设计师小吴介绍."""

import re
from collections.abc import Iterable

from nlp import lazy, names, relations
from nlp.fields import Fields, jobs

_DID = "(?:转?介绍|推荐|引荐)"
_BROUGHT = "(?:带|领|拉|推|转)"
_WHEN = "(?:(?:今|昨|前)[天早晚日]|上午|下午|刚才?|上周|这周){0,6}"
_BY = "(?P<by>[一-鿿]{2,9}?)"
_WHO = (
    "(?:一?[个位名]|新|他|她|的)*"
    "(?:朋友|客户|客人|业主|家长|同学|亲戚|老乡|同行|邻居|同事|战友|哥们|姐妹|老板|人|厂|公司)"
)
_KIN = rf"(?:他家?|她家?|其|自己|自家)?的?{relations.RELATION}(?=[\s一-鿿])"
_CALLED_SO = r"(?<=了)(?=[一-鿿]{1,2}(?:小姐|先生|女士|太太|总|姐|哥|老板|老师|阿姨)(?:[\s,，]|$|[来去要想做办买]))"
_GAVE = lazy.regex(
    rf"^\s*(?:加客户\s*)?{_WHEN}{_BY}{_WHEN}(?:又|也|帮忙?|给我们?|跟我)*"
    rf"(?:{_DID}(?:给我们?)?了?(?:我们?)?(?:{_WHO}|{_KIN}|{_CALLED_SO})|{_BROUGHT}(?:过来|来)?(?:给我们?)?了?\s?{_WHO})"
)
_CAME = lazy.regex(
    rf"(?:^|[\s,，。;；由是]){_BY}(?:那边|公司)?"
    rf"(?:{_DID}(?:过来|来|给我们?|认识)?的?|{_BROUGHT}(?:过来|来|给我们?)的)(?=$|[\s,，。;；])"
)
_ROLE = lazy.regex("(?:我们?|我的)?(?:老?客户|老?朋友|老?同学|同事|邻居|业主|亲戚|表?[哥姐弟妹]|房东|中介|物业)的?")
_LONGEST = 200  # characters: a longer message tells a story, and a line of days would be tried in every way
_SIZES, _SIZES_MET = (4, 3, 2), (3, 2, 4)  # characters of who is named; of who is met 谈 and 说 may stand behind


def by(text: str) -> str | None:
    """Who is told to have introduced the newcomer, as he is called there; None where nobody is named.

    >>> by("老陈介绍了个朋友给我 叫沈国平 做门窗的 13611112222"), by("沈国平 13611112222 老陈介绍来的")
    ('老陈', '老陈')
    >>> by("孙总 15800001234 设计师小吴介绍 月底出图"), by("孙倩介绍她妹妹孙悦来办卡 15900004444")
    ('小吴', '孙倩')
    >>> by("张伟 13611112222 朋友介绍的"), by("跟他介绍了新产品 张伟 13611112222")
    (None, None)
    """
    return next((person for words in _named(text) if (person := _person(words))), None)


def by_given_name(text: str) -> str | None:
    """The given name by which somebody is told to have brought another, where it alone stands there.

    >>> by_given_name("见完张志明啦 想买医疗险 是美玲介绍的"), by_given_name("张伟 朋友介绍的")
    ('美玲', None)
    """
    words = (_HE_IS.sub("", words) for words in _named(text))
    return next((one for one in words if len(one) == len("美玲") and not _SOMEBODY.search(one)), None)


_SOMEBODY = lazy.regex(f"{relations.RELATION}|{_ROLE.pattern}|客户|[他她我你谁人家店厂司]")


def is_told(text: str) -> bool:
    """True where the sentence opens with the introduction: taken to pieces it would say nothing any more."""
    gave = _gave(text)
    return gave is not None and _person(gave["by"]) is not None


def newcomer(text: str, called: str = "") -> str | None:
    """Who is told by name to have been introduced, without more of him; None where no name stands there.

    called: the words that name a customer, who may have done it

    >>> newcomer("设计师小吴带了个业主 孙总 别墅 金额大概30万"), newcomer("孙丽给我介绍了个客户")
    ('孙总', None)
    """
    gave = _gave(text)
    if gave is None or _person(gave["by"]) is None:
        return _met(text, called)
    rest = text[(_CALLED.match(text, gave.end()) or gave).end() :]
    return _first_named(rest[:size] for size in _SIZES if _BOUND.match(rest, size))


def _first_named(words: Iterable[str]) -> str | None:
    return next((word for word in words if names.is_address(word) or names.is_full_name(word)), None)


_MEETS = lazy.regex(rf"{_WHEN}(?:(?:见|聊|谈|拜访|碰|约)[完了过到]*(?:一?面|一下)?|[跟和](?!平))")
_OPENS, _DEED = lazy.regex(r"$|[\s,，。;；啦\d]|[聊谈见说想]"), ("聊", "谈", "见", "说", "想", "吃")
_HE = lazy.regex(r"(?:^|[\s,，。;；])(?:[他她]|这?个?人)?(?:就?是|由)?$")  # not the goods: 产品是王芳介绍的


def is_meeting(text: str) -> bool:
    """True where the sentence opens with whom we met.

    >>> is_meeting("见完黄国强啦 是美玲介绍的"), is_meeting("黄国强是美玲介绍的")
    (True, False)
    """
    return _MEETS.match(text) is not None


def _met(text: str, called: str) -> str | None:
    """黄国强 of 见完黄国强啦 … 是美玲介绍的: who is met, and whom another is told to have brought."""
    meets = _MEETS.match(text)
    if meets is None:
        return None
    told = (_person(words) or (called if called and words.endswith(called) else None) for words in _named(text))
    who_did = next(filter(None, told), None)
    if not who_did or not any(_HE.search(text[: at.start()]) for at in re.finditer(re.escape(who_did), text)):
        return None
    rest = text[meets.end() :]
    sizes = (size for size in _SIZES_MET if _OPENS.match(rest, size))
    met = _first_named(rest[:size] for size in sizes if not rest[:size].endswith(_DEED))
    return met if met is not None and who_did not in met else None


_CALLED = lazy.regex(r"[\s,，:：]{0,8}(?:名字?|姓名)?(?:叫做?|是|姓)?[\s:：]*")
_BOUND = lazy.regex(r"$|[\s,，。;；\d]|[在做开搞想要住是说来去办买]|电话|手机|微信")


_NEAR = "同学|朋友|闺蜜|战友|老乡|邻居|亲戚"  # no colleague: who is of the same firm
_OF_FIRM = lazy.regex(
    rf"的?(?P<who>[一-鿿]{{2,4}}?)(?:那边|刚才?|今天|昨天|又|也|给我们?|跟我){{0,6}}"
    rf"(?:{_DID}|(?:的|他|她|其|自己){{1,4}}(?:老|好)?(?:{relations.FAMILY}|{_NEAR}))"
)  # behind a firm: 华信医疗赵敏转介绍其表妹袁静


def leave_out(text: str, found: Fields) -> None:
    """Takes back the post and the firm that are told of nobody but who introduced him: 孙总 158… 设计师小吴介绍."""
    if found.company and (by_firm := _OF_FIRM.match(text, text.find(found.company) + len(found.company))):
        who = by_firm["who"]
        is_somebody = names.is_address(who) or names.is_full_name(who)
        if is_somebody and found.company in text and found.name and who not in found.name and found.name not in who:
            found.company = None
    for words in _named(text):
        if found.title and found.title in words and _person(words) and found.title not in text.replace(words, "", 1):
            found.title = None


def _named(text: str) -> list[str]:
    """The words that stand where the one who introduces somebody is named."""
    gave = _gave(text)
    came = list(_CAME.finditer(text)) if len(text) <= _LONGEST else []
    return [match["by"] for match in ([gave] if gave else []) + came]


_HE_IS = lazy.regex("^(?:[他她]|这个?人)?(?:也|就|都)?(?:是|由)(?=..)")  # 他是孙浩介绍的


def _gave(text: str) -> re.Match[str] | None:
    return _GAVE.match(text) if len(text) <= _LONGEST else None


def _person(words: str) -> str | None:
    """小吴 of 设计师小吴 and of 老客户小吴; None where no person is named, or more is told."""
    words = _HE_IS.sub("", words)
    for size in _SIZES:
        for person, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            is_role = not rest or jobs.is_title(rest) or _ROLE.fullmatch(rest) is not None
            if is_role and (names.is_address(person) or names.is_full_name(person)):
                return person
    return None
