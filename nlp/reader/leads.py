"""The line of a new customer put so that each part stands alone: who somebody came from, his titles of courtesy,
his name among English words."""

import re

from nlp import lazy, names
from nlp.fields import companies, localities, places, segments
from nlp.reader import english, kept

_HAN = names.HAN
_FORM = lazy.regex(
    r"(?i)^\s*(?:(?:please|pls|kindly|ok|new|create|add|save|scan|biz|business)\s+)*(?:lead|contact|customer|client|name\s?card|card)\s*[:：]\s*"
)
_ONE_MORE = lazy.regex("^[一-鿿]{0,6}(?:客户|潜客|一[名位个](?:客户|客人)?|[1１][名位个])[:：]\\s?")
_COUNTED = lazy.regex("(?<=[了到着过])一?[个位名](?=[一-鿿]{2})(?![做搞卖开干])")
_KEPT = lazy.regex(
    r"^(?:帮我|给我|帮忙)?(?:存|记|加|录|新建|新增|登记|保存|录入)(?:一?[下个]|上)?(?:啊|哈|呀|吧|哦|嗯|哎)*"
    r"(?:[一个位新]*客户|[一个]{1,2}人)?(?:啊|哈|呀|叫|是|[,，\s])*"
)
_WRITTEN = lazy.regex(
    r"(?P<char>[一-鿿])(?:呢|字)?(?:就是|是)[一-鿿]{2,4}的[一-鿿](?:加[一-鿿]{1,3}[旁头底])?"
    r"(?:[,，\s]|(?=电话|手机|微信|\x01|1\d{10}))?"
)
_GLUED = lazy.regex(r"(?<![一-鿿])[一-鿿]{4,9}(?=[\s,，、;；/]|$)")
_COURTESY = lazy.regex(rf"(?P<name>[{_HAN}]{{2,4}}?)(?:女士|先生|小姐)(?=[,，;；])")
_SERVES = lazy.regex("(?:任职|就职|供职)于?|来自于?|(?<![一-鿿])任(?![职务意何期命性选])(?=[一-鿿]{5})")
_REAL_NAME = lazy.regex("(?:他|她)?(?:本名|真名|全名|大名|真实姓名|中文名)(?:是|叫)?[:：]?\\s?")
_TWICE = lazy.regex(rf"姓(?P<family>[{_HAN}])[,，\s]?(?:叫)?(?=(?P=family)[{_HAN}]{{1,2}})")
_LATIN = r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)?"
_BOTH_NAMES = lazy.regex(
    rf"(?P<start>^|[,，/:：;；]\s*)(?:{_LATIN}\s+(?P<after>[{_HAN}]{{2,4}})|(?P<before>[{_HAN}]{{2,4}})\s+{_LATIN})"
    r"(?=\s*[,，/;；(（]|\s+1\d{10}|\s*$)"
)
_FOUND_AT = lazy.regex(
    r"(?i)[\s,，/;；]{0,6}\b(?:from|via|through|met (?:him |her )?(?:at|on|in)|source:?)\s{1,4}(?:the\s{1,4})?"
    r"(?P<where>[A-Za-z ]{2,24}?)"
    r"(?=\s{0,4}[,，/;；]|\s*$|\s{1,4}[一-鿿])"
)
_FAIR = lazy.regex("(?i)fair|expo|exhibition|show|booth")
_ONLINE = lazy.regex("(?i)linkedin|facebook|website|alibaba|google|instagram|internet|online|whatsapp|web")
_SENT_BY = lazy.regex(r"(?i)\b(?:referred|introduced|recommended)\s+by\s+(?P<who>[一-鿿A-Za-z]{2,12})")


