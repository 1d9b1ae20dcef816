"""The pieces between separators, each taken by the field it fits."""

import re
from functools import cache
from typing import TYPE_CHECKING

from nlp import lazy, lexicon, names
from nlp.fields import companies, localities, people, pieces, places, speech
from nlp.fields.jobs import DEPARTMENTS as DEPARTMENTS
from nlp.fields.jobs import is_department
from nlp.fields.jobs import is_title as is_title

if TYPE_CHECKING:
    from nlp.fields.extraction import Fields

_DEPARTMENT = lazy.regex(rf"^(?P<company>.*?)(?P<dept>(?:{DEPARTMENTS})(?:部|科|处|室|中心|组))的?(?P<who>.*)$")
_BARE_DEPARTMENT = lazy.regex("(?![找问去到给和跟])[一-鿿]{2,4}(?:部|科|处|办)")
_DASH = lazy.regex("(?<=[一-鿿\x01])[-—_]+|(?<![-—_])[-—_]++(?=[一-鿿\x01])")  # between fields: 覃海波-水泵厂-厂长
_LABELS = lazy.regex(r":\s?[^\d\s\x01]")
_SO_SAID = lazy.regex("^(?:自称是?|说是|据说是?|现任|担任|时任|任职)(?=..)")
_BRACKETED = lazy.regex("^([一-鿿A-Za-z]{2,10})[（(]([一-鿿A-Za-z]{2,14})[)）]$")
_OF_COMPANY = lazy.regex(
    r"^([一-鿿]{0,6}(?:机构|公司|集团|厂|店|医院|学校|单位|餐厅|酒楼|饭店|酒店|宾馆|幼儿园"
    r"|超市|工作室|茶馆|民宿|网吧|诊所|药房|[琴车布药茶面粉画书]行|[茶面书画]馆|工厂|工地|作坊))的?([一-鿿A-Z]{2,8})$"
)
_GLUED_LABEL = lazy.regex(
    r"(?:姓名|名字|公司(?!的)|单位|职位|职务|岗位|地区|城市)(?:名称|是|叫"
    r"|为)?(?P<value>[一-鿿A-Za-z]{2,})$"
)
_NO_JOBS = ("老师", "师傅", "教练员", "学生", "大厨")  # how somebody is called says nothing of his job
_JOBS_OF_DEPARTMENTS = ("科长", "处长", "部长", "主任", "经理")
_INTEREST = lazy.regex(r"[要想问说给买做看找去来等让嫌催订谈聊能会没不有预算报价合同发货样品\d]")


def read(plain: str, text: str, fields: "Fields", whole: str) -> list[str]:
    """Fills the empty fields from the pieces of `whole`; returns the pieces that no field took, as typed."""
    left: list[tuple[int, int, str]] = []
    plain = _DASH.sub(lambda match: " " * len(match.group()), plain)
    for start, end in pieces.cut(plain):
        piece = plain[start:end]
        if pieces.is_quarter(piece, plain[end : end + 12]):
            fields.region = fields.region or places.region_of(piece)
        elif _LABELS.match(plain, end) and (not is_title(piece) or re.search("联系人|客户", piece)):
            left.append((start, end, text[start:end]))  # 刘洋荐:武汉…
        elif not _take(piece, fields, first=not left):
            left.append((start, end, text[start:end]))
        elif left and fields.title == piece and is_department(left[-1][2]) and not plain[left[-1][1] : start].strip():
            fields.title = left.pop()[2] + piece  # 检验科 副主任技师
    if (place := people.better(fields, left, whole)) is not None:
        fields.name = left.pop(place)[2].strip("()（）:：【】")
    return pieces.notes(plain, text, left)


