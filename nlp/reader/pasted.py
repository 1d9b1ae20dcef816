"""Lists pasted from a table: several lines that each hold a number of their own are several people, never one."""

import re
from collections.abc import Sequence

from nlp import fields as lead_fields
from nlp import lazy, names
from nlp.fields import companies

MOST = 120  # lines that are looked at
SURE = 3  # lines with a number each that are a list whatever separates their words
_LABELS = lazy.regex(
    "(?i)姓名|名字|联系人|公司|单位|职位|职务|手机号?码?|电话号?码?|微信号?|座机|固话|传真|备用|号码|联系方式|办公室?|地址|邮箱|家里|另外?|还有|也是|同号"
    "|tel|mobile|phone|fax|wechat|vx|wx|email"
)
_OF_ABOVE = lazy.regex(
    r"\s*(?:[他她]|还有|另外|以及|备用|紧急|联系人|收货|助理|助手|秘书|司机|老公|老婆|爱人|太太|儿子|女儿|家属|同事|财务联系|其中|或者?|也可)"
)
_HEADING = lazy.regex(r"[:：]\s*$|[两几二三四五六七八九十0-9]+(?:家|个|位|户|条)|名单|客户|线索|如下|表$|资料")
_BESIDE = lazy.regex(r"([一-鿿]{2,4})[\s:：,，]{0,2}1[3-9]\d")
_SIGNS = "\t,，|"


def rows(text: str) -> list[str]:
    """One text a person, the heading left out; [] for anything but a list of people with a number each.

    >>> rows("恒通五金,张建国/老板,13810063401\\n鑫达建材,刘会计,13810063402")
    ['恒通五金,张建国/老板,13810063401', '鑫达建材,刘会计,13810063402']
    >>> rows("王总 13800138000\\n微信 13900139000"), rows("张总 13800138000\\n助理小李 13900139000")
    ([], [])
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 2 <= len(lines) <= MOST:
        return []
    if blocks := _blocks(lines):
        return blocks
    own = _with_own_number(lines)
    signs = _separator(lines, own)
    is_list = len(own) >= SURE or (len(own) == 2 and (signs or all(map(_names_whose, (lines[at] for at in own)))))
    if not is_list or len(own) * 2 < len(lines):
        return []
    opening, found = lines[: own[0]], [lines[own[0]]]
    for at in range(own[0] + 1, len(lines)):
        is_row = at in own or (signs and lines[at].count(signs) == lines[own[0]].count(signs))
        if is_row:
            found.append(lines[at])
        else:
            found[-1] += f"\n{lines[at]}"
    if opening and companies.is_company(opening[-1]):
        return [f"{opening[-1]} {line}" for line in found]
    told = [line for line in opening if not (_HEADING.search(line) or is_header(line))]
    return [*told, *found]


def _blocks(lines: Sequence[str]) -> list[str]:
    """姓名:王芳 电话:138… in lines below each other, one block a person; [] unless each block has his number."""
    starts = [at for at, line in enumerate(lines) if re.match(r"(?:客户)?(?:姓名|名字|称呼)\s*[:：]", line)]
    if len(starts) < 2 or starts[0]:
        return []
    ends = [*starts[1:], len(lines)]
    found = ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    return found if all(map(lead_fields.phones, found)) else []


def _names_whose(line: str) -> bool:
    """True for 李强 13800138002: the number stands beside a name."""
    beside = _BESIDE.search(line)
    return beside is not None and any(names.looks_like_name(beside[1][-size:]) for size in (2, 3, 4))


def is_header(line: str) -> bool:
    """True for 姓名 公司 电话: the names of columns and nothing else."""
    words = [word for word in re.split(rf"[\s{re.escape(_SIGNS)}]+", line.strip()) if word]
    named = sum(_COLUMN.fullmatch(word) is not None for word in words)
    return len(words) >= 2 and named * 2 > len(words) and not re.search(r"\d", line)


_COLUMN = lazy.regex(
    "(?:客户|公司|企业|单位|联系)?(?:姓名|名称|名字|人|公司|单位|电话|手机号?码?|电话号码|职位|职务|岗位|生日|农历生日|备注|说明|地区|城市|区域|地址|来源|渠道|行业|微信号?"
    "|邮箱|负责人|归属|业务员|序号|编号|性别|客户|称呼|账期|付款方式|金额|日期|产品|数量|单价)"
)


def _with_own_number(lines: Sequence[str]) -> list[int]:
    """The places of the lines with a number that stands in no line before, beside words that may say whose it is."""
    found: list[int] = []
    seen: set[str] = set()
    for at, line in enumerate(lines):
        numbers = set(lead_fields.phones(line))
        bare = _LABELS.sub("", re.sub(r"[\d+()\-]+", " ", line))
        if numbers - seen and re.search("[一-鿿]{2}", bare) and not (found and _OF_ABOVE.match(line)):
            found.append(at)
        seen |= numbers
    return found


def _separator(lines: Sequence[str], own: Sequence[int]) -> str:
    """The sign that stands two times and more in each line with a number, as often in all; '' without one."""
    counts = {sign: {lines[at].count(sign) for at in own} for sign in _SIGNS}
    return next((sign for sign, found in counts.items() if found and min(found) >= 2 and len(found) <= 2), "")
