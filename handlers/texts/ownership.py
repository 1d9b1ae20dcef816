"""Words around who has which customer: given, offered, and whom the new owner should call first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from charts import figures
from crm.briefs import Brief, Line
from crm.candidates import Fit
from crm.outbox import About
from crm.tables import Customer, CustomerSummary, Member, Transfer
from handlers import buttons
from handlers.buttons import Press
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, risk_facts, tasks

SHOWN = 6
PAGE = 5
HOW_TO = (
    "分客户这样发：\n<code>分配 张伟 给 小周</code>\n<code>分配 行业=五金 给 小周</code>（先告诉您几位，再点确认）\n"
    "<code>分配 张伟</code>（我按地区、行业、忙闲、成交率推荐）\n没人跟的客户在 /pool 公海。"
)
HOW_TO_OFFER = "把自己的客户转给同事：<code>把张伟转给小周</code>，对方点 [接手] 才算。"
TO_ONESELF = "这位客户本来就在您名下，不用转给自己。"
NOBODY = "团队里没有别的销售可以转，先发 /invite 邀请同事。"
DEFINITIONS = {
    "fit": (
        "<b>推荐负责人的口径</b>\n"
        "得分 = 同地区 35% + 同行业 25% + 手上不忙 25% + 成交率 15%。\n"
        "同地区、同行业：名下与这位客户地区（行业）一字不差的在册客户数，除以组里最多的那位；"
        "手上不忙：名下在册客户数越少越高；成交率：（成交阶段的客户＋1）÷（名下客户＋4）。\n"
        "窗口：此刻名下的全部客户，删掉的不算；截止：打开这一页的时候。"
    ),
    "many": (
        "<b>按条件分配的口径</b>\n"
        "符合条件的在册客户，连公海里的一起数，截止点确认的时候；已在对方名下的不动。"
        "原负责人没办完的待办、没结案的投诉、没走完的走访跟着客户走，办完的不动。"
    ),
    "brief": (
        "<b>先联系谁的口径</b>\n"
        "排序分 = 金额 × 风险 × 未了的事。\n"
        "金额：近 365 天净额＋未结商机金额＋1 元；风险：流失概率＋10%（没打过分的按 10%）；"
        "未了的事：1＋2×未结投诉＋7 天内到期和已过期的待办＋未结商机。\n"
        "截止：打开这一页的时候；已转走的客户不在内。"
    ),
    "handover": (
        "<b>交接的口径</b>\n"
        "一次全部转：名下的客户、没办完的待办和提醒、没结案的投诉、没走完的走访、没发的活动名单，以及排队中的提醒。"
        "商机、需求、欠款跟着客户走。阶段、历史和到期时间都不变；办完、结案的留在原来的人名下。\n"
        "有地区、行业之分时按推荐得分分给几位，每位最多平均数的 1.5 倍；不属于任何客户的待办给第一位。\n"
        "7 天内可以 [撤销交接]：交出去后没再转手、没办完的原样退回。"
    ),
}


def definition(what: str) -> Say | None:
    """[口径]"""
    return Say(DEFINITIONS[what]) if what in DEFINITIONS else None


def reason(fit: Fit) -> str:
    """Why him: what speaks for him, and his load."""
    parts = [f"同地区 {fit.places} 位"] if fit.places else []
    parts += [f"同行业 {fit.lines} 位"] if fit.lines else []
    parts.append(f"手上 {fit.load} 位")
    parts.append(f"成交 {figures.share(fit.won, fit.load)}" if fit.load else "还没有客户")
    return "、".join(parts)


def suggested(
    customer: Customer, owner: str | None, fits: Sequence[Fit], before: Sequence[tuple[str | None, datetime]]
) -> Say:
    """Who is to have the customer, the best first."""
    customer_id = customer.customer_id
    if not fits:
        return Say(NOBODY)
    now = f"，现在是 {esc(owner)} 在跟" if owner else "，现在没人跟"
    lines = [f"{tasks.named(customer)}{now}。分给谁？", *_fits(fits)]
    if before:
        names = " ← ".join(esc(name or "公海") for name, _ in before)
        lines.append(f"以前：{names}")
    made = [Button(_name(fit.member), buttons.GiveCustomer(customer_id, fit.member.member_id)) for fit in fits[:SHOWN]]
    last = (Button("查看客户", buttons.ShowCustomer(customer_id)), Button("口径", buttons.DefineOwnership("fit")))
    return Say("\n".join(lines), (*_threes(made), last), about=About(customer_id))


def whom(customer: Customer, colleagues: Sequence[Member]) -> Say:
    """To whom a rep offers his own customer."""
    made = [
        Button(_name(member), buttons.ChooseColleague(customer.customer_id, member.member_id))
        for member in colleagues[:SHOWN]
    ]
    if not made:
        return Say(NOBODY)
    return Say(
        f"{tasks.named(customer)} 转给哪位同事？对方点 [接手] 才算。", _threes(made), about=About(customer.customer_id)
    )


def confirm_many(
    said: str, total: int, owned: Mapping[str, int], draft_id: int, fits: Sequence[Fit], to: Collection[int]
) -> Say:
    """How many fit and whose they are now; the button says to whom they go."""
    if not total:
        return Say(f"没有符合的客户：{esc(said)}。放宽一点再试，或发 /customers 看条件的写法。")
    whose = "、".join(f"{esc(name)} {number} 位" for name, number in owned.items())
    lines = [f"符合的客户 <b>{total}</b> 位：{esc(said)}", f"现在在：{whose}"]
    made = [fit for fit in fits if fit.member.member_id in to] or list(fits)
    keep = Button("不分了", buttons.KeepAsIs(draft_id))
    if len(to) == 1:
        sure = Button(f"分给 {_name(made[0].member)}", buttons.GiveMany(draft_id, made[0].member.member_id))
        lines.append(f"都分给 <b>{esc(made[0].member.name)}</b>？7 天内可以撤销。")
        return Say("\n".join(lines), ((sure, keep), (Button("口径", buttons.DefineOwnership("many")),)))
    lines += ["分给谁？", *_fits(made)]
    row = [Button(_name(fit.member), buttons.GiveMany(draft_id, fit.member.member_id)) for fit in made[: SHOWN - 1]]
    if len(made) > 1:
        row.insert(0, Button("按最合适分", buttons.GiveMany(draft_id, 0)))
    return Say("\n".join(lines), (*_threes(row), (keep, Button("口径", buttons.DefineOwnership("fit")))))


def gave_many(act: Transfer, got: Sequence[tuple[Member, int]]) -> Say:
    """Who got how many."""
    if not got:
        return Say("这些客户本来就在 TA 名下，没有要转的。")
    told = "、".join(f"{esc(member.name)} {number} 位" for member, number in got)
    row = [Button("撤销分配", buttons.UndoTransfer(act.transfer_id))]
    row += [Button("接手清单", buttons.ShowBrief(act.transfer_id, got[0][0].member_id, 0))]
    return Say(f"🤝 已分给：{told}。相关的待办一起转了。", (tuple(row),))


def kept(note: str = "好，没有改动。") -> Say:
    """Nothing was given."""
    return Say(note)


def undone(name: str, owner: str | None) -> Say:
    """A customer is whose he was."""
    where = f"回到 {esc(owner)} 名下" if owner else "回到公海"
    return Say(f"↩️ 已撤销：{name} {where}。")


def many_undone(back: int, stay: int) -> Say:
    """Customers are whose they were."""
    more = f"；另有 {stay} 件后来又转手或办完了，没有动" if stay else ""
    return Say(f"↩️ 已撤销分配：{back} 位客户回到原来的负责人{more}。")


def taken_back(name: str) -> str:
    """To who had the customer in between."""
    return f"↩️ {name} 的转交已撤销，回到原来的负责人。"


# --- offers ----------------------------------------------------------------------------------------------------------
def offered(act: Transfer, customer: Customer, taker: Member, is_new: bool) -> Say:
    """To who offers."""
    row = (Button("收回", buttons.AnswerOffer(act.transfer_id, False)),)
    asked = f"{'已问' if is_new else '之前已问过'} {esc(taker.name)}"
    text = f"📨 {asked} 要不要接手 {tasks.named(customer)}。对方点头之前还是您的客户。"
    return Say(text, (row,), about=About(customer.customer_id))


def asked(act: Transfer, customer: Customer, summary: CustomerSummary | None, giver: str) -> Say:
    """To the colleague: enough to decide, no number yet."""
    row = (
        Button("接手", buttons.AnswerOffer(act.transfer_id, True)),
        Button("不接", buttons.AnswerOffer(act.transfer_id, False)),
    )
    return Say(f"📨 {esc(giver)} 想把 {tasks.named(customer)} 转给您：{facts(customer, summary)}", (row,))


def accepted(act: Transfer, customer: Customer) -> Say:
    """To who took him."""
    row = (
        Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
        Button("退回", buttons.UndoTransfer(act.transfer_id)),
    )
    return Say(
        f"🤝 {tasks.named(customer)} 现在是您的客户，待办一起转来了。", (row,), about=About(customer.customer_id)
    )


def answered(customer: Customer, taker: str, takes: bool) -> Say:
    """To who offered."""
    did = "接手了" if takes else "没有接手"
    return Say(f"📨 {esc(taker)} {did} {tasks.named(customer)}。" + ("" if takes else "还是您的客户。"))


def declined(customer: Customer, is_own: bool) -> Say:
    """To who said no, or took the offer back."""
    return Say(f"好，{'收回了' if is_own else '没有接手'} {tasks.named(customer)}。")


# --- the new owner's brief -------------------------------------------------------------------------------------------
def facts(customer: Customer, summary: CustomerSummary | None) -> str:
    """Stage, group, risk and place in a line."""
    parts = [cards.STAGES.get(customer.stage, "")]
    if summary is not None and summary.purchase_days:
        parts += [cards.GROUPS[summary.value_group]] if summary.value_group in cards.GROUPS else []
        parts += [f"近一年 {figures.yuan(summary.value_fen)}"] if summary.value_fen else []
        parts += [f"流失风险 {chance}"] if (chance := risk_facts.chance(summary)) else []
    parts += [esc(part) for part in (customer.region, customer.industry) if part]
    return " · ".join(part for part in parts if part)


def why(line: Line) -> str:
    """What is open first, then money and risk."""
    parts = [f"未结投诉 {line.complaints}"] if line.complaints else []
    parts += [f"近期待办 {line.tasks}"] if line.tasks else []
    parts += [f"商机 {figures.yuan(line.deals_fen)}"] if line.deals else []
    return " · ".join([*parts, facts(line.customer, line.summary)])


def brief(found: Brief, head: str, offset: int = 0, undo: Press | None = None) -> Say:
    """Who first and why, a page."""
    lines = [head]
    for number, line in enumerate(found.lines, offset + 1):
        lines.append(f"{number}. <b>{tasks.named(line.customer)}</b> {why(line)}")
    made = [
        Button(f"查看 {number}", buttons.ShowCustomer(line.customer.customer_id))
        for number, line in enumerate(found.lines, offset + 1)
    ]
    last = [Button("口径", buttons.DefineOwnership("brief"))]
    following = offset + len(found.lines)
    if found.total > PAGE:
        following = following if following < found.total else 0
        label = "更多" if following else "回到开头"
        last.insert(0, Button(label, buttons.ShowBrief(found.transfer.transfer_id, found.taker_id, following)))
    return Say("\n".join(lines), (*_threes(made), tuple(last)))


def brief_head(giver: str, total: int, shown: int) -> str:
    """The first line for the new owner."""
    first = f"先联系这 {shown} 位：" if shown else ""
    return f"🤝 {esc(giver)} 转给您 <b>{total}</b> 位客户，待办和提醒一起转来了。{first}"


def brief_page_head(name: str, total: int) -> str:
    """The first line of a page that somebody opened."""
    return f"📋 {esc(name)}接手的客户 <b>{total}</b> 位，先联系谁："


def one_brief(line: Line, zone: ZoneInfo, now: datetime) -> str:
    """What the new owner of one customer should know, below the first line."""
    said = why(line)
    last = line.summary.last_note_at if line.summary is not None else None
    return said + (f" · 上次跟进 {days.ago(last, zone, now)}" if last is not None else "")


def _fits(fits: Sequence[Fit]) -> list[str]:
    return [f"{number}. {esc(fit.member.name)}：{reason(fit)}" for number, fit in enumerate(fits[:SHOWN], 1)]


def _name(member: Member) -> str:
    return cards.clip(member.name, 10)


def _threes(made: Sequence[Button]) -> Rows:
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
