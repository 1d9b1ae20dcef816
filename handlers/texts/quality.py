"""Words around how good the records are."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from crm import quality
from crm.quality import LARGE, Quality
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import customers
from scoring import data_quality
from scoring.data_quality import Finding

FIELDS = {"phone": "电话", "company": "公司", "industry": "行业", "area": "地区", "birthday": "生日"}
_CODES = {
    "contact": f"{data_quality.STALE_DAYS} 天没联系也没下单",
    "order_in_future": "订单日期在将来",
    "first_after_last": "首单晚于末单",
    "more_returned_than_bought": "退的比买的多",
    "amount_too_large": "金额大得不像真的",
    "birthday_impossible": "生日年份不可能",
    "phone_impossible": "电话位数不对",
}
_ORDERS = {
    "order_in_future": "日期在将来的订单 {:.0f} 单",
    "returns_first": "没买过就先有负数的 {:.0f} 单，多半不是退货",
    "same_amount": "{:.0f} 单金额全都一样",
    "crowded_days": "一位客户一天 100 单以上的有 {:.0f} 天",
    "one_customer_most": "一位客户占了全部金额的 {:.0%}",
}
_DEFINITION = (
    "<b>数据质量的口径</b>\n"
    "· 看当前全部在册客户：销售看自己的，主管看全队。\n"
    "· 缺：电话、公司、行业、地区、生日没填。过时："
    f"最近一次跟进和下单都在 {data_quality.STALE_DAYS} 天以前。矛盾：将来的订单、退的比买的多、不可能的生日或电话。"
    "重复：同一电话，或同公司同名。\n"
    "· 每位客户 100 分，每缺一项扣 20，矛盾、重复各扣 20，过时扣 10，最低 0；个人得分是名下客户的平均。\n"
    f"· 订单：将来的日期、没买先退、一位客户占 {data_quality.MOST_SHARE:.0%} 以上、"
    f"{data_quality.LEAST_SAME} 单以上金额全同、一天 {data_quality.CROWDED} 单以上。\n"
    f"· 客户满 {LARGE} 位的团队每天算一次，其余现算。"
)


def page(
    found: Quality, shown: Sequence[tuple[Customer, list[Finding]]], offset: int, size: int, zone: ZoneInfo
) -> Say:
    """Score, counts, odd orders, and customers to be put right."""
    define = Button("口径", buttons.DefineQuality())
    if not found.customers or found.score is None:
        return Say("还没有客户，没有可查的。加客户：<code>加客户 王总 上海美达 采购经理</code>", ((define,),))
    lines = [f"🧹 数据质量 <b>{found.score:.1f} 分</b>（{found.customers} 位客户）"]
    if len(found.scores) > 1 or (found.scores and found.scores[0][0]):
        lines.append(
            "每人：" + "、".join(f"{esc(name) or '没有负责人'} {score:.1f}" for name, score in found.scores[:12])
        )
    lines += [*_counts(found), *(f"⚠️ {_ORDERS[code].format(number)}" for code, number in found.orders.items())]
    if not found.worst:
        lines.append("✅ 客户资料没有发现问题。")
    if shown:
        lines.append("先处理这几位（成交金额大的在前）：")
    lines += [
        f"{at}. {esc(customers.label(row))}：{'；'.join(_of_one(faults))}"
        for at, (row, faults) in enumerate(shown, offset + 1)
    ]
    if not found.is_new:
        at = found.made_at.astimezone(zone)
        lines.append(f"（{at.month}月{at.day}日 {at:%H:%M} 的结果）")
    rows = [(_mend(row, faults),) for row, faults in shown]
    following = offset + size
    last = (Button("更多", buttons.ShowQuality(following)), define) if following < len(found.worst) else (define,)
    return Say("\n".join(lines), (*rows, last))


def definition() -> Say:
    """How findings and scores come about."""
    return Say(_DEFINITION, ((Button("返回", buttons.ShowQuality(0)),),))


def _counts(found: Quality) -> list[str]:
    missing = [f"{name} {n}" for what, name in FIELDS.items() if (n := found.counts["missing", what])]
    others = {"stale": "过时", "inconsistent": "矛盾", "duplicate": "重复"}
    sums = {kind: sum(n for (k, _), n in found.counts.items() if k == kind) for kind in others}
    told = [f"{name} {sums[kind]}" for kind, name in others.items() if sums[kind]]
    lines = [f"缺：{'、'.join(missing)}"] if missing else []
    return [*lines, " · ".join(told)] if told else lines


def _of_one(faults: Sequence[Finding]) -> list[str]:
    missing = [FIELDS[what] for what in _missing(faults)]
    told = [f"缺{'、'.join(missing)}"] if missing else []
    told += [_CODES[one.what] for one in faults if one.kind in ("stale", "inconsistent")]
    same = {"phone": "电话", "name": "公司和姓名"}
    return told + [f"和另外 {len(one.with_ids)} 位{same[one.what]}相同" for one in faults if one.kind == "duplicate"]


def _missing(faults: Sequence[Finding]) -> list[str]:
    """What is missing, the most useful first."""
    found = {one.what for one in faults if one.kind == "missing"}
    return [what for what in FIELDS if what in found]


def _mend(row: Customer, faults: Sequence[Finding]) -> Button:
    """One tap asks for the first missing field; what no answer can fill leads to the customer."""
    missing = next(iter(_missing(faults)), None)
    wrong = {"phone_impossible": "phone", "birthday_impossible": "birthday"}
    odd = next((wrong[one.what] for one in faults if one.what in wrong), None)
    name = row.name[:16]
    if odd is not None:
        return Button(f"{name}：改{FIELDS[odd]}", buttons.EditField(row.customer_id, odd))
    if missing is not None:
        return Button(f"{name}：补{FIELDS[missing]}", buttons.EditField(row.customer_id, quality.field(missing)))
    return Button(f"看 {name}", buttons.ShowCustomer(row.customer_id))
