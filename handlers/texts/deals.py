"""Words around deals: the card, what was done with it, the list, and what the figures mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from charts import figures
from crm.deal_lists import Listed, Pipeline
from crm.deal_stages import LOST, WON
from crm.deals import OPEN, TERM, DealClosed, DealImpossible, Shown
from crm.orders import Placed
from crm.outbox import About
from crm.tables import Customer, Deal, DealMove
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, customers, days
from handlers.texts.cards import money

EXAMPLE = "商机 张伟 8万 螺栓 6月底"
HOW_TO = f"谁、多少钱、什么时候成，写在一条里就行，例如：<code>{EXAMPLE}</code>"
NO_AMOUNT = f"没看出金额，请写成数字再发一次，例如：<code>{EXAMPLE}</code>"
NO_CUSTOMER = f"这笔商机是谁的？请加上客户名，例如：<code>{EXAMPLE}</code>"
NOT_FOUND = "找不到这笔商机，可能不在您名下了。发 <code>商机</code> 看现在的。"
NOT_LAST = "后来又改过，不能只撤销这一步了。发 <code>商机</code> 打开它，从最近的一步撤起。"
ASK_AMOUNT = "实际成交多少？直接发数字，例如：<code>85000</code>"
ASK_REASON = "为什么没成？直接发一句话（80 字以内）。"
ASK_CHANGE = "发新的金额或日期，例如：<code>9万</code>、<code>7月15日</code>、<code>9万 7月底</code>"
NOT_UNDERSTOOD = f"没看出金额或日期。{ASK_CHANGE}"
REASONS = ("价格", "竞品", "没预算", "需求没了", "交期", "联系不上")
IMPOSSIBLE = {
    "amount": "金额要大于 0、小于 1000 亿元，请改一下再发。",
    "date": f"预计成交的日子要从今天起、五年以内，例如：<code>{EXAMPLE}</code>",
}
CLOSED = {
    WON: "这笔已经成交了，要改先撤销成交。",
    LOST: "这笔已经记成流失了，要继续跟请先 [重新打开]。",
    OPEN: "这笔还在谈，没有成交也没有流失。",
    "gone": "这笔商机已经撤销了，要用请先点 [恢复]。",
}
SHOWN_MOVES = 6


def card(found: Shown, zone: ZoneInfo, now: datetime, head: str = "", can_undo: bool = False) -> Say:
    """The deal with what can be done next."""
    deal, about = found.deal, About(found.customer.customer_id)
    if deal.deleted_at is not None:
        text = f"↩️ 已撤销商机：{_line(found)}" if found.changed else f"这笔商机已经撤销过了：{_line(found)}"
        return Say(text, ((Button("恢复", buttons.RestoreDeal(deal.deal_id)), _customer(found)),), about=about)
    today = now.astimezone(zone).date()
    lines = [head, f"💼 <b>{esc(customers.label(found.customer))}</b>{_what(deal)}", f"💰 {_standing(found)}"]
    if deal.state == OPEN:
        lines.append(_expected(deal, today))
    if found.is_guess:
        lines.append(f"（没写日期，先按 {TERM.days} 天后；点 [改金额/日期] 写准）")
    lines.append(f"历程：{_history(found, zone)}")
    return Say("\n".join(line for line in lines if line), _rows(found, can_undo), about=about)


def won(found: Shown) -> Say:
    """The deal is won: is the order to be booked?"""
    deal = found.deal
    text = f"🎉 <b>{esc(found.customer.name)}</b>{_what(deal)} 成交 {money(deal.amount_fen)}！记成一张订单吗？"
    first = (
        Button(f"记订单 {money(deal.amount_fen)}", buttons.BookDeal(deal.deal_id, False)),
        Button("金额不同", buttons.BookDeal(deal.deal_id, True)),
    )
    last = (Button("不用记", buttons.ShowDeal(deal.deal_id)), _undo(found))
    return Say(text, (first, last), about=About(found.customer.customer_id))


def won_by(found: Sequence[Deal], order_id: int) -> Rows:
    """Below an order: which open deal it may be."""
    named = ((one, f"{cards.clip(one.what, 10)} " if one.what else "") for one in found)
    return tuple(
        (Button(f"商机「{what}{money(one.amount_fen)}」成交了", buttons.WinDeal(one.deal_id, order_id)),)
        for one, what in named
    )


def booked(found: Shown, placed: Placed | None) -> Say:
    """The order of a won deal stands."""
    if placed is None or found.order is None:
        text = f"订单已经记过了：{_line(found)}"
    else:
        text = (
            f"✅ 成交并记下订单 {money(placed.order.amount_fen)}："
            f"<b>{esc(found.customer.name)}</b>{_what(found.deal)}\n累计 {money(placed.total_fen)}"
        )
    return Say(text, ((_undo(found), _customer(found)),), about=About(found.customer.customer_id))


def ask_reason(found: Shown) -> Say:
    """The deal is lost: why?"""
    deal_id = found.deal.deal_id
    text = f"{_line(found)} 记成流失。因为什么？"
    made = [Button(reason, buttons.LoseBecause(deal_id, at)) for at, reason in enumerate(REASONS)]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = (Button("其他原因", buttons.LoseBecause(deal_id, -1)), _undo(found))
    return Say(text, (*rows, last), about=About(found.customer.customer_id))


def ask(sentence: str, found: Shown) -> Say:
    """A question about the deal."""
    return Say(f"{_line(found)}\n{sentence}", about=About(found.customer.customer_id))


def choose_stage(found: Shown) -> Say:
    """The stages to choose from."""
    deal_id, names = found.deal.deal_id, found.stages.names
    is_open = found.deal.state == OPEN
    made = [
        Button(f"{'● ' if is_open and name == found.deal.stage else ''}{name}", buttons.MoveDeal(deal_id, at))
        for at, name in enumerate(names)
    ]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    text = f"{_line(found)}\n现在到哪一步了？"
    return Say(text, (*rows, (Button("返回", buttons.ShowDeal(deal_id)),)), about=About(found.customer.customer_id))


def whose(fen: int, draft_id: int, candidates: Sequence[Customer], new_name: str | None, near: bool) -> Say:
    """Whose deal it is, when the words fit several or nobody."""
    made = [Button(customers.label(one)[:26], buttons.DealOf(draft_id, one.customer_id)) for one in candidates]
    rows = [tuple(made[at : at + 2]) for at in range(0, len(made), 2)]
    first = [Button(f"新客户：{new_name[:18]}", buttons.DealOfNew(draft_id))] if new_name else []
    rows.append((*first, Button("不保存", buttons.DropDraft(draft_id))))
    if not candidates:
        return Say(f"没找到「{esc(new_name or '')}」这位客户，{money(fen)} 的商机先留着，要新建客户吗？", tuple(rows))
    return Say(f"{money(fen)} 的商机是谁的？{'（没找到完全一样的名字）' if near else ''}", tuple(rows))


def listed(pipe: Pipeline, found: Sequence[Listed], offset: int, more: int | None, whose: str, today: date) -> Say:
    """The open deals, those whose day is over first."""
    if not pipe.number:
        return Say(f"💼 {esc(whose)}：没有在谈的商机。{HOW_TO}", ((Button("口径", buttons.DefineDeals()),),))
    lines = [
        f"💼 <b>{esc(whose)}</b>：{pipe.number:,} 笔在谈，共 {figures.yuan(pipe.fen)}，"
        f"加权 {figures.yuan(pipe.weighted_fen)}",
        " → ".join(f"{esc(one.stage)} {one.number:,} 笔 {figures.yuan(one.fen)}" for one in pipe.stages if one.number),
    ]
    if pipe.overdue[0]:
        lines.append(f"⚠️ 过了预计日还没成：{pipe.overdue[0]:,} 笔 {figures.yuan(pipe.overdue[1])}")
    lines += ["", *(f"{at}. {_entry(one, today)}" for at, one in enumerate(found, offset + 1))]
    made = [
        Button(f"{at}. {one.customer.name}"[:20], buttons.ShowDeal(one.deal.deal_id))
        for at, one in enumerate(found, offset + 1)
    ]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = [Button("漏斗图", buttons.DealFunnel()), Button("口径", buttons.DefineDeals())]
    if more is not None:
        last.insert(0, Button("更多", buttons.MoreDeals(more)))
    return Say("\n".join(lines), (*rows, tuple(last)))


def of_customer(customer: Customer, found: Sequence[Deal], called: dict[str, str], today: date) -> Say:
    """The deals of one customer; `called`: what the team calls the two ends."""
    head = f"💼 <b>{esc(customers.label(customer))}</b> 的商机"
    about = About(customer.customer_id)
    if not found:
        text = f"{head}：还没有。记一笔：<code>商机 {esc(customer.name)} 8万 6月底</code>"
        return Say(text, ((Button("看客户", buttons.ShowCustomer(customer.customer_id)),),), about=about)
    lines, made = [head], []
    for at, deal in enumerate(found, 1):
        where = deal.stage if deal.state == OPEN else called[deal.state]
        when = _when(deal, today) if deal.state == OPEN else ""
        lines.append(f"{at}. {money(deal.won_fen or deal.amount_fen)}{_what(deal)} · {esc(where)}{when}")
        made.append(Button(f"{at}. {figures.yuan(deal.amount_fen)}", buttons.ShowDeal(deal.deal_id)))
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = (Button("看客户", buttons.ShowCustomer(customer.customer_id)),)
    return Say("\n".join(lines), (*rows, last), about=about)


def which(customer: Customer, found: Sequence[Deal], called: dict[str, str], today: date) -> Say:
    """Which of his open deals is meant; its card has the buttons to change it."""
    shown = of_customer(customer, found, called, today)
    return Say(f"{shown.text}\n要改哪一笔？点开它再改。", shown.rows, about=shown.about)


def none_open(customer: Customer, fen: int | None) -> Say:
    """There is no deal that the words could change."""
    amount = money(fen).removeprefix("¥") if fen else "8万"
    text = f"{esc(customers.label(customer))} 现在没有在谈的商机，没有改动。要记一笔："
    return Say(f"{text}<code>商机 {esc(customer.name)} {amount} 6月底</code>", about=About(customer.customer_id))


def no_stage(found: Shown, other: str) -> Say:
    """The team has no stage of that name: the ones it has, to choose from."""
    shown = choose_stage(found)
    text = f"阶段里没有「{esc(other)}」，请点一个：\n{_line(found)}"
    return Say(text, shown.rows, about=shown.about)


def impossible(error: DealImpossible) -> Say:
    """The deal cannot be so."""
    return Say(IMPOSSIBLE[error.code])


def closed(error: DealClosed) -> Say:
    """The deal is not open."""
    return Say(CLOSED.get(error.state, CLOSED[OPEN]))


def _rows(found: Shown, can_undo: bool) -> Rows:
    deal = found.deal
    last: tuple[Button, ...] = (_customer(found),)
    if can_undo and found.moves:
        last = (_undo(found), *last)
    if deal.state == WON:
        unbooked = (Button(f"记订单 {money(deal.amount_fen)}", buttons.BookDeal(deal.deal_id, False)),)
        return (*(() if found.order else (unbooked,)), (_undo(found), _customer(found)))
    if deal.state == LOST:
        return ((Button("重新打开", buttons.DealStages(deal.deal_id)), *last),)
    ahead = found.stages.place(deal.stage) + 1
    first = [
        Button(found.stages.won, buttons.CloseDeal(deal.deal_id, True)),
        Button(found.stages.lost, buttons.CloseDeal(deal.deal_id, False)),
    ]
    if ahead < len(found.stages.names):
        first.insert(0, Button(f"→ {found.stages.names[ahead]}", buttons.MoveDeal(deal.deal_id, ahead)))
    second = (
        Button("改金额/日期", buttons.EditDeal(deal.deal_id)),
        Button("换阶段", buttons.DealStages(deal.deal_id)),
    )
    return (tuple(first), second, last)


def _standing(found: Shown) -> str:
    deal = found.deal
    if deal.state == WON:
        return f"{found.stages.won} {money(deal.won_fen or deal.amount_fen)}{' · 订单已记' if found.order else ''}"
    if deal.state == LOST:
        return f"{money(deal.amount_fen)} {found.stages.lost}：{esc(deal.lost_reason or '没写原因')}"
    chance, weighted = found.probability, round(deal.amount_fen * found.probability)
    return f"{money(deal.amount_fen)} · {esc(deal.stage)}（概率 {chance:.0%}，加权 {money(weighted)}）"


def _expected(deal: Deal, today: date) -> str:
    if deal.expected_on < today:
        return f"⚠️ 预计 {days.day(deal.expected_on, today)}，过了 {(today - deal.expected_on).days} 天，请改日期或结案"
    return f"📅 预计 {days.day(deal.expected_on, today)} 成交"


def _history(found: Shown, zone: ZoneInfo) -> str:
    told = [_move(move, found, zone) for move in found.moves[-SHOWN_MOVES:]]
    return ("… → " if len(found.moves) > SHOWN_MOVES else "") + " → ".join(told)


def _move(move: DealMove, found: Shown, zone: ZoneInfo) -> str:
    local = move.moved_at.astimezone(zone)
    if move.kind == "amount":
        to = f"改为 {money(int(move.after))}"
    elif move.kind == "date":
        on = date.fromisoformat(move.after)
        to = f"改到 {on.month}月{on.day}日"
    else:
        to = esc(found.stages.called(move.after))
    return f"{to}（{local.month}/{local.day}）"


def _entry(one: Listed, today: date) -> str:
    owner = f" · {esc(one.owner)}" if one.owner else ""
    deal = one.deal
    return (
        f"{esc(one.customer.name)} {figures.yuan(deal.amount_fen)}{_what(deal)} · {esc(deal.stage)}"
        f"{_when(deal, today)}{owner}"
    )


def _when(deal: Deal, today: date) -> str:
    late = (today - deal.expected_on).days
    return f" · ⚠️ 过期 {late} 天" if late > 0 else f" · {days.day(deal.expected_on, today)}"


def _what(deal: Deal) -> str:
    return f" · {esc(deal.what)}" if deal.what else ""


def _line(found: Shown) -> str:
    return f"<b>{esc(found.customer.name)}</b> {money(found.deal.won_fen or found.deal.amount_fen)}{_what(found.deal)}"


def _undo(found: Shown) -> Button:
    return Button("撤销", buttons.UndoDeal(found.deal.deal_id, found.moves[-1].deal_move_id))


def _customer(found: Shown) -> Button:
    return Button("看客户", buttons.ShowCustomer(found.customer.customer_id))
