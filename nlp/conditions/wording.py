"""A condition said back, so that whoever typed it sees how it was understood."""

from __future__ import annotations

from nlp.conditions import terms
from nlp.conditions.terms import AllOf, AnyOf, Condition, NotThat, Test

_TEXTS = {
    "industry": "行业",
    "region": "地区",
    "area": "地区",
    "company": "公司",
    "title": "职位",
    "source": "来源",
    "name": "姓名",
    "owner": "负责人",
    "product": "买过的产品",
    "tier": "等级",
    "phone": "电话",
    "wechat": "微信",
    "email": "邮箱",
    "birthday": "生日",
}
_NUMBERS = {"total": "累计消费", "year": "近一年消费", "orders": "下单天数", "churn": "流失概率"}
_CHOICES = {"value": "价值", "group": "分组", "stage": "阶段", "gender": "性别", "relation": "关系", "tag": "记录里有"}
_FLAGS = {
    "complaint_open": ("有未结投诉", "没有未结投诉"),
    "bad_payer": ("有欠款", "没有欠款"),
    "overdue": ("有逾期的欠款", "没有逾期的欠款"),
    "no_contact": ("在不打扰名单里", "不在不打扰名单里"),
    "bought": ("下过单", "没下过单"),
    "planned": ("有待办", "没有待办"),
    "at_risk": ("流失概率 50% 以上", "流失概率不到 50%"),
}
_WITHIN = {
    "ordered": ("近 {} 天下过单", "下过单，但 {} 天没下单"),
    "spoken": ("近 {} 天有跟进", "{} 天没跟进"),
    "created": ("近 {} 天新建", "建了超过 {} 天"),
    "complained": ("近 {} 天投诉过", "近 {} 天没投诉"),
    "birthday": ("{} 天内过生日", "{} 天内不过生日"),
}
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


def spoken(condition: Condition) -> str:
    """The condition in words.

    >>> from nlp.conditions import read
    >>> spoken(read("行业=五金 高价值 90天未下单"))
    '行业含五金，价值为高，下过单，但 90 天没下单'
    """
    match condition:
        case AllOf(parts):
            return "，".join(_inner(part) for part in parts)
        case AnyOf(parts):
            return " 或 ".join(_inner(part) for part in parts)
        case NotThat(Test(field, "is")):
            return _FLAGS[field][1]
        case NotThat(part):
            return f"不是（{spoken(part)}）"
        case Test():
            return _test(condition)


def _inner(part: Condition) -> str:
    return f"（{spoken(part)}）" if isinstance(part, AnyOf) else spoken(part)


def _test(test: Test) -> str:
    if test.op == "is":
        return _FLAGS[test.field][0]
    if test.op in ("within", "not_within"):
        return _WITHIN[test.field][test.op == "not_within"].format(round(test.number))
    if test.op in ("known", "unknown"):
        return f"{'有' if test.op == 'known' else '没有'}{_TEXTS[test.field]}"
    if test.op == "in":
        return f"{test.values[0]}生日"
    if test.field == "surname":
        return f"姓{'或'.join(test.values)}"
    if test.field == "area":
        return f"地区在{'或'.join(test.values)}"
    if test.op == "has":
        return f"{_TEXTS[test.field]}含{'或'.join(test.values)}"
    if test.field in _NUMBERS:
        return f"{_NUMBERS[test.field]} {_SIGNS[test.op]} {_amount(test)}"
    return f"{_CHOICES[test.field]}为{'或'.join(_named(test.field, value) for value in test.values)}"


def _amount(test: Test) -> str:
    if test.field == "churn":
        return f"{test.number:.0%}"
    whole = f"{test.number:,.0f}" if test.number == int(test.number) else f"{test.number:,.2f}"
    return f"{whole} 天" if test.field == "orders" else f"{whole} 元"


def _named(field: str, code: str) -> str:
    return next(name for name, known in terms.VALUES[field].items() if known == code)
