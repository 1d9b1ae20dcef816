"""Offers: a price was named and nothing ordered yet (PI已发, offer 38,600 EUR), and how likely it is to be taken."""

from nlp import lazy

_OFFERED = (
    r"(?i:(?<![a-z])(?:offer(?!ed)|quotation|quoted?|P\.?I(?![a-z\d]|\s?[一-鿿]{0,3}器)|pro[- ]?forma)|形式发票|形票)"
    r"|报价|报了|报的|报过去"
)
_OFFER = lazy.regex(_OFFERED)
_CHANCE_WORD = r"(?:几率|机率|概率|可能性?|把握|胜算|希望)"
_HOW_MUCH = (
    r"(?:一半|对半|五五开?|\d{1,3}\s?[%％]|[一二三四五六七八九两\d]成"
    r"|百分之[一二三四五六七八九十百]+|很?[大高]|不[大高]|很?[小低])"
)
_CHANCE = lazy.regex(
    rf"(?:成交|成单|赢单|签单|拿下|下单|成)?的?{_CHANCE_WORD}(?:有|是|大概|大约|约|[:： ])*{_HOW_MUCH}"
    r"(?![货批量单额客包端件])"
    rf"|{_HOW_MUCH}(?:左右)?的?(?:成交|赢单|签单|拿下|下单)?的?{_CHANCE_WORD}"
)
_TAKEN = lazy.regex(
    r"(?i)下了?单|下订|签[了回下]|(?<![能会想要])成交了|付了|已付|打款了|到账|收到(?:定金|货款|款)|定金已?(?:付|到)|接受了|确认了|拍板"
    r"|\b(?:signed|confirmed|accepted|paid|received|ordered)\b"
)
_WORDS = lazy.regex(
    rf"{_OFFERED}|{_CHANCE.pattern}|(?:那边|这边|已经?|刚刚?|今天|发了?|过去|给他?她?|总[价额]|[了的我])"
)


def is_offer(text: str) -> bool:
    """True where a price is offered, or likely to be taken, and nothing was ordered, signed or paid.

    >>> [is_offer(one) for one in ("PI已发 总额 7050美金", "PI签回了 $3,200", "那单成交几率一半", "下单 7050美金")]
    [True, False, True, False]
    """
    return bool(_OFFER.search(text) or _CHANCE.search(text)) and _TAKEN.search(text) is None


def is_deal(text: str) -> bool:
    """True where it is said how likely the offer is to be taken: 成交几率一半, 七成把握."""
    return _CHANCE.search(text) is not None


def goods(words: tuple[str, ...]) -> str | None:
    """What is offered: the words without those of offering; None where nothing is left."""
    left = (_WORDS.sub(" ", word).strip(" -—/") for word in words)
    return " ".join(word for word in left if word)[:40] or None
