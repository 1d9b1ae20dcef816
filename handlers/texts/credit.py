"""Words around what customers owe and how they pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crm.accounts import TERM, Booked
from crm.credit import TEAM_ORDERS, Standing
from crm.debts import Offered
from crm.outbox import About
from crm.settling import WITHIN
from crm.tables import AccountEntry, Task
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import customers, payment_plans, tasks
from handlers.texts.cards import money
from scoring import credit
from scoring.credit import Hint

NOT_FOUND = "找不到这笔记录了，可能不在你名下。发 <code>信用 王总</code> 看现在的情况。"
IMPOSSIBLE = "金额要大于 0，也不能超过一千亿，例如：<code>欠款 王总 5000 6月30日前</code>"
ONLY_OWN = "您只能看您自己的客户：发 <code>谁欠款</code>。"
HOW_TO = (
    "记欠款：<code>欠款 王总 5000 6月30日前</code>；记回款：<code>回款 王总 3000</code>；"
    "看一位：<code>信用 王总</code>。"
)
ALL_PAID = "已经都记过到账，没再记："
_NAMES = {"debt": "欠款", "payment": "回款"}
_VERBS = {"payment": "记回款", "return": "退货", "less": "欠款减"}
_EXAMPLES = {"debt": "欠款 王总 5000 6月30日前", "payment": "回款 王总 3000"}
_GRADES = {
    "A": "A（三笔以上，全部按时）",
    "B": "B（没有逾期，记录还不多）",
    "C": "C（现在有逾期，或五分之一晚付一周以上）",
    "D": "D（逾期超过 30 天，或两笔以上且一半晚付）",
}
_DEFINITION = (
    "<b>信用的口径</b>\n"
    "· 只看记下的欠款和回款，全部时间，到今天为止。回款先抵最早到期的欠款；抵完那天算付清。\n"
    "· A 没有逾期，付清三笔以上且按时；B 没有逾期；"
    f"C 现在有逾期（{credit.LONG_OVERDUE_DAYS} 天以内），或 20% 以上晚付超过 {credit.LATE_DAYS} 天；"
    f"D 逾期超过 {credit.LONG_OVERDUE_DAYS} 天，或晚付的有 {credit.LEAST_LATE} 笔以上且占一半以上。没到期的欠款不算。\n"
    f"· 「没记收款」：近 {WITHIN.days} 天的订单，没说已收、也没被欠款或回款抵掉的部分；表格导入的订单不算。\n"
    "· 有逾期、或标了「有欠款」的客户，优惠活动不发，还清就恢复。\n"
    f"· 提示：同一电话 {credit.SHARED_BY} 位以上客户；一单超过自己以往中位数加 {credit.DEVIATIONS:.0f} 倍中位偏差"
    f"（至少 {credit.LEAST_EARLIER} 单以后才看）；首单超过团队最近 {TEAM_ORDERS} 单的 99% 分位"
    f"（团队满 {credit.LEAST_TEAM_ORDERS} 单才看）；"
    f"一天 {credit.ORDERS_A_DAY} 单以上；退回一半以上金额且退货 {credit.LEAST_RETURNS} 次以上。只供留意，不是结论。"
)


def page(standing: Standing, head: str = "") -> Say:
    """Grade, money and hints of one customer; what is still to come before all, where no `head` tells what was done."""
    customer, account = standing.customer, standing.account
    grade = _GRADES[standing.grade] if standing.grade else "还没有到期或付清的记录，不评级"
    lines = [head, f"💳 <b>{esc(customers.label(customer))}</b>", "" if head else _still_to_come(standing)]
    lines.append(f"信用：{grade}")
    if standing.owed_total_fen or standing.paid_total_fen:
        lines.append(_sums(standing))
    elif not standing.newest and not standing.is_all_paid:
        lines.append("没记过欠款" if standing.unpaid_fen else "没记过欠款，还差多少算不出来")
    if standing.paid_at_once_fen:
        lines.append(f"当场付清 {money(standing.paid_at_once_fen)}")
    if standing.unpaid_fen:
        lines.append(beside(standing.unpaid_fen))
    if standing.due_on is not None:
        lines.append(f"⚠️ 逾期 {money(account.overdue_fen)}，最早 {_day(standing.due_on)}到期")
    late = sum(p.days_late > credit.LATE_DAYS for p in account.payments)
    if account.payments:
        lines.append(f"到期或付清 {len(account.payments)} 笔，其中晚 {credit.LATE_DAYS} 天以上 {late} 笔")
    if standing.due_on is not None or customer.bad_payer:
        lines.append("🚫 优惠活动不发给这位客户")
    lines += [f"🔎 {hint(one)}" for one in standing.hints]
    lines += [f"· {_entry(entry)}" for entry in standing.newest]
    if not standing.newest and not standing.owed_total_fen and not standing.paid_total_fen:
        lines.append(HOW_TO)
    return Say("\n".join(line for line in lines if line), _rows(standing), about=About(customer.customer_id))


def _still_to_come(standing: Standing) -> str:
    """What the customer has to pay by the debts and by the orders beside them; '' where that is not known."""
    owed_fen, unpaid_fen = max(standing.account.owed_fen, 0), standing.unpaid_fen
    if owed_fen and unpaid_fen:
        parts = f"欠款 {money(owed_fen)}，没记欠款的订单 {money(unpaid_fen)}"
        return f"👉 还没收 {money(owed_fen + unpaid_fen)}：{parts}"
    if owed_fen or unpaid_fen:
        return f"👉 还没收 {money(owed_fen or unpaid_fen)}"
    is_settled = standing.owed_total_fen > 0 and standing.account.owed_fen == 0
    return "👉 都付清了，没有欠款" if standing.is_all_paid or is_settled else ""


def _sums(standing: Standing) -> str:
    """What is owed and what came in: an order is no debt until it is noted as one, so more than that may be right."""
    owed, paid = standing.owed_total_fen, f"已回 {money(standing.paid_total_fen)}"
    if not owed:
        return f"{paid}；没记过欠款，还差多少算不出来"
    left = standing.account.owed_fen
    if not left and standing.unpaid_fen:
        return f"欠款 {money(owed)}，{paid}，记下的都付清了"
    rest = f"还欠 {money(left)}" if left >= 0 else f"比记下的欠款多 {money(-left)}（没记欠款的订单不算在内）"
    return f"欠款 {money(owed)}，{paid}，{rest}"


def beside(fen: int) -> str:
    """The orders that stand beside the debts and payments noted."""
    return f"🧾 近 {WITHIN.days} 天另有 {money(fen)} 的订单没记欠款，也没记到账（当场付清、抵掉的不算欠）"


def told_again(fen: int, draft_id: int, customer_id: int) -> Say:
    """A payment of this sum was entered within hours: it is booked once more only by a tap."""
    again = Button(f"再记一笔 {money(fen)}", buttons.EntryOf(draft_id, customer_id))
    return Say(f"刚记过一笔回款 {money(fen)}，没有再记。是另一笔就点一下：", ((again,),), about=About(customer_id))


def booked(found: Booked, standing: Standing, less_fen: int = 0) -> Say:
    """A debt or payment was recorded, taken back or restored; `less_fen`: so much of it was paid by now."""
    entry, name = found.entry, _NAMES[found.entry.kind]
    if entry.deleted_at is not None:
        head = f"↩️ {name} {money(entry.amount_fen)} 已撤销" if found.changed else f"{name}之前已撤销"
        first: Button = Button("恢复", buttons.RestoreEntry(entry.account_entry_id))
    else:
        head = f"✅ 记下{_entry(entry)}" if found.changed else f"{name}在，没有撤销"
        first = Button("撤销", buttons.UndoEntry(entry.account_entry_id))
        if found.is_guess and entry.kind == "debt":
            head += f"\n（没写日期，按 {TERM.days} 天后到期）"
        if less_fen > 0:
            head += f"\n（另外 {money(less_fen)} 已经记过到账，不再算欠）"
    said = page(standing, head)
    return Say(said.text, ((first,), *said.rows), about=said.about)


def order_paid(found: Sequence[Booked], draft_id: int, standing: Standing) -> Say:
    """The payment of an order was recorded together with its debt, which nobody had noted; one tap takes both back."""
    debt, payment = (one.entry for one in found)
    sold = money(debt.amount_fen)
    head = f"✅ 记下{_entry(payment)}\n（其中 {sold} 付的订单没记过欠款，一并记欠款 {sold} 抵掉，不是新欠的）"
    said = page(standing, head)
    return Say(said.text, ((Button("撤销", buttons.UndoPlan(draft_id)),), *said.rows), about=said.about)


def with_done(said: Say, done: Sequence[Task]) -> Say:
    """The card of a payment with a tap for each task that it ends."""
    rows = tuple((tasks.end(task),) for task in done)
    return replace(said, rows=(*said.rows, *rows)) if rows else said


def as_debt(debt: Offered, customer_id: int) -> Button:
    """What was told as owed, paid or come back is booked by a tap: [记欠款 ¥1,500（3月31日到期）], [退货 ¥256]."""
    if debt.parts:
        return Button(payment_plans.label(debt.parts), buttons.EntryOf(debt.draft_id, customer_id))
    if debt.kind != "debt":
        return Button(f"{_VERBS[debt.kind]} {money(debt.fen)}", buttons.EntryOf(debt.draft_id, customer_id))
    due = f"（{debt.due_on.month}月{debt.due_on.day}日到期）" if debt.due_on is not None else ""
    label = f"{'先付的已收，' * debt.is_agreed}{'补记' if debt.is_rest else '记'}欠款 {money(debt.fen)}{due}"
    return Button(label, buttons.EntryOf(debt.draft_id, customer_id))


def of_order(debt: Offered) -> str:
    """What is told to be paid of an order: its parts, or what is paid and what is left; '' where neither is."""
    if debt.paid_fen and not debt.parts and debt.kind == "debt":
        if debt.is_agreed:
            return f"💰 先付 {money(debt.paid_fen)}（没说到账，先没记），余 {money(debt.fen)}"
        return f"💰 已付 {money(debt.paid_fen)}{'（已记回款）' if debt.booked_fen else ''}，还差 {money(debt.fen)}"
    return payment_plans.told(debt.parts)


def with_held(said: Say, held_fen: int, left_fen: int) -> Say:
    """The card of an order for which a deposit lay ahead, with what is left beside that."""
    left = f"，还差 {money(left_fen)}" if left_fen else ""
    rows = tuple(tuple(one for one in row if not isinstance(one.press, buttons.OrderPaid)) for row in said.rows)
    return replace(said, text=f"{said.text}\n💰 之前收的定金 {money(held_fen)} 算在内{left}", rows=rows)


def with_debt(said: Say, debt: Offered | None, customer_id: int, held_fen: int = 0, left_fen: int = 0) -> Say:
    """The card of an order with what is owed of it, a tap each; of what lay ahead for it `held_fen`, and the rest."""
    is_owed_whole = debt is not None and debt.kind == "debt" and debt.fen in (left_fen, left_fen + held_fen)
    if held_fen and (debt is None or (is_owed_whole and debt.paid_fen in (0, held_fen))):
        said = with_held(said, held_fen, left_fen)
        debt = replace(debt, fen=left_fen, paid_fen=0) if debt is not None else None
    if debt is None:
        return said
    lines = (said.text, of_order(debt))
    rows = (*said.rows, (as_debt(debt, customer_id),)) if debt.fen else said.rows
    return replace(said, text="\n".join(line for line in lines if line), rows=rows)


def part_booked(found: Sequence[Booked], draft_id: int, standing: Standing) -> Say:
    """The rest of an order was recorded as a debt, and with it what was told to be paid; one tap takes all back."""
    rest, paid = found[0].entry, money(found[-1].entry.amount_fen)
    head = f"✅ 记下{_entry(rest)}"
    if found[0].is_guess:
        head += f"\n（没写日期，按 {TERM.days} 天后到期）"
    said = page(standing, f"{head}\n（这单已付的 {paid} 一并记了欠款和回款，互相抵掉）")
    return Say(said.text, ((Button("全部撤销", buttons.UndoPlan(draft_id)),), *said.rows), about=said.about)


def plan_booked(found: Sequence[Booked], draft_id: int, standing: Standing) -> Say:
    """The parts of a plan of payments were recorded, taken back or restored together."""
    is_gone = any(one.entry.deleted_at is not None for one in found)
    head = "↩️ 已撤销：" if is_gone else "✅ 记下："
    press = buttons.RestorePlan(draft_id) if is_gone else buttons.UndoPlan(draft_id)
    lines = [f"{head}{_entry(found[0].entry)}", *(f"· {_entry(one.entry)}" for one in found[1:])]
    said = page(replace(standing, newest=[]), "\n".join(lines))
    return Say(said.text, ((Button("恢复" if is_gone else "全部撤销", press),), *said.rows), about=said.about)


def hint(found: Hint) -> str:
    """One odd thing, with its numbers."""
    numbers = found.numbers
    match found.code:
        case "same_phone":
            return f"同一个电话登记在 {numbers['customers']:.0f} 位客户名下"
        case "unusual_amount":
            return f"最近一单 {_yuan(numbers['amount_fen'])}，远超平时（界限 {_yuan(numbers['bound_fen'])}）"
        case "large_first":
            return f"首单就 {_yuan(numbers['amount_fen'])}，超过团队 99% 的单子"
        case "many_a_day":
            return f"一天下了 {numbers['orders']:.0f} 单"
        case _:
            return f"退回 {_yuan(numbers['returned_fen'])}，占买的一半以上"


def definition(customer_id: int) -> Say:
    """How grade and hints come about."""
    back = buttons.ShowCredit(customer_id) if customer_id else buttons.ListOverdue(0)
    return Say(_DEFINITION, ((Button("返回", back),),), about=About(customer_id or None))


def no_amount(kind: str) -> Say:
    """No sum was read."""
    return Say(f"没看出金额。请这样写：<code>{_EXAMPLES[kind]}</code>")


def no_customer(kind: str) -> Say:
    """No customer was named."""
    return Say(f"是哪位客户的{_NAMES[kind]}？请带上名字：<code>{_EXAMPLES[kind]}</code>")


def _rows(standing: Standing) -> Rows:
    customer_id = standing.customer.customer_id
    rows: list[tuple[Button, ...]] = []
    if standing.customer.bad_payer and standing.account.owed_fen <= 0:
        rows.append((Button("欠款已清", buttons.SetBadPayer(customer_id, False)),))
    rows.append(
        (Button("口径", buttons.DefineCredit(customer_id)), Button("看客户", buttons.ShowCustomer(customer_id)))
    )
    return tuple(rows)


def _entry(entry: AccountEntry) -> str:
    when = f"{_day(entry.entry_on)}到期" if entry.kind == "debt" else f"{_day(entry.entry_on)}到账"
    return f"{_NAMES[entry.kind]} {money(entry.amount_fen)}，{when}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _yuan(fen: float) -> str:
    return money(round(fen))
