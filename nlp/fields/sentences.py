"""Who a running sentence is about, where no piece is a name alone: 认识了温州的金海燕, 徽香面业的采购段强."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nlp import lazy, lexicon, names
from nlp.fields import companies, people, places, segments

if TYPE_CHECKING:
    from nlp.fields.extraction import Fields

_HAN = names.HAN
_CALLS = (
    "女士|先生|小姐|师傅|大姐|大哥|大叔|大妈|大婶|大爷|阿姨|老师|老板娘|老板|院长|校长|园长|厂长|店长|站长|部长|处长|科长|局长|主任"
    "|经理|主管|主席|书记|会长|医生|律师|教授|总|姐|哥|工|嫂"
)
_KIN = "妈妈|爸爸|妈|爸|奶奶|爷爷|家长"
_LATIN = lazy.regex(
    rf"(?:Dr|Mr|Ms|Mrs|Miss)\.? ?(?:[A-Z][a-z]+|[{_HAN}])|[A-Z][a-z]{{1,12}}(?: [A-Z][a-z]{{1,14}}){{1,2}}"
    rf"|[A-Z][a-z]{{2,12}} ?(?P<family>[{_HAN}])(?![{_HAN}])|[A-Z][a-z]{{2,12}}(?![A-Za-z])"
    rf"|(?P<sir>[{_HAN}]) ?(?:Sir|sir|生)(?![{_HAN}A-Za-z])"
)
_CUE_BEFORE = lazy.regex(
    "(?:认识了?|[约遇]?见到?了|拜访了|遇到了|叫做?|的是|换成了?|改由|自称是?|系|名片|这位是?|[人名]是|姓名|联系人|邻居|同学|朋友|亲戚|老乡|战友|同事|[表堂]?[哥姐弟妹]{1,3}|儿子|女儿|老公|老婆|爱人|太太|外甥|侄[子女]|[大小]?[舅叔姑姨]|学员|家长|学生"
    r"|[一1]?[个位名](?:新?客户|客人|新人|老板|人)?|新客户?|新人|客户|[记存加录补登建]一?[下个位条]|登记|录入|新增|添加|负责人|buyer|新[娘郎]|准[妈爸妻]妈?|业主|车主|房东|患者)"
    r"(?:是|了|叫|[:: ])*$"
)
_KEPT_BEFORE = lazy.regex("[录记存加登建](?:进去|一下|上|起来)?[呀吧啊哈哦]?[:：,，]$")
_OTHER_BEFORE = lazy.regex("(?:通过|经过?|由|托|跟|和|与|同|找过|不是|并非|非|以?及|除了?|替|帮|给|靠|问|代|叫不是)$")
_OTHER_AFTER = lazy.regex(
    "(?:那边|那里|公司)?(?:老师|女士|先生)?(?:给我?|帮我?|又|也)?(?:介绍|推荐|引荐|引见|牵线|转介|转给|推给|推的|带来|领来|让我|给的|说让)"
    "|的(?:朋友|先生|老公|太太|老婆|媳妇|爱人|儿子|女儿|同学|亲戚|邻居|表|弟|哥|妹|姐|老乡|同事|战友|客户|闺蜜|司机)"
    "|之外|以外|两码事|不是一"
)
_GOES_ON = lazy.regex(
    r"手机|电话|微信|号码|联系|的(?=邮箱|电话|手机|微信|号码|名片)|[女男]的?|在|想|要|说|是|做|搞|卖|开|来自|最近|今天|刚|约|经营|负责|管|人在|住|[（(]|家里|需要|希望|也"
    r"|[修种养打收跑弄租拉送装办教带买](?=[一-鿿])"
)
_NUMBER = lazy.regex(r"[ ,，:：的]{0,2}(?:手机号?|电话|号码|tel|mob|微信)?[:： 是]{0,2}[+\d\x01]", re.I)


@dataclass(frozen=True, slots=True)
class Someone:
    """A name, its place in the sentence, and how surely it is one."""

    name: str
    start: int
    end: int
    score: int


def complete(text: str, fields: "Fields", others: Collection[str] = ()) -> None:
    """Fills the name, and beside it job and firm, from the sentence; `others` are people who are not meant."""
    found = someone(text, others)
    if found is None or found.name in (fields.company or ""):
        return
    fields.name = found.name
    firm, job = _beside(text[: found.start])
    if firm is None and job is None:
        told = companies.split(re.split(r"[\s,，。;；、:：\d]", text[found.end :])[0])
        if told and (not told[1] or segments.is_title(told[1])):
            firm, job = told[0], told[1] or None
    fields.company = fields.company or firm
    if job and (fields.title is None or found.name in fields.title or fields.title.endswith(job)):
        fields.title = job
    elif fields.title and found.name in fields.title:
        fields.title = None


def someone(text: str, others: Collection[str] = ()) -> Someone | None:
    """The likeliest person of the sentence, or None when nobody is surely one."""
    best: Someone | None = None
    for start in range(len(text)):
        for name, end in _names_at(text, start):
            if name in others or any(name in other or other in name for other in others if len(other) > 1):
                continue
            score = _score(text, name, start, end)
            if score >= 4 and (best is None or score > best.score):
                best = Someone(name, start, end, score)
    return best


def _names_at(text: str, start: int) -> list[tuple[str, int]]:
    latin = _LATIN.match(text, start)
    if latin and not re.match("[A-Za-z]", text[start - 1 : start]):
        family = latin["family"] or latin["sir"]
        words = latin.group()
        if (family is None or names.surname(family)) and (" " not in words or family or not names.is_no_person(words)):
            return [(words, latin.end())] if not names.is_no_person(words) else []
    found: list[tuple[str, int]] = []
    if names.surname(text[start : start + 2]) is None or text[start] == "那":
        return found
    called = re.match(rf"(?P<who>[{_HAN}]{{1,3}}?)(?P<call>{_CALLS})(?!们)", text[start:])
    if called and _is_called(called["who"]):
        whole = names.is_full_name(called["who"])
        found.append((called["who"] if whole else called.group(), start + called.end()))
    for size in (4, 3, 2):
        word = text[start : start + size]
        if names.is_full_name(word) and not _is_other_word(word):
            kin = re.match(_KIN, text[start + size :])
            end = start + size + (kin.end() if kin else 0)
            found.append((text[start:end], end))
    return found


def _is_called(who: str) -> bool:
    return names.surname(who) == who or (len(who) > 1 and names.is_full_name(who) and not _is_other_word(who))


def _is_other_word(word: str) -> bool:
    if companies.is_trade(word) or places.find(word) or word in lexicon.words("titles") or names.is_address(word):
        return True
    return segments.is_title(word) or re.search(rf"(?:{_CALLS}|[店厂院校站局办处科部社])$", word) is not None


def _score(text: str, name: str, start: int, end: int) -> int:
    """The sum of what speaks for a name before and behind it; 0 when one side forbids it."""
    before, after = text[:start], text[end:]
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        return 0
    left, right = _left(before), 3 if _also_called(name, after) else _right(after)
    if not left or not right:
        return 0
    full = len(name) >= 3 or not re.match(f"[{_HAN}]", name)
    called = re.search(f"(?:{_CALLS}|{_KIN})$", name) is not None or re.match(f"(?:{_CALLS})", text[end - 2 : end])
    return left + right + (1 if full or called else 0)


def _left(before: str) -> int:
    if not before.strip():
        return 2
    nick = re.search(rf"[小老阿]([{_HAN}])[（(]$", before)
    if nick or _CUE_BEFORE.search(before) or _KEPT_BEFORE.search(before) or _job_before(before):
        return 3
    if before.endswith(("的", ":", "：")):
        return 2
    if places.leading(before[-4:]) == len(before[-4:]) or places.leading(before[-2:]) == 2:
        return 2
    if before.endswith(("老", "小")) or _ENDS_HOUSE.search(before):
        return 2
    return 1 if re.search(r"[\s,，。;；、(（/|>→?？!！\x01]$", before) else 0


_ENDS_HOUSE = lazy.regex("(?:公司|集团|厂|店|医院|学校|中心|机构|[采招]购办|局|站|银行|酒店)$")


def _right(after: str) -> int:
    if _NUMBER.match(after) or re.match("[,， ]?[男女](?:的|性|士|[,， ])", after):
        return 3
    if not after.strip() or re.match(rf"{_GOES_ON.pattern}|{_CALLS}", after):
        return 2
    if re.match(r"[\s,，。;；、)）/|:：]", after):
        return 2
    if places.leading(after) or _title_at().match(after):
        return 2
    return 1 if any(companies.is_company(after[:size]) for size in range(4, 12)) else 0


def _also_called(name: str, after: str) -> bool:
    """True for 周淑芬 before 周姐: how she is called follows her name."""
    at = 1 if after[:1].isspace() or after[:1] in (*",，（(",) else 0
    return bool(name) and after[at : at + 1] == name[0] and _CALLED.match(after, at + 1) is not None


_CALLED = lazy.regex(_CALLS)


_DEPARTMENT = lazy.regex(f"(?:{segments.DEPARTMENTS})(?:部|科|处|室|办|中心|组)$")


@cache
def _title_at() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("titles"))


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(f"(?P<job>{lexicon.alternatives('titles')})$")


def _job_before(before: str) -> bool:
    return _title_end().search(before) is not None or _DEPARTMENT.search(before) is not None


def _beside(before: str) -> tuple[str | None, str | None]:
    """The firm and the job that stand straight before the name."""
    clause = re.split(r"[\s,，。;；、:：()（）\d\x01]", before)[-1]
    clause = re.sub(r"^.*?(?:认识了?|名片|这位是|有个|来了个|加个|加一个|的是)", "", clause)
    job = _title_end().search(clause)
    rest, title = (clause[: job.start()], job["job"]) if job else (clause, None)
    dept = re.search(
        f"(?:(?:{segments.DEPARTMENTS})(?:部|科|处|室|办|中心|组)?|(?:大区|区域|地区|高级|资深|首席|副|总|助理)+)$",
        rest,
    )
    if title and dept:
        rest, title = rest[: dept.start()], dept.group() + title
    rest = rest.removesuffix("的").removesuffix("新任")
    starts = (at for at in range(len(rest) - 2) if companies.is_company(rest[at:]))
    first = next(starts, None)
    return (rest[first:] if first is not None and not people_words(rest[first:]) else None), title


def people_words(words: str) -> bool:
    """True for what tells of somebody and is no firm: 我朋友公司."""
    return (
        re.search("[我你他她]|自己|朋友|老公|先生|新来", words) is not None
        or people.DOTTED.fullmatch(words) is not None
    )
