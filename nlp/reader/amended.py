"""A field of a known customer put right in so many words: the field is named, and what is right stands beside what was.

公司写错了是秦唐文旅不是秦唐文化, 吴越的越应该是月亮的月, 微信原来是wf_tf 现在wf_tengfei.
"""

import re

from nlp import lazy, names
from nlp.fields import Fields, addresses, companies, jobs, places, segments
from nlp.reader import changes, cues, related
from nlp.reader.customers import Known
from nlp.reader.reading import OUTRIGHT, Message, Reading

LONGEST = 48  # characters; a longer message tells a story

_LABELS = (
    ("title", "职位|职务|岗位|头衔|职称|title|position"),
    (
        "company",
        "(?:公司|单位|企业|店铺|铺子|店|厂子?|馆子?|档口)(?:的)?(?:名字|名称|全称|全名|抬头|名)?|东家|company",
    ),
    ("region", "地区|城市|区域|所在地|常驻地?|region|city"),
    ("wechat", "微信号?|wechat"),
)
_LABEL = "(?i:(?>" + "|".join(f"(?P<{field}>{words})" for field, words in _LABELS) + "))"
_VALUE = r"[^\s,，。;；:：!！?？→]"
_WAS = (
    r"(?:(?:不再?|原[来先]?|以前|之前|旧的?|老的?)\s?(?:是|叫|为|[:：])?|填|写|登|记)\s?"
    rf"(?P<old>{_VALUE}{{1,16}}?)的?了?"
)
_WRONG = (
    "(?:[写填登录记搞打弄输]{0,2}(?:错了?|不对|有误)|更正|订正|更新|变更|"
    "(?:改|换|变|更)了?(?:名字?|称)?)(?:一?下)?[了啦咯]?"
)
_NOW = (
    "(?:(?:其实|实际|现在?|目前|已经?|应该?|填|写|改|变|换|更新|新)*"
    "(?:是|为|叫做?|成(?!都)|作|在|搁|到了?|去了?)?|->|=>)"
)
_TOLD = lazy.regex(
    rf"{_LABEL}[\s,，:：]*(?:(?P<wrong>{_WRONG})[\s,，:：]*)?(?:{_WAS}(?:[\s,，→]+|(?=现在)))?(?P<again>{_WRONG}[\s,，:：]*)?"
    rf"(?P<now>{_NOW})[\s:：]*(?P<value>[A-Za-z][A-Za-z &/_-]*[A-Za-z]|{_VALUE}+?)"
    rf"(?P<end>[,，\s]*(?:而?不是|不叫)(?P<not>{_VALUE}+))?(?:了|啦|咯|吧|哈|哦|的){{0,6}}(?=$|[\s,，。;；!！])"
)
_UNSURE = lazy.regex("[?？吗]|打算|准备|可能|听说|好像|如果|要是|会不会|是不是|多少|什么|哪|谁|问(?!题)|提醒|记得|还没")
_ABOUT = lazy.regex(
    "帮我|麻烦|请|[更订]正|更新|修改|[写填登录记搞打弄输]?错了?|不对|改一?下|改|补充|把|将|给|他|她|们|的|那边|这边|那个|这个|现在|客户|资料"
    "|[,，:：。!！\\s]"
)


def told(message: Message) -> Reading | None:
    """The change of a field that the message names together with what is right now; None when it names none."""
    known, body = message.who.known, message.body
    if known is None or len(body) > LONGEST or cues.REMIND.search(body) or cues.NOTE.match(body):
        return None
    words = message.who.words
    rest = body.replace(words, " ", 1) if words else body
    if _UNSURE.search(rest) or related.is_told_of(re.sub(f"{_SPEAKS}(?=说|讲|告诉)", "", body), words):
        return None
    found = (
        _renamed(rest, message, known)
        or _spelled(body, known)
        or _labelled(rest, known)
        or _born(rest)
        or _placed(rest)
        or _tail(rest, known)
    )
    if found is None or (message.contact and not found.wechat):
        return None  # what else is told beside a number is read with it
    return Reading("update", known, fields=found, note=message.text, confidence=OUTRIGHT)


