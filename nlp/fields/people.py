"""Who a line is about where the plain reading of its pieces does not settle it: rare names, corrections, spelling."""

import re
from typing import TYPE_CHECKING

from nlp import lazy, lexicon, names
from nlp.fields import companies, localities, places
from nlp.fields.pieces import NOISE

if TYPE_CHECKING:
    from nlp.fields.extraction import Fields, _Line

DOTTED = lazy.regex("[一-鿿]{1,6}[·•‧・][一-鿿]{1,6}(?:[·•‧・][一-鿿]{1,6})?")
# Characters that transcribe Uyghur, Mongolian, Tibetan and Kazakh names; three of them in a row make no Chinese word.
_SOUNDS = (
    "[阿艾买买吐吾热玛迪古丽娜尔依布拉提江汗巴特格其木日乌云高娃敖登苏和斯琴萨仁塔娜扎西次仁卓玛"
    "央金多吉旦增洛桑达瓦尼平措德吉顿珠木提汗别克哈努尔库班叶力江孜亚合凯赛曼帕力再孜帖孜肉孜娅]"
)
_TRANSCRIBED = lazy.regex(f"{_SOUNDS}{{3,8}}")
_FUNCTION = lazy.regex(
    "[的了吗呢吧啊是在有和要想说问给跟去来找买卖做搞开看等让叫没不还都很也就这那哪怎什么会能可以预算报价合同样品发货急催约聊谈加微信电话手机号码"
    "客户公司生意代理行业批发零售专业方面项目产品价格数量附近市场老家男女约岁年月日周点路街村镇县区]"
)
_SPELLED = lazy.regex(
    r"(?P<word>[一-鿿]{2,4})的(?P<char>[一-鿿])(?=[\s,，。;；、)）\d]|$)"
    r"|(?<=[张李王陈章吴许徐胡余江孙黄杨])(?:弓长|木子|耳东|立早|口天|言午|双人徐|三横王"
    r"|古月胡|草头黄|木易|三点水)(?:的)?[张李王陈章吴许徐胡余江孙黄杨]?"
)
_CORRECTED = lazy.regex(
    r"(?P<wrong>[一-鿿]{2,4})[\s,，]*+(?:哦|噢|啊)?[\s,，]*+(?:不对|不是|说错了?|写错了?|打错了?"
    r"|错了)[\s,，]*+(?:应该)?(?:是|叫)[\s,，]*+"
    r"(?P<right>[一-鿿]{2,4})(?=[\s,，。;；\d]|$)"
)
_FAMILY = lazy.regex("(?<![一-鿿])姓(?P<family>[一-鿿]{1,2})(?![一-鿿])")


def spelled(line: "_Line") -> None:
    """夏侯霞云霞的霞, 张弓长张: how a name is written is taken out of the line."""
    for match in _SPELLED.finditer(line.plain):
        if match["char"] is None:
            line.cut(match.start(), match.end())
        elif match["char"] in match["word"]:
            start = match.start("word")
            before = line.plain[:start]
            word = match["word"]
            while len(word) > 2 and not before.endswith(match["char"]):  # 夏侯霞云霞: the name's own end is no spelling
                before, word = before + word[0], word[1:]
            if before.endswith(match["char"]) and match["char"] in word:
                line.cut(len(before), match.end())


_TOWN_CORRECTED = lazy.rare(
    r"(?P<wrong>[一-鿿]{2,5})[\s,，]*+(?:哦|噢|啊|呃|嗯)?[\s,，]*+(?:不对|不是|说错了?|写错了?|打错了?|记错了?|错了|搞错了?)"
    r"[\s,，]*+(?:应该)?(?:是|在|为)?[\s,，]*+(?P<right>[一-鿿]{2,5}?)(?:的|那边)?(?=[\s,，。;；\d]|$)"
)


def corrected(line: "_Line") -> None:
    """韩校长 不对 是韩船长, 曲阜 不对 是邹城的: the first of the two goes out of the line."""
    for town in list(_TOWN_CORRECTED.finditer(line.plain)):
        old = places.find(town["wrong"])
        if old and old[-1].end == len(town["wrong"]) and places.leading(town["right"]) == len(town["right"]):
            line.forget(town.start("wrong") + old[0].start, town.start("right"))
    match = _CORRECTED.search(line.plain)
    if match and names.looks_like_name(match["right"]) and names.looks_like_name(match["wrong"]):
        line.blot(match.start(), match.start("right"), lead=False)


