"""What a note says outright that it is not: 不是投诉 就是退两箱 is no complaint, whatever its other words are like.

Nor is who brought somebody (是美玲介绍的) a good word of the newcomer.
"""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.tagger import Tags

COMPLAINT, PRAISE = "complaint", "praise"
_BROUGHT = lazy.regex("介[绍紹]人|(?:介[绍紹]|推[荐薦]|引[荐薦])(?:[过過]?[来來]|[给給]我[们們]?)?的")
_SAYS_WHO = lazy.regex("介|[绍紹]|推|[荐薦]|引|人|的|[客户戶]|朋友|[来來]|老|是")
_DENIED = lazy.regex(
    "(?:(?<!是)不是|(?<!算)不算|算不上|谈不上|称不上|(?<!有)没有?(?:在|想)?)(?:是|一?[个件]|什么|来|要)*(?:投诉|客诉)(?![吗么?？])"
)


def without(said: Tags, text: str) -> Tags:
    """The tags without a complaint that the text denies; a probability stays what it was."""
    if COMPLAINT not in said.intents or not _DENIED.search(text):
        return said
    evidence = {label: words for label, words in said.evidence.items() if label != COMPLAINT}
    return replace(said, intents=tuple(one for one in said.intents if one != COMPLAINT), evidence=evidence)


def without_praise(said: Tags, text: str) -> Tags:
    """The tags without a praise that nothing but the word of who brought him shows."""
    if _BROUGHT.search(text) is None or (PRAISE not in said.intents and said.sentiment != "positive"):
        return said
    shown = {label: said.evidence.get(label, ()) for label in (PRAISE, "positive")}
    if any(_SAYS_WHO.sub("", word) for words in shown.values() for word in words):
        return said
    evidence = {label: words for label, words in said.evidence.items() if label not in shown}
    sentiment = "neutral" if said.sentiment == "positive" else said.sentiment
    intents = tuple(one for one in said.intents if one != PRAISE)
    unsure = tuple(one for one in said.unsure if one != PRAISE)
    return replace(said, intents=intents, sentiment=sentiment, evidence=evidence, unsure=unsure)
