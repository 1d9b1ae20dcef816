"""By which words the trade of a firm may be named: 模具厂 of 东莞精工模具, 衣服 of 厦门鹭岛服饰."""

import re
from functools import lru_cache

from nlp import lexicon
from nlp.fields import places

_KIN = (
    "餐饮 餐厅 餐馆 饭店 饭馆 菜馆 湘菜 川菜 粤菜 火锅 小吃 酒楼 馆子 开饭 烧烤",
    "酒店 宾馆 旅馆 民宿 客栈 住宿",
    "服饰 服装 衣服 女装 男装 童装 成衣 鞋服 时装",
    "教育 培训 学校 补习 辅导 教培 幼教",
    "医疗 医院 医药 医疗器械 诊所 器械",
    "物流 货运 运输 快递 运货 货代 仓储 跑运输",
    "模具 开模 冲压模 注塑模",
    "五金 螺丝 紧固件 标准件",
    "粮油 粮食 大米 米面 食用油 卖米 卖油 卖粮",
    "网络 互联网 软件 信息 数码 科技",
    "贸易 外贸 进出口 商贸",
    "文化 传媒 广告 影视 文旅",
    "电子 电子厂 元器件 芯片 线路板 半导体",
    "建材 瓷砖 地板 水泥 板材",
    "家具 家居 沙发 床垫",
    "食品 零食 糕点 烘焙 面包",
    "印刷 包装 彩印 纸箱",
    "机械 机床 设备 自动化",
    "汽配 汽修 汽车 修车",
    "美容 美发 美妆 美甲 日化 化妆品",
)


@lru_cache(maxsize=4096)
def words_of(company: str) -> frozenset[str]:
    """The words by which the firm's trade is named.

    >>> sorted(words_of("东莞精工模具"))
    ['冲压模', '开模', '模具', '注塑模']
    """
    bare = company[places.leading(company) :]
    said = {word for word in _trades() if word in bare}
    kin = {word for first, group in _groups() if said & first for word in group}
    return frozenset(said | kin)


def named_in(text: str, company: str | None) -> bool:
    """True when the text names the firm's trade."""
    return company is not None and any(word in text for word in words_of(company))


def kin_of(word: str) -> frozenset[str]:
    """Words that stand in the names of firms whose trade is called so.

    >>> sorted(kin_of("衣服"))
    ['服饰']
    """
    return frozenset(name for first, group in _groups() if word in group for name in first)


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    rows = [group.split() for group in _KIN]
    return tuple((frozenset(row[:1]), frozenset(row)) for row in rows)


@lru_cache(maxsize=1)
def _trades() -> frozenset[str]:
    words = lexicon.words("industries") | {word for group in _KIN for word in group.split()}
    return frozenset(word for word in words if re.fullmatch("[一-鿿]{2,6}", word))


def first_in(text: str) -> str | None:
    """The longest word of trade in the text, the first of equals.

    >>> first_in("那家模具厂"), first_in("那家的老板")
    ('模具', None)
    """
    found = [(text.find(word), word) for word in _trades() if word in text]
    return min(found, key=lambda hit: (-len(hit[1]), hit[0]))[1] if found else None
