"""The 360° card of a customer: every part that is known, empty parts left out."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from almanac import festivals, lunar
from almanac.birthdays import Birthday
from crm import risk
from crm.cards import Card, Orders
from crm.outbox import About
from crm.tables import Complaint, Customer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import days, masking, preferences, restraint, risk_facts, tags, ties, worth

STAGES = {
    "lead": "线索",
    "contacted": "已联系",
    "interested": "有意向",
    "quoted": "已报价",
    "won": "成交",
    "lost": "流失",
}
RELATIONS = {"friend": "朋友", "partner": "伙伴"}
GROUPS = {
    "high_stable": "高价值稳定",
    "high_at_risk": "高价值易流失",
    "low_stable": "低价值稳定",
    "low_at_risk": "低价值易流失",
    "no_value": "无价值",
}
NOTE_LENGTH = 60  # the rest is behind [更多]


def card(found: Card, zone: ZoneInfo, now: datetime, reasons: list[str] | None = None) -> Say:
    """The whole card with what can be done."""
    today = now.astimezone(zone).date()
    lines = [
        *profile_lines(found.customer, found.phones, today, found.next_birthday),
        *_standing(found, reasons or [], today),
        *_orders(found, today),
        *_balance(found),
        *(
            f"💼 商机 {money(one.amount_fen)} · {esc(one.stage)} · {_until(one.expected_on, today)}"
            for one in found.deals
        ),
        *ties.lines(found.ties, found.brought, found.answers),
        *(
            f"{_complaint(c)}：{esc(clip(text, 60))}（{days.ago(c.opened_at, zone, now)}）"
            for c, text in found.complaints
        ),
        *_follow_ups(found, zone, now),
        *_notes(found, zone, now),
        *_greeted(found, zone, now),
    ]
    lines[1:1] = restraint.lines(found.customer, today)
    text = "\n".join(line for line in lines if line)
    return Say(text, _rows(found), about=About(customer_id=found.customer.customer_id))


def _complaint(case: Complaint) -> str:
    """What is left to do of an open case."""
    solved = {"resolved": "📣 投诉已解决，还没告诉客户", "told": "📣 投诉已解决并告诉了客户，可以结案"}
    return solved.get(case.stage, "⚠️ 投诉未结")


def masked(found: Card, zone: ZoneInfo, now: datetime) -> Say:
    """What a group may see of the customer."""
    customer = found.customer
    lines = [f"👤 <b>{esc(masking.name(customer.name))}</b> {STAGES.get(customer.stage, '')}".rstrip()]
    lines += [f"📞 {masking.phone(number)}" for number in found.phones]
    if found.complaints:
        lines.append(f"⚠️ 未结投诉 {len(found.complaints)} 件")
    if found.tasks:
        first = found.tasks[0]
        lines.append(f"⏰ 待办 {len(found.tasks)} 件，最近：{days.moment(first.due_at, first.has_time, zone, now)}")
    if found.orders.count:
        lines.append(f"🧾 订单 {found.orders.count} 单")
    lines.append("群里只显示打码信息，详情请私聊我。")
    return Say("\n".join(lines))


def profile_lines(
    customer: Customer, phones: list[str] | tuple[str, ...], today: date, following: date | None
) -> list[str]:
    """Name, numbers, company, place and the rest, a line each."""
    stage = STAGES.get(customer.stage, "")
    called = "（" + "、".join(customer.nicknames[:3]) + "）" if customer.nicknames else ""
    sex = {"male": " 男", "female": " 女"}.get(customer.gender or "", "")
    lines = [f"👤 <b>{esc(customer.name)}</b>{esc(called)}{sex} · {stage}"]
    lines += [f"📞 {phone(number)}" for number in phones]
    title = None if customer.title and customer.name.endswith(customer.title) else customer.title  # 张经理 says it
    job = ("🏢", customer.company, title) if customer.company else ("💼", title)
    lines += [_joined(*job), _joined("📍", customer.region, customer.address), _joined("🏭 行业", customer.industry)]
    lines += [_joined("💬 微信", customer.wechat), _joined("✉️", customer.email)]
    lines += [_joined("🧭 来源", customer.source), _joined("🤝", RELATIONS.get(customer.relation))]
    lines.append(birthday_line(customer, today, following))
    return [line for line in lines if line]


def birthday_line(customer: Customer, today: date, following: date | None) -> str:
    """The birthdays, and when the next one is kept; empty without one."""
    from crm import customers  # the rules of the room below

    born = [spoken(birthday) + _in_common_years(birthday, following) for birthday in customers.birthdays(customer)]
    if not born:
        return ""
    upcoming = f"，下次 {days.day(following, today)}" if following else ""
    return f"🎂 {'、'.join(born)}{upcoming}"


def _in_common_years(birthday: Birthday, following: date | None) -> str:
    """Said of 29 February where the next one is kept on another day."""
    if (birthday.calendar, birthday.month, birthday.day) != ("solar", 2, 29) or following is None:
        return ""
    kept = (following.month, following.day)
    return f"（平年没有，在{kept[0]}月{kept[1]}日过）" if kept in ((2, 28), (3, 1)) else ""


def spoken(birthday: Birthday) -> str:
    """A birthday in words.

    >>> spoken(Birthday("solar", 3, 8)), spoken(Birthday("lunar", 8, 15, year=1985))
    ('3月8日', '1985年农历八月十五')
    """
    year = f"{birthday.year}年" if birthday.year else ""
    if birthday.calendar == "lunar":
        return year + lunar.spoken(birthday.month, birthday.day, birthday.leap)
    return f"{year}{birthday.month}月{birthday.day}日"


def phone(number: str) -> str:
    """A number in groups; a tap on it dials.

    >>> phone("13800138000"), phone("075526881234")
    ('138 0013 8000', '075526881234')
    """
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 and number[0] == "1" else number


def money(fen: int) -> str:
    """Fen as yuan.

    >>> money(1200000), money(123456), money(-500)
    ('¥12,000', '¥1,234.56', '-¥5')
    """
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}¥{whole // 100:,}" + (f".{whole % 100:02d}" if whole % 100 else "")


def clip(text: str, longest: int) -> str:
    """The text on one line, cut with … when longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def _joined(mark: str, *parts: str | None) -> str:
    known = [esc(part) for part in parts if part]
    return f"{mark} {' · '.join(known)}" if known else ""


