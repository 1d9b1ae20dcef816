"""The lines that a reader of pictures finds on a business card → the fields of a customer."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from nlp import fields, lazy, names
from nlp.fields import companies

MOST_LINES = 40
_HAN = "\u4e00-\u9fff"
_FAX = lazy.regex(r"(?i)(?:传\s*真|fax|(?<![a-z])f(?=\s*[:：]))[^\d]{0,6}[\d\s()+-]{6,}(?:转\s?\d+)?")
_EXTENSION = lazy.regex(r"(?:转|ext\.?|分机)\s?\d{1,5}", re.I)
_ADDRESS = lazy.regex(
    r"^(?:(?:公司|办公|工厂)?(?:地址|厂址|店址)|Add(?:ress)?)\s*[:：.]?\s*(.+)$|^(.*[市区县镇路街道园].*(?:\d|号|楼|栋|城|区|园).*)$",
    re.I,
)
_NOISE = lazy.regex(r"(?i)^(?:主营|经营范围|业务范围|网址|官网|www\.|https?:|邮编|开户|税号|公众号|抖音)")
_SAME_AS_PHONE = lazy.regex(r"(?:手机|电话)\s*[/／&和、]?\s*(?:微信)|微信同[号步]|同微信|V信同号")
_TITLED = lazy.regex(rf"^([{_HAN}]{{2,8}})\s*[:：]\s*([{_HAN}]{{2,4}})$")
_SPACED = lazy.regex(rf"(?<![{_HAN}])([{_HAN}])[ \u3000]+([{_HAN}])(?:[ \u3000]+([{_HAN}]))?(?![{_HAN}])")
_DEPARTMENT = lazy.regex(rf"([{_HAN}]{{2,6}}部)\s+([{_HAN}]{{2,8}})")
_LATIN_WORDS = lazy.regex(r"(?<![\w@.:：_-])[A-Za-z][A-Za-z.,&' -]*[A-Za-z.](?![\w@:：_.-])")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; None or empty where it says nothing."""

    name: str | None = None
    company: str | None = None
    title: str | None = None
    phones: tuple[str, ...] = ()
    wechat: str | None = None
    mail: str | None = None
    address: str | None = None
    region: str | None = None

    @property
    def is_empty(self) -> bool:
        """True when the lines are of no card: nobody is named and nobody can be called."""
        return not (self.name or self.company or self.phones or self.mail)


def read(lines: list[str], now: datetime) -> Card:
    """The fields of the card; nothing is invented.

    >>> read(["王建国", "总经理", "138 0013 8000"], datetime(2026, 3, 18)).name
    '王建国'
    """
    kept = [line.strip() for line in lines[:MOST_LINES] if line.strip()]
    address = next((place for line in kept if (place := _address(line))), None)
    said = [line for line in kept if not _NOISE.match(line) and _address(line) is None]
    tidied = [words for line in said if (words := _tidied(line, any(_has_han(other) for other in said)))]
    found = fields.extract("\n".join(tidied), now)
    card = Card(
        name=_name(tidied) or found.name,
        company=_company(tidied) or found.company,
        title=_title(tidied) or found.title,
        phones=tuple(dict.fromkeys([*found.mobile, *found.landline])),
        wechat=next(iter(found.wechat), None),
        mail=next(iter(found.email), None),
        address=address,
        region=fields.extract(address, now).region if address else found.region,
    )
    if card.wechat is None and found.mobile and any(_SAME_AS_PHONE.search(line) for line in kept):
        card = replace(card, wechat=found.mobile[0])
    return card


def _has_han(line: str) -> bool:
    return re.search(f"[{_HAN}]", line) is not None


def _address(line: str) -> str | None:
    """The address that the line is, or None."""
    if companies.is_company(line) or re.search(r"\d{7}|@", line.replace(" ", "")):
        return None
    found = _ADDRESS.match(line)
    return (found[1] or found[2]).strip() if found else None


def _tidied(line: str, in_chinese: bool) -> str:
    """The line as somebody would type it: no fax, no English beside the Chinese, no blanks inside a name."""
    words = _EXTENSION.sub("", _FAX.sub("", line)).strip()
    if in_chinese:
        words = _LATIN_WORDS.sub("", words).strip()
    words = _SPACED.sub(lambda match: "".join(filter(None, match.groups())), words)
    words = _DEPARTMENT.sub(r"\1\2", words)
    titled = _TITLED.match(words)
    if titled and names.is_full_name(titled[2]) and not names.is_full_name(titled[1]):
        return f"{titled[2]} {titled[1]}"
    return words


def _name(lines: list[str]) -> str | None:
    """A full name that stands alone in its line, or first or last beside a title."""
    for line in lines:
        words = line.split()
        for word in (words[:1], words[-1:]) if len(words) <= 2 else ():
            if word and names.is_full_name(word[0]) and not companies.is_company(word[0]):
                return word[0]
    return None


def _company(lines: list[str]) -> str | None:
    """The longest company of the card: the short name on top is the same house."""
    found = [word for line in lines for word in line.split() if companies.is_company(word)]
    return max(found, key=len, default=None)


def _title(lines: list[str]) -> str | None:
    """A department with its title: 市场部经理."""
    return next(
        (found[0] for line in lines if (found := re.fullmatch(rf"[{_HAN}]{{2,6}}部[{_HAN}]{{2,6}}", line))), None
    )
