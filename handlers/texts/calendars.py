"""Words about working days that are not known yet."""

from __future__ import annotations

from handlers.say import Say

KNOWN = "这一年的放假安排已经有了"


def unknown(year: int) -> Say:
    """What is taken meanwhile, and what to do."""
    return Say(
        f"📅 {year} 年的放假调休安排我这里还没有，先按法定节假日和周末算：\n"
        "调休要上班的周末会当成休息日，早卡只发不能等的。\n"
        "国务院公布后更新程序就有了；或者请维护的人在数据目录放 <code>workdays.json</code> 再重启，例如：\n"
        f'<code>{{"work": ["{year}-02-14"], "rest": ["{year}-02-08"]}}</code>'
    )
