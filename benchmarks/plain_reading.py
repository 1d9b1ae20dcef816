"""What a few patterns reach: the runnable baseline beside the readers of messages and lead lines."""

import re
from collections.abc import Sequence
from typing import Any

from nlp import lexicon
from nlp.reader import Known

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_KEYWORDS = (
    ("remind", "提醒|记得"),
    ("done", "完成|搞定"),
    ("today", "今天.*(?:任务|安排)|待办"),
    ("complaints", "^投诉|投诉.*(?:吗|哪些)"),
    ("risk", "流失"),
    ("summary", "汇总|多少客户"),
    ("find", "^(?:查|找)"),
    ("order", "下单|订单|订了"),
)


def message(text: str, known: Sequence[Known]) -> dict[str, Any]:
    """Action by the first keyword, the customer by the full name, otherwise a note or a new customer with a number."""
    named = next((c.name for c in known if c.name in text), None)
    number = _MOBILE.search(text)
    action = next((action for action, words in _KEYWORDS if re.search(words, text)), None)
    if action is None:
        action = "add_customer" if number and not named else "note" if named else "unclear"
    fields = {"phone": number.group() if number else None, "note": text}
    return {"action": action, "customer": named, "fields": fields, "ask": "which" if action == "unclear" else None}


def lead(text: str) -> dict[str, Any]:
    """Words between spaces, each by its own look: digits, mail, company suffix, job, city, else the name."""
    found: dict[str, Any] = {"mobile": _MOBILE.findall(text), "email": _MAIL.findall(text)}
    for word in re.split(r"[\s,，;；/|]+", text):
        if re.search(lexicon.alternatives("company_suffixes") + "$", word):
            found.setdefault("company", word)
        elif re.search(lexicon.alternatives("titles") + "$", word):
            found.setdefault("title", word)
        elif word[:2] in lexicon.words("regions"):
            found.setdefault("region", word[:2])
        elif re.fullmatch(lexicon.alternatives("surnames") + "[\u4e00-\u9fff]{1,2}", word):
            found.setdefault("name", word)
    return found