def plain(text: str) -> str:
    """The line with each part alone.

    >>> plain("Lead: Tony Meng 孟宪东, 13812340000, met at expo"), plain("客户郭涛嫌贵 13812340000")
    ('孟宪东, 13812340000, 展会认识', '客户郭涛 嫌贵 13812340000')
    """
    text = _IN_A_STATE.sub(_and_state, _VISITED.sub(_visited, _HOUSE_CALLED.sub(_house, text)))
    text = _SENT_BY.sub(lambda match: f"{match['who']}介绍", _FORM.sub("", kept.unspelled(text)))
    text = _COUNTED.sub(" ", _ONE_MORE.sub("", _opened(text)))
    text = english.lead(_FOUND_AT.sub(_source, text))
    text = _BOTH_NAMES.sub(_one_name, text)
    text = _COURTESY.sub(lambda match: match["name"] if _is_name(match["name"]) else match.group(), text)
    text = _GLUED.sub(_apart, text)
    text = _APART.sub(_joined, _SPELLED_ASIDE.sub(_unless_told, text))
    text = _CALL.sub(_called, _GIVEN_TO_CALL.sub(_whole, _GIVEN.sub(_whole, text)))
    return _TWICE.sub(" 叫", _REAL_NAME.sub(" 叫", _SERVES.sub(" ", text)))


_HOUSE_CALLED = lazy.regex(
    r"(?<=[开了有是遇到间])(?:一?[家个间])(?P<kind>[一-鿿]{1,4}?(?:店|馆|厂|行|坊|公司|超市|餐厅|诊所|中心))[,，]?(?:名字?)?叫(?:做|作)?"
    r"(?P<own>[一-鿿A-Za-z]{2,6}?)(?=老板娘?|店长|店主|厂长|经理|负责人|[,，。\s]|电话|1\d{10})[,，\s]?"
)


def _house(match: re.Match[str]) -> str:
    """公司:好又来便利店 for 一家便利店叫好又来."""
    own, kind = match["own"], match["kind"]
    return f", 公司:{own if companies.ends_in_kind(own) else own + kind}, "


_VISITED = lazy.regex(
    r"(?<![一-鿿])(?:登门|上门)?(?:拜访|走访|回访|参观|考察)了?(?P<firm>[一-鿿]{3,12})(?=[\s,，。;；])"
)


def _visited(match: re.Match[str]) -> str:
    """精工模具 for 拜访精工模具: what is done there is no part of the firm's name."""
    return match["firm"] if companies.ends_in_kind(match["firm"]) else match.group()


_IN_A_STATE = lazy.regex(  # 客户何军犹豫: how he is behind his name
    rf"^\s*(?P<said>(?:新?客户|加客户|客户叫)[\s:：,，]*)?(?P<name>[{_HAN}]{{2,3}}?)(?P<state>嫌[{_HAN}]{{1,2}}|有?点?犹豫|在?观望|在?考虑|在?纠结|有意向|没意向"
    r"|(?:不|很|挺|比较|有点)?(?:着急|满意|感兴趣|放心|信任)|不急|很急|想买|想换|想租|要买|要换|比价|砍价|还价|动心|拿不定主意)(?=[\s,，。;；]|\d{5}|$)"
)


def _and_state(match: re.Match[str]) -> str:
    name = match["name"]
    fits = _is_name(name) or names.is_address(name)
    return f"{match['said'] or ''}{name} {match['state']}" if fits else match.group()


_APART = lazy.regex(rf"(?<![{_HAN}])[{_HAN}](?:\s[{_HAN}]){{1,2}}(?![{_HAN}])")  # 丁 一 舟
_SPELLED_ASIDE = lazy.regex(rf"[（(][{_HAN}]{{1,6}}的(?P<char>[{_HAN}])[)）]")
_GIVEN_TO_CALL = lazy.regex(
    rf"(?<![{_HAN}])(?P<family>[{_HAN}]{{1,2}}?)(?:总|工|姐|哥|老师|师傅|老板|经理|主任|先生|女士|小姐)?[\s,，]*"
    rf"(?:单名|单字名?|单一个字)(?:就|是|叫|为|一个|个|字|[\s,，:：])*(?P<given>[{_HAN}])字?(?=[\s,，。;；、\d(（]|电话|手机|微信|$)"
)
_GIVEN = lazy.regex(
    rf"(?:他|她)?姓氏?(?P<family>[{_HAN}]{{1,2}}?)[\s,，]*(?:名字?(?:就|只)*(?:有|是|叫)?(?:一个字|单字)|单名|单字|全名|名字?|叫)"
    rf"(?:就|是|叫|为|一个|个|字|[\s,，:：])*(?P<given>[{_HAN}]{{1,2}}?)字?(?=[\s,，。;；、\d(（]|电话|手机|微信|$)"
)
_CALL = lazy.regex(rf"(?<![{_HAN}])[{_HAN}]{{6,}}")


