"""What an admin reads after a backup was restored."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from crm.ledger import Entry
from handlers.say import Say
from handlers.texts import ledger


def restored(found: Sequence[Entry], count: int, zone: ZoneInfo) -> Say:
    """The first of them, a line each."""
    lines = [f"♻️ 已从备份恢复。有 {count} 条提醒在恢复前就到点了，可能发过，所以没有再发："]
    lines += [f"· {entry.row.due_at.astimezone(zone):%m月%d日 %H:%M} {ledger.named(entry)}" for entry in found]
    if count > len(found):
        lines.append(f"……还有 {count - len(found)} 条")
    lines.append("要补的请手动处理；发 /missed 全队 看当天的。")
    return Say("\n".join(lines))
