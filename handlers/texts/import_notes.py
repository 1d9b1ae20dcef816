"""What is to be known of a file before its import: the unit of its money, whose its customers are, who is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crm.imports import headers, units
from crm.tables import Import
from handlers.say import esc

_MONEY = {"amount": "金额", "price": "单价", "cost": "成本"}


def of_columns(row: Import) -> list[str]:
    """Below the columns: the unit of the money, and columns that hold what no file brings."""
    return [*_units(row), *_untaken(row)]


def _units(row: Import) -> list[str]:
    """In what the money of each column is, where that is not plain yuan."""
    told, title = [], str(row.mapping.get("unit") or "")
    for at, field in enumerate(row.mapping["columns"]):
        scale = units.scale(row.mapping["header"][at], title) if field in _MONEY and row.kind == "orders" else 1
        if scale == units.FOREIGN:
            told.append(f"❗{_MONEY[field]}是外币，不能当人民币导入：请在表里换算成元再发。")
        elif scale != 1:
            told.append(f"💡 {_MONEY[field]}按「{units.worded(scale)}」算：表里的 1 = ¥{scale:,}")
    return told


def _untaken(row: Import) -> list[str]:
    named = [cell for cell in row.mapping["header"] if row.kind == "customers" and headers.is_untaken(cell)]
    if not named:
        return []
    heads = "」「".join(map(esc, named[:3]))
    return [f"「{heads}」不会变成提醒，可以设为备注；导入后这样定：<code>提醒我 4月2日 联系张三</code>"]


def of_check(row: Import) -> list[str]:
    """Below the numbers of the check."""
    counts, lines = row.counts, _units(row)
    if counts.get("returns"):
        lines.append(f"其中退货 {counts['returns']:,} 条，按负数算。")
    if row.kind == "orders" and counts.get("new"):
        lines.append(f"名单里没有、会新建的客户：{_names(counts['new'], counts['made'])}")
    if counts.get("recognised"):
        pairs = [f"{said} → {name}" for said, name in counts["recognised"].items()]
        lines.append(f"按称呼认出的客户：{_names(pairs, len(pairs))}")
    return lines + of_owners(counts)


def more_bad(counts: Mapping[str, Any]) -> list[str]:
    """How many more rows have problems than are shown."""
    more = counts["bad"] - counts.get("void", 0) - len(counts["reasons"])
    return [f"还有 {more:,} 行有问题，点 [有问题的行] 看全部。"] if more > 0 else []


def kept(counts: Mapping[str, Any], number: int) -> str:
    """Who stays though the import is taken back."""
    names = list(counts.get("kept", ()))
    if not number:
        return ""
    told = f"：{'、'.join(map(esc, names))}{' 等' if number > len(names) else ''}" if names else ""
    return f"；{number:,} 位客户之后有了新记录，保留了{told}"


def of_owners(counts: Mapping[str, Any]) -> list[str]:
    """Who gets the new customers by the column 负责人, whom the team does not have, and who stays with another."""
    lines = []
    if given := counts.get("given"):
        lines.append("分给：" + "、".join(f"{esc(name)} {number:,} 位" for name, number in given.items()))
    if unknown := counts.get("unknown"):
        told = "、".join(f"{esc(name)} {number:,} 位" for name, number in list(unknown.items())[:6])
        more = " 等" if len(unknown) > 6 else ""
        why = "不在团队、不止一位同名，或您不能替他们收客户"
        lines.append(f"⚠️ 不能分给这些负责人（{why}）：{told}{more}。先归您，备注里写明原负责人。")
    if others := counts.get("others"):
        named = _names((f"{name}（表里写{owner}）" for name, owner in others), counts["others_count"])
        example = f"<code>把{esc(others[0][0])}转给{esc(others[0][1])}</code>"
        lines.append(f"⚠️ 已有的客户不改负责人：{named}。要转就发 {example}")
    return lines


def _names(names: Iterable[str], number: int) -> str:
    shown = list(names)
    return "、".join(map(esc, shown)) + (f" 等 {number:,} 位" if number > len(shown) else "")
