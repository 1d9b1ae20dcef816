"""The pieces of a lead line between separators: what belongs together, and what is left over as the note."""

import re

from nlp import lazy, lexicon, names
from nlp.fields import places

_PIECE = lazy.regex(
    r"(?:(?<=\d):(?=\d)|(?<!\d):(?=[/\s\x01]|$)|[^\s:,，。;；、|/\x01!！~※★☆●■◆▲►▶→|【】「」《》“”\"])+"
)
NOISE = frozenset(
    [
        "的",
        "是",
        "他",
        "她",
        "电话",
        "手机",
        "手机号",
        "微信",
        "邮箱",
        "号码",
        "客户",
        "公司",
        "姓名",
        "生日",
        "和",
        "还有",
        "另外",
        "了",
        "叫",
        "tel",
        "from",
        "新客户",
        "认识",
        "联系人",
        "今天",
        "名字",
        "称呼",
        "地址",
        "城市",
        "地区",
        "职位",
        "职务",
        "单位",
        "岗位",
        "座机",
        "固话",
        "昨天",
        "刚才",
        ",",
        ":",
        "：",
        "（",
        "）",
        "(",
        ")",
        "-",
        "——",
        "...",
        "。",
    ]
)
_BIRTH_YEAR = lazy.regex(r"(?:(?:17|18|19|20)\d{2}|\d{2})年生人?|\d{2}后")
_SPACED_BRACKET = lazy.regex(
    r"[一-鿿A-Za-z0-9]{2,16}\s?[(（]\s?[一-鿿]{2,5}\s?[)）]\s?[一-鿿]{0,8}(?:公司|集团|厂|事务所)"
)
ENGLISH_JOB = lazy.regex(
    r"(?i)(?:[a-z]{1,20} ){1,2}(?:manager|director|engineer|buyer|officer|assistant|designer"
    r"|president|executive|specialist|lead)|(?:vp|head|director|manager) of [a-z]+"
)


def cut(plain: str) -> list[tuple[int, int]]:
    """The places of the pieces, in order."""
    pieces = [(match.start(), match.end()) for match in _PIECE.finditer(plain)]
    return _join_latin(plain, _join_brackets(plain, pieces))


def is_quarter(piece: str, after: str) -> bool:
    """True for 贵阳花果园 before 火锅店, 杭州四季青 before 女装: a quarter of the city, no firm."""
    size = places.leading(piece)
    if not size or not 2 <= len(piece) - size <= 4 or re.search(lexicon.alternatives("company_suffixes") + "$", piece):
        return False
    following = re.match(r"\s([一-鿿]{2,5})(?=[\s,，。]|$)", after)
    if not following:
        return False
    trade = following[1] in lexicon.words("industries")
    return trade or re.fullmatch("[一-鿿]{1,3}(?:店|馆|铺|摊|档口?)", following[1]) is not None


def _join_brackets(plain: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """德邦精密 (太仓) 有限公司 as one piece: spaces around a bracket inside a company's name divide nothing."""
    if "(" not in plain and "（" not in plain:
        return pieces
    for match in _SPACED_BRACKET.finditer(plain):
        pieces = [p for p in pieces if p[1] <= match.start() or p[0] >= match.end()] + [match.span()]
    return sorted(pieces)


def _join_latin(plain: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        words = plain[joined[-1][0] : end] if joined and plain[joined[-1][1] : start] == " " else ""
        if (
            names.is_latin_name(words)
            or _LETTERS_JOB.fullmatch(words)
            or ENGLISH_JOB.fullmatch(words)
            or _OPEN_JOB.fullmatch(words)
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


_LETTERS_JOB = lazy.regex("[A-Z]{2,4} (?:高级|副|大区|区域)?(?:总监|经理|主管|工程师|专员|负责人|总裁|顾问|助理)")
_OPEN_JOB = lazy.regex("(?i)(?:vp|head|director|manager) of")


def notes(plain: str, text: str, left: list[tuple[int, int, str]]) -> list[str]:
    """Neighbouring leftovers keep what stood between them; lone connecting words are dropped."""
    found: list[str] = []
    last_end = -1
    for start, end, words in left:
        if words in NOISE or _BIRTH_YEAR.fullmatch(words):
            continue
        between = plain[last_end:start] if last_end >= 0 else ""
        if found and "\x01" not in between and not re.search(r"[^\s:,，。;；、|/!！~]", between):
            found[-1] += text[last_end:start] + words
        else:
            found.append(words)
        last_end = end
    return found
