"""A number of which some digits are said anew: 13857661093 不对 最后两位是九四, 13812345678 哦不 尾号是5679."""

from __future__ import annotations

from nlp import lazy
from nlp.when import numerals

_DIGIT = "[\\d零〇一二三四五六七八九幺]"
_DIGITS = f"{_DIGIT}(?: ?{_DIGIT}){{0,35}}"
_NAMED = "(?:电话|手机号?|号码)?里?面?的?"
_SLIPS = (  # a slip is owned to, and nothing else is told
    "(?:[\\s,，.。;；:：!！~…、哦啊嗯呃哎噢喔我你]|不(?!是)对?|口误|更正一?下?|等一?[下等]|抱歉|对不起|应该|才[对是]|刚才?|号码|电话|手机"
    "|[打写说记念报发搞弄听看输]?错了?|[记写打说念报]成了?){0,36}"  # as many as are looked at: _NEAR
)
_WHICH = (
    "(?:(?P<back>倒数)?第(?P<nth>\\d{1,2}|十?[一二三四五六七八九十])(?:位(?:数字?)?|个数字?)"
    "|(?P<first>前面?的?|开头)?(?P<middle>中间)?(?:最后|后面?的?|末尾?|尾)?(?P<count>[一两二俩三四五六1-6])"
    "(?:位(?:数字?|号码?)?|个数字?|个号码)"
    "|(?:最[后末]一?|[末尾])位(?:数字?)?|[尾末]号|尾数|末尾|(?:最后|后面)(?=的?(?:应该)?是))"
)
_PIECES = "[箱台个件号点%元块万千楼栋层室天月日年批条只套包瓶桶张支把盒吨斤米卷袋根片份双对辆人期折岁]|公斤|kg"
_NO_MORE = f"(?! ?(?:{_DIGIT}|{_PIECES}))"  # what is counted is no digit of a number
_SAID_ANEW = lazy.regex(
    f"(?P<gap>{_SLIPS}){_NAMED}{_WHICH}(?P<between>{_SLIPS}(?:不是|的?应?该?要?(?:是|为|改[成为]?|换成))?[:： ]*)"
    f"(?P<digits>{_DIGITS})(?:[,， ]*(?:而?是|应该是?|改成)(?P<instead>{_DIGITS}))?{_NO_MORE}"
    "(?P<after>[^,，。;；]{0,4})"
)
_PART = lazy.regex(  # 33改成44
    f"(?P<gap>{_SLIPS})(?P<named>{_NAMED})(?P<wrong>{_DIGITS})"
    f"(?:应该|要)?(?:改[成为]|换成|应该?是)(?P<digits>{_DIGITS}){_NO_MORE}"
)
_SAYS = lazy.regex("[一-鿿]")
_HINT = lazy.regex("[位号尾末后改换应]")
_SLIP = lazy.regex("不对|错|口误|[哦啊嗯呃哎噢]不|不是|更正|改[成为]|换成|应该|才[对是]|你记|记成")
_MOBILE = lazy.regex("1[3-9]\\d{9}")
_TOWN = 3  # digits at the least that name the town of a landline
_COUNTS = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NEAR = 36  # characters behind the number
_MIDDLE = 3  # digits before those in the middle of a mobile number
_MOST = 6  # digits: more is another number


def settled(number: str, behind: str) -> str:
    """The number with the digits that the words behind it put right; as it is where they put none right.

    >>> settled("13857661093", "不对最后两位是九四你记九四"), settled("13812345678", " 哦不 尾号是5679")
    ('13857661094', '13812345679')
    >>> settled("13812345678", " 不对 中间四位是5566"), settled("13812345678", " 最后两位是他生日")
    ('13855665678', '13812345678')
    >>> settled("13700112233", "哦不对33改成44"), settled("13812345678", " 第四位是2不是1")
    ('13700112244', '13822345678')
    """
    near = behind[:_NEAR]
    if _HINT.search(near) is None:
        return number
    anew = _anew(number, near)
    return anew if _is_possible(anew, number) else number


def _is_possible(anew: str, number: str) -> bool:
    """True where it is still a mobile number, or of the same town as before."""
    if _MOBILE.fullmatch(number):
        return _MOBILE.fullmatch(anew) is not None
    return len(anew) == len(number) and anew[:_TOWN] == number[:_TOWN]


def _anew(number: str, near: str) -> str:
    told = _SAID_ANEW.match(near)
    if told is None or _SLIP.search(f"{told['gap']}{told['between']}{told['after']}") is None:
        return _part_changed(number, near)
    digits = _plain(told["instead"] or told["digits"])
    count = told["count"]
    if not 0 < len(digits) <= _MOST or (count and len(digits) != (_COUNTS.get(count) or int(count))):
        return number
    if told["nth"]:
        return _nth(number, numerals.integer(told["nth"]) or 0, digits, told["back"] is not None)
    if told["first"]:
        return digits + number[len(digits) :]
    if told["middle"]:
        return number[:_MIDDLE] + digits + number[_MIDDLE + len(digits) :]
    return number[: -len(digits)] + digits


def _plain(words: str) -> str:
    return numerals.digits(words.replace("幺", "一").replace(" ", "")) or ""


def _nth(number: str, place: int, digit: str, from_the_end: bool) -> str:
    """The number with another digit in that place, counted from one."""
    at = len(number) - place if from_the_end else place - 1
    is_one = len(digit) == 1 and 0 <= at < len(number)
    return number[:at] + digit + number[at + 1 :] if is_one else number


def _part_changed(number: str, near: str) -> str:
    """The number with 44 for the 33 that stands in it once."""
    told = _PART.match(near)
    wrong, right = (_plain(told["wrong"]), _plain(told["digits"])) if told else ("", "")
    is_of_number = told is not None and _SAYS.search(told["gap"] + told["named"]) is not None
    is_clear = is_of_number and len(wrong) > 1 and len(wrong) == len(right) and number.count(wrong) == 1
    return number.replace(wrong, right) if is_clear else number