def _standing(found: Card, reasons: list[str], today: date) -> list[str]:
    summary, lines = found.summary, []
    if summary is not None and summary.value_group:
        lines.append(
            f"📊 {GROUPS.get(summary.value_group, summary.value_group) if summary.purchase_days else '暂无成交'}"
        )
    because = f"：{'；'.join(reasons)}" if reasons else ""
    if summary is not None and risk.is_early(summary):
        is_told = because and summary.value_group in risk.AT_RISK
        lines.append(f"📉 流失风险{because}" if is_told else f"📉 流失风险：{risk_facts.TOO_EARLY}")
    elif chance := risk_facts.chance(summary):
        lines.append(f"📉 流失风险 {chance}{worth.within(found.worth)}{because}")
    lines += worth.card_lines(found.worth, today)
    if preferred := preferences.card_line(found.channel):
        lines.append(preferred)
    if found.owner:
        lines.append(f"🧑‍💼 负责人：{esc(found.owner)}")
    return lines


def _orders(found: Card, today: date) -> list[str]:
    orders = found.orders
    if orders.last is None:
        return ["🧾 暂无订单"]
    product = f" {esc(orders.last.product)}" if orders.last.product else ""
    last = f"{days.day(orders.last.ordered_on, today)} {money(orders.last.amount_fen)}{product}"
    return [f"🧾 {counted(orders)}，共 {money(orders.total_fen)}；最近 {last}"]


def _balance(found: Card) -> list[str]:
    """What the customer has still to pay, and what he paid lately; nothing where nothing is told of it."""
    if (balance := found.balance) is None:
        return []
    open_fen, paid = balance.owed_fen + balance.unpaid_fen, f"近 60 天付过 {money(balance.paid_fen)}"
    if not open_fen:
        return [f"💳 {paid}"]
    is_sure = balance.owed_fen or balance.paid_fen  # else whoever paid at once owes nothing
    still = f"还没收 {money(open_fen)}" if is_sure else f"{money(open_fen)} 没记收款"
    return [f"💳 {still}，{paid}" if balance.paid_fen else f"💳 {still}"]


def counted(orders: Orders) -> str:
    """How many orders there are, and returns beside them: a return is no order."""
    return f"{orders.count} 单" + (f"、退货 {orders.returns} 笔" if orders.returns else "")


def _until(expected_on: date, today: date) -> str:
    late = (today - expected_on).days
    return f"⚠️ 过预计日 {late} 天" if late > 0 else f"预计 {days.day(expected_on, today)}"


def _follow_ups(found: Card, zone: ZoneInfo, now: datetime) -> list[str]:
    """When somebody sees to the customer next, and what else is planned; that nothing is, where nothing is."""
    lines: list[str] = []
    for task in found.tasks:
        which = "" if lines else "下次跟进："
        lines.append(f"⏰ {which}{esc(clip(task.what, 40))}：{days.moment(task.due_at, task.has_time, zone, now)}")
    return lines or ["📌 还没定下次跟进，点 [提醒] 定一个"]


def _notes(found: Card, zone: ZoneInfo, now: datetime) -> list[str]:
    lines = []
    for note, present in found.notes:
        labels = tags.short(note, present)
        mark = f" <i>[{labels}]</i>" if labels else ""
        lines.append(f"📝 {days.ago(note.created_at, zone, now)} {esc(clip(note.text, NOTE_LENGTH))}{mark}")
    return lines


def _greeted(found: Card, zone: ZoneInfo, now: datetime) -> list[str]:
    """The greeting sent last: nobody greets twice, or forgets whom he greeted."""
    sent = found.greeted
    if sent is None or sent.sent_at is None:
        return []
    name = "生日" if sent.occasion == "birthday" else festivals.name_of(sent.occasion)
    return [f"🎊 {name}祝福已发（{days.ago(sent.sent_at, zone, now)}）"]


def _rows(found: Card) -> Rows:
    customer_id = found.customer.customer_id
    first = (
        Button("记一笔", buttons.AskAbout(customer_id, "note")),
        Button("提醒", buttons.AskAbout(customer_id, "reminder")),
        Button("下单", buttons.AskAbout(customer_id, "order")),
    )
    second = [
        Button("改资料", buttons.EditCustomer(customer_id, 0)),
        Button("打扰 ▸", buttons.ShowRestraint(customer_id)),
        Button("更多", buttons.MoreOfCustomer(customer_id, 0)),
    ]
    if found.worth is not None and found.worth.figures:
        second.append(Button("价值", buttons.ShowWorth(customer_id)))
    if len(second) + bool(found.complaints) < 5:
        second.append(Button("关系", buttons.ShowRelations(customer_id)))
    if found.complaints:
        second.insert(0, Button("投诉已解决", buttons.SolveComplaint(found.complaints[0][0].complaint_id)))
    return first, tuple(second[:3]), *((tuple(second[3:]),) if second[3:] else ())
