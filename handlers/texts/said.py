"""What is told of the notes that hold some words."""

from __future__ import annotations

from datetime import datetime

from charts import figures
from crm.members import Actor
from crm.said import RECENT, Asked, Found
from crm.tables import Customer, Note
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days
from handlers.texts import questions as question_texts

HOW_TO = (
    "在记录里找什么？例如：<code>翻记录 涨价</code>、<code>翻记录 昨天</code>；也可以直接问 <code>谁提到过竞品</code>。"
)
CUT = f"（只翻了最近 {RECENT:,} 条记录）"
AROUND = 44  # characters of a note


def page(wanted: Asked, found: Found, actor: Actor, now: datetime, draft_id: int, following: int | None) -> Say:
    """Five notes, each with its day and customer, and a button for each customer."""
    head, cut = _head(wanted, found, actor), CUT if found.is_cut else ""
    if (mate := wanted.author) and not found.notes and mate.member_id != actor.member_id and not actor.sees_team:
        return Say(f"您只能看您自己的客户，其中没有{esc(mate.name)}的记录。")
    if not found.notes and not wanted.sought.terms:
        return Say("\n".join([f"{head}还没有{cut}。", *_deeds(found)]))
    if not found.notes:
        return Say(
            f"{head}没有{cut}。\n换个词再试：<code>翻记录 涨价</code>，"
            "或者发 <code>查 姓名</code> 看那位客户的全部记录。"
        )
    forms = [form for term in wanted.sought.terms for form in term.forms]
    lines = [head, *(_line(note, customer, forms, actor, now) for note, customer in found.notes)]
    lines += [*[cut] * bool(cut), *_deeds(found)]
    return Say("\n".join(lines), _rows([customer for _, customer in found.notes], draft_id, following))


def _deeds(found: Found) -> list[str]:
    """What was sold and ended on these days, if anything."""
    done = found.deeds
    if done is None:
        return []
    sold = [f"🧾 成交 {done.orders} 单，净额 {figures.yuan(done.fen)}"] if done.orders or done.fen else []
    return [*sold, *[f"☑️ 办完 {done.tasks} 件待办"] * (done.tasks > 0)]


def _head(wanted: Asked, found: Found, actor: Actor) -> str:
    period, words = wanted.sought.period, wanted.sought.words
    author = wanted.author
    is_of_all = author is None and not words
    whose = (
        ("全队" if is_of_all else "")
        if author is None
        else "您"
        if author.member_id == actor.member_id
        else f"{esc(author.name)} "
    )
    when = f" · {question_texts.span(period)}" if period is not None else ""
    if found.instead and found.notes:
        return f"📝 没有同时提到「{esc(words)}」的，这些提到「{esc(found.instead)}」{when}："
    what = f"提到「{esc(words)}」的记录" if words else "的记录"
    count = f"，{found.count} 条" if found.count else ""
    return f"📝 {whose}{what}{when}{count}："


def _line(note: Note, customer: Customer, forms: list[str], actor: Actor, now: datetime) -> str:
    return (
        f"· {days.ago(note.created_at, actor.zone, now)} <b>{esc(customer.name)}</b>：{esc(_around(note.text, forms))}"
    )


def _around(text: str, forms: list[str]) -> str:
    """The part of the note in which the first of the words stands."""
    plain = " ".join(text.split())
    at = min((place for form in forms if (place := plain.lower().find(form)) >= 0), default=0)
    start = max(0, at - AROUND // 2) if len(plain) > AROUND else 0
    return f"{'…' if start else ''}{cards.clip(plain[start:], AROUND)}"


def _rows(seen: list[Customer], draft_id: int, following: int | None) -> Rows:
    named = {customer.customer_id: customer.name for customer in seen}
    shown = [Button(cards.clip(name, 12), buttons.ShowCustomer(key)) for key, name in named.items()]
    rows = [tuple(shown[at : at + 3]) for at in range(0, len(shown), 3)]
    return (*rows, (Button("更多", buttons.MoreSaid(draft_id, following)),)) if following is not None else tuple(rows)