def better(fields: "Fields", left: list[tuple[int, int, str]], whole: str) -> int | None:
    """The place in `left` of a better name than the one found, or of a name where none was found."""
    if not (fields.mobile or fields.landline or fields.wechat or fields.email):
        return None
    told = _FAMILY.search(whole)
    pieces = [(place, words.strip("()（）:：【】")) for place, (_, _, words) in enumerate(left) if words not in NOISE]
    for place, words in pieces:
        if names.is_full_name(words) and _outdoes(words, fields.name, told["family"] if told else None):
            return place
    if fields.name is not None:
        return _instead_of_place(fields.name, pieces, whole)
    for test in (DOTTED.fullmatch, _is_transcribed, _is_rare):
        for place, words in pieces:
            if test(words):
                return place
    latin = next((place for place, words in pieces if _is_latin(words)), None)
    if latin is not None and whole.lstrip().startswith(pieces[latin][1] if latin < len(pieces) else "\0"):
        return latin
    first = next(((place, words) for place, words in pieces if words), None)
    if first and whole.lstrip().startswith(first[1]) and _may_be_name(first[1]):
        return first[0]
    return None


def _instead_of_place(name: str, pieces: list[tuple[int, str]], whole: str) -> int | None:
    """The full name beside two characters that stand straight behind a town: 常熟 梅李 … 顾建明."""
    at = whole.find(name)
    before = re.split(r"[\s,，。]", whole[:at].rstrip(" ,，"))[-1] if at > 0 else ""
    if len(name) != 2 or not names.is_full_name(name) or not 0 < places.leading(before) == len(before):
        return None
    return next((at for at, words in pieces if len(words) == 3 and names.is_full_name(words) and _is_free(words)), None)


def _is_latin(words: str) -> bool:
    return re.fullmatch("[A-Za-z][a-z]{2,14}", words) is not None and not names.is_no_person(words)


_NOBODY_BY_NAME = lazy.regex(
    "[阿大老小]?(?:姐|哥|妹|弟|叔|伯|婶|嫂|姨|爷|妈|娘|公|婆)|阿姨|大妹子|老乡|老板娘?|小伙子?|师傅|老哥|小哥"
)


def _outdoes(words: str, name: str | None, family: str | None) -> bool:
    """True for the full name of somebody who was called by surname and title, or whose surname is told elsewhere."""
    if name is None or words == name:
        return False
    if family and words.startswith(family) and not name.startswith(family):
        return True
    if _NOBODY_BY_NAME.fullmatch(name):
        return True
    return names.is_address(name) and len(words) >= 2 and names.surname(words) == names.surname(name.lstrip("老小阿"))


def transcribed_at(text: str, start: int) -> str:
    """The characters from there on that transcribe a name of another tongue; '' where none does."""
    run = re.compile(f"{_SOUNDS}*").match(text, start)
    return run.group() if run else ""


def _is_transcribed(words: str) -> bool:
    return _TRANSCRIBED.fullmatch(words) is not None and places.leading(words) == 0


def _is_rare(words: str) -> bool:
    """A surname and two or three characters more, none of them an ordinary word: 高桥健一, also 高兴 and 钱程."""
    family = names.surname(words)
    if family and len(family) == 2 and re.fullmatch("[一-鿿]{3,4}", words):
        return not re.search("[的了吗呢说]", words)  # 令狐大有: hardly a word begins like this
    if not family or not re.fullmatch("[一-鿿]{2,4}", words) or not _is_free(words):
        return False
    if len(words) == 2:
        return words not in lexicon.words("not_names") or words[1] not in "款账钱货费价"  # 高兴 may be somebody
    return len(words) > 2 and words[:2] not in lexicon.words("not_names")


def _may_be_name(words: str) -> bool:
    if words[:2] in lexicon.words("not_names") or re.search("[站局办处科部院厂店社]$", words):
        return False
    return re.fullmatch("[一-鿿]{2,3}", words) is not None and words[0] not in "他她姓一这那有某" and _is_free(words)


def _is_free(words: str) -> bool:
    """True when no character speaks of trade, time, place or talk, and no list knows the word."""
    if _FUNCTION.search(words) or localities.is_nobody(words) or places.find(words) or companies.is_company(words):
        return False
    if re.search(lexicon.alternatives("company_suffixes") + "$", words) or words in lexicon.words("titles"):
        return False
    return re.search(lexicon.alternatives("industries"), words) is None
