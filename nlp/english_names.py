"""English first names: by which of them a customer is called, and whom a message opens with."""

import re
from functools import lru_cache

from nlp import lazy, lexicon, names

_PARTS = lazy.regex(r"(?:(?:Mr|Ms|Mrs|Miss|Dr)\.?\s+)?(?P<first>[A-Za-z]{3,12})(?:[\s-]+[A-Za-z][A-Za-z.'-]*){1,3}")
_LAST = lazy.regex(r"\s++(?P<last>[A-Z][a-z]+)(?![A-Za-z])")
_OPENING = lazy.regex(
    r"^\s*(?:(?:今天|昨天|刚才|刚刚|上午|下午|早上|晚上|跟|和|给|记一?下?|订单|下单|回款|见了?)[:：,， ]*)*"
    r"(?P<first>[A-Za-z]{3,12})(?P<last>\s[A-Z][a-z]{2,14})?(?P<then>(?:'s|’s)?\s?[一-鿿])"
)
# What only a person does, right behind his name.
_DOES = lazy.regex(
    r"(?:那边|这边)?(?:又|还|也|就|今天|昨天|刚才?|已经|终于|一直|都|说|回|来){0,8}"
    r"(?:说|问(?!题)|嫌|觉得|想|催|打[来电]|来电|回[复信邮]|要求|让我|叫我|约我|付了|下了?单|下订|签了|答应|同意|抱怨|投诉|生病|休假|结婚)"
)
_DOES_OR_HAS = lazy.regex(rf"['’]s|\s?(?:{_DOES.pattern}|要|的|[付给拿订]|想)")
_ORDINARY = frozenset(("may", "will", "mark", "bill", "grace", "rose", "penny", "frank", "max", "jan", "sue", "jay"))
_FIRMS = frozenset(("amazon", "target", "walmart", "costco", "tesco", "shopee", "lazada", "temu", "shein", "ebay"))


@lru_cache(maxsize=4096)
def first_name(name: str) -> str | None:
    """The first name of who is entered in Latin letters with more than that, lower case; None of pinyin and firms.

    >>> first_name("Mark Thompson"), first_name("Zhang Wei"), first_name("Golden Palm"), first_name("Sarah")
    ('mark', None, None, None)
    """
    parts = _PARTS.fullmatch(name.strip())
    if parts is None or names.is_no_person(name):
        return None
    first = parts["first"].lower()
    return first if first in lexicon.words("english_names") else None


def stands(text: str, first: str, name: str) -> int:
    """Where the text calls who has this name by his first name; -1 where it does not, or names a namesake.

    Of what is an ordinary word, too, only with a capital, or before what a person does: 'you may' is nobody.
    """
    for match in re.finditer(rf"(?i)(?<![A-Za-z]){re.escape(first)}(?![A-Za-z])", text):
        word, rest = match.group(), text[match.end() :]
        if not word[0].isupper() and first in _ORDINARY and not _DOES_OR_HAS.match(rest):
            continue
        other = _LAST.match(rest)
        is_another = other and other["last"].lower() not in name.lower() and not names.is_no_person(other["last"])
        if word[0].isupper() and is_another:
            continue
        return match.start()
    return -1


def opening(text: str) -> str | None:
    """The person whom a Chinese sentence opens with by an English name, or None.

    >>> opening("Emma要3款样品"), opening("Logo改好了"), opening("Saskia说价格偏高"), opening("客户要样品")
    ('Emma', None, 'Saskia', None)
    """
    match = _OPENING.match(text)
    first = match["first"] if match else ""
    if match is None or names.is_no_person(first) or first.lower() in _FIRMS:
        return None
    listed = first.lower() in lexicon.words("english_names")
    does = first[0].isupper() and first[1:].islower() and _DOES.match(text, match.end() - 1)
    if not (listed or does):
        return None
    return f"{first}{match['last'] or ''}"