_SPEAKS = "的?(?:秘书|助理|同事|老婆|老公|太太|爱人|媳妇儿?|儿子|女儿|朋友)"


_NEW_NAME = lazy.regex(
    r"^\s?(?:请|帮我|麻烦)?(?P<order>[把将])?\s的?(?P<label>(?:客户)?(?:姓?名字?|称呼))?[\s,，]*"
    r"(?:(?:改|更)(?P<called>名|名字|叫)?[了:： ]*(?:成|为|叫|作)?|就是(?=.*[\s,，](?:改|换)个?名字?))"
    r"(?<=[成为叫作名字是: ])\s?"
    r"(?P<value>[一-鿿A-Za-z·]{2,10}?)(?P<then>[\s,，]+(?:改|换)(?:一?下|个)?名字?)?(?:[了吧啦哈。!！\s]|一下)*$"
)
_SHOP = lazy.regex("[馆坊铺城]$|(?:快餐|小炒|酒家|麻辣烫|大排档|便利|副食|水果|美业)$")  # elsewhere kinds of shop


def _renamed(rest: str, message: Message, known: Known) -> Fields | None:
    """把刘洋改成刘老板, 杨行镇改名阿坤快餐, 杨行镇就是阿坤快餐 改个名字: who was entered under another name.

    Without a word for a name (把陈姐改成高意向) the new one must share a character with the old one, or be 阿坤.
    """
    match = _NEW_NAME.match(re.sub(r"\s+", " ", rest))
    if match is None or not (match["order"] or match["label"] or match["called"] or match["then"]):
        return None
    value = match["value"]
    if any(value == one.name or value in one.nicknames for one in message.known):
        return None
    if message.who.words and message.who.words in names.company_forms(known.company or "") - {known.name}:
        return Fields(company=value) if match["called"] else None  # 宏达物流改名叫…: it is his firm that is renamed
    is_shop = companies.is_company(value) or _SHOP.search(value) is not None
    is_person = names.is_full_name(value) or names.is_address(value) or _CALLED.fullmatch(value) is not None
    if match["label"] or match["called"] or match["then"]:
        return Fields(name=value) if is_person or is_shop else None
    if is_shop:
        return Fields(name=value) if not names.is_full_name(known.name) else None  # else it is his firm's
    is_alike = bool(set(value) & set("".join((known.name, *known.nicknames))))
    return Fields(name=value) if is_person and (is_alike or _CALLED.fullmatch(value)) else None


_CALLED = lazy.regex("阿(?![姨伯婆公])[一-鿿]")


def _labelled(rest: str, known: Known) -> Fields | None:
    match = _TOLD.search(rest)
    if match is None or not _says_so(match) or len(_ABOUT.sub("", rest[: match.start()])) > 1:
        return None
    field = next(name for name, _ in _LABELS if match[name])
    old = match["old"] or match["not"] or (known.company or "" if field == "company" else "")
    if field == "wechat" and not (match["wrong"] or match["again"]) and "不" in match.group():
        return None  # 微信不是甲 是乙, and nobody says that it is to be changed: asked about
    value = _checked(field, match["value"], old, rest[match.start() : match.start("value")])
    if value is None or value == old:
        return None
    found = Fields()
    setattr(found, field, [value] if field == "wechat" else value)
    return found


def _says_so(match: re.Match[str]) -> bool:
    """True where it was wrong or is new: 公司是大公司 tells nothing new."""
    changed = match["wrong"] or match["again"] or match["old"] or match["end"]
    return bool(changed) and bool(
        match["now"] or match["end"] or re.search("[:：\\s]$", match.string[: match.start("value")])
    )


def _checked(field: str, value: str, old: str, label: str) -> str | None:
    value = re.sub("^(?:现在|应该?|已经?|改|换)?(?:是|为|叫做?|成(?!都)|在|搁|到|去)(?=..)", "", value)
    if field == "wechat":
        return value if re.fullmatch("[A-Za-z][A-Za-z0-9_-]{4,19}", value) else None
    if field == "title":
        is_post = segments.is_title(value) or (value.isascii() and jobs.may_be_title(value))
        return jobs.spelled(value) if is_post else None
    if field == "region":
        return _town(value, old)
    named = companies.is_company(value) or 0 < places.leading(value) < len(value) or re.search("[名称抬]", label)
    alike = len(set(old) & set(value)) > 1
    sound = len(value) > 1 and not re.match("[不没很也都在做有太挺了]|一下", value)
    return value if sound and (named or alike or re.search("名|叫", label)) else None


