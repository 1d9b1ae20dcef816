"""What is said of exports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from crm.exports import Exported
from crm.tables import ExportRecord
from handlers.say import Say, esc
from handlers.texts import cards

WORDS = {**cards.STAGES, **cards.GROUPS}
NOBODY = "没有符合的客户，所以没有文件。放宽条件再试，例如：\n<code>导出 行业=五金 价值=高 90天未下单</code>"
NO_RECORDS = "还没有人导出过客户。"


def file(made: Exported, said: str, typed: str, today: date) -> Say:
    """The workbook."""
    of = f"：{esc(cards.clip(said, 200))}" if said else "（您能看到的全部）"
    orders = f"，订单 {made.orders:,} 条" if made.orders else ""
    example = "" if typed else "\n只要一部分，就把条件写在后面：<code>导出 行业=五金 90天未下单</code>"
    text = f"📤 客户 {made.customers:,} 位{orders}{of}。已记下谁在什么时候导出，请妥善保管。{example}"
    return Say(text, document=(f"客户-{today.isoformat()}.xlsx", made.content))


def records(rows: Sequence[tuple[ExportRecord, str]], zone: ZoneInfo) -> Say:
    """Who took whom out."""
    lines = ["📤 <b>最近的导出</b>", *(_line(row, name, zone) for row, name in rows)]
    return Say("\n".join(lines) if rows else NO_RECORDS)


def _line(row: ExportRecord, name: str, zone: ZoneInfo) -> str:
    at = row.created_at.astimezone(zone)
    of = esc(cards.clip(row.condition, 40)) or "全部"
    return f"{at.month}月{at.day}日 {at:%H:%M} {esc(name)}：客户 {row.customers:,} 位、订单 {row.orders:,} 条（{of}）"


def nobody() -> Say:
    """No customer fits."""
    return Say(NOBODY)
