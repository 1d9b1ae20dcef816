"""When 刘哥 or 吴老师 is the one known customer of that surname, and when it may be somebody whom nobody entered.

He is taken for known where the message speaks of him at once, as of somebody whom both know. He is asked about where
his trade, firm, town or introducer is told, where he looks around or comes for the first time, and where post, sex or
the way he is called otherwise do not fit.
"""

from collections.abc import Iterable

from nlp import lazy, names
from nlp.fields import places
from nlp.reader import cues
from nlp.reader.customers import Known

_BEFORE = lazy.regex(
    r"(?:[今昨前明后]天|[今昨前明][早晚日]|今儿|刚才?|[上下中]午|早上|晚上|[这本上下]?(?:周|星期|礼拜)[一二三四五六日天末]?"
    r"|(?:\d{1,2}|[一二三四五六七八九十两]{1,3}|半)(?:[月号日点时]半?|天|个月|个?(?:周|星期|礼拜|小时))"
    r"|(?:清明|端午|中秋|国庆|五一|十一|元旦|春节|[年节月])(?=[前后底初末节])节?|[底初末后内]|前|又|再|还有?|跟|和|给|与|同|找|约"
    r"|问|去|到|拜访|回访|联系|接到?|收到|答应|欠|帮|替|告诉|提醒我?|记得|记一?下|备注|说|了|过|的|电话|微信|打|回复?|个|[,，。:：\s])*"
)
_LONGER = lazy.regex(
    "[总监助工经裁傅娘夫爷家哥姐部级]|(?:的|他|她)?(?:朋友|同学|亲戚|邻居|老乡|战友)|[（(]|就?是(?!说|不是)"
)
_LOOKS_AROUND = lazy.regex(
    r"想(?:来|去|过来)?(?:看看?|了解|咨询|问一?[问下]|打听|租|学|报名)|咨询|打听|了解一下|有兴趣|感兴趣|头[一回]|初次"
    r"|首次|路过|名片|(?<!我)(?:推荐|介绍|引荐)(?:的|来|过来|给我)|群里|网上|抖音|小红书|留言|进店|[到来]店|来看|要个?报价|问个?价|询价"
    r"|[做开搞卖][^,，。 ]{1,6}[的店厂]|一个月(?:能|可以)?(?:拿|用|要)"
)
_TOLD = 6  # characters behind him; fewer (不满意, 说要样品) may be said of anybody
_OWN_POST = ("总", "经理", "老板", "老师")
_SOCIAL = {"哥": "男", "先生": "男", "姐": "女", "女士": "女"}
_OF_WOMEN = frozenset("丽娟娜芳敏艳霞燕玲秀英红梅娥婷静雪莉琴萍莹倩颖慧媛蓉莲芬香菊娇妍婕琳")
_OF_MEN = frozenset("国强刚军勇杰伟涛磊斌鹏超毅彪龙虎豪雄武康峰")
_TEACHES = lazy.regex("教|学|校|培训|幼儿|托管|文化|艺术|画|琴|舞")


def is_clear(text: str, words: str, known: Known, others: Iterable[Known] = ()) -> bool:
    """True where the form of address can hardly mean anybody but the one known customer whom it fits.

    others: who may be meant besides; one called 老刘 may be 刘哥, too.

    >>> one = Known(1, "刘洋", "武汉长江物流")
    >>> is_clear("刘哥说司机老犯困", "刘哥", one), is_clear("做建材的刘哥问价", "刘哥", one)
    (True, False)
    >>> is_clear("刘哥说司机老犯困", "刘哥", one, [Known(2, "老刘")])
    False
    """
    family = names.surname(known.name)
    if any(one != known and family in (one.name[:1], one.name[1:2]) for one in others):
        return False
    at = text.find(words)
    before, behind = text[: max(at, 0)], text[at + len(words) :]
    if at < 0 or not _BEFORE.fullmatch(before) or _LONGER.match(behind) or not _fits(words, known):
        return False
    if cues.NEW.search(text) or _LOOKS_AROUND.search(behind) or _named_anew(behind, known):
        return False
    told = behind.lstrip(" ,，")
    if len(told) < _TOLD:
        return False
    return not (places.leading(told) and told != behind)


def _named_anew(behind: str, known: Known) -> bool:
    """True for 刘总刘建军, whose name follows."""
    name = behind.lstrip(" ,，")[:3]
    return name[:1] == known.name[0] and names.is_full_name(name) and name != known.name[:3]


def _fits(words: str, known: Known) -> bool:
    """True where he may be called so: no 刘姐 among men, no 张总 who is in purchasing, no 周哥 who is called 周工."""
    family = names.surname(known.name) or ""
    call, given = words[len(family) :], known.name[len(family) :]
    if not words.startswith(family) or any(names.surname_addressed(one) == family for one in known.nicknames):
        return False
    if call in _SOCIAL:
        return not _sexes(given) or _SOCIAL[call] in _sexes(given)
    if call == "老师" and not _TEACHES.search(known.company or ""):
        return False
    return call in _OWN_POST and not known.title


def _sexes(given: str) -> str:
    """女 of a name for women, 男 of one for men, both where it tells both, else nothing."""
    return ("女" if _OF_WOMEN & set(given) else "") + ("男" if _OF_MEN & set(given) else "")
