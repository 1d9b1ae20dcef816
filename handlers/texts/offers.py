"""What to offer whom, with the reason; and who buys a product, as a tree that reads aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from charts import figures
from crm.offers import Buyers, Offers
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc

if TYPE_CHECKING:
    from scoring.baskets import Rule
    from scoring.buyers import Leaf, Step

HOW_TO = "要给谁推荐？例如：<code>推荐 张伟</code>；也可以反过来问：<code>谁会买 螺栓</code>"
HOW_TO_BUYERS = "要问哪个产品？例如：<code>谁会买 螺栓</code>"
LEAVES = 4


def page(found: Offers) -> Say:
    """What to offer a customer."""
    customer = found.customer
    name = f"<b>{esc(customer.name)}</b>"
    last = (
        Button("口径", buttons.DefineOffers(customer.customer_id)),
        Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
    )
    if not found.owned:
        how = "下单时带上产品，例如：<code>订单 王总 1200 螺栓</code>"
        return Say(f"🛒 {name} 还没有带产品名的订单，说不出该推什么。{how}", (last,))
    if not found.offers:
        text = f"🛒 {name} 买过 {found.owned} 种产品，没有够把握的搭配可推（退过的、买过的都不推）。"
        return Say(text, (last,))
    lines = [f"🛒 可以给 {name} 推："]
    for place, one in enumerate(found.offers, 1):
        has = "、".join(esc(product) for product in one.has)
        lines.append(f"{place}. <b>{esc(one.product)}</b>")
        share = f"{one.confidence:.0%} 也买了它（{one.together} 位，是平常的 {one.lift:.1f} 倍）"
        lines.append(f"　他买过{has}；买过{has}的客户里 {share}")
    if customer.no_contact or customer.bad_payer:
        lines.append("⚠️ 这位客户设了不联系或不推销，先别主动推。")
    return Say("\n".join(lines), (last,))


def definition(report: Mapping[str, Any], customer_id: int) -> Say:
    """[口径]"""
    lines = [
        "📐 <b>推荐的口径</b>",
        f"截止 {report['on']}，全部历史订单；{report['customers']} 位买过带产品名的客户，每位一个篮子。",
        f"规则：至少 {max(3, round(report['share'] * report['customers']))} 位客户同时买过，"
        "其中买了前者又买后者的 ≥ 20%，比平常多（提升 > 1）。",
        "比例＝两样都买的客户 ÷ 买了前者的客户；倍数＝这个比例 ÷ 全体客户买它的比例。",
        "买过的、刚买的、退过的都不推；退过的产品也不当理由。",
    ]
    back = buttons.SuggestTo(customer_id) if customer_id else None
    return Say("\n".join(lines), ((Button("返回", back),),) if back else ())


def buyers(found: Buyers, named: Sequence[tuple[Customer, Rule]], asked: str) -> Say:
    """Who buys a product."""
    tree = found.tree
    heard = "" if asked == found.product else f"（按“{esc(asked)}”找到）"
    lines = [
        f"🌳 <b>谁会买 {esc(found.product)}</b>{heard}：{tree.customers} 位客户里 {tree.buyers} 位买过"
        f"（{tree.buyers / tree.customers:.0%}）"
    ]
    if len(tree.leaves) == 1:
        lines.append("从下单天数、金额、地区、行业看，买和没买的客户没有差别。")
    else:
        lines += [f"· {_leaf(leaf)}" for leaf in tree.leaves[:LEAVES]]
        trust = "看得准" if tree.area >= 0.7 else "有一些参考" if tree.area >= 0.6 else "看不太准，只作参考"
        lines.append(f"没见过的客户上试：AUC {tree.area:.2f}，{trust}。不看该产品本身的订单。")
    if named:
        lines.append("\n还没买、搭配对得上的：")
        for customer, rule in named:
            has = "、".join(esc(str(product)) for product in rule.has)
            lines.append(f"· {esc(customer.name)}（买过{has}，{rule.confidence:.0%}）")
    made = [Button(customer.name[:20], buttons.ShowCustomer(customer.customer_id)) for customer, _ in named]
    rows = tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
    return Say("\n".join(lines), (*rows, (Button("口径", buttons.DefineOffers(0)),)))


def too_few(here: int, needed: int) -> Say:
    """Too few customers bought named products."""
    return Say(f"历史不够：买过带产品名订单的客户 {here}/{needed} 位。下单或导入时带上产品名，够了就能推荐。")


def too_few_to_tell(product: str, customers: int, needed: int, fewer: int, fewer_needed: int) -> Say:
    """Too few on one side for a tree."""
    name = f"“{esc(product)}”"
    if customers < needed:
        return Say(f"历史不够：要 {needed} 位下过单的客户，现在 {customers}/{needed} 位，还说不出谁会买{name}。")
    return Say(f"历史不够：买过和没买过{name}的客户要各有 {fewer_needed} 位，现在少的一边 {fewer}/{fewer_needed} 位。")


def unknown(asked: str, nearest: Sequence[str]) -> Say:
    """Nobody bought such a product."""
    meant = "、".join(f"<code>谁会买 {esc(name)}</code>" for name in nearest)
    return Say(f"没人买过“{esc(asked)}”。{f'是不是：{meant}' if meant else ''}")


def _leaf(leaf: Leaf) -> str:
    conditions = " 且 ".join(_step(step) for step in leaf.steps)
    return f"{conditions}：{leaf.customers} 位里 {leaf.share:.0%} 买过"


def _step(step: Step) -> str:
    kind, _, name = step.fact.partition("=")
    if name:
        named = {"region": "地区", "industry": "行业"}[kind]
        return f"{named}{'不是' if step.at_most else '是'}{esc(name)}"
    side = "≤" if step.at_most else ">"
    words = {
        "order_days": ("下单", f"{step.bound:.0f} 天"),
        "money_fen": ("消费", figures.yuan(step.bound)),
        "recency_days": ("距上次下单", f"{step.bound:.0f} 天"),
        "products": ("买过的其他产品", f"{step.bound:.0f} 种"),
    }[step.fact]
    return f"{words[0]} {side} {words[1]}"
