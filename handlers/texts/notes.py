"""What is said about notes: saved, taken back, whose it is, and until when a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm import drafts
from crm.entries import Recorded
from crm.handed_on import HandedOn
from crm.outbox import About
from crm.tables import Customer, Note, NoteTag
from handlers import buttons
from handlers.buttons.complaints import FinishComplaints, SplitComplaint
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, credit, days, masking, payment_plans, repetitions, restraint, tags, tasks
from nlp.reader import endings

HOW_TO_NOTE = "记谁的、记什么？例如：<code>记 张伟 嫌交期慢，要求下周三前回复</code>"
WHAT_TO_NOTE = "要记什么？直接发一句话就行。"
PROMISE = "听起来答应了客户一件事，什么时候办？"
THANKED = "不客气 😊 有事随时发我。"
CHEERS = "👏 恭喜开单！客户和金额发给我就记下，例如：<code>张伟下单12000 螺栓M8</code>"
SMALL_TALK = "在的 👋 直接发客户情况就行，例如：<code>张伟嫌交期慢，下周三回访</code>；发 /help 看全部用法。"
DROPPED = "好，这条没有保存。"
SAVED = "✅ 已记到"
NOT_YET = "📝 还没到时候，资料先不改；已记到"
MOVED = "✅ 已改记到"
TASK_MOVED = "✅ 提醒已改到这位客户名下"
TAUGHT = "👌 记住了，已记到"
CORRECTED = "✏️ 已按您改的更新"
ASK_IN_PRIVATE = "没认出是哪位客户，请私聊我发这一条。"
PICTURE = "📷 图片"
FILE = "📎 文件"
EXAMPLE = "<code>张伟 合同已签</code>"
WHOSE = "这条记到谁名下？"
UNKNOWN = "没认出是哪位客户，先帮您留着。要新建客户吗？也可以加上姓名再发一次。"
INSTRUCTION = "这像是一条指令，我没有当成记录，也没有改动任何东西。请点对应卡片下面的按钮，或发 /help 看用法。"
ANSWERED = (
    "我答得上的例如 <code>这个月谁签单最多</code>、<code>高价值客户最近抱怨什么</code>、"
    "<code>哪个来源转化最好</code>；看客户发 <code>查 姓名</code>"
)
QUESTION = f"这像是在问我，没有当成记录。{ANSWERED}；是客户问的，就点名字记下。"
NO_SUCH_DAY = "日历上没有这一天，生日没有改。请核对后再发一次。"
QUESTIONS = {
    "new_or_update": "是更新老客户的资料，还是新客户？",
    "new_or_note": "是新客户，还是记到老客户名下？",
}
STATED = {"instruction": INSTRUCTION, "question": QUESTION, "impossible_date": NO_SUCH_DAY}  # whoever was meant
COPIED = 256  # characters a copy button holds


def saved(
    made: Recorded,
    zone: ZoneInfo,
    now: datetime,
    head: str = SAVED,
    asks: bool = True,
    offered: Sequence[date] = (),
) -> Say:
    """The short card of a note: whose, its tags with the words, the task or the question about the promise.

    offered: days that may be our task's; one tap makes one of each
    """
    note, customer = made.note, made.customer
    company = f"（{esc(customer.company)}）" if customer.company else ""
    lines = [f"{head} <b>{esc(customer.name)}</b>{company}", tags.line(note, made.tags)]
    asks = asks and made.task is None and _is_promise(made)
    if made.task is not None:
        lines.append(repetitions.line(made.task, zone, now))
    elif asks:
        lines.append(f"🤝 {PROMISE}")
    is_it = made.unsure[0] if made.unsure and not asks else None  # one question at a time
    lines.append(_filed(made))
    if made.debt is not None:
        lines.append(payment_plans.told(made.debt.parts))
    if is_it is not None:
        lines.append(f"❓ 像是<b>{tags.NAMES[is_it]}</b>，对吗？")
    if mourning := restraint.mourning(customer, note):
        lines.append(mourning)
    if left_alone := restraint.left_alone(customer, note):
        lines.append(left_alone)
    lines.append(restraint.wished(made.wished))
    rows: Rows = (*_days_offered(note, now.astimezone(zone).date(), asks, offered), _rows(note))
    if is_it is not None:
        rows = (_is_it(note, is_it), *rows)
    ended = *((restraint.lift(customer),) if mourning else ()), *((restraint.allow(customer),) if left_alone else ())
    if leave := restraint.leave(customer, note):
        ended = (*ended, leave)
    rows = (*ended, *_over(made), *rows)
    return Say("\n".join(line for line in lines if line), rows, about=About(customer.customer_id, note.note_id))


def _is_promise(made: Recorded) -> bool:
    """A promise that nobody was let off."""
    return any(tag.label == "promise" for tag in made.tags) and not endings.is_waived(made.note.text)


def _is_it(note: Note, label: str) -> tuple[Button, ...]:
    """The two answers to whether a label holds."""
    return (
        Button("对", buttons.ConfirmTag(note.note_id, label, True)),
        Button("不是", buttons.ConfirmTag(note.note_id, label, False)),
    )


def _filed(made: Recorded) -> str:
    if made.filed is None:
        return ""
    return "⚠️ 已立案" if made.filed.note_id == made.note.note_id else "⚠️ 同一件事，已并进未结的投诉"


def _over(made: Recorded) -> Rows:
    """What the note says is owed, the case that it opened or joined, and what it says is over, a tap each."""
    rows: list[tuple[Button, ...]] = []
    if made.debt is not None and made.debt.fen:
        rows.append((credit.as_debt(made.debt, made.customer.customer_id),))
    if made.filed is not None:
        row = [Button("处理投诉", buttons.ShowComplaint(made.filed.complaint_id))]
        if made.filed.note_id != made.note.note_id:
            row.append(Button("另立一件", SplitComplaint(made.note.note_id)))
        rows.append(tuple(row))
    if made.is_objection:
        rows.append((Button("立案", buttons.ConfirmTag(made.note.note_id, "complaint", True)),))
    if made.case is not None and made.cases > 1:
        rows.append((Button(f"{made.cases} 件投诉都结案", FinishComplaints(made.customer.customer_id)),))
    if made.case is not None:
        rows.append((Button("投诉已解决", buttons.SolveComplaint(made.case.complaint_id)),))
    if made.finished is not None:
        rows.append((tasks.end(made.finished),))
    return tuple(rows)


def ask_note(customer: Customer) -> Say:
    """The next text is a note of this customer."""
    rows = ((Button("不记了", buttons.ShowCustomer(customer.customer_id)),),)
    return Say(f"给 <b>{esc(customer.name)}</b> 记什么？直接发一句话。", rows, about=About(customer.customer_id))


def saved_in_group(customer: Customer) -> Say:
    """The same, as a group may see it."""
    return Say(f"✅ 已记到 {esc(masking.name(customer.name))}，详情请私聊我。")


def removed(customer: Customer, note: Note, others: Sequence[Customer] = (), again: bool = False) -> Say:
    """The undo of a note, `again` when it was undone before; `others` may be whom it was about."""
    head = "↩️ 之前已撤销" if again else "↩️ 已撤销"
    text = f"{head} <b>{esc(customer.name)}</b> 的这条记录：\n<i>{esc(cards.clip(note.text, 300))}</i>"
    rows: list[tuple[Button, ...]] = [(Button("恢复", buttons.RestoreNote(note.note_id)),)]
    for other in others:
        label = f"改记到 {other.name} {other.company or ''}".strip()
        rows.append((Button(_cut(label), buttons.MoveNote(note.note_id, other.customer_id)),))
    return Say(text, tuple(rows), about=About(customer.customer_id))


def not_his(called: str, customer: Customer | None) -> str:
    """What was entered last is of another than was told."""
    whose = f"是 {esc(customer.name)} 的" if customer is not None else "没有写客户"
    return f"刚记的那条{whose}，不是「{esc(called)}」的，没有改动。要改请在那条的卡片上点 [撤销] 再发一次。"


def whose(
    text: str,
    draft_id: int,
    candidates: Sequence[Customer],
    ask: str | None = None,
    named: str | None = None,
    shown: Sequence[Customer] = (),
) -> Say:
    """Whose note it is, when the message does not say; what was typed can be copied.

    shown: the customer shown last, where somebody not known is named; it may be told of him all the same
    """
    verb = "更新" if ask == "new_or_update" else ""
    made = [
        Button(_cut(verb + _label(c, candidates)), buttons.DraftToCustomer(draft_id, c.customer_id))
        for c in candidates[:5]
    ]
    rows = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    rows.append((Button("新客户", buttons.DraftAsCustomer(draft_id)), Button("不保存", buttons.DropDraft(draft_id))))
    rows += [(Button(_cut(f"记到 {c.name}"), buttons.DraftToCustomer(draft_id, c.customer_id)),) for c in shown]
    if not candidates and len(text) <= COPIED:
        rows.append((Button("复制原文，加上姓名再发", copy=text),))
    asked = QUESTIONS.get(ask or "", WHOSE) if candidates else UNKNOWN
    if named and not candidates:
        asked = f"名单里没有「{esc(cards.clip(named, 20))}」，要新建客户吗？"
    asked = STATED.get(ask or "", asked)
    return Say(f"{asked}\n<i>{esc(cards.clip(text, 300))}</i>", tuple(rows))


def handed_on(given: HandedOn, asked: Say, text: str) -> Say:
    """The question of a newcomer, with who looks after the one that is called so."""
    owner = esc(given.owner)
    told = f"{esc(given.name)} 已转给 {owner}，这条还没有保存：请转告 {owner}。是另一位就点 [新客户]。"
    return replace(asked, text=f"{told}\n<i>{esc(cards.clip(text, 300))}</i>")


def whose_picture(what: str, draft_id: int, candidates: Sequence[Customer]) -> Say:
    """A picture without a word is kept; whose it is and what it shows is asked."""
    made = tuple(Button(_cut(c.name), buttons.DraftToCustomer(draft_id, c.customer_id)) for c in candidates)
    read = (Button("读名片", buttons.ReadPhoto(draft_id)),) if what == PICTURE else ()
    rows: Rows = (*((made,) if made else ()), (*read, Button("不保存", buttons.DropDraft(draft_id))))
    who = "点下面的名字就记到名下；" if made else ""
    return Say(f"{what}先留着了，是谁的、说的什么？{who}也可以把这条消息编辑一下，配一句说明：{EXAMPLE}", rows)


def not_found() -> Say:
    """Not yours and not there are the same."""
    return Say("找不到这条记录了，可能已被撤销。发 <code>查 姓名</code> 看最近的记录。")


def draft_not_found() -> Say:
    """A draft of somebody else, or one that is gone."""
    return Say("这条草稿不在了，请重新发一次。")


def draft_resolved(error: drafts.DraftResolved) -> Say:
    """A second press below the question, or one after 取消."""
    return Say("这条已经取消，没有保存；要记请再发一次。" if error.is_dropped else "这条已经处理过了，不会重复保存。")


def history(
    customer: Customer, found: Sequence[tuple[Note, list[NoteTag]]], more: int | None, zone: ZoneInfo, now: datetime
) -> Say:
    """Older notes of a customer; `more` is the offset of the next page."""
    lines = [f"📚 <b>{esc(customer.name)}</b> 的记录"]
    for note, present in found:
        labels = tags.short(note, present)
        mark = f" <i>[{labels}]</i>" if labels else ""
        lines.append(f"📝 {days.ago(note.created_at, zone, now)} {esc(cards.clip(note.text, 500))}{mark}")
    if not found:
        lines.append("还没有记录。")
    more_of_him = (
        Button("偏好", buttons.ShowPreferences(customer.customer_id)),
        Button("线索", buttons.ShowLead(customer.customer_id)),
        Button("信用", buttons.ShowCredit(customer.customer_id)),
    )
    row = [Button("返回", buttons.ShowCustomer(customer.customer_id))]
    if more is not None:
        row.insert(0, Button("更多", buttons.MoreOfCustomer(customer.customer_id, more)))
    return Say("\n".join(lines), (tuple(row), more_of_him), about=About(customer.customer_id))


def _days_offered(note: Note, today: date, asks: bool, offered: Sequence[date]) -> Rows:
    rows: Rows = (_promise_days(note, today),) if asks else ()
    return (*day_rows(note, today, offered), *rows)


def day_rows(note: Note, today: date, offered: Sequence[date]) -> Rows:
    """A button for each of the days to come, on which the note becomes a task."""
    ahead = [on for on in offered if on >= today]
    return tuple(
        (Button(f"{days.day(on, today)}提醒我", buttons.PromiseOn(note.note_id, on.toordinal())),) for on in ahead
    )


def _promise_days(note: Note, today: date) -> tuple[Button, ...]:
    monday = 7 - today.weekday()
    choices = [("明天", 1), ("后天", 2), ("下周一", monday), ("不用", -1)]
    return tuple(Button(words, buttons.DatePromise(note.note_id, ahead)) for words, ahead in choices)


def _rows(note: Note) -> tuple[Button, ...]:
    return (
        Button("撤销", buttons.UndoNote(note.note_id)),
        Button("改标签", buttons.EditTags(note.note_id, 0)),
        Button("查看客户", buttons.ShowCustomer(note.customer_id)),
    )


def _label(customer: Customer, others: Sequence[Customer]) -> str:
    """The name; with the company where two share it."""
    twins = sum(other.name == customer.name for other in others) > 1
    return f"{customer.name} {customer.company or ''}".strip() if twins else customer.name


def _cut(text: str, longest: int = 24) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def several_moved(customer: Customer, moved: Sequence[Note], draft_id: int) -> Say:
    """Notes that went to another customer together, with their tasks."""
    lines = [f"✅ {len(moved)} 条都改记到 <b>{esc(customer.name)}</b>，里面的待办一起过来了"]
    lines += [f"📝 {esc(cards.clip(note.text, 60))}" for note in moved]
    buttons_of = (
        Button("撤销", buttons.UndoNotesMoved(draft_id)),
        Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
    )
    return Say("\n".join(lines), (buttons_of,), about=About(customer.customer_id))


def several_back(owners: Sequence[Customer]) -> Say:
    """They are again whose they were."""
    called = "、".join(dict.fromkeys(esc(one.name) for one in owners))
    return Say(f"↩️ 已撤销，{len(owners)} 条又记在 {called} 名下")
