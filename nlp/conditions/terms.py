"""The words of conditions, and the tree that is made of them."""

from __future__ import annotations

from dataclasses import dataclass


class NotUnderstood(ValueError):
    """A word that is no condition. `nearest`: the known words most like it; `field`: the field it was a value for."""

    def __init__(self, word: str, nearest: tuple[str, ...] = (), field: str = "") -> None:
        super().__init__(word)
        self.word = word
        self.nearest = nearest
        self.field = field


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a customer.

    `op`: = (one of `values`), has (a text holds one of them), >= <= > < (a number), known and unknown (a field is
    filled or empty), within and not_within (so many days), is (a flag that holds).
    """

    field: str
    op: str
    values: tuple[str, ...] = ()
    number: float = 0.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NotThat:
    """The part does not hold."""

    part: Condition


Condition = Test | AllOf | AnyOf | NotThat

# Fields of free text: what people call them → the field.
TEXTS = {
    "行业": "industry",
    "业态": "industry",
    "地区": "region",
    "区域": "region",
    "城市": "region",
    "地方": "region",
    "地址": "region",
    "公司": "company",
    "单位": "company",
    "企业": "company",
    "职位": "title",
    "职务": "title",
    "岗位": "title",
    "来源": "source",
    "渠道": "source",
    "姓名": "name",
    "名字": "name",
    "负责人": "owner",
    "销售": "owner",
    "业务员": "owner",
    "产品": "product",
    "买过": "product",
    "采购过": "product",
    "等级": "tier",
    "级别": "tier",
    "客户等级": "tier",
    "会员": "tier",
    "会员等级": "tier",
}
# Fields of one value of a few: what people call them → the field, and its values.
CHOICES = {
    "价值": "value",
    "客户价值": "value",
    "分组": "group",
    "分群": "group",
    "客户分组": "group",
    "五类": "group",
    "阶段": "stage",
    "进度": "stage",
    "状态": "stage",
    "性别": "gender",
    "关系": "relation",
    "标签": "tag",
    "需求": "tag",
}
VALUES: dict[str, dict[str, str]] = {
    "value": {"高": "high", "高价值": "high", "低": "low", "低价值": "low", "无": "none", "无价值": "none"},
    "group": {
        "高价值稳定": "high_stable",
        "高价值易流失": "high_at_risk",
        "低价值稳定": "low_stable",
        "低价值易流失": "low_at_risk",
        "无价值": "no_value",
        "稳定": "stable",
        "易流失": "at_risk",
    },
    "stage": {
        "线索": "lead",
        "新线索": "lead",
        "已联系": "contacted",
        "联系中": "contacted",
        "有意向": "interested",
        "意向": "interested",
        "报价": "quoted",
        "已报价": "quoted",
        "报价中": "quoted",
        "成交": "won",
        "已成交": "won",
        "流失": "lost",
        "已流失": "lost",
    },
    "gender": {"男": "male", "男士": "male", "先生": "male", "女": "female", "女士": "female"},
    "relation": {"业务": "business", "朋友": "friend", "伙伴": "partner", "合作伙伴": "partner"},
    "tag": {
        "投诉": "complaint",
        "显在需求": "need_explicit",
        "潜在需求": "need_latent",
        "购买意向": "buying",
        "流失征兆": "churn",
        "满意": "praise",
        "表扬": "praise",
        "竞品": "competitor",
        "质量": "quality",
        "价格": "price",
        "交期": "delivery",
        "交付": "delivery",
        "服务": "service",
        "账务": "billing",
        "开票": "billing",
        "培训支持": "support",
        "样品试用": "trial",
        "试用": "trial",
        "样品": "trial",
    },
}
# Numbers: what people call them → the field.
NUMBERS = {
    "累计消费": "total",
    "累计金额": "total",
    "累计": "total",
    "总金额": "total",
    "消费": "total",
    "消费额": "total",
    "成交额": "total",
    "金额": "total",
    "年消费": "year",
    "近一年消费": "year",
    "年采购额": "year",
    "下单次数": "orders",
    "订单数": "orders",
    "采购次数": "orders",
    "购买次数": "orders",
    "下单": "orders",
    "买": "orders",
    "流失概率": "churn",
    "流失风险": "churn",
    "风险": "churn",
}
# Flags: a phrase → (field, whether it holds).
FLAGS: dict[str, tuple[str, bool]] = {
    "有投诉": ("complaint_open", True),
    "投诉未结": ("complaint_open", True),
    "有未结投诉": ("complaint_open", True),
    "无投诉": ("complaint_open", False),
    "没投诉": ("complaint_open", False),
    "没有投诉": ("complaint_open", False),
    "有欠款": ("bad_payer", True),
    "欠款": ("bad_payer", True),
    "欠钱": ("bad_payer", True),
    "还欠钱": ("bad_payer", True),
    "逾期": ("overdue", True),
    "有逾期": ("overdue", True),
    "欠款逾期": ("overdue", True),
    "没逾期": ("overdue", False),
    "没有逾期": ("overdue", False),
    "无欠款": ("bad_payer", False),
    "没有欠款": ("bad_payer", False),
    "没欠款": ("bad_payer", False),
    "不打扰": ("no_contact", True),
    "可联系": ("no_contact", False),
    "可以联系": ("no_contact", False),
    "下过单": ("bought", True),
    "买过东西": ("bought", True),
    "成交过": ("bought", True),
    "老客户": ("bought", True),
    "没下过单": ("bought", False),
    "没有下过单": ("bought", False),
    "未下过单": ("bought", False),
    "从未下单": ("bought", False),
    "没买过": ("bought", False),
    "未成交": ("bought", False),
    "没成交": ("bought", False),
    "有待办": ("planned", True),
    "没待办": ("planned", False),
    "没有待办": ("planned", False),
    "没有下次跟进": ("planned", False),
    "没人跟": ("planned", False),
    "高风险": ("at_risk", True),
    "流失风险高": ("at_risk", True),
    "快流失": ("at_risk", True),
    "可能流失": ("at_risk", True),
}
# What may be filled or empty: a word → the field; 有电话, 没微信, 缺邮箱.
FILLED = {
    "电话": "phone",
    "手机": "phone",
    "手机号": "phone",
    "微信": "wechat",
    "邮箱": "email",
    "公司": "company",
    "职位": "title",
    "行业": "industry",
    "地区": "region",
    "生日": "birthday",
    "来源": "source",
    "负责人": "owner",
}
_PERSONS = ("客户", "性客户", "的客户", "客人", "顾客", "会员", "业主", "学员")
# Phrases that stand for a value of a choice.
SHORT: dict[str, tuple[str, str]] = {
    "高价值易流失": ("group", "high_at_risk"),
    "高价值稳定": ("group", "high_stable"),
    "低价值易流失": ("group", "low_at_risk"),
    "低价值稳定": ("group", "low_stable"),
    "高价值": ("value", "high"),
    "低价值": ("value", "low"),
    "无价值": ("group", "no_value"),
    "易流失": ("group", "at_risk"),
    **{f"女{whom}": ("gender", "female") for whom in _PERSONS},
    **{f"男{whom}": ("gender", "male") for whom in _PERSONS},
    "女士": ("gender", "female"),
    "男士": ("gender", "male"),
    "朋友": ("relation", "friend"),
    "伙伴": ("relation", "partner"),
    "新线索": ("stage", "lead"),
    "线索": ("stage", "lead"),
    "有意向": ("stage", "interested"),
    "意向客户": ("stage", "interested"),
    "已报价": ("stage", "quoted"),
    "报价中": ("stage", "quoted"),
    "报过价": ("stage", "quoted"),
    "已成交": ("stage", "won"),
    "已流失": ("stage", "lost"),
}
# Industries that are understood without the word 行业 before them.
# fmt: off
INDUSTRIES = (
    "五金", "机械", "建材", "餐饮", "医疗", "医药", "教育", "电子", "塑料", "化工", "纺织",
    "服装", "汽配", "汽车", "家具", "食品", "物流", "包装", "印刷", "装修", "装饰", "美容",
    "酒店", "农业", "能源", "制药", "金融", "房地产", "软件", "模具", "电器", "家电", "钢材",
    "照明", "玩具", "陶瓷", "外贸", "电商", "零售", "超市", "母婴", "珠宝", "环保", "光伏",
    "仪表", "阀门", "轴承", "造纸", "园林", "健身",
)
# fmt: on
UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个月": 30, "月": 30, "季度": 91, "个季度": 91, "年": 365}


FIELDS = frozenset([*TEXTS, *CHOICES, *NUMBERS])
"""Words that stand before a sign."""


def known_words() -> tuple[str, ...]:
    """Every word that a condition can begin with, for the nearest one to a word that is none."""
    filled = [f"{has}{word}" for word in FILLED for has in ("有", "没")]
    return tuple(
        dict.fromkeys([*TEXTS, *CHOICES, *NUMBERS, *FLAGS, *SHORT, *filled, "未下单", "未联系", "生日", "新客户"])
    )