def _take(piece: str, fields: "Fields", first: bool) -> bool:
    if piece in pieces.NOISE:
        return False
    piece = _SO_SAID.sub("", piece)
    if (
        (companies.is_office(piece) or (len(piece) > 4 and places.leading(piece)))
        and not names.is_full_name(piece)
        and _take_company(piece, fields)
    ):
        return True
    if bracketed := _BRACKETED.match(piece):
        took = [_take(part, fields, first) for part in bracketed.groups()]
        return any(took) or _take_glued(piece, fields)
    if (labelled := _GLUED_LABEL.match(piece)) and _take(labelled["value"], fields, first):
        return True
    if fields.name is None and len(piece) == 3 and piece[1:] in lexicon.words("titles") and names.surname(piece):
        return first_name(piece, fields, first) or _take_called(piece, fields)  # 黄药师
    if _take_title(piece, fields):
        return True
    if _take_department(piece, fields) or _take_company(piece, fields):
        return True
    if _take_place(piece, fields):
        return True
    if fields.name is None and first_name(piece, fields, first):
        return True
    return _take_industry(piece, fields) or _take_glued(piece, fields)


def _take_title(piece: str, fields: "Fields") -> bool:
    """Takes 采购经理, 影视公司制片人 without the kind of company, and a bare department where no job is known."""
    generic = _OF_COMPANY.match(piece) if fields.title is None else None
    if generic and is_title(generic[2]) and (len(generic[1]) <= 3 or not companies.is_company(generic[1])):
        fields.title = generic[2]
        return True
    open_still = fields.title is None or _BARE_DEPARTMENT.fullmatch(fields.title)
    if open_still and is_title(piece) and not names.is_address(piece):
        fields.title = piece
        return True
    if fields.title is None and fields.company and _BARE_DEPARTMENT.fullmatch(piece):
        fields.title = piece
        return True
    return False


@cache
def _industry() -> re.Pattern[str]:
    trade = lexicon.alternatives("industries")
    return re.compile(
        rf"(?:做|搞|卖)?{trade}(?:行业|的|生意)?|(?:做|搞|卖|专做|主营|经营)[一-鿿]{{0,4}}{trade}[一-鿿]{{0,2}}"
    )


def _take_industry(piece: str, fields: "Fields") -> bool:
    if fields.industry is not None or not _industry().fullmatch(piece):
        return False
    fields.industry = re.sub("^(?:[做搞卖]|专做|主营|经营)|(?:行业|的|生意)$", "", piece)
    return True


def _take_department(piece: str, fields: "Fields") -> bool:
    match = _DEPARTMENT.match(piece)
    if not match or not (
        names.looks_like_name(match["who"]) or is_title(match["who"]) or (match["company"] and not match["who"])
    ):
        return False
    company, who, dept = match["company"], match["who"], match["dept"]
    if company:
        if fields.company is None and len(company) >= 2 and not _INTEREST.search(company):
            fields.company = company
        elif fields.company is None:
            return False
    if names.looks_like_name(who) and fields.name is None:
        fields.name = who
        job = who[len(names.surname(who) or "") :]
        fields.title = fields.title or (dept + job if is_title(job) and job not in _NO_JOBS else dept)
    elif who:
        fields.title = fields.title or dept + who
    elif fields.title in _JOBS_OF_DEPARTMENTS and fields.name and fields.name.endswith(fields.title):
        fields.title = dept + fields.title  # 戴主任, 县医院放射科
    else:
        fields.title = fields.title or dept
    return True


def _take_company(piece: str, fields: "Fields") -> bool:
    if fields.company is not None:
        return False
    job = _leading_title(piece)
    if job and companies.is_company(piece[len(job) :]):  # 厨师长东平饭店
        fields.title, fields.company = fields.title or job, piece[len(job) :]
        return True
    found = companies.split(re.sub(r"\s", "", piece)) if " " in piece else companies.split(piece)
    if not found:
        return False
    company, rest = (piece, "") if " " in piece and not found[1] else found
    rest = rest.removeprefix("的")
    someone = companies.person(rest) if rest else None
    if rest and not is_title(rest) and not someone:
        return False
    fields.company = company
    if someone and fields.name is None:
        fields.title, fields.name = fields.title or someone[0] or None, someone[1]
        return True
    if rest and is_title(rest):
        fields.title = fields.title or rest
    return True


def _leading_title(piece: str) -> str:
    sizes = (size for size in (5, 4, 3, 2) if piece[:size] in lexicon.words("titles") and len(piece) - size >= 4)
    return piece[: next(sizes, 0)]


