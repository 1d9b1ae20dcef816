"""What is said of the seven views: a few figures each, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from charts import figures
from crm.loyalty import Share
from crm.questions.sums import Line
from crm.views import (
    Performance,
    Persistency,
    Products,
    Profiling,
    Profitability,
    Promotion,
    Prospecting,
    View,
)
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, questions
from handlers.texts import summary as summary_texts
from nlp import conditions

NAMES = {
    "profiling": "客户画像",
    "persistency": "留存",
    "profitability": "利润",
    "performance": "业绩",
    "prospecting": "拓新",
    "product": "产品",
    "promotion": "活动",
}
DEFINED = {
    "profiling": "在册客户按五类（价值 × 流失，口径见 /summary）、行业、地区分；没填行业或地区的另算。",
    "persistency": "留存 = 前半年买过的客户里，近半年又买的；复购 = 近一年买过的客户里，累计在两天或更多日子买过的；"
    "新转易流失 = 近 30 天从稳定转到易流失的客户。",
    "profitability": "净额和毛利看近 90 天：净额 = 订单 − 退货，毛利只算填了成本的订单；前两成和贡献看近 365 天净额。",
    "performance": "本月到今天，和上月同样多的天数比。净额 = 订单 − 退货；客单价 = 净额 ÷ 订单数；"
    "算在现在的负责人名下。",
    "prospecting": "新增 = 录入的客户（线索也算），本月到今天和上月同样多的天数比；"
    "来源和漏斗看近 12 个月录入的，到现在成交的占比。",
    "product": "近 30 天净额最多的产品，和再前 30 天比；没写产品的订单不算。",
    "promotion": "最近三次活动开始后 30 天内下单的：写过信的，和随机留下不写、用来比较的。",
}
FEW = 5  # of fewer a share says little


def menu(whose: str) -> Say:
    """One button for each."""
    made = [Button(name, buttons.ShowView(code, False)) for code, name in NAMES.items()]
    rows = tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
    return Say(f"🔭 <b>{esc(whose)}</b>：七看，点一个看。", rows)


def view(code: str, found: View, whose: str) -> Say:
    """The figures of a view."""
    return Say("\n".join([f"🔭 <b>{esc(whose)} · {NAMES[code]}</b>", *_lines(found)]), _rows(code, False))


def definition(code: str) -> Say:
    """What the figures of a view mean."""
    return Say(
        f"📐 <b>{NAMES[code]}的口径</b>\n{DEFINED[code]}\n只含您看得到的客户，数字取自此刻的记录。", _rows(code, True)
    )


def _rows(code: str, is_defined: bool) -> tuple[tuple[Button, ...], ...]:
    other = (
        Button("返回", buttons.ShowView(code, False)) if is_defined else Button("口径", buttons.ShowView(code, True))
    )
    return ((other, Button("其他六看", buttons.BackToViews())),)


def _lines(found: View) -> list[str]:
    match found:
        case Profiling():
            return _profiling(found)
        case Persistency():
            return _persistency(found)
        case Profitability():
            return _profitability(found)
        case Performance():
            return _performance(found)
        case Prospecting():
            return _prospecting(found)
        case Products():
            return _products(found)
        case Promotion():
            return _promotion(found)


def _profiling(found: Profiling) -> list[str]:
    if not found.total:
        return ["还没有客户。发一句 <code>王总 13800138000 上海美达</code> 就能加一位。"]
    by_group = {line.group: line.customers for line in found.groups}
    kinds = "、".join(f"{summary_texts.NAMES[group]} {by_group[group]:,}" for group in summary_texts.SHOWN_FIRST)
    lines = [f"在册 <b>{found.total:,}</b> 位：{kinds}"]
    for name, most in (("行业", found.trades), ("地区", found.towns)):
        shares = "、".join(
            f"{esc(line.name)} {line.value:,.0f}（{figures.share(line.value, found.total)}）" for line in most
        )
        blank = f"；没填 {found.blank[name]:,} 位" if found.blank[name] else ""
        lines.append(f"{name}：{shares or '都没填'}{blank if shares else ''}")
    return lines


def _persistency(found: Persistency) -> list[str]:
    at_risk = f"{found.at_risk.value:,.0f} 位，近 365 天净额 {figures.yuan(found.at_risk.part)}"
    return [
        f"留存 {_share(found.retention)}：前半年买过、近半年又买的",
        f"复购 {_share(found.repeat)}：近一年买过两天或更多天的",
        f"近 30 天新转易流失 <b>{found.lost:,}</b> 位；现在易流失 {at_risk}",
        "名单和原因发 /risk。",
    ]


def _share(share: Share) -> str:
    if not share.of:
        return "暂无（还没有这样的客户）"
    few = "，样本少" if share.of < FEW else ""
    return f"<b>{share.part / share.of:.0%}</b>（{share.part:,}/{share.of:,}{few}）"


def _profitability(found: Profitability) -> list[str]:
    if not found.fen and not found.best:
        return ["近 365 天还没有净额。记一单：<code>订单 张伟 12000 螺栓M8</code>"]
    lines = [f"近 90 天净额 <b>{figures.yuan(found.fen)}</b>"]
    if found.known_fen > 0:
        profit = found.known_fen - found.cost_fen
        lines.append(
            f"毛利 {figures.yuan(profit)}，毛利率 <b>{profit / found.known_fen:.0%}</b>"
            f"（{figures.share(found.known_fen, found.fen)} 的净额填了成本）"
        )
    else:
        lines.append("毛利：订单还没填成本，导入的订单表里带一列“成本”就能算。")
    if found.few is not None:
        lines.append(f"近 365 天前两成客户带来 <b>{found.few:.0%}</b> 的钱")
    lines.append(f"贡献最大：{_named(found.best)}")
    return lines


def _performance(found: Performance) -> list[str]:
    days = f"{questions.span(found.this)}，比 {questions.span(found.before)}"
    lines = [
        f"<i>{days}</i>",
        f"净额 <b>{figures.yuan(found.money[0].value)}</b>{_change(*found.money)}",
        f"订单 {found.money[0].part:,} 单（上月同期 {found.money[1].part:,}）",
        f"客单价 {figures.yuan(found.average[0].value)}{_change(*found.average)}",
    ]
    return [*lines, f"领先：{_named(found.members)}"] if found.members else lines


def _prospecting(found: Prospecting) -> list[str]:
    new, before = (round(line.value) for line in found.new)
    lines = [f"本月新增 <b>{new:,}</b> 位（上月同期 {before:,}）"]
    steps = " → ".join(f"{name} {number:,}" for name, number in found.funnel)
    if found.funnel and found.funnel[0][1]:
        lines.append(f"近 12 个月漏斗：{steps}")
    told = [line for line in found.sources.lines if line.leads][: len(found.funnel)]
    if told:
        lines.append("来源：" + "、".join(f"{esc(x.name)} {x.buyers}/{x.leads} 成交" for x in told))
    return [*lines, "花费和回报发 /sources。"]


def _products(found: Products) -> list[str]:
    if not found.best:
        return ["近 30 天的订单都没写产品，写上就能看：<code>订单 张伟 12000 螺栓M8</code>"]
    lines = [
        f"{place}. {esc(cards.clip(line.name, 20))} {figures.yuan(line.value)}{_change(line, Line(None, '', before))}"
        for place, (line, before) in enumerate(found.best, 1)
    ]
    return [*lines, f"退货 {found.returns:,} 单", "给谁推什么发 /suggest。"]


def _promotion(found: Promotion) -> list[str]:
    if not found.results:
        return ["还没做过活动。例如：<code>活动 行业=五金 90天未下单</code>"]
    lines = []
    for result in found.results:
        sent, kept = result.arms.get("sent"), result.arms.get("holdout")
        said = conditions.spoken(conditions.read(result.campaign.condition))
        words = f"· {esc(cards.clip(said, 24))}（{result.days} 天）："
        words += f"写了 {sent.customers} 位，{sent.ordered} 位下单 {figures.yuan(sent.fen)}" if sent else "还没有人写"
        if sent and kept and kept.customers:
            words += f"；没写的 {kept.customers} 位里 {kept.ordered} 位下单"
        lines.append(words)
    return lines


def _named(lines: Sequence[Line]) -> str:
    return "、".join(f"{esc(line.name)} {figures.yuan(line.value)}" for line in lines) or "暂无"


def _change(now: Line, before: Line) -> str:
    if before.value <= 0:
        return "（之前没有）" if now.value > 0 else ""
    change = now.value / before.value - 1
    sign = "升" if change > 0 else "降"
    return f"（{sign} {abs(change):.0%}）" if abs(change) >= 0.005 else "（持平）"
