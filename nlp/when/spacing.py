"""Spaces typed inside one expression: 3 月 20 号, 每月 25 号, 20 分钟后."""

from nlp import lazy

_WITHIN = lazy.regex(
    r"(?<![万千百亿.¥￥]\d)(?<![万千百亿.]\d\d)(?<!\d\d\d)(?<=\d)[ \t](?="
    r"[号日点天]|年(?![检审费底末度初终会])|月(?![底末初头尾中])|时(?!候)|周(?=[之以]?[前后内])"
    r"|个?(?:分钟|小时|钟头|星期|礼拜|工作日|季度|半小时)|个月)"
    r"|(?<=[月年])[ \t](?=\d{1,2}[ \t]?[号日月]|最后|[一二三四五六七八九十廿]{1,3}[号日])"
    r"|(?<=点)[ \t](?=半(?![一-鿿])|一刻|\d{1,2}[ \t]?分)"
    r"|(?<=\d)[ \t](?=分(?=[\s,，。]|$|[去叫喊提给到开]))"
    r"|(?<=[每下上这本][周月])[ \t](?=[一二三四五六日](?:[\s,，。]|[上下中]午|[早晚]|$))"
)


def closed(text: str) -> tuple[str, list[int] | None]:
    """The text without the spaces inside an expression, and each character's place in the text as typed, or None.

    >>> closed("每月 25 号盘库")[0]
    '每月25号盘库'
    """
    if " " not in text and "\t" not in text:
        return text, None
    gone = {match.start() for match in _WITHIN.finditer(text)}
    if not gone:
        return text, None
    kept = [place for place in range(len(text)) if place not in gone]
    return "".join(text[place] for place in kept), kept


_PHONE = lazy.rare(
    r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"
    r"|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|(?<!\d)\d{3,4}-\d{4}-\d{4}(?!\d)"
    r"|(?<!\d)\d{9,}(?!\d)|(?<!\d)09\d{2}[ -]\d{3}[ -]\d{3}(?!\d)"
)


def without_phones(text: str) -> str:
    """The text with the digits of telephone numbers blotted out, as long as it was."""
    return _PHONE.sub(lambda m: "\x00" * len(m.group()), text)
