"""Words around whether a lead is worth the time now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from crm.lead_outcomes import LEAST_AREA, READ, Learned
from crm.outbox import About
from crm.qualifications import CANDIDATES, LISTED_WINDOW, WINDOW, Evidence, Lead
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import customers, tags
from scoring import leads
from scoring.conversions import LEAST_OF_EACH, LEAST_OUTCOMES, Score

FACTS = {"money": "资金", "authority": "决定权", "need": "需求"}
POINTS = {
    "interest": "感兴趣",
    "involvement": "谈条件",
    "fit": "产品合适",
    "trust": "信得过产品",
    "liking": "喜欢我们",
    "credit": "信誉",
    "payment_plan": "付款安排",
}
_ICONS = {"money": "💰", "authority": "👤", "need": "🎯"}
_VALUES = {"yes": "有", "no": "没有", "unknown": "不清楚"}
_ADVICE = {
    "close_now": "三样都有，马上谈成交。",
    "awaken_need": "有钱也能定，还没觉得需要：讲清用处，用案例唤起需求。",
    "reach_decider": "要用也有钱，但他定不了：请他引见拍板的人。",
    "arrange_payment": "要用也能定，缺钱：谈分期、账期或先小批量。",
    "find_decider_then_need": "只有资金：先找到拍板的人，再讲需求。",
    "watch_budget": "能定但没钱也不急：保持联系，留意预算下来的时候。",
    "keep_warm": "只有需求：保持联系，等预算和拍板人。",
    "let_go": "三样都没有：先放一放，有变化再跟。",
}
_STEPS = {
    "interest": "给他看样品或案例，引起兴趣",
    "involvement": "请他一起谈价格、交期、条款",
    "fit": "核对规格和用法，确认产品合适",
    "trust": "拿检测报告、老客户口碑打消顾虑",
    "liking": "多走动，先处好关系",
    "credit": "问清信誉，看以往付款",
    "payment_plan": "把付款方式和时间谈定",
    "close": "都齐了，请他签单",
}
_NAMES = {"source": "来源", "industry": "行业", "authority": "职位能定", "notes": "跟进次数", "need": "提过需求"}
_DEFINITION = (
    "<b>线索的口径</b>\n"
    f"· 资金、决定权、需求：近 {WINDOW.days} 天的跟进记录里最新说到的那条算数；没有就看标签、职位、近一年订单；"
    "手工改的最优先。没问到的按「没有」取组合，并列为先问清的事。大写 = 有，小写 = 没有或不清楚。\n"
    "· 意愿 = 5 项（兴趣、谈条件、合适、信任、喜欢）里「有」的占比，能力 = 2 项（信誉、付款安排）；"
    "80% 以上强、50% 以上中。预计天数和建议按经验定，没有实测。\n"
    f"· 名单：近 {LISTED_WINDOW.days} 天记过、还没成交的，取最近联系的 {CANDIDATES} 位，"
    "按「有」的项数、成交把握、意愿、最近记录排。\n"
    f"· 成交把握：朴素贝叶斯，用团队最近 {READ} 个有结果的线索（下过单 = 成，没下单就标流失 = 败），"
    "只看首单之前的记录；"
    f"要 {LEAST_OUTCOMES} 个结果、成败各 {LEAST_OF_EACH} 个，留一法 AUC 到 {LEAST_AREA} 才给数，每天重算一次。"
)


def page(lead: Lead, learned: Learned | None, head: str = "") -> Say:
    """The case with its evidence, what to do, and what can be corrected."""
    customer, case = lead.customer, lead.case
    lines = [head, f"🧲 <b>{esc(customers.label(customer))}</b> · <b>{case.code}</b>"]
    lines += [f"{_ICONS[fact]} {name}：{_told(lead.evidence.get(fact), customer.name)}" for fact, name in FACTS.items()]
    lines.append(f"👉 {_ADVICE[case.advice]}")
    if case.unknown:
        lines.append("先问清：" + "、".join(FACTS[fact] for fact in case.unknown))
    lines += [_readiness(lead), _chance(lead, learned)]
    rows = []
    for fact, name in FACTS.items():
        now = _value(lead.evidence.get(fact))
        others = [value for value in _VALUES if value != now]
        made = [Button(f"{name}：{_VALUES[v]}", buttons.SetLeadFact(customer.customer_id, fact, v)) for v in others]
        rows.append(tuple(made))
    last = (
        Button("意愿和能力 ▸", buttons.ShowCheckpoints(customer.customer_id)),
        Button("口径", buttons.DefineLead(customer.customer_id)),
    )
    return Say("\n".join(line for line in lines if line), (*rows, last), about=About(customer.customer_id))


def checkpoints(lead: Lead, head: str = "") -> Say:
    """Desire and ability, one tap a correction: unknown → yes → no."""
    customer_id = lead.customer.customer_id
    lines = [head, f"🔥 <b>{esc(customers.label(lead.customer))}</b> 的意愿和能力"]
    lines += [f"· {name}：{_told(lead.evidence.get(point), lead.customer.name)}" for point, name in POINTS.items()]
    lines += [_readiness(lead), "点一下改：不清楚 → 有 → 没有。"]
    following = {"unknown": "yes", "yes": "no", "no": "unknown"}
    made = []
    for point, name in POINTS.items():
        now = _value(lead.evidence.get(point))
        mark = {"yes": "✓", "no": "✗"}.get(now, "?")
        made.append(Button(f"{name} {mark}", buttons.SetLeadFact(customer_id, point, following[now])))
    made.append(Button("返回", buttons.ShowLead(customer_id)))
    rows = tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))
    return Say("\n".join(line for line in lines if line), rows, about=About(customer_id))


def listed(best: Sequence[Lead], offset: int, size: int) -> Say:
    """The best leads."""
    define = Button("口径", buttons.DefineLead(0))
    if not best:
        text = f"近 {LISTED_WINDOW.days} 天没有记过、还没成交的线索。看一位：<code>线索 张伟</code>"
        return Say(text, ((define,),))
    shown = best[offset : offset + size] or best[:size]
    start = offset if offset < len(best) else 0
    lines = [f"🧲 最值得跟的线索（近 {LISTED_WINDOW.days} 天记过、还没成交，{len(best)} 位）"]
    for at, lead in enumerate(shown, start + 1):
        days = lead.readiness.expected_days
        more = [lead.case.code, f"约 {days} 天" if days else "还早"]
        more += [f"把握 {lead.score.probability:.0%}"] if lead.score else []
        lines.append(f"{at}. {esc(customers.label(lead.customer))} · {' · '.join(more)}")
    made = [Button(lead.customer.name[:20], buttons.ShowLead(lead.customer.customer_id)) for lead in shown]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    following = start + size
    rows.append((Button("更多", buttons.ListLeads(following)), define) if following < len(best) else (define,))
    return Say("\n".join(lines), tuple(rows))


def stated(fact: str, value: str, changed: bool) -> str:
    """After a correction."""
    name = {**FACTS, **POINTS}[fact]
    return f"✅ 改好了：{name} {_VALUES[value]}" if changed else f"{name}之前就是{_VALUES[value]}"


def definition(customer_id: int, learned: Learned | None, zone: ZoneInfo) -> Say:
    """How case and score come about."""
    back = buttons.ShowLead(customer_id) if customer_id else buttons.ListLeads(0)
    state = ""
    if learned is not None:
        area = f"，AUC {learned.score.area:.2f}" if learned.score else ""
        on = learned.made_at.astimezone(zone).date()
        counted = f"有结果的 {learned.outcomes} 个，较少的一边 {learned.fewer} 个{area}"
        state = f"\n· 现在：{on.month}月{on.day}日算的，{counted}。"
    return Say(_DEFINITION + state, ((Button("返回", back),),), about=About(customer_id or None))


def _readiness(lead: Lead) -> str:
    found = lead.readiness
    wants = round(found.desire * len(leads.DESIRE))
    can = round(found.ability * len(leads.ABILITY))
    days = f"预计 {found.expected_days} 天内定" if found.expected_days else "短期看不到"
    shares = f"意愿 {wants}/{len(leads.DESIRE)} × 能力 {can}/{len(leads.ABILITY)}"
    return f"🔥 {shares} → {days}；下一步：{_STEPS[found.next_step]}"


def _chance(lead: Lead, learned: Learned | None) -> str:
    if lead.score is not None:
        return f"🎲 成交把握 {lead.score.probability:.0%}{_why(lead.score)}"
    if lead.customer.stage in ("won", "lost") or learned is None:
        return ""
    if learned.score is None:
        small = "" if learned.outcomes < LEAST_OUTCOMES else f"（少的一边 {learned.fewer}/{LEAST_OF_EACH}）"
        return f"🎲 成交把握：历史不够，有结果的线索 {learned.outcomes}/{LEAST_OUTCOMES}{small}，先按上面的组合判断"
    return "🎲 成交把握：团队以往的结果里看不出规律，先按上面的组合判断"


def _why(score: Score) -> str:
    words = []
    for name, value, weight in score.reasons:
        spoken = {"yes": "是", "no": "否"}.get(value, value)
        words.append(f"{_NAMES.get(name, name)} {esc(spoken)} {'↑' if weight > 0 else '↓'}")
    return f"：{'、'.join(words)}" if words else ""


def _value(evidence: Evidence | None) -> str:
    if evidence is None or evidence.answer is None:
        return "unknown"
    return "yes" if evidence.answer else "no"


def _told(evidence: Evidence | None, name: str) -> str:
    value = _value(evidence)
    if evidence is None or (value == "unknown" and evidence.origin != "stated"):
        return "没问到"
    match evidence.origin:
        case "stated":
            why = "手工改"
        case "note":
            why = f"「{esc(evidence.words.removeprefix(name).strip())}」{_day(evidence.on)}"
        case "tag":
            why = f"标签 {tags.NAMES.get(evidence.words, '')} {_day(evidence.on)}"
        case "title":
            why = esc(evidence.words)
        case "orders":
            why = f"{_day(evidence.on)}下过单"
        case "credit":
            why = f"信用 {evidence.words}"
        case _:
            why = "有未结投诉"
    return f"{_VALUES[value]}（{why}）"


def _day(on: date | None) -> str:
    return f"{on.month}月{on.day}日" if on else ""
