"""What a note says outright that it is not: 不是投诉 就是退两箱 is no complaint, whatever its other words are like."""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.tagger import Tags

COMPLAINT = "complaint"
_DENIED = lazy.regex(
    "(?:(?<!是)不是|(?<!算)不算|算不上|谈不上|称不上|(?<!有)没有?(?:在|想)?)(?:是|一?[个件]|什么|来|要)*(?:投诉|客诉)(?![吗么?？])"
)


def without(said: Tags, text: str) -> Tags:
    """The tags without a complaint that the text denies; a probability stays what it was."""
    if COMPLAINT not in said.intents or not _DENIED.search(text):
        return said
    evidence = {label: words for label, words in said.evidence.items() if label != COMPLAINT}
    return replace(said, intents=tuple(one for one in said.intents if one != COMPLAINT), evidence=evidence)
