"""What is said about customers who may be lost, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from charts import figures
from crm import risk
from crm.outbox import About
from crm.risk import AtRisk, Judged
from crm.tables import Customer, CustomerSummary, RiskEpisode
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, days, risk_facts, worth
from scoring.groups import Cutoffs

VERDICTS = {"contacted": "已联系", "wrong": "有误", "lost": "已流失", "bought": "已下单"}
LABEL = 20
OVER = "客户已下单或已不在风险中"  # why an alert is not sent
SEEN_TO = "已有人处理"
NOT_YOURS = "客户已换了负责人，或成员已离开"
NO_CONTACT = "客户在不联系名单里"
NO_REASON = "没有说得出的原因，不打扰"
NOBODY_LEFT = "都已下单、已处理或换了负责人"


def reason_lines(reasons: Sequence[Mapping[str, Any]]) -> list[str]:
    """The stored reasons in words, heaviest first; codes of an older version are left out.

    >>> reason_lines([{"code": "own_rhythm", "mean_gap_days": 30.2, "recency_days": 75.0}])
    ['平均 30 天一单，已 75 天没下单']
    """
    return [words for reason in reasons if (words := risk_facts.spoken(reason))]


def listed(
    found: Sequence[AtRisk],
    reasons: Mapping[int, Sequence[Mapping[str, Any]]],
    total: tuple[int, int],
    offset: int,
    more: int | None,
    names_owner: bool,
) -> Say:
    """Customers at risk with money, probability and reasons; `total` is their number and fen."""
    if not found:
        return nobody() if offset == 0 else Say("没有更多了。", _below(None, offset))
    number, fen = total
    first = f"。先看这 {len(found)} 位：" if offset == 0 and number > len(found) else ""
    lines = [f"⚠️ 可能流失 {number} 位，近一年共 {figures.yuan(fen)}{first}"]
    for place, entry in enumerate(found, offset + 1):
        lines.append(f"{place}. {_headline(entry, names_owner)}")
        why = reason_lines(list(reasons.get(entry.customer.customer_id, ()))[:2])
        if why:
            lines.append(f"　{'；'.join(why)}")
    made = [Button(_cut(e.customer.name), buttons.ShowCustomer(e.customer.customer_id)) for e in found]
    rows = tuple(tuple(made[i : i + 3]) for i in range(0, len(made), 3))
    return Say("\n".join(lines), (*rows, *_below(more, offset)))


def nobody() -> Say:
    """Nobody is at risk, or nothing is known yet."""
    return Say(
        "现在没有可能流失的客户 👍 有订单后我会按每位客户自己的下单节奏来看。",
        ((Button("口径", buttons.DefineRisk()),),),
    )


def _headline(entry: AtRisk, names_owner: bool) -> str:
    summary = entry.summary
    group = "高价值" if summary.value_group == "high_at_risk" else "低价值"
    owner = f" · {esc(entry.owner)}" if names_owner and entry.owner else ""
    company = f"（{esc(entry.customer.company)}）" if entry.customer.company else ""
    chance = risk_facts.EARLY if risk.is_early(summary) else f"{summary.churn_probability or 0:.0%}"
    done = " · 已联系" if entry.is_contacted else ""
    money = figures.yuan(summary.value_fen or 0)
    return f"<b>{esc(entry.customer.name)}</b>{company} {chance} · {money} · {group}{owner}{done}"


def _below(more: int | None, offset: int) -> Rows:
    row = [Button("口径", buttons.DefineRisk())]
    if more is not None:
        row.insert(0, Button("更多", buttons.MoreRisk(more)))
    elif offset > 0:
        row.insert(0, Button("回到开头", buttons.MoreRisk(0)))
    return (tuple(row),)


def definition(cutoffs: Cutoffs | None, on: date | None, today: date, model: dict[str, Any]) -> Say:
    """How the risk is counted."""
    rows = ((Button("返回", buttons.MoreRisk(0)),),)
    if cutoffs is None or on is None:
        return Say("有了第一张订单后才开始计算流失风险。", rows)
    lines = [
        "📐 <b>流失风险的口径</b>",
        f"概率：这位客户未来 {cutoffs.horizon_days} 天不再下单的可能。{worth.method(model)}",
        worth.notes(model),
        f"{_threshold(cutoffs)}近 {cutoffs.window_days} 天净额 ≥ {cards.money(cutoffs.value_fen)} 为“高价值”。",
        "14 天内买过的（下单不到 3 天次的：30 天内）和 90 天内只买过一次的，没有投诉或流失征兆就不进名单、不提醒，"
        "五类里算“稳定”；点了“有误”的也这样，直到他下单；点了“已联系”的不再上早卡。",
        "排序：先高价值，再按近一年净额。金额已减去退货。",
        f"算到：{days.day(on, today)}",
    ]
    return Say("\n".join(lines), rows)


def _threshold(cutoffs: Cutoffs) -> str:
    if cutoffs.churn_probability > 1:
        return "没有可用的信号，所以不判“易流失”，也不提醒；"
    return f"概率 ≥ {cutoffs.churn_probability:.0%} 为“易流失”（进出各留 5 个百分点，免得天天变）；"


def alert(
    episode: RiskEpisode,
    customer: Customer,
    summary: CustomerSummary,
    reasons: Sequence[Mapping[str, Any]],
    before: float | None = None,
) -> Say:
    """The push about one customer; `before`: the probability of the last one, when it has grown since."""
    chance = summary.churn_probability if summary.churn_probability is not None else episode.probability
    company = f"（{esc(customer.company)}）" if customer.company else ""
    if risk.is_early(summary):
        head = "可能流失"
    else:
        head = f"可能流失（{chance:.0%}）" if before is None else f"流失风险又升高了：{before:.0%} → {chance:.0%}"
    pooled = "，在公海里没人跟" if customer.owner_id is None else ""
    lines = [
        f"⚠️ <b>{esc(customer.name)}</b>{company} {head}{pooled}",
        f"近一年 {figures.yuan(summary.value_fen or 0)}",
        *(f"· {words}" for words in reason_lines(reasons)),
        "联系过了就点一下，我好学会看准。",
    ]
    return Say("\n".join(lines), _alert_rows(episode, customer), about=About(customer.customer_id))


def _alert_rows(episode: RiskEpisode, customer: Customer) -> Rows:
    verdicts = ("contacted", "wrong", "lost")
    judge = tuple(Button(VERDICTS[v], buttons.JudgeRisk(episode.risk_episode_id, v)) for v in verdicts)
    return judge, (Button("查看客户", buttons.ShowCustomer(customer.customer_id)),)


def rest(customers: Sequence[Customer], count: int) -> Say:
    """The alerts of the day beyond the cap, in one line."""
    names = "、".join(esc(customer.name) for customer in customers[:8])
    tail = f" 等 {count} 位" if count > len(customers[:8]) else f"（{count} 位）"
    rows = ((Button("看名单", buttons.MoreRisk(0)),),)
    return Say(f"⚠️ 另外还有可能流失的：{names}{tail}", rows)


def judged(done: Judged) -> Say:
    """A verdict was given, or stands already."""
    said = VERDICTS.get(done.episode.verdict or "", "")
    name = f"<b>{esc(done.customer.name)}</b>"
    rows = ((Button("查看客户", buttons.ShowCustomer(done.customer.customer_id)),),)
    thanks = {
        "contacted": "好，已记下您联系过了。这次不再提醒。",
        "wrong": "好，记下了：这次看错了。这次不再提醒。",
        "lost": "记下了：已流失。客户阶段改为「流失」。",
    }
    if done.changed:
        return Say(
            f"{name}：{thanks.get(done.episode.verdict or '', '')}", rows, about=About(done.customer.customer_id)
        )
    return Say(f"{name} 之前已选「{said}」，没有改动。", rows, about=About(done.customer.customer_id))


def episode_not_found() -> Say:
    """The alert is of somebody else's customer, or gone."""
    return Say("这条提醒已失效，可能客户已不在您名下。发 /risk 看最新名单。")


def in_group(total: tuple[int, int]) -> Say:
    """/risk in a group: no names."""
    number, fen = total
    return Say(f"⚠️ 可能流失 {number} 位，近一年共 {figures.yuan(fen)}。名单请私聊我发 /risk。")


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
