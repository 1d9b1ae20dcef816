"""What is said when something is cancelled or undone in words."""

from __future__ import annotations

from handlers.say import esc
from handlers.texts import cards

NOTHING_ASKED = "现在没有等您回答的问题。要撤销刚记下的，请发 <code>撤销</code>。"
NOTHING_TO_UNDO = "最近 10 分钟没有可撤销的记录；更早的请在它的卡片上点 [撤销]。"


def cancelled(text: str, waiting: str) -> str:
    """What is not saved; `waiting`: another message that still waits for an answer."""
    said = f"好，这条没有保存：\n<i>{esc(cards.clip(text, 200))}</i>" if text else "好，到此为止，没有保存。"
    rest = f"\n前面还有一条在等您点：<i>{esc(cards.clip(waiting, 60))}</i>" if waiting else ""
    return said + rest


def dropped(text: str) -> str:
    """What was asked about is not stored, and what was stored before stays."""
    said = f"：\n<i>{esc(cards.clip(text, 200))}</i>" if text else "。"
    return f"好，刚才问您的那条没有保存{said}\n之前记下的都没动；要撤销上一条，再发一次 <code>撤销</code>。"
