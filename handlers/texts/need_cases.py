"""What is said of a need: the list, the need with its stage, why it was lost, who else has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm import needs
from crm.needs import NeedCase
from crm.outbox import About
from crm.tables import Customer, Need
from handlers import buttons
from handlers.buttons import needs as presses
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, tags
from nlp import labels

LEVELS = {"basic": "基本", "expected": "期望", "latent": "潜在"}
STAGES = {"open": "待答复", "answered": "已答复，等结果", "won": "已成交", "lost": "没成", "withdrawn": "记录已撤销"}
HEADS = {
    "waiting": "待跟的需求",
    "open": "待答复的需求",
    "answered": "已答复的需求",
    "won": "成交的需求",
    "lost": "没成的需求",
}
REASONS = ("价格高", "交期赶不上", "没有这个货", "选了别家", "不需要了")
TYPE_REASON = "为什么没成？直接发几个字，例如：<code>账期谈不拢</code>"
NOT_FOUND = "找不到这个需求了，发 /needs 看现在的需求。"


def listed(
    cases: Sequence[NeedCase], which: str, offset: int, more: int | None, owners: bool, zone: ZoneInfo, now: datetime
) -> Say:
    """Needs, the newest first, a button each."""
    others = [code for code in ("waiting", "won", "lost") if code != which]
    last = [Button(HEADS[code].removesuffix("的需求"), presses.ListNeeds(code, 0)) for code in others]
    if more is not None:
        last.insert(0, Button("更多", presses.ListNeeds(which, more)))
    if not cases:
        told = "没有更多了。" if offset else f"没有{HEADS[which]}。记一笔：<code>张伟 想要加长的样品</code>"
        return Say(told, (tuple(last),))
    lines, made = [f"💡 <b>{HEADS[which]}</b>"], []
    for number, case in enumerate(cases, offset + 1):
        owner = f" · {esc(case.owner)}" if owners and case.owner else ""
        lines.append(
            f"{number}. <b>{esc(case.customer.name)}</b>{owner} {_about(case.need)}（{_when(case, zone, now)}）"
        )
        lines.append(f"　{esc(cards.clip(case.note.text, 50))}")
        made.append(Button(cards.clip(f"{number} {case.customer.name}", 16), presses.ShowNeed(case.need.need_id)))
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    return Say("\n".join(lines), (*rows, tuple(last)))


def shown(case: NeedCase, zone: ZoneInfo, now: datetime) -> Say:
    """One need at its stage, with what can be done."""
    row = case.need
    company = f"（{esc(case.customer.company)}）" if case.customer.company else ""
    reason = f"：{esc(row.reason)}" if row.reason else ""
    lines = [
        f"💡 <b>{LEVELS[row.level]}需求</b> · <b>{esc(case.customer.name)}</b>{company}",
        f"<i>{esc(cards.clip(case.note.text, 600))}</i>",
        f"🏷 {_about(row)} · {'没开口要' if row.latent else '开口要的'}",
        f"进度：<b>{STAGES[needs.stage(row)]}</b>{reason}（{_when(case, zone, now)}提出）",
    ]
    return Say("\n".join(lines), _rows(case), about=About(case.customer.customer_id, case.note.note_id))


def _rows(case: NeedCase) -> Rows:
    number, at = case.need.need_id, needs.stage(case.need)
    last = (
        Button("查看客户", buttons.ShowCustomer(case.customer.customer_id)),
        Button("返回列表", presses.ListNeeds("waiting", 0)),
    )
    others = Button("还有谁需要", presses.OthersInNeed(number, 0))
    if at in ("won", "lost"):
        return ((Button("重新打开", presses.ReopenNeed(number)), others), last)
    if at == "withdrawn":
        return (last,)
    first = [Button("已答复", presses.AnswerNeed(number))] if at == "open" else []
    first += [Button("成交了", presses.WinNeed(number, 0)), Button("没成", presses.AskLost(number))]
    return (tuple(first), (others, Button("改级别", presses.AskLevel(number))), last)


def why_lost(case: NeedCase) -> Say:
    """Why was it lost?"""
    number = case.need.need_id
    made = [Button(name, presses.LoseNeed(number, at)) for at, name in enumerate(REASONS)]
    made.append(Button("其他，我来写", presses.LoseNeed(number, -1)))
    rows = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    return Say(_asked(case, "为什么没成？"), (*rows, (Button("返回", presses.ShowNeed(number)),)))


def which_level(case: NeedCase) -> Say:
    """Of which level is it?"""
    number = case.need.need_id
    made = tuple(
        Button(f"{'● ' if code == case.need.level else ''}{name}", presses.SetLevel(number, code))
        for code, name in LEVELS.items()
    )
    told = "基本：没有就不行；期望：越多越好；潜在：客户没开口，我们看出来的。"
    return Say(f"{_asked(case, '是哪一级需求？')}\n{told}", (made, (Button("返回", presses.ShowNeed(number)),)))


def others(case: NeedCase, found: Sequence[NeedCase], offset: int, more: int | None, owners: bool) -> Say:
    """Who else has the need."""
    number = case.need.need_id
    back = Button("返回", presses.ShowNeed(number))
    if not found:
        return Say(f"您看得到的客户里，没有别人提过同样的需求（{_about(case.need)}）。", ((back,),))
    lines = [f"👥 <b>还有谁需要</b>（{_about(case.need)}）"]
    made = []
    for place, one in enumerate(found, offset + 1):
        owner = f" · {esc(one.owner)}" if owners and one.owner else ""
        lines.append(f"{place}. <b>{esc(one.customer.name)}</b>{owner}：{esc(cards.clip(one.note.text, 50))}")
        made.append(Button(cards.clip(f"{place} {one.customer.name}", 16), presses.ShowNeed(one.need.need_id)))
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    last = [Button("更多", presses.OthersInNeed(number, more))] if more is not None else []
    return Say("\n".join(lines), (*rows, (*last, back)))


def asked_for(what: str, found: Sequence[NeedCase], owners: bool) -> Say:
    """Who needs what was typed."""
    lines = [f"👥 提过“{esc(what)}”、还没了结的需求："]
    for place, one in enumerate(found, 1):
        owner = f" · {esc(one.owner)}" if owners and one.owner else ""
        lines.append(f"{place}. <b>{esc(one.customer.name)}</b>{owner}：{esc(cards.clip(one.note.text, 50))}")
    made = [Button(cards.clip(f"{at} {one.customer.name}", 16), presses.ShowNeed(one.need.need_id)) for at, one in
            enumerate(found, 1)]  # fmt: skip
    return Say("\n".join(lines), tuple(tuple(made[i : i + 3]) for i in range(0, len(made), 3)))


def of_customer(customer: Customer, found: Sequence[NeedCase], zone: ZoneInfo, now: datetime) -> Say:
    """The needs of one customer that wait."""
    see = (Button("查看客户", buttons.ShowCustomer(customer.customer_id)),)
    if not found:
        told = f"<b>{esc(customer.name)}</b> 没有待跟的需求。"
        return Say(told, (see,), about=About(customer.customer_id))
    lines, made = [f"💡 <b>{esc(customer.name)}</b> 的需求"], []
    for number, case in enumerate(found, 1):
        stage = STAGES[needs.stage(case.need)]
        about = f"{_about(case.need)} · {stage} · {_when(case, zone, now)}"
        lines.append(f"{number}. {esc(cards.clip(case.note.text, 60))}（{about}）")
        made.append(Button(f"{number} {cards.clip(case.note.text, 10)}", presses.ShowNeed(case.need.need_id)))
    rows = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    return Say("\n".join(lines), (*rows, see), about=About(customer.customer_id))


def topic_named(words: str) -> str | None:
    """The topic that is called so."""
    return next((label for label in labels.TOPICS if tags.NAMES[label] == words), None)


def won_by(found: Sequence[tuple[Need, str]], order_id: int) -> Rows:
    """Below an order: which need it may have been for."""
    return tuple(
        (Button(f"需求「{cards.clip(text, 12)}」成交了", presses.WinNeed(row.need_id, order_id)),)
        for row, text in found
    )


def _asked(case: NeedCase, question: str) -> str:
    return f"<b>{esc(case.customer.name)}</b> 的需求：{question}\n<i>{esc(cards.clip(case.note.text, 120))}</i>"


def _about(row: Need) -> str:
    parts = [LEVELS[row.level], *([tags.NAMES[row.topic]] if row.topic in tags.NAMES else [])]
    return " · ".join([*parts, *([esc(row.product)] if row.product else [])])


def _when(case: NeedCase, zone: ZoneInfo, now: datetime) -> str:
    return days.ago(case.need.opened_at, zone, now)
