"""What is said about tasks and reminders: when exactly, done, put off, taken back, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.errands import Request
from crm.outbox import About
from crm.promises import Todo
from crm.tables import Customer, Task
from crm.tasks import Errand, TaskClosed
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, repetitions
from handlers.texts.days import WEEKDAYS

SAVED = "⏰ 已定提醒"
DUE = "⏰ 到时间了"
MOVED = "⏰ 已改到"
SNOOZED = "⏰ 已推迟"
STOPPED = "🔁 以后不再重复"
HOW_TO = "提醒什么、什么时候？例如：<code>提醒 明天下午3点 给王总回电话</code>"
NOT_FOUND = "这条待办不在了，发 /today 看现有的。"
CLOSED = "这件事已经结束了，不能再改。要继续做请点 [恢复]。"
EXAMPLE = "例如：<code>明天下午3点</code>、<code>下周三</code>、<code>每周五17:30</code>"
ALREADY_DONE = "✅ 之前已完成"
CHANGED = "待办已办完、撤销或改期"
NEXT_YEAR = "next_year"  # the choice of the day that is over, a year later
RELATIVE = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}


def moment(at: datetime, has_time: bool, zone: ZoneInfo, now: datetime) -> str:
    """The resolved date, always with its weekday: 3月19日 周四 15:00（明天）."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    year = f"{local.year}年" if local.year != today.year else ""
    clock = f" {local:%H:%M}" if has_time else ""
    ahead = (local.date() - today).days
    near = f"（{RELATIVE[ahead]}）" if ahead in RELATIVE else f"（{ahead}天后）" if 2 < ahead < 31 else ""
    return f"{year}{local.month}月{local.day}日 周{WEEKDAYS[local.weekday()]}{clock}{near}"


def card(errand: Errand, zone: ZoneInfo, now: datetime, head: str = SAVED) -> Say:
    """The task with what can be done about it."""
    task_id = errand.task.task_id
    rows: Rows = (
        (Button("完成", buttons.DoneTask(task_id)), Button("推迟 ▸", buttons.SnoozeTask(task_id, ""))),
        (Button("改时间", buttons.RetimeTask(task_id)), Button("撤销", buttons.CancelTask(task_id))),
    )
    return Say(f"{head}\n{body(errand, zone, now)}", rows, about=_about(errand))


def assigned(errand: Errand, told: bool, zone: ZoneInfo, now: datetime) -> Say:
    """To the manager: whose task it is now, and whether that colleague has heard."""
    heard = "已通知" if told else "对方停用了我，请当面说一声"
    return card(errand, zone, now, f"⏰ 已派给 <b>{esc(errand.assignee)}</b>（{heard}）")


def given(errand: Errand, by: str, zone: ZoneInfo, now: datetime) -> Say:
    """To the colleague whose task it is now."""
    return card(errand, zone, now, f"⏰ {esc(by)} 派给您一件事")


def only_own(request: Request, draft_id: int) -> Say:
    """A rep cannot give a colleague work; the words wait in case the rep wants to do it."""
    name = esc(request.assignee.name) if request.assignee is not None else ""
    own: buttons.Press = buttons.DraftWithoutCustomer(draft_id)
    if request.customer is not None:
        own = buttons.DraftToCustomer(draft_id, request.customer.customer_id)
    what = esc(cards.clip(request.what or request.text, 300))
    text = f"给 {name} 派活要主管来。要改成提醒您自己吗？\n<b>{what}</b>"
    return Say(text, ((Button("提醒我自己", own), _drop(draft_id)),))


def body(errand: Errand, zone: ZoneInfo, now: datetime) -> str:
    """What, whom and when, a line each."""
    task, customer = errand.task, errand.customer
    lines = [f"<b>{esc(cards.clip(task.what, 300))}</b>"]
    if customer is not None:
        lines.append(f"👤 {named(customer)}")
    on_card = "" if task.has_time else " · 当天早卡提醒"
    lines.append(f"🗓 {moment(task.due_at, task.has_time, zone, now)}{on_card}")
    if task.recurrence:
        lines.append(f"🔁 {esc(repetitions.spoken(task.recurrence))}")
    return "\n".join(lines)


def named(customer: Customer) -> str:
    """Name and company."""
    company = f"（{esc(customer.company)}）" if customer.company else ""
    return f"{esc(customer.name)}{company}"


