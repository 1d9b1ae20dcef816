"""What has changed for a known customer, told in any words: his firm, his town, his job, his birthday."""

import re
from collections.abc import Iterator

from nlp import lazy, lexicon, names
from nlp.fields import Fields, birthdays, companies, places, relatives, segments
from nlp.reader.customers import Known

_CHANGED = lazy.regex(
    r"(?i)跳槽|跳[到去槽]|换(?:了)?(?:家|个|新)?(?:公司|单位|工作|东家|地方|名)|离职|离开|入职|加入|单干|自己(?:出来)?(?:干|开|做|创业)|另立门户|创业"
    r"|不(?:在|干|做)[^,，。]{0,12}了?|调[到至去往任入]|改(?:名|叫|成|为|做|作)|更名|更改|变更|变成|改换|搬|迁|挪|常驻|长驻|定居|转到|转去|去了|到了"
    r"|现[在为]|上了|目前|如今|新(?:公司|单位|东家)|并入|收购|合并|move[ds]?|join(?:ed|s)?|now|→|->|=>"
)
_TO_FIRM = lazy.regex(
    r"(?i)(?:去了?|到了?|至|在|叫做?|为|成(?!都)|做|作|是|入职|上了|进了|跳到|搁|加入了?|任职于?|并入了?|进了?|开了?(?:一?家)?"
    r"|自己开了?|→|->|=>|joined|(?:now )?works? (?:at|for)|now at|at|[:：])\s*"
    r"(?:一?[家个]|一个叫|叫做?|新成立的|新的)*(?:公司|单位)?(?:叫做?|是|名叫)?\s*(?P<rest>[^\s,，。;；!！→]{2,24})"
)
_CALLED = lazy.regex("一[家个](?:新)?(?:叫做?|名叫|叫作)(?P<firm>[一-鿿A-Za-z]{2,12}?)的?(?:新?公司|单位|店|厂)")
_TAIL_WORDS = lazy.regex(
    r"(?:的?(?:公司|单位)(?=还|$)|那边|上班|工作|当|做|任|担任|干|还|了|啦|哈|哦|呢|的|as\b|，|,).*$"
)
_TO_TOWN = lazy.regex(
    r"(?:搬|迁|挪|调|转|去|到|改做|改成|改为|改到|常驻|长驻|驻|定居|落户|换成|换到|在|→|->|=>|是|做|为|成)(?:家|去|到|至|往|回|在|咗去|了)*\s?(?P<rest>[一-鿿]{2,10})"
)
_TOWN_WORD = lazy.regex("(?i)地区|城市|区域|地址|所在地|region|city|location|base|搬|迁|常驻|长驻|驻|定居|落户|挪")
_UNSURE = lazy.regex("[?？]|吗|打算|准备|可能|听说|好像|如果|要是|想(?!起)|还没")
_RELATIVE = lazy.regex(
    "(?:老婆|老公|太太|爱人|媳妇|儿子|女儿|孩子|小孩|宝宝|闺女|[他她]?妈妈?|[他她]?爸爸?|母亲|父亲|老妈|老爸|婆婆|岳母|岳父|孙子|孙女|双胞胎|狗|公司|店)的?(?:过?生日|生辰|大寿)"
)
_ASKS = lazy.regex("多少|几[号月]|哪[天一]|什么时候|[^以能行好]吗|送|礼|祝")
# The message asks to store it, or its words are those of news alone.
_STORED = lazy.regex(
    "(?i)(?:改|换|更新|更改|更正|变更|同步|登|存|补)(?:一?下|一[改换]|过来|掉|返|正|上)(?!次|周|个|午)"
    "|(?<![a-z])(?:pls |please )?update(?![a-z])"
    "|(?:改|换|印)了?新?名片|新名片|promoted to|(?<![a-z])joined |works? (?:at|for) |单位(?:变|换)了"
)
_SAID = lazy.regex("说|问|听|让|叫我|要求|希望|嫌|抱怨|投诉")
_AFTER_NAME = lazy.regex(
    "(?i)(?:公司|单位|厂|店|名称|全称|抬头)[^,，。]{0,4}?(?:更名|改名|变更|改|换|名称变更)|新公司|新单位|单位名称|公司名"
)


def firm(rest: str, known: Known | None) -> str | None:
    """The new firm of 去了一个叫雁塔传媒的公司, 公司更名:鹭岛服饰→厦门鹭屿供应链; None when none is sure."""
    if _UNSURE.search(rest) or not (_CHANGED.search(rest) or _AFTER_NAME.search(rest)):
        return None
    if called := _CALLED.search(rest):
        return called["firm"]
    found = [word for word in _firms(rest) if not _is_old(word, known)]
    return found[-1] if found else None


def _firms(rest: str) -> Iterator[str]:
    at = 0
    while told := _TO_FIRM.search(rest, at):
        at = told.start("rest")
        if re.search("[不没]$", rest[: told.start()]):
            continue
        if word := _firm_at(told["rest"]):
            yield word


def _firm_at(words: str) -> str | None:
    """The firm that the words begin with: the longest stretch that is one, or what a word of leaving off ends."""
    town = re.match("([一-鿿]{2,4})的(?=..)", words)
    if town and places.leading(town[1]) == len(town[1]):
        words = words[town.end() :]
    for end in range(len(words), 1, -1):
        head = words[:end]
        tail = words[end:]
        known = companies.is_company(head) or (head in lexicon.words("firms") and not tail[:1].isalnum())
        if known and (not tail or _TAIL_WORDS.match(tail) or segments.is_title(tail)):
            return head
    return None