def _town(value: str, old: str) -> str | None:
    """The town; of two quarters of one city (不是松江 是嘉定) the quarter."""
    region = places.region_of(value)
    alike = region is not None and places.region_of(old) == region
    return value if alike and places.leading(value) == len(value) else region


_CHARACTER = lazy.regex("(?P<word>[一-鿿]{2,4})的(?:那个)?(?P<char>[一-鿿])(?=$|[\\s,，。;；!！了哦哈吧啊])")
_OF_NAME = lazy.regex("错|不对|应该|不是|名字?|姓")


def _spelled(body: str, known: Known) -> Fields | None:
    """吴月 for 吴越的越写错了 应该是月亮的月: the character that sounds alike gives way."""
    if not names.is_full_name(known.name) or not _OF_NAME.search(body):
        return None
    found = [match for match in _CHARACTER.finditer(body) if match["char"] in match["word"]]
    told = [match["char"] for match in found if not body[: match.start()].endswith("不是")]
    new = [char for char in told if char not in known.name]
    if len(new) != 1:
        return None
    family = len(names.surname(known.name) or "")
    alike = [at for at, own in enumerate(known.name) if names.sounds(own) & names.sounds(new[0])]
    given = [at for at in alike if at >= family] or alike
    if len(given) != 1:
        return None
    at = given[0]
    return Fields(name=f"{known.name[:at]}{new[0]}{known.name[at + 1 :]}")


_ORDERED = lazy.regex("记|登|存|改|更新|更正|补|写|填|录|按|是[阴农阳公]历|(?<=生日)\\d{4}(?!\\d)")
_NO_ORDER = lazy.regex("记得|送|祝|礼|蛋糕|约|去")


def _born(rest: str) -> Fields | None:
    """His birthday with an order to keep it: 生日按公历11月3号记, 生日0907."""
    if "生日" not in rest or not _ORDERED.search(rest) or _NO_ORDER.search(rest):
        return None
    figures = _FIGURES.search(rest)
    day = f"生日{int(figures['m'])}月{int(figures['d'])}日" if figures else rest
    found = Fields()
    return found if changes.birthday(day, found) else None


def _placed(rest: str) -> Fields | None:
    """His address and nothing else; the town in it is his region."""
    where = addresses.told(rest)
    if where is None or _ABOUT.sub("", _FORMER_HOME.sub("", rest.partition(where)[2])):
        return None
    return Fields(region=places.region_of(where))


_TAIL = lazy.regex(
    r"(?:手机|电话|号码?)号?码?的?(?:后|末|尾|最后|尾号)(?P<n>[两二三四234])位(?:数字?)?[\s,，]*+(?:是)?(?:写|登|记|录|存)?(?:错了?|不对)?"
    r"[\s,，]*(?:现在|应该|已经|要|得)*(?:改|换|变|更正)?(?:成|为|是|到|了)+\s?(?P<digits>\d{2,4})(?!\d)"
)
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}


def _tail(rest: str, known: Known) -> Fields | None:
    """手机后四位改成6612: the known number with other last digits."""
    match = _TAIL.search(rest)
    if match is None or not re.search("改|换|变|错|不对|应该|更正", match.group()):
        return None
    digits, phone = match["digits"], known.phone or ""
    if len(digits) != _COUNT[match["n"]] or not re.fullmatch(r"1[3-9]\d{9}", phone):
        return None
    return Fields(mobile=[phone[: -len(digits)] + digits])


_FORMER_HOME = lazy.regex(r"^\s*(?:原来|以前|之前|旧的|老的)[^,，。;；]*")
_FIGURES = lazy.regex(r"生日[:：是\s]*(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)")
