"""Words of the pool (公海): who is there, taken, put back, and who will go there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm.outbox import About
from crm.pool import Page, Swimmer
from crm.recycling import Said
from crm.settings import Settings
from crm.tables import Customer, Transfer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, masking, ownership, tasks

SHOWN = 6
EMPTY = (
    "🌊 公海里现在没有客户。\n放回公海这样发：<code>放回公海 张伟</code>；"
    "管理员可以在 <code>设置 公海回收</code> 里定多少天没联系自动回公海。"
)
GONE = "这位客户不在公海里了，可能同事先领走了。发 /pool 看还有谁。"
NOT_A_REP = "领取公海客户要销售角色；主管请点 [分给 ▸]。"
TOUCHED = "名单里的客户都有人联系了"
MATTERS = {"complaint": "有投诉没结案", "deal": "有商机没了结", "task": "有待办没办完", "visit": "有走访没走完"}


def page(found: Page, said: str, draft_id: int, offset: int, gives: bool, takes: bool, today: date) -> Say:
    """The pool: a rep takes, who leads gives."""
    if not found.total:
        return Say(f"🌊 公海里没有符合的客户：{esc(said)}" if said else EMPTY)
    left = f"，您今天还能领 {found.left} 位" if takes and found.left is not None else ""
    lines = [f"🌊 公海客户 <b>{found.total}</b> 位{f'：{esc(said)}' if said else ''}{left}"]
    lines += [_line(number, one, today) for number, one in enumerate(found.swimmers, offset + 1)]
    made: list[Button] = []
    for number, one in enumerate(found.swimmers, offset + 1):
        customer_id = one.customer.customer_id
        if takes:
            made.append(Button(f"领取 {number}", buttons.TakeCustomer(customer_id)))
        elif gives:
            made.append(Button(f"分给 {number} ▸", buttons.SuggestOwner(customer_id, 0)))
    following = offset + len(found.swimmers)
    more = Button(*_more(found, draft_id, following)) if found.total > SHOWN else None
    last = (*((more,) if more else ()), Button("口径", buttons.DefineOwnership("pool")))
    return Say("\n".join(lines), (*_threes(made), last))


def _more(found: Page, draft_id: int, following: int) -> tuple[str, buttons.ShowPool]:
    is_last = following >= found.total
    return ("回到开头" if is_last else "更多"), buttons.ShowPool(draft_id, 0 if is_last else following)


def _line(number: int, one: Swimmer, today: date) -> str:
    """Name, what is known, a masked number, and how long he has been there."""
    row = one.customer
    parts = [ownership.facts(row, one.summary)]
    parts += [f"☎ {masking.phone(one.phone)}"] if one.phone else []
    parts += ["勿扰"] if row.no_contact else []
    parts += [f"{_since((today - one.since.date()).days)}进来"] if one.since is not None else []
    return f"{number}. <b>{masking.digits(tasks.named(row))}</b> {' · '.join(part for part in parts if part)}"


def _since(idle: int) -> str:
    return f"{idle} 天前" if idle > 0 else "今天"


def taken(customer: Customer, phones: Sequence[str], act: Transfer, left: int | None) -> Say:
    """He is the rep's own: the whole number at last."""
    numbers = "、".join(cards.phone(number) for number in phones) or "还没有电话"
    rest = f"\n今天还能领 {left} 位。" if left is not None else ""
    rows: Rows = (
        (
            Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
            Button("放回去", buttons.UndoTransfer(act.transfer_id)),
            Button("再看公海", buttons.ShowPool(0, 0)),
        ),
    )
    text = f"✅ {tasks.named(customer)} 是您的客户了：☎ {numbers}{rest}"
    return Say(text, rows, about=About(customer.customer_id))


def known(customer: Customer) -> Say:
    """The number that was typed is of somebody in the pool."""
    row = (Button("领取", buttons.TakeCustomer(customer.customer_id)), Button("看公海", buttons.ShowPool(0, 0)))
    text = f"🌊 这个号码是公海里的 {tasks.named(customer)}，现在没人跟。领取后再记这条，内容先帮您留着。"
    return Say(text, (row,))


