"""Under which name somebody is told of in running words: 姓禄彝族叫禄文忠, 姓钭…就叫他钭大叔吧, 叫阿依古丽买买提."""

import re

from nlp import lazy, names
from nlp.fields import people, places, speech

_FAMILY = lazy.regex("姓氏?(?:是|呢|就是)?(?P<family>[一-鿿])(?!名|啥|什|没|不|氏)")
_SPELLED = lazy.regex("[一-鿿]{2,3}的(?P<char>[一-鿿])")
_CALLS = "老太太|老大爷|奶奶|爷爷|阿婆|老爹|大师傅|幺妹|妹儿|姑娘|" + names.CALLS
_CALL = "(?:叫|喊|称呼?)(?:[他她]|做|作|[他她]做|[他她]为)?"
_NAMED = lazy.regex("(?:名字?叫|叫做?|[人名]是)\\s?(?=[一-鿿])")
_TRANSCRIBED = 4  # characters: fewer make a Chinese name


def told(text: str) -> str | None:
    """The name that the words join to a surname told (姓展 … 叫展鹏程), or one that transcribes another tongue.

    >>> told("项目经理姓展展昭的展叫展鹏程中铁十四局的"), told("有个大叔姓钭挺少见就叫他钭大叔吧丽水人")
    ('展鹏程', '钭大叔')
    """
    for match in _FAMILY.finditer(text):
        family, rest = match["family"], _SPELLED.sub(" ", text[match.end() :])
        if name := _of_family(family, rest):
            return name
    return _foreign(text)


def _of_family(family: str, rest: str) -> str | None:
    full = [
        m for m in re.finditer(f"叫{family}[一-鿿]{{1,2}}", rest) if not re.match(f"叫{family}(?:{_CALLS})", m.group())
    ]
    for match in full:
        for size in (3, 2):
            name, behind = match.group()[1 : 1 + size], rest[match.start() + 1 + size :]
            if len(name) == size and _ends(behind):
                return name
    called = re.search(f"{_CALL}(?P<name>{family}(?:{_CALLS}))", rest)
    return called["name"] if called else None


def _ends(behind: str) -> bool:
    """True where a name may end: before a space, a number, a firm, a place or a little word."""
    return (
        speech.ends_well(behind)
        or re.match("中铁|普通|[就吧啊哈呢也还负管开卖种养搞搬]|彝|苗|藏|回族", behind) is not None
    )


def _foreign(text: str) -> str | None:
    """阿依古丽买买提, 次仁平措: as long as the characters transcribe, behind 叫."""
    for match in _NAMED.finditer(text):
        run = people.transcribed_at(text, match.end())
        if len(run) >= _TRANSCRIBED and not places.leading(run) and names.surname(run[:2]) != run[:2]:
            return run
    return None


_NICK = "(?:网名|微信名|微信昵称|昵称|抖音名|化名|艺名|花名)"
_BY_NICK = lazy.regex(
    rf"(?:^|(?<=[\s,，:：]))(?P<before>[^\s,，:：()（）\d]{{2,10}})\s?[(（]{_NICK}[)）]"
    rf"|{_NICK}(?:就?叫做?|是|为|[:：])+\s?(?P<behind>[^\s,，。;；()（）]{{2,10}})"
)


_TWICE_OVER = lazy.regex(
    r"(?i)(?:^|(?<=[\s,，@]))(?P<twice>(?P<char>(?![谢刚常天年月日人看想聊试宝妈爸哥姐弟妹爷奶太公婆叔伯姑舅嫂某娃]|[一二三四五六七八九十多少大小]|好好)[一-鿿])(?P=char))"
    r"[\s,，:：]*(?=微信|wx|vx|电话|手机|1[3-9]\d{9}|\x01)"
)


def by_nick(text: str) -> str | None:
    """The name that somebody goes by online, where it is said to be one.

    >>> by_nick("小鱼儿（网名） vx xiaoyuer_0512"), by_nick("微信名叫云淡风轻 13067772216")
    ('小鱼儿', '云淡风轻')
    >>> by_nick("@果果家 果果 wx: gg_12"), by_nick("谢谢 13811112222")
    ('果果', None)
    """
    match = _BY_NICK.search(text) or _TWICE_OVER.search(text)
    return next(name for name in match.groups() if name) if match else None


def is_own(name: str, own: str) -> bool:
    """True for his own name, also with more behind it, for its pinyin, and for the given name of two characters.

    >>> is_own("张伟的", "张伟"), is_own("Zhang Wei", "张伟"), is_own("Li Wei", "张伟")
    (True, True, False)
    >>> is_own("国强", "黄国强"), is_own("阿杰", "周杰")
    (True, False)
    """
    if len(name) == len("国强") and own[1:] == name and names.is_full_name(own):
        return True
    if name.startswith(own) or not (name.isascii() and names.is_full_name(own)):
        return name.startswith(own)
    return bool(names.pinyin_keys(name) & {sound.replace(" ", "") for sound in names.sounds(own)})