def snooze(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """How long to put it off, or to whom it goes."""
    task_id = errand.task.task_id
    back = Button("返回", buttons.ShowTask(task_id))
    rows: Rows = (
        (
            Button("1 小时", buttons.SnoozeTask(task_id, "hour")),
            Button("明早", buttons.SnoozeTask(task_id, "morning")),
            Button("下周", buttons.SnoozeTask(task_id, "week")),
        ),
        (Button("转给 ▸", buttons.GiveAway(-1, task_id, 0, 0)), back),
    )
    return Say(f"推迟多久？\n{body(errand, zone, now)}", rows, about=_about(errand))


def done(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """The task is done; a repeated one says when it is next."""
    head = "✅ 已完成" if errand.changed else ALREADY_DONE
    return _over(head, errand, zone, now)


def _over(head: str, errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    lines = [f"{head}：<b>{esc(cards.clip(errand.task.what, 200))}</b>"]
    if errand.customer is not None:
        lines.append(f"👤 {named(errand.customer)}")
    first = [Button("恢复", buttons.ReopenTask(errand.task.task_id))]
    following = errand.following
    if following is not None and following.cancelled_at is None and errand.task.recurrence:
        lines.append(f"🔁 下一次：{moment(following.due_at, following.has_time, zone, now)}")
        first.append(Button("不再重复", buttons.EndSeries(errand.task.task_id)))
    return Say("\n".join(lines), (tuple(first),), about=_about(errand))


def closed(error: TaskClosed) -> Say:
    """A button of a task that is over."""
    return Say(CLOSED, ((Button("恢复", buttons.ReopenTask(error.task_id)),),))


def cancelled(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """The task is taken back; a repeated one that goes on says when."""
    return _over("↩️ 已撤销提醒" if errand.changed else "↩️ 之前已撤销", errand, zone, now)


def all_cancelled(errands: Sequence[Errand], zone: ZoneInfo, now: datetime) -> Say:
    """The tasks of one message are taken back."""
    says = [cancelled(errand, zone, now) for errand in errands]
    if len(says) == 1:
        return says[0]
    back = [Button(f"恢复 {n}", buttons.ReopenTask(errand.task.task_id)) for n, errand in enumerate(errands, 1)]
    return Say("\n".join(f"{n}. {say.text}" for n, say in enumerate(says, 1)), _in_rows(back))


def _in_rows(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))


def shown(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """The task as it stands: open, done or taken back."""
    if errand.task.done_at is not None:
        return done(Errand(errand.task, errand.customer, errand.assignee, errand.following, False), zone, now)
    if errand.task.cancelled_at is not None:
        return cancelled(Errand(errand.task, errand.customer, errand.assignee, errand.following, False), zone, now)
    return card(errand, zone, now, "⏰ 提醒")


def ended(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """Nothing follows any more."""
    said = shown(errand, zone, now)
    return Say(f"{STOPPED}\n{said.text}", said.rows, about=said.about)


def ask_retime(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """The next text is the time."""
    rows: Rows = ((Button("不改了", buttons.ShowTask(errand.task.task_id)),),)
    return Say(f"改到什么时候？直接发时间，{EXAMPLE}\n{body(errand, zone, now)}", rows, about=_about(errand))


def ask_time(request: Request, draft_id: int, zone: ZoneInfo, now: datetime) -> Say:
    """The time is missing, over, or of a day that does not exist; what was typed is kept."""
    if request.wrong is not None:
        head = f"没有“{esc(request.wrong)}”这个时间，请换一个，{EXAMPLE}"
    elif request.past is not None:
        head = f"{moment(request.past, request.past_has_time, zone, now)} 已经过了，改成什么时候？"
    elif request.reckoned is not None and request.customer is not None:
        head = (
            f"什么时候提醒？还没记 {esc(request.customer.name)} 的生日：直接发生日（例如 <code>5月3日</code>、"
            "<code>农历八月十五</code>），我记到资料里再算日子；或者点一下、直接发提醒的时间。"
        )
    else:
        head = f"什么时候提醒？点一下，或直接发时间，{EXAMPLE}"
    about = f"\n👤 {named(request.customer)}" if request.customer else ""
    what = f"\n<b>{esc(cards.clip(request.what or request.text, 300))}</b>"
    later = request.next_year
    years: Rows = ()
    if later is not None:
        on = later.due_at.astimezone(zone)
        label = f"明年{on.month}月{on.day}日" if on.year > now.astimezone(zone).year else f"今年{on.month}月{on.day}日"
        years = ((Button(label, buttons.DraftWhen(draft_id, NEXT_YEAR)),),)
    return Say(f"{head}{what}{about}", (*years, *_times(draft_id)))


def no_time(text: str) -> Say:
    """The answer names no time; it can be copied."""
    rows: Rows = ((Button("复制我发的内容", copy=text),),) if 0 < len(text) <= 256 else ()
    return Say(f"没看出是什么时间，{EXAMPLE}", rows)


def past_time(request: Request, zone: ZoneInfo, now: datetime) -> Say:
    """The answer names a time that is over or does not exist."""
    if request.wrong is not None:
        return Say(f"没有“{esc(request.wrong)}”这个时间，请换一个，{EXAMPLE}")
    spoken = moment(request.past, request.past_has_time, zone, now) if request.past else "这个时间"
    return Say(f"{spoken} 已经过了，请发一个以后的时间，{EXAMPLE}")


def with_birthday(said: Say) -> Say:
    """The birthday that was asked for has been kept, too."""
    return replace(said, text=f"{said.text}\n🎂 生日已记到资料")


def retimed(todo: Todo, zone: ZoneInfo, now: datetime) -> str:
    """The reminder that waits for an answer has another time."""
    return f"好，时间改成 {moment(todo.due_at, todo.has_time, zone, now)}。上面的问题点一下，就定下来。"


def gone(to: tuple[datetime, bool], zone: ZoneInfo, now: datetime) -> str:
    """A time that is over was told."""
    return f"{moment(*to, zone, now)} 已经过了，请发一个以后的时间。"


def numbered(head: str, number: int, of: int) -> str:
    """The head of one card of several."""
    return f"{head}（{number}/{of}）" if of > 1 else head


def ask_what(draft_id: int, todos: Sequence[Todo], zone: ZoneInfo, now: datetime) -> Say:
    """The times are known, what to do is not."""
    times = "、".join(moment(todo.due_at, todo.has_time, zone, now) for todo in todos)
    return Say(f"{times}，到时提醒您做什么？直接发一句话。", ((Button("不定了", buttons.DropDraft(draft_id)),),))


def whose(request: Request, draft_id: int) -> Say:
    """Several customers fit the name."""
    made = [
        Button(cards.clip(f"{c.name} {c.company or ''}".strip(), 24), buttons.DraftToCustomer(draft_id, c.customer_id))
        for c in request.candidates[:5]
    ]
    rows = [tuple(made[at : at + 2]) for at in range(0, len(made), 2)]
    rows.append((Button("不关联客户", buttons.DraftWithoutCustomer(draft_id)), _drop(draft_id)))
    return Say(f"是哪位客户的事？\n<b>{esc(cards.clip(request.text, 300))}</b>", tuple(rows))


def end(task: Task) -> Button:
    """[完成「签合同」]"""
    return Button(f"完成「{cards.clip(task.what, 16)}」", buttons.DoneTask(task.task_id))


def which_done(found: Sequence[Errand], zone: ZoneInfo, now: datetime) -> Say:
    """Several tasks, or none, fit what is said to be finished."""
    if not found:
        return Say("没找到对应的待办，现在没有未完成的事。")
    lines = ["哪一件办完了？"]
    for number, errand in enumerate(found, 1):
        who = f" · {named(errand.customer)}" if errand.customer else ""
        when = moment(errand.task.due_at, errand.task.has_time, zone, now)
        lines.append(f"{number}. {esc(cards.clip(errand.task.what, 60))}{who} · {when}")
    made = [Button(f"完成 {number}", buttons.DoneTask(e.task.task_id)) for number, e in enumerate(found, 1)]
    return Say("\n".join(lines), _in_rows(made))


def short(task: Task, zone: ZoneInfo, now: datetime) -> str:
    """The task's hour or how long it is overdue, for lists."""
    local, today = task.due_at.astimezone(zone), now.astimezone(zone).date()
    overdue = (today - local.date()).days
    if overdue > 0:
        return f"已拖{overdue}天"
    return f"{local:%H:%M}" if task.has_time else "今天"


def _times(draft_id: int) -> Rows:
    choices = (
        ("1 小时后", "hour"),
        ("今天下午", "afternoon"),
        ("明天上午", "tomorrow"),
        ("后天", "overmorrow"),
        ("下周一", "monday"),
    )
    made = [Button(words, buttons.DraftWhen(draft_id, choice)) for words, choice in choices]
    return tuple(made[:2]), tuple(made[2:]), (_drop(draft_id),)


def _drop(draft_id: int) -> Button:
    return Button("不定了", buttons.DropDraft(draft_id))


def _about(errand: Errand) -> About:
    return About(errand.task.customer_id, task_id=errand.task.task_id)
