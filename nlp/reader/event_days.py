"""The day on which something falls that is no deed of ours: 寿宴定在4月18号, 9月1号开学, 现在的合同11月到期."""

from collections.abc import Sequence

from nlp import lazy
from nlp.reader import cues
from nlp.when import When

_FALLS_ON = lazy.regex(
    "(?:大?寿[宴辰]?|婚[礼宴]?|喜[酒宴]|满月酒?|开[业张庭学标幕工盘]|生日|手术|考试|[高中]考|搬家|[开招投议评]标|预产期?|周年庆?"
    "|到期|截止|年会|庙会|展会|答辩|[放交]房)[^,，。 我]{0,4}?(?:定|订|放|选|安排)?(?:在|是|就是|为|于)?了?\\s?$"
    "|(?:活动|订货会|论坛|晚会|促销|庆典)[^,，。 我]{0,4}?(?:定|订|放|选|安排|办|搞)?(?:在|是|就是|为|于)了?\\s?$"
)
_ON_ITS_DAY = lazy.regex("(?:[日号天底初中旬前后]|月份?|[周拜期][一二三四五六日天])(?:就|要|会|才|正式)*$")
_THEN = lazy.regex(  # what begins, opens, is moved into or runs out on the day told before it
    r"\s?(?:就|要|会|才|正式|后|之后|以后){0,6}(?:开业|开张|开学|开工|开盘|开园|开店|交房|入住|结婚|出国|回国|搬家|搬[到去]|竣工|投产"
    r"|试营业|营业|放假|验收|装修|到期|期满|过期)(?![之以]?前)"
)
_NEEDED = lazy.regex(
    r"\s?(?:[^,，。;；\s]{0,4}?[之以]?前)?(?:[他她]们?|对方)?(?:就|才|一定|最好){0,4}(?:得|要|想|需要|急着?|必须){1,4}(?:把[^,，。;；\s]{1,6}?)?"
    r"(?:换|买|装|用|上(?!门)|招|建|搬|改|做|到(?:货(?!\s*\d+\s?[^\d\s月号日.]))?(?!货)|完工|交[付房](?!给[他她])|收(?!款|钱|账)|租|办|入住|开|投产|有(?!货)|定(?:下来?|好|掉|人))(?![^,，。;；\s]*(?:给|去|好)?[他她])"
)


def is_before(text: str) -> bool:
    """True for words that an event's day follows; what has its own day already has no second one.

    >>> is_before("寿宴定在"), is_before("9月1号开学 ")
    (True, False)
    """
    event = _FALLS_ON.search(text)
    return event is not None and not (text.endswith(" ") and _ON_ITS_DAY.search(text[: event.start()]))


def is_behind(text: str) -> bool:
    """True for words behind a day that say what the customer's own day it is.

    >>> is_behind("开盘 问最快几号能进场"), is_behind("开业前送花篮")
    (True, False)
    """
    return _THEN.match(text) is not None


def is_needed_then(text: str) -> bool:
    """True for words behind a day by which somebody new needs something: 年底前要换除尘, 开学前要装好空调.

    >>> is_needed_then("前要换除尘"), is_needed_then("前要把样品寄给他")
    (True, False)
    """
    return _NEEDED.match(text) is not None


_AT_HIS = ("", "家", "家里", "那边", "他们", "公司", "店里", "厂里")
_OURS = lazy.regex("提醒|记得|别忘|我|[送寄带发给](?!货|样|水)")


def is_his(text: str, called: str, days: Sequence[When]) -> bool:
    """True for 李娜4月开学 校服5月要: right behind his name a day of his own, and nothing that we do.

    called: the words that name him; days: those ahead
    """
    if not (called and days) or text[: days[0].span[0]].strip().removeprefix(called) not in _AT_HIS:
        return False
    behind = text[days[0].span[1] :]
    does = any(cues.VERB_FIRST.match(text[one.span[1] :].lstrip()) for one in days[1:])
    return is_behind(behind) and not does and _OURS.search(behind) is None


def is_of_class(text: str, day: When) -> bool:
    """True for both days of 从周三转到周六: a class of each week is changed for another."""
    return bool(_OTHER_CLASS.match(text, day.span[1]) or _FROM_CLASS.search(text[: day.span[0]]))


_OTHER_CLASS = lazy.regex(r"[^\s,，。;；\d]{0,3}转[到成去]")
_FROM_CLASS = lazy.regex(r"(?:周|星期|礼拜)[一二三四五六日天][^\s,，。;；]{0,5}转[到成去]$")
