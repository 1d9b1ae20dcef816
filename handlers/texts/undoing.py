"""What is said when something is cancelled or undone in words."""

from __future__ import annotations

CANCELLED = "好，到此为止，没有保存。"
NOTHING_ASKED = "现在没有等您回答的问题。要撤销刚记下的，请发 <code>撤销</code>。"
NOTHING_TO_UNDO = "最近 10 分钟没有可撤销的记录；更早的请在它的卡片上点 [撤销]。"
