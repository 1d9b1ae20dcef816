"""A post told beside a meeting (见了王建国王工，技术负责人): who he is, not what is new of him.

Where another post is stored it is asked about, and the post of somebody else who was there is none of his.
"""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.reader.reading import Message, Reading

_MET = lazy.regex(
    "(?:见|碰|遇|会|聊|谈|吃|坐|跑|走访|拜访|回访|接待|约见|面谈|沟通)(?:了|过|到|完|着|上)"
    "|(?:见|碰)(?:了|过)?(?:一?面|个面)|(?:拜访|走访|回访|接待)|通(?:了|过)?(?:个)?电话"
)
_NEWS = lazy.regex(
    "升|提拔|晋|[改换变调转]|[接担现新到]任|当[了上选]|现在|如今|目前|更新|更正|原来|以前|之前|不[是当做干]|职[位务称]|头衔|title|名片"
)
_BESIDE = lazy.regex(
    "(?:[和跟与同、]|还有|以及|连同|带着)[^,，。;； 和跟]{0,8}$"
    "|(?:他|她|它)们?(?:那个|的|家|公司|厂里?|店里?|单位)?(?:新来?的?)?$"
)


def is_told(text: str) -> bool:
    """True where the text tells of a meeting and of nothing that has changed.

    >>> is_told("见了孙丽，技术负责人"), is_told("见了孙丽 她升总监了"), is_told("孙丽是技术负责人")
    (True, False, False)
    """
    return _MET.search(text) is not None and _NEWS.search(text) is None


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a post told beside a meeting replaces none that is stored unless the rep says so."""
    found, known = reading.fields, reading.customer
    if reading.action != "update" or reading.ask or found is None or known is None or not found.title:
        return reading
    others = (found.name, found.company, found.region, found.industry, found.birthdays, found.mobile, found.wechat)
    if any(others) or message.contact or not is_told(message.body):
        return reading
    before = message.body[: max(message.body.find(found.title), 0)]
    is_anothers = _BESIDE.search(before) is not None or message.who.words not in before.lower()
    if is_anothers or (known.title and (found.title in known.title or known.title in found.title)):
        return _as_note(message) or reading
    if not known.title:
        return reading
    asked = replace(reading, action="unclear", customer=None, candidates=(known,), fields=None, ask="what_action")
    return replace(asked, likely=("update", "note"), confidence=0.4)


def _as_note(message: Message) -> Reading | None:
    from nlp.reader import chosen  # it builds Readings from all readers, this one among them

    return chosen.as_action("note", message)
