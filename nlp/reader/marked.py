"""What rules and marker say of somebody together, but for values that cannot be: a piece of a handle, stray English."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from nlp import english_names, family_calls, lazy, lexicon, names, when
from nlp.fields import COMMAND, Fields, companies, jobs, places, work_of_others
from nlp.marking import leads as marker

_HANDLE = lazy.regex(
    r"(?<![A-Za-z0-9])[A-Za-z0-9]+[_.@-][A-Za-z0-9_.@-]*[A-Za-z0-9]|(?<![A-Za-z])[A-Za-z]+\d[A-Za-z0-9]{2,}"
)
_SHORT = 2  # characters: 会计 and 翻译 are trades and posts
_BESIDE = lazy.regex(
    r"(?i)^(?:(?:should be|is|was|as|to|now|an?|the)\s+)+|[,，]?\s{1,4}(?:not|instead of)\s.*$|[,，\s]{0,6}而?不是.*$"
)


def newcomer(text: str, found: Fields) -> Fields:
    """The fields of somebody new, with name, firm, post and place as the marker sees them."""
    told = _possible(text, marker.newcomer(text, found), found)
    if told.title and told.name and jobs.is_department(told.title):
        told.title = f"{told.title}{_post_of(told.name)}"
    if told.name is None and found.name and english_names.first_name(found.name):
        told.name = found.name  # Mark Thompson is somebody, whatever stands beside him
        told.note = told.note.replace(found.name, " ").strip()
    if told.name and not found.name and told.name in told.note:
        told.note = re.sub(rf"(?:^|(?<=[\s,，])){re.escape(told.name)}(?:[\s,，]+|$)", "", told.note).strip()
    _apart(told)
    _as_work(text, told)
    if told.name and told.company:
        told.company = _without_name(told.company, told.name)
    if told.region and told.name and _is_of_name(text, told.name, told.region):
        told.region = None
    told.region = _at_home(text, told.region)
    heads = _HEAD.findall(text)
    if told.title is None and len(heads) == 1 and told.name:
        told.title = heads[0]
    _as_parent(text, told)
    return told


def _as_parent(text: str, told: Fields) -> None:
    """小天妈妈, with whom the line opens, is who is entered: neither the child nor a part of how she is called."""
    command = COMMAND.match(text)
    call = family_calls.opening(text[command.end() :] if command else text)
    if call is None or told.name == call:
        return
    told.note = " ".join(word for word in told.note.split() if word not in (call, call[len(told.name or "") :]))
    if told.name and told.name not in call and told.name in text:
        told.note = f"{told.name} {told.note}".strip()
    told.name = call


_SITE = lazy.regex("(?:项目部?|工地|仓库|库房|老家|分[店厂]|总部|娘家)(?:都|也|目前|现在)?(?:在|是)$")


def _at_home(text: str, region: str | None) -> str | None:
    """贵阳 for 贵阳观山湖 … 项目部在六盘水: where he works on a site is not where he is, if both are told."""
    found = places.find(text) if region else []
    away = [one for one in found if _SITE.search(text[: one.start])]
    home = [one for one in found if one not in away]
    if region in {one.region for one in away} and home and region not in {one.region for one in home}:
        return places.region_of(text[home[0].start : home[-1].end])
    return region


def _is_of_name(text: str, name: str, region: str) -> bool:
    """True for the region of nobody but 高明: no other words of the line tell it."""
    beside = text.replace(name, " ")
    return any(one.region == region for one in places.find(name)) and not any(
        one.region == region for one in places.find(beside)
    )


def _apart(told: Fields) -> None:
    """付晓东 and 主任 for 付晓东主任; 庞护工长 and 护工长 for a post alone that begins with a surname."""
    name = told.name or ""
    if names.is_address(name[:-1]) and name[-1] in "约对谈聊要问找":  # 跟他家电工邱师傅约
        told.name = name = name[:-1]
    told.title = None if told.title == name and names.is_address(name) else told.title
    size = next((size for size in (4, 3, 2) if _is_whole(name[:size]) and name[size:] in lexicon.words("titles")), 0)
    if size:
        told.name, told.title = name[:size], told.title or name[size:]
    post = told.title or ""
    family = names.surname(name) or "\n"
    department, own = post[: -2 - len(family)], post[-2:]
    if post[-2 - len(family) : -2] == family and _DEPARTMENT.fullmatch(department) and _POST.fullmatch(own):
        told.title = post = department + own  # 计划科解科长, who is 解玉梅
    bare = names.surname(post[:1]) and jobs.is_title(post[1:]) and post not in lexicon.words("titles")
    if told.name is None and bare and len(post) <= _CALL and post[:2] not in lexicon.words("not_names"):
        told.name, told.title = post, None if post[0] in "老小阿" else post[1:]


_DEPARTMENT, _POST = lazy.regex(".{1,5}[部处科室办]"), lazy.regex("[一-鿿]{2}")


def _as_work(text: str, told: Fields) -> None:
    """What one is no more than said to make or grow is a trade and no post: 做食品添加剂, 水产养殖户."""
    post = told.title or ""
    grows = _GROWER.fullmatch(post)
    deals = re.search(rf"[做搞卖营]{re.escape(post)}", text) if post and not jobs.is_title(post) else None
    if grows or deals:
        told.title, told.industry = None, told.industry or (grows["trade"] if grows else post)


_GROWER = lazy.regex("(?P<trade>[一-鿿]{0,4}?(?:养殖|种植|[养种][一-鿿]{1,2}))(?:专业|大)?户")


def _without_name(firm: str, name: str) -> str | None:
    """香港恒昌国际 of Lau香港恒昌国际, told behind Kevin Lau."""
    last = re.escape(name.split(" ")[-1])
    return re.sub(rf"^{last}(?=[一-鿿]{{2}})", "", firm) if last.isascii() else firm


_CALL = 4  # characters of a surname with a post


def _is_whole(name: str) -> bool:
    return names.is_full_name(name) and not names.is_address(name) and name[-1] not in "副大老小总正"


def _post_of(name: str) -> str:
    """主任 of 许主任; '' of a full name."""
    post = name[len(names.surname(name) or "") :]
    return post if names.is_address(name) and jobs.is_title(post) else ""


_HEAD = lazy.regex(
    "(?<![他她])(?:厂|店|公司|铺子?|馆|场|坊|园)的?(老板娘?|厂长|店长|馆长|园长|场长)(?=[,，。;； ]*(?:姓|叫|名))"
)


def news(text: str, found: Fields, known: str) -> Fields:
    """The same for what is new of the customer whom `known` names."""
    told = _possible(text, marker.news(text, found, known), found)
    if found.name and re.search(rf"[改更换]名字?[叫为成了 ]*{re.escape(found.name)}", text):
        told.name, told.company = found.name, told.company if told.company != found.name else None
    if (
        found.title
        and re.search(rf"{_LABEL}[^,，。;；]{{0,16}}{re.escape(found.title)}", text)
        and jobs.may_be_title(found.title)
    ):
        told.title = found.title  # what is set by its label stands
    if told.name and when.find(told.name, _ANY_DAY):
        told.name = None  # 现在叫元旦 may be, 姓名改成 周五 is a slip
    if told.region and _BRANCH.search(text):
        told.region = None
    if found.title and not tells(told) and jobs.is_title(found.title):
        told.title = found.title  # nothing else is new: what he was made is a post for sure
    if told.title and not _holds(text, told.title):
        told.title = None
    return told


_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_BRANCH = lazy.regex(
    "开了?[一个家间又新]*(?:分店|二店|新店|分公司|分厂)|(?:分店|二店|新店|分厂)开"
)  # he stays where he is
_LABEL = "(?i:title|position|职[位务称]|头衔|岗位)"
_NOT_YET = lazy.regex(
    "(?:[不没别未](?!想到|料到|久)(?:再|是|当|做|任|干)*|(?:想(?!到|不到)|打算|可能|希望|争取|差点|竞聘|竞选|应聘|申请|面试)"
    "(?:[^,，。;； 升]{0,3}))$"
)


def _holds(text: str, post: str) -> bool:
    """False for a post that he has no more or only wants: 不当店长了, 想当主管."""
    at = text.find(post)
    return at < 0 or text.count(post) > 1 or _NOT_YET.search(text[:at]) is None


def tells(found: Fields) -> bool:
    """True when any field but the note has a value."""
    return any(
        value for name, value in vars(found).items() if name not in ("note", "birthday_words", "nickname", "address")
    )


def _possible(text: str, told: Fields, by_rules: Fields) -> Fields:
    """The fields without what only a handle holds, and without English words that name no post."""
    bare, told = _HANDLE.sub(" ", text), replace(told)
    for field in ("name", "company", "title"):
        value = getattr(told, field)
        if value and value in text and value not in bare and value != getattr(by_rules, field):
            setattr(told, field, None)
    for field in ("title", "company", "industry", "region"):
        if work_of_others.only_there(text, getattr(told, field)):
            setattr(told, field, None)
    if told.title and work_of_others.is_sought(text, told.title):
        told.title = None
    post = jobs.spelled(_BESIDE.sub("", told.title)) if told.title else None
    is_work = post is not None and len(post) > _SHORT and companies.is_trade(post) and not jobs.is_title(post)
    told.title = post if post and jobs.may_be_title(post) and not is_work and not _is_goods(text, post) else None
    return told


def _is_goods(text: str, post: str) -> bool:
    """True for what stands behind a model or a number of pieces: 850加工中心, 两台雕刻中心."""
    return not jobs.is_title(post) and re.search(rf"(?:\d|[台套][a-zA-Z0-9]*)\s?{re.escape(post)}", text) is not None
