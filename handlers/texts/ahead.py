"""What is told of the days to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from crm.agenda_ahead import Thing
from crm.members import Actor
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, repetitions
from handlers.texts import customers as customer_texts

SHOWN = 6


def page(
    words: str,
    span: tuple[date, date],
    found: Sequence[Thing],
    actor: Actor,
    now: datetime,
    draft_id: int,
    offset: int,
    names: Mapping[int | None, str] | None = None,
    missing: str = "",
) -> Say:
    """How much there is, six things with their day, and a button for each customer.

    `names`: whose each is, where they are several people's; `missing`: a word that is in none of them.
    """
    head = f"📅 <b>{esc(words)}</b>（{_span(*span)}）"
    today_button = Button("今天的事", buttons.Today(0, 0, 0))
    if not found:
        return Say(f"{head}：还没有安排。\n定一个：<code>提醒 明天下午3点 给王总回电话</code>", ((today_button,),))
    tasks = sum(thing.task is not None for thing in found)
    counted = [f"{tasks} 件待办"] * (tasks > 0) + [f"{len(found) - tasks} 位生日"] * (tasks < len(found))
    shown = found[offset : offset + SHOWN]
    without = [f"没有写「{esc(missing)}」的，这几天的都在这里："] * bool(missing)
    lines = [f"{head} · {'、'.join(counted)}", *without]
    lines += [_line(thing, actor, now) + _whose(thing, actor, names or {}) for thing in shown]
    more = offset + SHOWN if offset + SHOWN < len(found) else None
    return Say("\n".join(lines), _rows(shown, draft_id, more, today_button))


def with_team(say: Say, when: str, others: int) -> Say:
    """One's own days, and how much the colleagues have."""
    if others <= 0:
        return say
    return replace(say, text=f"{say.text}\n👥 团队另有 {others} 件，发 <code>大家{esc(when)}的安排</code> 看。")


def _whose(thing: Thing, actor: Actor, names: Mapping[int | None, str]) -> str:
    """The colleague whose it is."""
    whose = thing.task.assignee_id if thing.task is not None else None
    return f" · {esc(names[whose])}" if whose in names and whose != actor.member_id else ""


def all_open(found: Sequence[Thing], actor: Actor, now: datetime, draft_id: int, offset: int) -> Say:
    """Every open task, page by page."""
    today_button = Button("今天的事", buttons.Today(0, 0, 0))
    if not found:
        return Say("没有未完成的提醒。\n定一个：<code>提醒 明天下午3点 给王总回电话</code>", ((today_button,),))
    shown = found[offset : offset + SHOWN]
    lines = [f"⏰ <b>全部提醒</b> · {len(found)} 件待办", *(_line(thing, actor, now) for thing in shown)]
    more = offset + SHOWN if offset + SHOWN < len(found) else None
    return Say("\n".join(lines), _rows(shown, draft_id, more, today_button))


def later(found: Sequence[Thing], actor: Actor, now: datetime) -> str:
    """How much is open where nothing is of today, and what comes first."""
    return f"之后还有 {len(found)} 件待办，全部发 <code>我的任务</code>：\n{_line(found[0], actor, now)}"


def nobody(name: str) -> Say:
    """No colleague has this name."""
    return Say(f"团队里没有叫「{esc(name)}」的同事。")


def _span(first: date, last: date) -> str:
    named = f"{first.month}月{first.day}日 周{days.WEEKDAYS[first.weekday()]}"
    return named if first == last else f"{first.month}月{first.day}日–{last.month}月{last.day}日"


def _line(thing: Thing, actor: Actor, now: datetime) -> str:
    named = esc(customer_texts.label(thing.customer)) if thing.customer is not None else ""
    if thing.task is None:
        return f"· {days.day(thing.on, actor.today(now))} 🎂 {named} 生日"
    if thing.on == actor.local(thing.task.due_at).date():
        when = days.moment(thing.task.due_at, thing.task.has_time, actor.zone, now)
    else:
        when = days.day(thing.on, actor.today(now))
    again = f" · 🔁 {repetitions.spoken(thing.task.recurrence)}" if thing.task.recurrence else ""
    return f"· {when} ⏰ {esc(cards.clip(thing.task.what, 40))}{f' · {named}' if named else ''}{again}"


def _rows(shown: Sequence[Thing], draft_id: int, more: int | None, last: Button) -> Rows:
    named = {thing.customer.customer_id: thing.customer.name for thing in shown if thing.customer is not None}
    made = [Button(cards.clip(name, 12), buttons.ShowCustomer(key)) for key, name in named.items()]
    rows = tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
    following = (Button("更多", buttons.MoreAhead(draft_id, more)),) if more is not None else ()
    return (*rows, (*following, last))