def _unless_told(match: re.Match[str]) -> str:
    """Nothing of 丁岩（岩石的岩）; what explains no character before it stays."""
    return "" if match["char"] in match.string[max(0, match.start() - 4) : match.start()] else match.group()


def _whole(match: re.Match[str]) -> str:
    """叫佟岩 for 姓佟 单名一个岩."""
    name = match["family"] + match["given"]
    if names.surname(match["family"]) != match["family"] or not names.is_full_name(name):
        return match.group()
    return match.group() if match["given"].startswith(match["family"]) else f" 叫{name} "


def _joined(match: re.Match[str]) -> str:
    """丁一舟 for 丁 一 舟."""
    name = re.sub(r"\s", "", match.group())
    return name if _is_name(name) else match.group()


def _called(match: re.Match[str]) -> str:
    """佘经理 广州酒楼采购 for the two in one."""
    word = match.group()
    sizes = (size for size in (4, 3, 2) if names.is_address(word[:size]) and places.leading(word[size:]))
    size = next(sizes, 0)
    return f"{word[:size]} {word[size:]}" if size else word


def _opened(text: str) -> str:
    """邱海涛 电话… for 帮我存一下啊邱海涛邱就是丘陵的丘电话…: what keeps him goes, and how his name is written."""
    opening = _KEPT.match(text)
    start = opening.end() if opening else 0
    name = next((text[start : start + size] for size in (3, 2) if _is_name(text[start : start + size])), None)
    written = _WRITTEN.match(text, start + len(name)) if name else None
    if name is None or written is None or written["char"] not in name:
        return text
    return f"{name} {text[written.end() :]}"


def _apart(match: re.Match[str]) -> str:
    """车间主任 宋江涛 for the two in one."""
    word = match.group()
    if segments.is_title(word) or localities.is_place(word):
        return word
    for size in (3, 2):
        if segments.is_title(word[:-size]) and _is_name(word[-size:]):
            return f"{word[:-size]} {word[-size:]}"
        if size == 3 and 2 <= places.leading(word) == len(word) - size and _is_name(word[-size:]):
            return f"{word[:-size]} {word[-size:]}"  # 瑞安夏建波
    return word


def _source(match: re.Match[str]) -> str:
    if _FAIR.search(match["where"]):
        return ", 展会认识"
    return ", 官网来的" if _ONLINE.search(match["where"]) else match.group()


def _one_name(match: re.Match[str]) -> str:
    name = match["after"] or match["before"]
    return f"{match['start']}{name}" if _is_name(name) else match.group()


def _is_name(word: str) -> bool:
    return names.is_full_name(word) and not names.is_address(word)


_REFERS = lazy.regex(
    r"\s?(?:那边|那里|那儿|公司|的)?(?:老师|师傅|女士|先生|小姐)?(?:给我?|帮我?|又|也|把.{1,4})?(?:介绍|推荐|转介绍?|引荐|牵线|推的|推给|带来|领来|拉来)"
    r"|的(?:朋友|同学|亲戚|邻居|表弟|表哥|表妹|弟弟|哥哥|妹妹|老乡|同事|战友|客户|闺蜜)"
)


def refers(text: str, words: str) -> bool:
    """True when the one so called is whom the lead came from: 老陈介绍, 王总的同学."""
    at = text.lower().find(words.lower()) if words else -1
    if at < 0:
        return False
    return bool(_REFERS.match(text, at + len(words)))


_BROUGHT = lazy.regex(
    r"\s?(?:那边|老师|师傅|女士|先生)?(?:给我?|帮我?)?(?:介绍|推荐|转介绍|引荐)(?:过来|来)?的(?:那|这|一)?[个位家]?"
    r"(?:[一-鿿]{0,3}(?:客户|老板娘?|朋友|师傅|工头|人|同学|同事|亲戚|邻居|店主|经理|老师)|[一-鿿]{1,2}[总工哥姐])"
    r"[ ,，]?(?:姓|说|讲|要(?!涨)|想|问|嫌|催|觉得)"
)


def is_brought(text: str, words: str) -> bool:
    """True where somebody is told of whom the one so called brought: 老陈介绍的那个包工头要批发价."""
    at = text.lower().find(words.lower()) if words else -1
    return at == 0 and bool(_BROUGHT.match(text, len(words)))
