"""What is said about birthdays and festivals, with greetings to copy."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from almanac import birthdays
from crm import customers
from crm.greetings import FestivalDay, Wish, address
from crm.outbox import About
from crm.tables import Customer, Note
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, held, tasks

GONE = "客户已不在"
NOT_YOURS = "客户已换了负责人"
NOT_THAT_DAY = "生日已经改了，不是这一天"
ALREADY_SENT = "祝福之前已经发过"
NOBODY = "没有适合这个节日的客户"
NO_FESTIVAL = "这一天不发祝福"
TOO_OLD = "这张祝福卡是以前的，不能再操作了。发 /today 看今天的事。"


def birthday(wish: Wish, on: date, note: Note | None, blocked_by: str | None, zone: ZoneInfo, now: datetime) -> Say:
    """Whose birthday it is, and the greeting ready to copy."""
    customer, ordinal = wish.customer, on.toordinal()
    head = _birthday_lines(customer, on, note, zone, now)
    if blocked_by is not None:
        rows: Rows = (_later(customer, ordinal),)
        return Say(f"{head}\n今天是{esc(blocked_by)}，不宜祝福，可改天再发。", rows, about=About(customer.customer_id))
    sent = wish.greeting.sent_at
    tail = f"\n✅ 已发（{days.ago(sent, zone, now)}）" if sent is not None else ""
    actions = (
        ()
        if sent is not None
        else (
            (
                Button("已发", buttons.GreetingSent(customer.customer_id, ordinal)),
                Button("改天", buttons.GreetLater(customer.customer_id, ordinal)),
            ),
        )
    )
    first = (
        Button("复制", copy=wish.greeting.text),
        Button("换一条", buttons.AnotherGreeting(customer.customer_id, ordinal)),
    )
    rows = (first[:1], *actions) if sent is not None else (first, *actions)
    text = f"{head}\n\n<blockquote>{esc(wish.greeting.text)}</blockquote>{tail}"
    return Say(text, rows, about=About(customer.customer_id))


def ahead(customer: Customer, on: date, note: Note | None, longest: int, zone: ZoneInfo, now: datetime) -> Say:
    """Whose birthday comes, in time to prepare something; the greeting itself from `longest` days before."""
    customer_id, ahead = customer.customer_id, (on - now.astimezone(zone).date()).days
    row = [
        Button("看客户", buttons.ShowCustomer(customer_id)),
        Button("定个提醒", buttons.AskAbout(customer_id, "reminder")),
    ]
    if ahead <= longest:
        row.insert(0, Button("先看祝福", buttons.ShowGreeting(customer_id, on.toordinal())))
    return Say(_birthday_lines(customer, on, note, zone, now), (tuple(row),), about=About(customer_id))


def left_alone(customer: Customer, on: date, reason: str, zone: ZoneInfo, now: datetime) -> Say:
    """No greeting for whom it does not fit now, and why."""
    head = _birthday_lines(customer, on, None, zone, now)
    rows: Rows = (
        (
            Button("看客户", buttons.ShowCustomer(customer.customer_id)),
            Button("改天", buttons.GreetLater(customer.customer_id, on.toordinal())),
        ),
    )
    text = f"{head}\n🤫 {esc(held.words(reason))}。"
    return Say(text, rows, about=About(customer.customer_id))


def sent(wish: Wish, changed: bool, zone: ZoneInfo, now: datetime) -> Say:
    """The greeting is noted as sent; a second press says when."""
    name = esc(wish.customer.name)
    when = days.ago(wish.greeting.sent_at, zone, now) if wish.greeting.sent_at else ""
    head = (
        f"✅ 已记下：给 <b>{name}</b> 的祝福已发" if changed else f"✅ 给 <b>{name}</b> 的祝福之前已记为发出（{when}）"
    )
    rows: Rows = ((Button("看客户", buttons.ShowCustomer(wish.customer.customer_id)),),)
    quoted = f"<blockquote>{esc(wish.greeting.text)}</blockquote>"
    return Say(f"{head}\n{quoted}", rows, about=About(wish.customer.customer_id))


def later(customer: Customer, again_on: date) -> Say:
    """The birthday comes up again."""
    words = f"{again_on.month}月{again_on.day}日 周{days.WEEKDAYS[again_on.weekday()]}（明天）早上"
    return Say(f"好，<b>{esc(customer.name)}</b> 的祝福 {words}再提醒您。", about=About(customer.customer_id))


def festival(day: FestivalDay) -> Say:
    """The festival, how many customers it fits, and a page of greetings."""
    found, page = day.festival, (day.festival.code, day.festival.on.toordinal())
    lines = [f"🏮 今天是<b>{esc(found.name)}</b>，有 {day.count} 位客户适合祝福。"]
    lines += [f"{'✅' if wish.greeting.sent_at else '·'} {tasks.named(wish.customer)}" for wish in day.wishes]
    following = day.offset + len(day.wishes)
    if day.count > len(day.wishes):
        lines.append(f"第 {day.offset + 1}–{following} 位：上次没祝福过的、价值高的在前。")
    lines.append(held.counted(day.held))
    lines.append("点 [复制] 拿到写好称呼的祝福，粘贴到微信发出。")
    copies = [Button(f"复制 {_called(wish.customer)}", copy=wish.greeting.text) for wish in day.wishes]
    rows: list[tuple[Button, ...]] = [tuple(copies[at : at + 2]) for at in range(0, len(copies), 2)]
    is_sent = day.sent == len(day.wishes)
    sent, unsent = buttons.FestivalSent(*page, day.offset), buttons.FestivalUnsent(*page, day.offset)
    last = [Button("撤销", unsent) if is_sent else Button("全部已发", sent)]
    if day.count > len(day.wishes):
        is_last = following >= day.count
        more = buttons.MoreFestival(*page, 0 if is_last else following)
        last.append(Button("回到开头" if is_last else "更多", more))
    return Say("\n".join(line for line in lines if line), (*rows, tuple(last)))


def festival_sent(day: FestivalDay, number: int) -> Say:
    """How many were noted; a second press says so."""
    said = festival(day)
    head = f"✅ 已记下：{number} 位的祝福已发。" if number else "✅ 这些祝福之前都已记为发出。"
    return Say(f"{head}\n{said.text}", said.rows)


def _birthday_lines(customer: Customer, on: date, note: Note | None, zone: ZoneInfo, now: datetime) -> str:
    today = now.astimezone(zone).date()
    ahead = (on - today).days
    when = {0: "今天", -1: "昨天"}.get(ahead) or days.day(on, today)
    if ahead > 2:
        when = f"{ahead} 天后，{on.month}月{on.day}日 周{days.WEEKDAYS[on.weekday()]}，"
    lines = [f"🎂 {when}是 <b>{esc(customer.name)}</b> 的生日"]
    lines.append("🏢 " + " · ".join(esc(part) for part in (customer.company, customer.title) if part))
    lines.append(_age(customer, on))
    if note is not None:
        lines.append(f"📝 {days.ago(note.created_at, zone, now)} {esc(cards.clip(note.text, 100))}")
    return "\n".join(line for line in lines if line.strip("🏢 "))


def _age(customer: Customer, on: date) -> str:
    """Which birthday it is, in the calendar that is kept on that day, and the age when the year is known."""
    kept = [born for born in customers.birthdays(customer) if on in birthdays.occurrences(born, on, on)]
    spoken = "、".join(cards.spoken(born) for born in kept or customers.birthdays(customer))
    age = next((years for born in kept if (years := birthdays.age(born, on)) is not None), None)
    zodiac = "，本命年" if any(birthdays.is_zodiac_year(born, on) for born in kept) else ""
    return f"🗓 {spoken}" + (f" · {age}周岁{zodiac}" if age else "")  # a year of birth of this year is a slip


def _called(customer: Customer) -> str:
    return cards.clip(address(customer), 12)


def _later(customer: Customer, ordinal: int) -> tuple[Button, ...]:
    return (Button("改天", buttons.GreetLater(customer.customer_id, ordinal)),)
