"""What is asked about a complaint: topic, how bad it is, cause, handler; causes, and who complains again."""

from __future__ import annotations

from collections.abc import Sequence

from crm import causes, complaints
from crm.causes import CauseRefused, Repeats
from crm.complaints import Case
from crm.tables import Complaint, ComplaintCause, Member
from handlers import buttons
from handlers.buttons import complaints as presses
from handlers.say import Button, Say, esc
from handlers.texts import cards, tags
from handlers.texts.complaints import SEVERITIES
from nlp import labels

A_PAGE = 5
TYPE_CAUSE = "这件投诉的原因是什么？直接发几个字，例如：<code>供应商来料不良</code>（会记进团队的原因列表）"
COLLEAGUE = "团队里没有这位同事，点 [转给…] 从名单里选。"
REFUSED = {
    "empty": "原因写几个字就行，例如：<code>发货延误</code>",
    "long": f"原因请写短一点，{causes.LONGEST} 个字以内，例如：<code>供应商来料不良</code>",
    "many": f"团队的原因已经有 {causes.MOST} 条，先在 [原因和常客] 里去掉不用的。",
}


def topic(case: Case) -> Say:
    """What is it about?"""
    others = [label for label in labels.TOPICS if label != case.complaint.topic]
    made = [Button(tags.NAMES[label], presses.SetTopic(_id(case), label)) for label in others]
    return _asked(case, "是哪一类问题？", made, 3)


def severity(case: Case, hours: tuple[int, ...]) -> Say:
    """How bad is it?"""
    now = complaints.severity(case.complaint)
    made = [
        Button(f"{'● ' if code == now else ''}{name}（{hours[at]} 小时）", presses.SetSeverity(_id(case), code))
        for at, (code, name) in enumerate(SEVERITIES.items())
    ]
    return _asked(case, "有多急？括号里是几个工作小时内要解决。", made, 1)


def cause(case: Case, found: Sequence[ComplaintCause], offset: int) -> Say:
    """Why did it happen?"""
    page = found[offset : offset + A_PAGE]
    made = [Button(row.name, presses.SetCause(_id(case), row.complaint_cause_id)) for row in page]
    following = offset + A_PAGE if offset + A_PAGE < len(found) else 0
    if following or offset:
        made.append(Button("更多", presses.AskCause(_id(case), following)))
    made.append(Button("其他，我来写", presses.TypeCause(_id(case))))
    return _asked(case, "是什么原因造成的？", made, 2)


def handler(case: Case, colleagues: Sequence[Member], offset: int) -> Say:
    """Who shall handle it?"""
    others = [one for one in colleagues if one.member_id != case.handler_id]
    page = others[offset : offset + A_PAGE]
    made = [Button(cards.clip(one.name, 12), presses.AssignComplaint(_id(case), one.member_id)) for one in page]
    if offset + A_PAGE < len(others):
        made.append(Button("更多", presses.AskHandler(_id(case), offset + A_PAGE)))
    return _asked(case, f"现在由{esc(case.handler or '没有人')}负责，转给谁？", made, 3)


def _asked(case: Case, question: str, made: Sequence[Button], in_a_row: int) -> Say:
    text = f"<b>{esc(case.customer.name)}</b> 的投诉：{question}\n<i>{esc(cards.clip(case.note.text, 120))}</i>"
    rows = [tuple(made[i : i + in_a_row]) for i in range(0, len(made), in_a_row)]
    return Say(text, (*rows, (Button("返回", buttons.ShowComplaint(_id(case))),)))


def _id(case: Case) -> int:
    return case.complaint.complaint_id


def repeats(found: Repeats, edits: bool) -> Say:
    """The causes of 90 days, and who or what complains again; `edits`: the reader may change the list of causes."""
    last = [Button("口径", presses.DefineComplaints()), Button("返回列表", presses.ListComplaints("open", 0))]
    if edits:
        last.insert(0, Button("改原因列表", presses.RetireCause(0)))
    if not found.total:
        return Say("近 90 天没有投诉。🎉", (tuple(last),))
    lines = [f"🔎 <b>近 90 天 {found.total} 件投诉</b>"]
    lines.append("原因：" + ("、".join(f"{esc(name)} {n}" for name, n in found.causes[:6]) or "还没有人选过原因"))
    if found.without_cause:
        lines.append(f"没选原因的 {found.without_cause} 件，打开那件投诉点 [原因] 就能补。")
    lines.append(f"反复投诉的客户（≥{found.least} 件）：{'' if found.customers else '没有'}")
    lines += [f"· {esc(row.name)} {n} 件" for row, n in found.customers]
    products = "、".join(f"{esc(name)} {n} 件" for name, n in found.products)
    lines.append(f"反复被投诉的产品：{products or '没有'}")
    made = [Button(cards.clip(row.name, 12), buttons.ShowCustomer(row.customer_id)) for row, _ in found.customers[:3]]
    return Say("\n".join(lines), (*((tuple(made),) if made else ()), tuple(last)))


def cause_list(found: Sequence[ComplaintCause]) -> Say:
    """The team's causes, each with a button that takes it off."""
    made = [Button(f"✕ {row.name}", presses.RetireCause(row.complaint_cause_id)) for row in found[:9]]
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    text = "📋 团队的投诉原因：" + "、".join(esc(row.name) for row in found)
    text += "\n点 ✕ 不再列出（已选过的投诉不变）；要加新的，在一件投诉上点 [原因]→[其他，我来写]。"
    return Say(text, (*rows, (Button("返回", presses.ShowRepeats()),)))


def definition(hours: tuple[int, ...], work: str, least: int) -> Say:
    """[口径]"""
    urgent, serious, plain = hours
    lines = [
        "📐 <b>投诉的口径</b>",
        "一件：客户投诉的一件事；同一件没了结前再说，并进去，不另算",
        f"期限：加急 {urgent}、严重 {serious}、一般 {plain} 个工作小时，从立案算；工作时间 {work}，休息日和节假日不算",
        "超期：过了期限还没标 [已解决]；结案：告诉过客户、由人点了结案",
        f"反复投诉：近 90 天（从现在往前 90×24 小时）立案满 {least} 件的客户或产品",
        "产品：话里提到的；没提就算他 180 天内最近买的那样",
        "期限和次数在 设置 → 投诉 里改",
    ]
    return Say("\n".join(lines), ((Button("返回", presses.ShowRepeats()),),))


def refused(error: CauseRefused) -> Say:
    """A cause that cannot be one."""
    return Say(REFUSED[error.why])


def severity_set(row: Complaint) -> str:
    """The head after the severity was chosen."""
    return f"✏️ 已定为{SEVERITIES[complaints.severity(row)]}，期限重新算了"
