"""The facts that moved a forecast, in words: each code of scoring.contributions with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from charts import figures

Numbers = dict[str, float]


def spoken(reason: Mapping[str, Any]) -> str:
    """A fact of the orders; empty for a code of another version.

    >>> spoken({"code": "long_silence", "purchase_days": 5.0, "mean_gap_days": 30.2, "recency_days": 75.0})
    '平均 30 天一单，已 75 天没下单'
    >>> spoken({"code": "high_amounts", "mean_fen": 300_00, "usual_fen": 100_00})
    '单次金额高：平均 ¥300，一般客户 ¥100'
    """

    words = WORDS.get(str(reason.get("code")))
    numbers = {name: float(value) for name, value in reason.items() if name != "code"}
    return words(numbers) if words else ""


def _whole(numbers: Numbers, name: str) -> int:
    return round(numbers.get(name, 0.0))


def _gap(numbers: Numbers) -> str:
    return f"平均 {max(1, _whole(numbers, 'mean_gap_days'))} 天一单"


def _silence(numbers: Numbers) -> str:
    quiet = f"已 {_whole(numbers, 'recency_days')} 天没下单"
    return f"{_gap(numbers)}，{quiet}" if _whole(numbers, "purchase_days") > 1 else quiet


def _recent(numbers: Numbers) -> str:
    days = _whole(numbers, "recency_days")
    return f"{days} 天前刚下过单" if days else "今天刚下过单"


def _amounts(numbers: Numbers, height: str) -> str:
    mean, usual = (figures.yuan(numbers.get(name, 0.0)) for name in ("mean_fen", "usual_fen"))
    return f"单次金额{height}：平均 {mean}，一般客户 {usual}"


WORDS: Mapping[str, Callable[[Numbers], str]] = {
    "long_silence": _silence,
    "recent_purchase": _recent,
    "single_purchase": lambda n: f"只买过一次，{_whole(n, 'recency_days')} 天没再下单",
    "broken_habit": lambda n: f"买过 {_whole(n, 'purchase_days')} 次的老客，停 {_whole(n, 'recency_days')} 天不寻常",
    "repeat_purchases": lambda n: f"买过 {_whole(n, 'purchase_days')} 次，是回头客",
    "getting_rarer": lambda n: f"越买越稀：{_gap(n)}，最近一次隔了 {_whole(n, 'last_gap_days')} 天",
    "getting_more_frequent": lambda n: f"越买越勤：{_gap(n)}，最近一次只隔 {_whole(n, 'last_gap_days')} 天",
    "high_amounts": lambda n: _amounts(n, "高"),
    "low_amounts": lambda n: _amounts(n, "低"),
    "returns": lambda n: f"退过货，共 {figures.yuan(n.get('returned_fen', 0.0))}",
    "large_orders": lambda n: f"每次买的品项多（{n.get('lines', 0.0):g} 行）",
    "small_orders": lambda n: f"每次买的品项少（{n.get('lines', 0.0):g} 行）",
}


def signed(reason: Mapping[str, Any], words: str) -> str:
    """The words with the direction: ↑ towards leaving, ↓ against it; a fact without weight is only named."""
    weight = float(reason.get("weight") or 0)
    return f"{'▲' if weight > 0 else '▽' if weight < 0 else '·'} {words}"
