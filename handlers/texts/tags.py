"""Tags in Chinese, with the words that caused them, and the toggles that correct them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm.tables import Customer, Note, NoteTag
from handlers import buttons
from handlers.say import Button, Say, esc
from nlp import bare_words

NAMES = {
    "complaint": "投诉",
    "need_explicit": "显在需求",
    "need_latent": "潜在需求",
    "buying": "购买意向",
    "churn": "流失征兆",
    "praise": "满意",
    "promise": "承诺待办",
    "competitor": "竞品",
    "quality": "质量",
    "price": "价格",
    "delivery": "交付",
    "service": "服务",
    "product": "产品",
    "billing": "账务",
    "support": "培训支持",
    "trial": "样品试用",
    "urgent": "紧急",
}
MOODS = {"negative": "😟 不满", "neutral": "😐 平常", "positive": "😊 满意"}
NEXT_MOOD = {"negative": "neutral", "neutral": "positive", "positive": "negative"}
PAGES = (
    ("complaint", "need_explicit", "need_latent", "buying", "churn", "praise"),
    ("promise", "competitor", "sentiment", "urgent", "quality", "price"),
    ("delivery", "service", "product", "billing", "support", "trial"),
)
EVIDENCE_SHOWN = 2  # words a tag
_TELLING = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z0-9]{2}")  # a single character explains nothing


def line(note: Note, tags: Sequence[NoteTag]) -> str:
    """The tags of a note: 『嫌交期慢』→ 投诉·交付; 😟 不满; ❗紧急. Empty when there is nothing to say."""
    if not note.tagged:
        return "🏷 标签稍后补上"
    parts = [*_by_evidence(note, tags)]
    if note.sentiment in ("negative", "positive"):
        parts.append(MOODS[note.sentiment])
    if note.urgent:
        parts.append("❗紧急")
    return "🏷 " + "；".join(parts) if parts else ""


def short(note: Note, tags: Sequence[NoteTag]) -> str:
    """The tags without their evidence, for lists."""
    names = [NAMES[tag.label] for tag in tags if tag.label in NAMES]
    return "·".join([*names, *(["❗紧急"] if note.urgent else [])])


def toggles(note: Note, customer: Customer, tags: Sequence[NoteTag], page: int) -> Say:
    """The labels as toggles: ✅ holds, one tap changes it."""
    page = page if 0 <= page < len(PAGES) else 0
    present = {tag.label for tag in tags}
    made = [_toggle(note, label, present, page) for label in PAGES[page]]
    following = buttons.EditTags(note.note_id, (page + 1) % len(PAGES))
    last = (Button("更多标签", following), Button("完成", buttons.TagsDone(note.note_id)))
    head = f"改 <b>{esc(customer.name)}</b> 这条记录的标签，点一下就改："
    text = f"{head}\n<i>{esc(_clip(note.text))}</i>\n{line(note, tags)}"
    return Say(text, (*(tuple(made[i : i + 2]) for i in range(0, len(made), 2)), last))


def _toggle(note: Note, label: str, present: set[str], page: int) -> Button:
    if label == "sentiment":
        mood = note.sentiment or "neutral"
        return Button(MOODS[mood] + " ⟳", buttons.CorrectTag(note.note_id, NEXT_MOOD[mood], True, page))
    holds = note.urgent if label == "urgent" else label in present
    mark = "✅ " if holds else ""
    return Button(mark + NAMES[label], buttons.CorrectTag(note.note_id, label, not holds, page))


def _by_evidence(note: Note, tags: Sequence[NoteTag]) -> list[str]:
    """Labels that the same words caused stand together."""
    grouped: dict[str, list[str]] = {}
    for tag in tags:
        told = [
            word
            for word in (note.evidence or {}).get(tag.label, [])
            if _TELLING.search(word) and bare_words.explains(word, tag.label)
        ]
        words = "、".join(told[:EVIDENCE_SHOWN])
        grouped.setdefault(words, []).append(NAMES.get(tag.label, tag.label))
    return [f"『{esc(words)}』→ {'·'.join(names)}" if words else "·".join(names) for words, names in grouped.items()]


def _clip(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