def released(customer: Customer, act: Transfer) -> Say:
    """He is in the pool."""
    row = (Button("撤销", buttons.UndoTransfer(act.transfer_id)), Button("看公海", buttons.ShowPool(0, 0)))
    return Say(f"🌊 {tasks.named(customer)} 已放回公海，谁都可以领。历史都留着。", (row,))


def has_open_matters(name: str) -> Say:
    """Somebody must see to it first."""
    return Say(f"这位客户{MATTERS.get(name, '还有事没办完')}，先办完，或者转给同事：<code>把张伟转给小周</code>。")


def taken_enough(limit: int) -> Say:
    """The day's limit."""
    return Say(f"您今天已经领了 {limit} 位，明天再来；管理员可以在 <code>设置 每天领取上限</code> 里改。")


def just_lost(until: date) -> Say:
    """Who let him go cannot take him at once."""
    day = f"{until.month}月{until.day}日"
    return Say(f"这位客户刚因为没人联系从您这里回公海，{day}起您才能再领，先让同事试试。")


def told(gone: Sequence[Said], warned: Sequence[Said], due_on: date | None, zone: ZoneInfo, now: datetime) -> Say:
    """The push to an owner: whom he keeps by a call, and whom he lost."""
    today = now.astimezone(zone).date()
    lines, made = [], []
    if warned and due_on is not None:
        lines.append(f"🌊 这些客户很久没人联系，{days.day(due_on, today)}回公海；联系一下、记一笔就留住：")
        for number, one in enumerate(warned[: ownership.PAGE], 1):
            lines.append(f"{number}. {_idle(one, zone, today)}")
            made.append(Button(f"查看 {number}", buttons.ShowCustomer(one.customer.customer_id)))
        if len(warned) > ownership.PAGE:
            lines.append(f"…还有 {len(warned) - ownership.PAGE} 位，发 <code>筛选 30天没联系</code> 看全部。")
    if gone:
        names = "、".join(tasks.named(one.customer) for one in gone[: ownership.PAGE])
        more = f" 等 {len(gone)} 位" if len(gone) > ownership.PAGE else ""
        lines.append(f"🌊 提醒过仍没人联系，已回公海：{names}{more}。")
    rows = (*_threes(made), (Button("看公海", buttons.ShowPool(0, 0)), Button("口径", buttons.DefineOwnership("pool"))))
    return Say("\n".join(lines), rows)


def _idle(one: Said, zone: ZoneInfo, today: date) -> str:
    group = cards.GROUPS.get(one.group or "", "没下过单")
    idle = (today - one.since.astimezone(zone).date()).days
    return f"{tasks.named(one.customer)} · {group} · {idle} 天没跟进"


def definition(rules: Settings) -> Say:
    """[口径]: what the pool is and by which rule one goes there."""
    if rules.pool_days:
        high, low, rest = rules.pool_days
        rule = (
            f"自动回收：高价值 {high} 天、低价值 {low} 天、没价值（含没下过单）{rest} 天没人联系，"
            f"提前 {rules.pool_warning_days} 天提醒负责人一次，提醒过仍没联系，工作日早卡时间回公海。"
        )
    else:
        rule = "自动回收：没有开，管理员可以在 <code>设置 公海回收</code> 里开。"
    limit = f"每人每天最多领 {rules.pool_daily_limit} 位" if rules.pool_daily_limit else "领取不限数量"
    return Say(
        "<b>公海的口径</b>\n在册、现在没有负责人的客户；按近 365 天净额从高到低排，截止打开这一页的时候。\n"
        f"{rule}\n算联系：记跟进、下单、发祝福或活动、办完待办、走访，和刚分到手。"
        "有未结投诉、商机、待办、走访的，勿扰的，不回收。\n"
        f"{limit}；因为没联系回公海的客户，原负责人 7 天后才能再领。领之前电话打码。"
    )


def _threes(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