def _is_old(word: str, known: Known | None) -> bool:
    return bool(known and known.company and (word in known.company or known.company in word))


def town(rest: str) -> str | None:
    """The new town of 搬咗去越南长驻 region 改做胡志明市: the last one that somebody goes to."""
    if _UNSURE.search(rest) or not _TOWN_WORD.search(rest) or not _CHANGED.search(rest):
        return None
    found = None
    for told in _TO_TOWN.finditer(rest):
        place = re.split("(?<=..)[那这了的]", told["rest"])[0]
        if re.match("[那这][间家个]", told["rest"][len(place) :]):
            continue  # 转去石狮那间: he buys there
        if places.leading(place) and not companies.is_company(place):
            found = places.region_of(place) or found
    return found


def job(rest: str) -> str | None:
    """The new job of 升了总监, as product lead, 其现任设备科副科长."""
    if _UNSURE.search(rest):
        return None
    for told in _TO_JOB.finditer(rest):
        if re.search("[不没别未非]$", rest[: told.start()]):
            continue  # 不当工程师了: what he is no more
        words = told["title"].strip()
        for start in range(len(words) - 1):
            if segments.is_title(words[start:]):
                return words[start:] if start == 0 or re.fullmatch("[任是为当做写成的]+", words[:start][-1:]) else None
    return None


def outright(rest: str, known: Known) -> Fields | None:
    """The firm, town and job of 上了一个叫皖新云课的公司你给换过来: news that is to be stored, told by nobody else."""
    if not _STORED.search(rest) or _SAID.search(rest):
        return None
    found = Fields(company=firm(rest, known), region=town(rest), title=job(rest))
    if found.title == known.title:
        found.title = None
    return found if found.company or found.region or found.title else None


_SHORT = 24  # characters of news and nothing else
_MADE = lazy.regex("升(?:职|官|任|迁|了)|提拔|晋升")
_SPEAKS = lazy.regex("说|问|讲|催|要求|抱怨|投诉|答应")


def is_all_told(text: str, end: int) -> bool:
    """True for a short text, and where somebody is made what ends there and nobody speaks behind it."""
    made = end <= _SHORT and _MADE.search(text[:end]) is not None
    return len(text) <= _SHORT or (made and _SPEAKS.search(text[end:]) is None)


_LEAVES = lazy.regex(
    "不(?:再)?(?:同|跟|和|与|在|从|问|找)(?:我们|咱们?|我)(?:家|这边|这里|这|那)?(?:买|拿|订|做|合作|进|要|续|玩)(?!的)"
)


def leaves_us(text: str) -> bool:
    """True for 不跟我们买了, 转去石狮那间: he buys elsewhere and has not moved there."""
    return _LEAVES.search(text) is not None


_IN_TITLES = "[本品型衣套果人教都交长件]"  # behind 成: 成本会计, 成品主管
_SET_AS = lazy.regex(
    f"^(?:已经?|现在?|刚)*(?:[填写登录记改换升调提做当](?:为|作|了|成(?!{_IN_TITLES}))|[改换](?=成{_IN_TITLES})|升(?!降|级|学)"
    f"|任命为|成为|[填是叫任为]|成(?!{_IN_TITLES}))(?=[一-鿿]{{2}})"
)


def own_post(post: str, known: Known) -> str:
    """The post without the word of setting it and without his own firm: 填客房部经理, 云栖的采购总监."""
    post = bare if segments.is_title(bare := _SET_AS.sub("", post)) else post
    firms = names.company_forms(known.company) if known.company else ()
    firm = max((form for form in firms if post.startswith(form)), key=len, default="")
    bare = re.sub("^(?:那边|这边|里面|里|的|公司)+", "", post[len(firm) :])
    return bare if firm and segments.is_title(bare) else post


_TO_JOB = lazy.regex(
    r"(?i)(?:升|提拔|提|晋升|调任|接任|荣升|转正|改任|现任|担任|职[位务称]|头衔|title|名片|做|当|是|任|写"
    r"|promoted to|\bas\b|\bnow\b)"
    r"(?:[了为成到的上印:： ]|改|换|新|应该?|其实|现在|是|写|叫|an?\b|the\b)*"
    r"(?P<title>[一-鿿]{2,10}?|[A-Za-z]+(?: [A-Za-z]+){0,2})(?=了|啦|而?不是|[,，。!;；]|\s|$)"
)


def birthday(rest: str, found: Fields) -> bool:
    """Puts the one day told beside the word birthday into `found`, whatever stands between; True when there is one."""
    if _RELATIVE.search(rest):
        found.birthdays, found.birthday_words = [], None
        return False
    found.birthdays = birthdays.as_said(found.birthdays, rest)
    if found.birthdays or not re.search("(?i)生日|生辰|寿辰|过寿|b-?day|birthday|出生", rest) or _ASKS.search(rest):
        return bool(found.birthdays)
    day = birthdays.told(rest)
    if day is None or day.birthday is None or relatives.is_of_relative(rest[: day.start]):
        return False
    found.birthdays, found.birthday_words = [day.birthday], day.words
    return True


BORN = lazy.regex("生日|年[^,，。]{2,6}(?:生人|出生|生的?(?=$|[,，。 ]))")
