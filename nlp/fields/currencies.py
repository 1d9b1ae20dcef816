"""Sums in foreign money: $12,500, 7050美金, 38,600 EUR; and the same text in yuan, by rates that somebody told.

A text in yuan holds at its end what it was made of, （7050美金×汇率7.12=50196元）: no reader sees that, and `as_typed`
gives the words back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nlp import lazy
from nlp.fields import money
from nlp.fields.phones import find as find_phones
from nlp.when import numerals

NAMES = {
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港币",
    "JPY": "日元",
    "KRW": "韩元",
    "AUD": "澳元",
    "CAD": "加元",
    "SGD": "新加坡元",
    "CHF": "瑞士法郎",
    "THB": "泰铢",
    "RUB": "卢布",
    "TWD": "台币",
}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}
# ISO 4217 codes, and how else a currency is called.
_CALLED = {
    "USD": r"US\$|美[元金刀]|U\.S\. dollars?|US dollars?|dollars?",
    "EUR": r"欧元|€|euros?",
    "GBP": r"英镑|£|pounds?",
    "HKD": r"HK\$|港[币元纸]",
    "JPY": r"日元(?![宵旦月])|日币|JP¥",
    "KRW": r"韩[元币]",
    "AUD": r"澳[元币]|A\$",
    "CAD": r"加元(?![宵旦月])|加币|C\$",
    "SGD": r"新加坡元|新币|坡币|S\$",
    "CHF": r"瑞士法郎|瑞郎",
    "THB": r"泰[铢币]",
    "RUB": r"卢布",
    "TWD": r"新?台币|NT\$",
}
_WORDS = {code: rf"(?:(?<![A-Za-z]){code}(?![A-Za-z])|{words})" for code, words in _CALLED.items()}
_ANY = "|".join(f"(?P<{{0}}{code}>{words})" for code, words in _WORDS.items())
_DOLLAR = r"(?<![A-Za-z$])\$"  # alone it is the dollar of the United States
_HAN = "一二两三四五六七八九十百千万"
_NUMBER = (
    rf"(?:(?<![\d.#_])(?<!\d,){money.DIGITS}(?:\s?(?:百万|千万|十万|[万千百亿]|[kKwW](?![A-Za-z]))(?:\d{{1,4}}(?!\d))?)?"
    rf"|[{_HAN}]{{1,9}})"
)
# 300刀 is slang for dollars; 3刀 of paper are none, nor what has its price beside it.
_KNIFE = r"(?:(?<=\d\d)|(?<=\d[kKwW万千]))刀(?=$|[\s,，。;；!！?？)）])(?!.*(?:[元块¥￥]|[每一]刀))"
SUM = lazy.regex(
    rf"(?i:(?:{_ANY.format('b')}|(?P<dollar>{_DOLLAR}))\s?(?P<n>{_NUMBER})(?:\s?(?:USD|美[元金]))?(?![\d%％])"
    rf"|(?P<m>{_NUMBER})\s?(?:{_ANY.format('a')}|(?P<dollars>\$(?!\s?\d)|{_KNIFE})))"
)
_ORIGIN = re.compile(r"[(（](?P<words>[^()（）×]{1,30})×汇率(?P<rate>\d+(?:\.\d+)?)=(?P<yuan>\d+(?:\.\d+)?元)[)）]")
_CENT, _FINE = Decimal("0.01"), Decimal("0.0001")
_FEW = 1000  # yuan: below it may be the price of a piece, which is not rounded to a cent


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of foreign money with its place and words. `currency` is its ISO 4217 code."""

    currency: str
    value: Decimal
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a sum in yuan was made of."""

    sum: Sum
    rate: Decimal
    yuan: str


def find(text: str) -> list[Sum]:
    """The sums in foreign money, left to right; what stands as the origin of a sum in yuan is none.

    >>> [(one.currency, int(one.value)) for one in find("总额 7050美金 或 38,600 EUR，$1.2万")]
    [('USD', 7050), ('EUR', 38600), ('USD', 12000)]
    """
    plain = numerals.plain(text)
    taken = [(one.start, one.end) for one in find_phones(plain)]
    found = []
    for match in SUM.finditer(plain):
        value = _value(match["n"] or match["m"])
        if value and not any(match.start() < end and match.end() > start for start, end in taken):
            found.append(Sum(_code(match), value, match.start(), match.end(), text[match.start() : match.end()]))
    return found


def _code(match: re.Match[str]) -> str:
    named = (name for name, words in match.groupdict().items() if words and name[1:] in NAMES)
    return next((name[1:] for name in named), "USD")


def _value(words: str) -> Decimal | None:
    bare = words.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return Decimal(bare)
    whole = next((one.fen for one in money.find(f"{words}元")), None)
    return None if whole is None else Decimal(whole) / 100


def in_yuan(text: str, rates: Mapping[str, Decimal]) -> str:
    """The text with each sum whose currency has a rate in yuan, and at its end what they were made of.

    >>> in_yuan("订单 Mark 7050美金 竹砧板", {"USD": Decimal("7.12")})
    '订单 Mark 50196元 竹砧板（7050美金×汇率7.12=50196元）'
    """
    origins, at, parts = [], 0, []
    for one in find(text):
        rate = rates.get(one.currency)
        if rate is None:
            continue
        yuan = f"{plainly(_rounded(one.value * rate))}元"
        parts += [text[at : one.start], yuan]
        origins.append(f"（{one.words.strip()}×汇率{plainly(rate)}={yuan}）")
        at = one.end
    return f"{''.join(parts)}{text[at:]}{''.join(origins)}" if origins else text


def _rounded(yuan: Decimal) -> Decimal:
    return yuan.quantize(_FINE if yuan < _FEW else _CENT, ROUND_HALF_UP)


def plainly(value: Decimal) -> str:
    """The number without needless zeros: 50196, 7.12."""
    return f"{value.normalize():f}"


def origins(text: str) -> list[Origin]:
    """What the sums in yuan of the text were made of."""
    found = []
    for match in _ORIGIN.finditer(text):
        foreign = find(match["words"])
        if foreign:
            found.append(Origin(foreign[0], Decimal(match["rate"]), match["yuan"]))
    return found


def as_typed(text: str) -> str:
    """The text as it was before `in_yuan`.

    >>> as_typed("订单 Mark 50196元 竹砧板（7050美金×汇率7.12=50196元）")
    '订单 Mark 7050美金 竹砧板'
    """
    typed = _ORIGIN.sub("", text)
    at = 0
    for match in _ORIGIN.finditer(text):
        place = typed.find(match["yuan"], at)
        if place >= 0:
            typed = typed[:place] + match["words"] + typed[place + len(match["yuan"]) :]
            at = place + len(match["words"])
    return typed


def masked(text: str) -> str:
    """The text without foreign sums, place by place: what reads yuan must not take them for it."""
    chars = list(text)
    for one in find(text):
        chars[one.start : one.end] = "外" * (one.end - one.start)
    return "".join(chars)


def shown(one: Sum) -> str:
    """The sum as it is written: $7,050, 1,000,000 日元."""
    number = f"{one.value.normalize():,f}"
    sign = _SIGNS.get(one.currency)
    return f"{sign}{number}" if sign else f"{number} {NAMES[one.currency]}"


def beside(what: str | None, text: str) -> str | None:
    """The goods with the foreign sum, where the text was made from one: 竹砧板（$7,050）."""
    made = origins(text)
    if not made:
        return what
    largest = max(made, key=lambda one: one.sum.value)
    return f"{what or ''}（{shown(largest.sum)}）"


_LONGEST_RATE = 40  # characters
RATE = lazy.regex(
    rf"^\s*(?:[把将]\s*)?(?:现在|今天|今日|本月|这个?月)?的?(?P<per>100|1)?\s?(?i:{_ANY.format('r')})(?:对|兑)?(?:人民币)?的?"
    r"\s*(?P<cue>汇率|(?:都|就|先|统一)?[按以用照]|=|＝|兑|折合?|换|算)(?:是|为|[改定设调][成到]?|按|了|[:： =＝])*"
    r"(?P<rate>\d{1,4}(?:\.\d{1,6})?)\s*+(?:人民币|块钱?|元|RMB|CNY)?(?:来?(?:结?算|折算?|换算?))?[。!！吧了]*\s*$"
)
_ANSWER = lazy.regex(
    r"^\s*+(?:按|算|就|是|汇率|大概|[:： ])*(?P<rate>\d{1,4}(?:\.\d{1,6})?)\s*+"
    r"(?:人民币|块钱?|元|RMB|CNY)?(?:来?算)?[。!！吧]*\s*$"
)
ASKED = lazy.regex(
    rf"^\s*(?:看一?下?|查一?下?|我们?的?|咱们?的?|公司的?|团队的?|现在|今天|今日|目前)*的?(?:{'|'.join(NAMES.values())}|美金)?(?:的|兑人民币)?"
    r"(?:怎么[设改])?汇率(?:表|设置|是|现在|今天|按|有|一共)*(?:多少|几|怎么(?:算|设置?|改|样)|咋样|如何)?[呢啊了?？。]*\s*$"
)


def rate_told(text: str) -> tuple[str, Decimal] | None:
    """The currency and the yuan of one of it, where the text tells nothing else: 美元汇率 7.12, 欧元按7.8算.

    >>> rate_told("欧元按7.8算"), rate_told("Klaus那单欧元按7.8算")
    (('EUR', Decimal('7.8')), None)
    """
    match = RATE.match(numerals.plain(text)) if len(text) <= _LONGEST_RATE else None
    if match is None:
        return None
    rate = Decimal(match["rate"]) / (100 if match["per"] == "100" else 1)
    return (_code(match), rate) if 0 < rate < _FEW else None


def rate_answered(text: str) -> Decimal | None:
    """The rate that answers 1 美元算多少人民币: a number, and hardly a word."""
    match = _ANSWER.match(numerals.plain(text))
    rate = Decimal(match["rate"]) if match else Decimal(0)
    return rate if 0 < rate < _FEW else None
