"""What the figures of deals mean, and the funnel of their stages."""

from __future__ import annotations

from collections.abc import Sequence

from charts.funnel import FunnelStage
from crm.deal_chances import LEAST_CLOSED, MOST_CLOSED, WINDOW, Chances
from crm.deal_lists import FUNNEL_DAYS, Step
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts.deals import HOW_TO


def definition(chances: Chances) -> Say:
    """What the figures of the list and of the funnel mean."""
    lines = [
        "📐 <b>商机的口径</b>",
        "在谈：没有成交、没有流失、没有撤销的商机；主管看全队，销售看自己客户的。按现在的归属算。",
        "加权 = 金额 × 所在阶段的成交概率，逐阶段相加。",
        chance_words(chances),
        "排序：预计成交日早的在前，过了日子的排最前。",
        f"漏斗：近 {FUNNEL_DAYS} 天新记的商机，走到这一步或更后面的都算；流失的算到流失前那一步。截止到现在。",
        "阶段的叫法和默认概率：<code>设置 商机阶段</code>（管理员）。",
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.MoreDeals(0)),),))


def chance_words(chances: Chances) -> str:
    """Where the probabilities come from, with each of them."""
    each = "、".join(
        f"{esc(name)} {chance:.0%}" for name, chance in zip(chances.stages.names, chances.of_stage, strict=True)
    )
    if chances.is_learned:
        newest = "最新" if chances.closed >= MOST_CLOSED else ""
        return (
            f"概率：{each}。来自本队近 {WINDOW.days} 天{newest}结案的 {chances.closed} 笔："
            "成交数 ÷（成交数 + 在这一步或之后流失的）。"
        )
    progress = f"近 {WINDOW.days} 天结案 {chances.closed}/{LEAST_CLOSED} 笔，满了就用本队自己的"
    return f"概率：{each}。是设置里的默认值：{progress}。"


def stages(steps: Sequence[Step]) -> list[FunnelStage]:
    """The funnel for the picture."""
    return [FunnelStage(one.name, one.reached, one.fen) for one in steps]


def funnel(steps: Sequence[Step], whose: str, picture: bytes | None) -> Say:
    """The funnel in words below its picture."""
    if not steps[0].reached:
        return Say(f"还没有商机，画不出漏斗。{HOW_TO}")
    told = " → ".join(f"{esc(one.name)} {one.reached:,}" for one in steps)
    return Say(f"{esc(whose)}：近 {FUNNEL_DAYS} 天的商机\n{told}", photo=picture)
