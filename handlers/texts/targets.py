"""Words around targets: set, progress with its pace, and what the figures mean."""

from __future__ import annotations

from datetime import date

from charts import figures
from crm import months
from crm.targets import Progress, Set, Standing, WhoseTarget
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts.cards import money

EXAMPLE = "目标 小李 本月 30万"
HOW_TO = f"定目标：<code>{EXAMPLE}</code>，全队：<code>目标 团队 本月 100万</code>"
NO_AMOUNT = f"没看出金额，请这样写：<code>{EXAMPLE}</code>（取消：<code>目标 小李 本月 0</code>）"
IMPOSSIBLE = "目标要在 0 到 1000 亿元之间，没有改动。"
NOT_SEEN = "没有可看的目标进度：您只能看您自己的。"
SHOWN = 12


def page(found: Standing, today: date, is_manager: bool) -> Say:
    """How a month stands."""
    month, whole = months.name(found.month, today), found.whole
    lines = [f"🎯 <b>{esc(whole.name)}</b> · {month}目标", _line(whole, today, found.month, is_first=True)]
    if found.members:
        lines.append("")
    lines += [f"· {esc(one.name)}：{_line(one, today, found.month)}" for one in found.members[:SHOWN]]
    if len(found.members) > SHOWN:
        lines.append(f"另有 {len(found.members) - SHOWN} 位")
    if is_manager:
        lines.append(HOW_TO)
    return Say("\n".join(lines), _rows(found.month))


def one(found: Standing, name: str, today: date) -> Say:
    """How the month of one colleague stands."""
    mine = next((one for one in (*found.members, found.whole) if one.name == name), None)
    told = NOT_SEEN if mine is None else _line(mine, today, found.month, is_first=True)
    return Say(f"🎯 <b>{esc(name)}</b> · {months.name(found.month, today)}目标\n{told}", _rows(found.month))


def was_set(done: Set, team: str, today: date) -> Say:
    """A target was set, taken away or taken back."""
    row, whose = done.target, done.member.name if done.member else team
    head = f"{esc(whose)} {months.name(row.month, today)}目标"
    if not done.changed:
        text = f"{head} 本来就是 {_or_none(row.amount_fen)}，没有改动。"
    else:
        before = f"（原来 {_or_none(row.before_fen)}）" if row.before_fen else ""
        text = f"✅ {head}：{_or_none(row.amount_fen)}{before}"
    undo = (Button("撤销", buttons.UndoTarget(row.target_id)),) if done.changed else ()
    return Say(text, ((*undo, Button("看进度", buttons.ShowTargets(number(row.month)))),))


def whose(error: WhoseTarget) -> Say:
    """Nobody of that name."""
    named = str(error.args[0])
    told = f"没有叫「{esc(named)}」的同事" if named else "这位同事不在团队里了"
    return Say(f"{told}，没有改动。{HOW_TO}")


def definition(found: Standing) -> Say:
    """What the figures of the targets mean."""
    pace = found.whole.pace
    lines = [
        "📐 <b>目标进度的口径</b>",
        "完成：当月订单净额（已减退货），数到现在；谁卖的算谁的，客户后来转给别人也不变。",
        f"应到 = 目标 × 已过工作日 ÷ 当月工作日（{pace.worked}/{pace.total}，含今天；按国家放假和调休安排）。",
        "没有单定团队目标时，用各人目标之和，完成也只算定了目标的人；取消目标就定成 0。",
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.ShowTargets(number(found.month))),),))


def number(month: date) -> int:
    """A month as the buttons hold it: 202603."""
    return month.year * 100 + month.month


def _line(one: Progress, today: date, month: date, is_first: bool = False) -> str:
    sold = f"完成 <b>{figures.yuan(one.sold_fen)}</b>" if is_first else figures.yuan(one.sold_fen)
    if one.target_fen is None:
        return f"{sold}{'，还没定目标' if is_first else '（没定目标）'}"
    told = f"{sold} / {figures.yuan(one.target_fen)}（{figures.share(one.sold_fen, one.target_fen)}）"
    if is_first and one.sold_fen < one.target_fen:
        told += f"，还差 {figures.yuan(one.target_fen - one.sold_fen)}"
    if one.is_sum:
        told += "，目标是各人合计"
    if one.others_fen:
        told += f"（只算定了目标的；其他人 {figures.yuan(one.others_fen)}）"
    return f"{told}{_pace(one, today, month, is_first)}"


def _pace(one: Progress, today: date, month: date, is_first: bool) -> str:
    due, pace = one.due_fen or 0, one.pace
    if month > months.first(today):
        return ""
    off = one.sold_fen - due
    mark = "🟢 超" if off >= 0 else "🟠 差"
    if month < months.first(today):
        return f" {mark} {figures.yuan(abs(off))}"
    if not is_first:
        return f" {'🟢 快' if off >= 0 else '🟠 慢'} {figures.yuan(abs(off))}"
    side = "快" if off >= 0 else "慢"
    return (
        f"\n按工作日（{pace.worked}/{pace.total}）应到 {figures.yuan(due)}，"
        f"{'🟢' if off >= 0 else '🟠'} {side} {figures.yuan(abs(off))}"
    )


def _or_none(fen: int) -> str:
    return money(fen) if fen else "没有目标"


def _rows(month: date) -> Rows:
    before, after = number(months.shifted(month, -1)), number(months.shifted(month, 1))
    first = (Button("◀ 上月", buttons.ShowTargets(before)), Button("下月 ▶", buttons.ShowTargets(after)))
    return (first, (Button("预测", buttons.ShowForecast()), Button("口径", buttons.DefineTargets(number(month)))))
