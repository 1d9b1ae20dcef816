"""Whom to ask for on an errand to a known customer: a driver's or keeper's number, which makes nobody a customer."""

import re

from nlp import lazy
from nlp.fields import Fields
from nlp.reader import cues
from nlp.reader.reading import Message

_HANDS = lazy.regex("司机|保管员?|仓管员?|库管员?|门卫|保安|门房|传达室|送货员|跟车|装卸工?|收货员?|理货员?|师傅")
_ERRAND = lazy.regex("[送提收卸取拉装验]货|到了|到时候?|过去|找|联系[他她]|报[他她]")


def is_meant(text: str) -> bool:
    """True where a driver, keeper or the like is to be asked for, or comes: 陈志强的司机小张电话…明天来拉货."""
    return _HANDS.search(text) is not None and _ERRAND.search(text) is not None


def told(message: Message, found: Fields) -> bool:
    """True for the number of a driver or keeper to ask for: 给张伟送货的司机老范电话…, 刘洋说提货找保管员老孟…."""
    words, body = message.who.words, message.body
    at = body.find(words)
    known = message.who.known
    own = f"{known.name} {known.company or ''}" if known is not None else ""  # 志强 of 陈志强的司机 is no firm
    if not words or at < 0 or not found.name or found.name == words or cues.NEW.search(body):
        return False
    if found.company and found.company not in own:
        return False
    behind = body[at + len(words) :]
    whose = body[:at].endswith("给") or re.match("(?:说|那边|他们|家|仓库|厂里?|工地|的)", behind)
    return bool(whose) and is_meant(body)
