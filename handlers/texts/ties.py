"""Relations and survey answers in short, for the card of a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm.relations import Linked
from crm.seeds import Brought
from crm.tables import SurveyAnswer
from handlers.say import esc

NAMES = {"household": "家人", "friend": "朋友", "colleague": "同事", "referred": "介绍人"}
OTHERS = 3


def tie(link: Linked) -> str:
    """What the two are to each other."""
    return esc(link.relation.label) if link.relation.label else NAMES[link.relation.kind]


def lines(found: Sequence[Linked], brought: Brought | None, answers: Mapping[str, SurveyAnswer]) -> list[str]:
    """Two lines at most; none where nothing is known."""
    parts = [f"{esc(one.other.name)} 介绍来的" for one in found if _is_referrer(one)]
    if brought is not None and brought.number:
        parts.append(f"带来 {brought.number} 位客户（{brought.buyers} 位下过单）")
    others = [one for one in found if one.relation.kind != "referred"]
    parts += [f"{tie(one)} {esc(one.other.name)}" for one in others[:OTHERS]]
    parts += [f"等 {len(others)} 位"] if len(others) > OTHERS else []
    return [f"🕸 {'；'.join(parts)}"] * bool(parts) + _scores(answers)


def _is_referrer(link: Linked) -> bool:
    return link.relation.kind == "referred" and link.relation.other_id == link.other.customer_id


def _scores(answers: Mapping[str, SurveyAnswer]) -> list[str]:
    named = {"nps": "打分 {}/10", "satisfaction": "满意度 {}/5"}
    parts = [
        f"{words.format(answers[survey].score)}（{answers[survey].answered_on.month}月{answers[survey].answered_on.day}日）"
        for survey, words in named.items()
        if survey in answers
    ]
    return [f"⭐ {'，'.join(parts)}"] if parts else []
