"""Words of a handover: what goes to whom, done, undone, and the leaver's membership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.belongings import CUSTOMER, OUTBOX
from crm.candidates import Fit
from crm.successions import Estate
from crm.tables import Member, Transfer
from crm.transfers import Undone
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, ownership

SHOWN = 6
HOW_TO = (
    "同事离职或调岗，一句话交接：\n<code>交接 小李 给 小周</code>\n<code>交接 小李 给 小周、小吴</code>（按最合适分）\n"
    "<code>交接 小李</code>（我推荐交给谁）\n客户、待办、提醒、投诉、走访一次转完，阶段和历史都在，7 天内可以撤销。"
)
KINDS = {
    CUSTOMER: "客户 {} 位",
    "task.assignee_id": "待办 {} 件",
    "complaint.assignee_id": "经手的投诉 {} 件",
    "visit.member_id": "走访 {} 次",
    "campaign_customer.owner_id": "活动名单 {} 位",
}
OTHERS = "其他 {} 件"


def counted(counts: Mapping[str, int]) -> str:
    """What there is, in words; pushes are nothing that anybody counts."""
    parts = [words.format(counts[kind]) for kind, words in KINDS.items() if counts.get(kind)]
    rest = sum(number for kind, number in counts.items() if kind not in KINDS and kind != OUTBOX)
    return "、".join([*parts, *([OTHERS.format(rest)] if rest else [])]) or "没有客户和待办"


def home(done: Sequence[tuple[Transfer, str]], zone: ZoneInfo, now: datetime) -> Say:
    """/handover: how to, and what can be undone."""
    lines = [HOW_TO]
    made = []
    for act, name in done:
        lines.append(f"· {esc(name)} {days.ago(act.made_at, zone, now)}交接：{counted(act.counts)}")
        made.append((Button(f"撤销 {cards.clip(name, 10)} 的交接", buttons.UndoHandover(act.transfer_id, "ask")),))
    return Say("\n".join(lines), tuple(made))


def choose(left: Estate, fits: Sequence[Fit]) -> Say:
    """Who takes over, the best first."""
    if not fits:
        return Say(ownership.NOBODY)
    leaver_id = left.leaver.member_id
    lines = [f"{esc(left.leaver.name)} 名下：{counted(left.counts)}。交给谁？"]
    lines += [
        f"{number}. {esc(fit.member.name)}：{ownership.reason(fit)}" for number, fit in enumerate(fits[:SHOWN], 1)
    ]
    made = [
        Button(cards.clip(fit.member.name, 10), buttons.ChooseHeir(leaver_id, fit.member.member_id))
        for fit in fits[: SHOWN - 1]
    ]
    if len(fits) > 1:
        made.append(Button("按最合适分给大家", buttons.ChooseHeir(leaver_id, 0)))
    return Say("\n".join(lines), (*_twos(made), (Button("口径", buttons.DefineOwnership("fit")),)))


def confirm(left: Estate, chosen: Sequence[Member], draft_id: int) -> Say:
    """What would go to whom; whether the leaver goes is a button of its own."""
    to = "、".join(esc(member.name) for member in chosen)
    how = "，按地区、行业、忙闲分给：" if len(chosen) > 1 else " → "
    lines = [f"{esc(left.leaver.name)} 名下：{counted(left.counts)}{how}<b>{to}</b>"]
    lines.append("阶段、历史、提醒时间都不变，7 天内可以撤销。")
    only = Button("只交接，人还在", buttons.HandOver(draft_id, False))
    first: tuple[Button, ...] = (only,)
    if left.may_remove:
        first = (Button("交接并移出团队", buttons.HandOver(draft_id, True)), only)
        lines.append("移出后对方马上看不到任何数据，旧按钮也失效。")
    last = (Button("不交接", buttons.KeepAsIs(draft_id)), Button("口径", buttons.DefineOwnership("handover")))
    return Say("\n".join(lines), (first, last))


def done(act: Transfer, leaver: Member, got: Sequence[tuple[Member, int]]) -> Say:
    """It is done, with the way back."""
    to = "、".join(f"{esc(member.name)} {number} 位" for member, number in got)
    lines = [f"✅ {esc(leaver.name)} 的{counted(act.counts)}已交接{f'：{to}' if to else ''}。"]
    if act.removed:
        lines.append(f"{esc(leaver.name)} 已移出团队，再也看不到团队数据。")
    row = [Button("撤销交接", buttons.UndoHandover(act.transfer_id, "ask"))]
    if got:
        row.append(Button("接手清单", buttons.ShowBrief(act.transfer_id, got[0][0].member_id, 0)))
    return Say("\n".join(lines), (tuple(row),))


def ask_undo(act: Transfer, leaver: Member, is_admin: bool) -> Say:
    """The leaver is gone: only the data, or the membership too."""
    transfer_id, name = act.transfer_id, esc(leaver.name)
    first = [Button("只退回客户和待办", buttons.UndoHandover(transfer_id, "back"))]
    if is_admin:
        label = f"退回，并让 {cards.clip(leaver.name, 8)} 回来"
        first.insert(0, Button(label, buttons.UndoHandover(transfer_id, "member")))
    note = "" if is_admin else "让人回团队要管理员来点。"
    text = (
        f"撤销交接：{counted(act.counts)}回到 {name} 名下（后来又转手、办完的不动）。\n"
        f"{name} 已不在团队，只退回的话，这些客户暂时只有主管看得到，也不发提醒。{note}"
    )
    return Say(text, (tuple(first), (Button("不撤销", buttons.KeepAsIs(0)),)))


def undone(found: Undone, leaver: Member, is_admin: bool) -> Say:
    """What came back, and what stayed."""
    stay = f"另有 {found.kept} 件后来又转手或办完了，没有动。" if found.kept else ""
    lines = [f"↩️ 已撤销交接：{counted(found.back)}回到 {esc(leaver.name)} 名下。{stay}"]
    row: list[Button] = []
    if leaver.left_at is not None:
        lines.append(f"{esc(leaver.name)} 还不在团队：这些客户只有主管看得到，不发提醒。")
        row = [Button("改交给别人 ▸", buttons.ChooseHeir(leaver.member_id, -1))]
        if is_admin:
            row.append(Button(f"让 {cards.clip(leaver.name, 8)} 回来", buttons.WelcomeBack(leaver.member_id)))
    return Say("\n".join(lines), (tuple(row),) if row else ())


def went_back(leaver: str, number: int) -> Say:
    """To who had it in between."""
    return Say(f"↩️ {esc(leaver)} 的交接撤销了，{number} 位客户和相关待办回到 {esc(leaver)} 名下。")


def is_back(member: Member) -> Say:
    """To the admin."""
    return Say(f"✅ {esc(member.name)} 回到团队了，角色和以前一样。")


def you_are_back(team_name: str) -> Say:
    """To who is a member again."""
    return Say(f"您又是「{esc(team_name)}」的成员了，发 /today 看要做的事。")


def to_oneself(name: str) -> Say:
    """Nobody hands over to himself."""
    return Say(f"不能把 {esc(name)} 的客户交接给 {esc(name)} 自己，换一位同事：<code>交接 {esc(name)} 给 小周</code>。")


def nothing(name: str) -> Say:
    """There is nothing to hand over."""
    return Say(f"{esc(name)} 名下没有客户和待办，不用交接；要移出团队请发 /members。")


def nobody_named(said: str, others: Sequence[Member]) -> Say:
    """No colleague of that name; who there is."""
    names = "、".join(esc(member.name) for member in others[:8])
    there = f"可以是：{names}。" if names else "先发 /invite 邀请同事。"
    return Say(f"团队里没有能接手的“{esc(cards.clip(said, 12))}”，{there}")


def elsewhere(name: str) -> Say:
    """The person is in another team by now."""
    return Say(f"{esc(name)} 已经在别的团队了，要先由那边移出才能回来；客户和待办照样可以退回或改交给别人。")


def _twos(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))
