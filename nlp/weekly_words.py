"""Words of weeks that look like others: 本周总结 and 这周总共 name no 周总, 上周一共 no Monday."""

from nlp import lazy

_CALL = "周总"
_WEEK = lazy.regex(
    "(?:[本这每]|(?<![早晚马碰遇叫带加赶算跟约路])上|(?<![访系问跟约找催回打陪见请等看聊会谈])下|[\\d一二两三四五六七八九十几半整近]个?)周(?=总)"
    "|(?<![小老阿大])周(?=总结(?![清账款了束算]))|(?<![小老阿大])周(?=总额(?![度外]))"
)

_ALTOGETHER = lazy.regex("(?<=[周期拜])一共(?![同享进])")


def altogether(text: str) -> str:
    """The text with 总共 for the 一共 behind a week, in which no Monday stands.

    >>> altogether("上周一共签了多少"), altogether("下周一共进晚餐")
    ('上周总共签了多少', '下周一共进晚餐')
    """
    return _ALTOGETHER.sub("总共", text)


def blotted(text: str) -> str:
    """The text with a gap, of the same length, for the 周 of a week before 总.

    >>> blotted("本周总结"), blotted("这周总共多少"), blotted("周总结一下")
    ('本□总结', '这□总共多少', '□总结一下')
    >>> blotted("早上周总来电话"), blotted("问下周总要不要"), blotted("周总结清了尾款"), blotted("本周拜访周总")
    ('早上周总来电话', '问下周总要不要', '周总结清了尾款', '本周拜访周总')
    """
    return _WEEK.sub(lambda week: f"{week.group()[:-1]}□", text) if _CALL in text else text
