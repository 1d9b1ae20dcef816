"""What rules and marker say of somebody together, but for values that cannot be: a piece of a handle, stray English."""

import re
from dataclasses import replace

from nlp.fields import Fields, companies, jobs
from nlp.marking import leads as marker

_HANDLE = re.compile(r"[A-Za-z0-9]+[_.@-][A-Za-z0-9_.@-]*[A-Za-z0-9]|[A-Za-z]+\d[A-Za-z0-9]{2,}")
_BESIDE = re.compile(r"(?i)^(?:(?:should be|is now|is|was|as|to|now|an?|the)\s+)+|[,，]?\s+(?:not|instead of)\s.*$")


def newcomer(text: str, found: Fields) -> Fields:
    """The fields of somebody new, with name, firm, post and place as the marker sees them."""
    return _possible(text, marker.newcomer(text, found), found)


def news(text: str, found: Fields, known: str) -> Fields:
    """The same for what is new of the customer whom `known` names."""
    told = _possible(text, marker.news(text, found, known), found)
    if (
        told.title
        and text.count(told.title) == 1
        and re.search(rf"[不没别未](?:再|是|当|做|任|干)+{re.escape(told.title)}", text)
    ):
        told.title = None  # 不当店长了: what he is no more
    return told


def _possible(text: str, told: Fields, by_rules: Fields) -> Fields:
    """The fields without what only a handle holds, and without English words that name no post."""
    bare, told = _HANDLE.sub(" ", text), replace(told)
    for field in ("name", "company", "title"):
        value = getattr(told, field)
        if value and value in text and value not in bare and value != getattr(by_rules, field):
            setattr(told, field, None)
    post = jobs.spelled(_BESIDE.sub("", told.title)) if told.title else None
    told.title = post if post and jobs.may_be_title(post) and not companies.is_trade(post) else None
    return told