def _take_place(piece: str, fields: "Fields") -> bool:
    if localities.is_county(piece):
        fields.region = fields.region or localities.city_of(piece)
        return fields.region is not None
    cut = places.with_county(piece)
    rest = piece[cut:]
    if not cut or (names.is_full_name(piece) and fields.name is None and cut < len(piece)):
        return False
    if (
        not rest
        or rest in ("的", "人", "那边", "这边")
        or re.search(r"(?:路|街|大道|巷|弄|村|园区|大厦|广场)\S*(?:号|楼|室|栋)?$", rest)
    ):
        fields.region = fields.region or places.region_of(piece)
        return True
    if rest in lexicon.words("industries"):
        fields.industry = fields.industry or rest
        return True
    if (
        len(places.find(piece[:cut])) > 1
        and len(rest) <= 4
        and not _INTEREST.search(rest)
        and not companies.is_trade(rest)
    ):
        return True
    if fields.title is None and is_title(rest):
        fields.title = rest
        return True
    return False


def _stands_for_name(word: str, fields: "Fields") -> bool:
    """True for a first piece that begins with a surname beside a number, also with unusual characters (毛不易)."""
    contact = fields.mobile or fields.landline or fields.wechat or fields.email
    if (
        not contact
        or not re.fullmatch("[一-鿿]{3}", word)
        or is_title(word)
        or re.search("[的了吗呢]|[站局办处科部院厂店社所]$", word)
    ):
        return False
    return names.surname(word) is not None and word[:2] not in lexicon.words("not_names")


def first_name(piece: str, fields: "Fields", first: bool = False) -> bool:
    """Takes the piece as the person's name when it looks like one, also with a word before it (施工队老张)."""
    word = piece.strip("()（）：:的")
    if localities.is_nobody(word):
        return False
    if first and _stands_for_name(word, fields):
        fields.name = word
        return True
    if people.DOTTED.fullmatch(word):
        fields.name = word
        return True
    if names.is_address(word) or (names.looks_like_name(word) and not is_title(word)):
        fields.name = word
        called = re.fullmatch(f"(.{{1,3}}?)({names.CALLS})", word)
        _title_of_address(word, called[2] if called else "", fields)
        polite = called and called[2] in ("阿姨", "老师", "师傅")
        job = called and called[2] not in _NO_JOBS and called[2] in lexicon.words("titles")
        if called and len(called[1]) == 3 and names.is_full_name(called[1]) and (polite or job):
            fields.name = called[1]  # 佟湘玉掌柜, 吴桂芬阿姨
        return True
    for size in (4, 3, 2):
        head, tail = word[:-size], word[-size:]
        if 2 <= len(head) <= 6 and names.is_address(tail) and not _INTEREST.search(head):
            fields.name = tail
            if fields.title is None and is_title(head):
                fields.title = head
            return True
    return False


def _take_called(piece: str, fields: "Fields") -> bool:
    """Takes surname and job as how somebody is called, unless the whole is itself a job."""
    if piece in lexicon.words("titles") or piece[:2] in lexicon.words("not_names"):
        return False
    fields.name = piece
    fields.title = fields.title or piece[1:]
    return True


def _title_of_address(word: str, job: str, fields: "Fields") -> None:
    """The job in how somebody is called, behind the department if one was named: 总务科 虞科长."""
    if not names.is_address(word):
        return
    if fields.title is None and job and job not in _NO_JOBS and is_title(job) and word[0] not in "老小阿大":
        fields.title = job
    elif fields.title and _BARE_DEPARTMENT.fullmatch(fields.title) and job in _JOBS_OF_DEPARTMENTS:
        fields.title += job


def _take_glued(piece: str, fields: "Fields") -> bool:
    """张伟上海宏达科技采购经理: a name with more behind it."""
    if fields.name is not None or len(piece) < 4 or places.leading(piece) > 2:
        return False
    name = speech.name_at(piece, 0)
    if not name or (places.leading(name) and len(piece) > 6):  # 南京新街口…
        return False
    rest = piece[len(name) :].removeprefix("是").removeprefix("在")
    if not _fits(rest, fields):
        return False
    fields.name = name
    return _take(rest, fields, first=False) if rest else True


def _fits(rest: str, fields: "Fields") -> bool:
    if is_title(rest):
        return True
    return (fields.company is None and companies.split(rest) is not None) or (places.leading(rest) == len(rest) > 0)
