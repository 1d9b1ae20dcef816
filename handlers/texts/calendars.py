"""Words about days of the almanac, and about working days that are not known yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from almanac.festivals import Festival
from handlers.say import Say, esc
from handlers.texts import days

UNKNOWN_DAY = "没看出是哪一天，例如：<code>明年春节是哪天</code>、<code>农历三月初八是几号</code>"
SHOWN = 12
KNOWN = "这一年的放假安排已经有了"


def day_of(words: str, on: date, lunar: str, today: date) -> Say:
    """Which day it is, in both calendars, and how far away. `lunar`: with the word 农历, as lunar.spoken gives it."""
    ahead = (on - today).days
    far = f"，还有 {ahead} 天" if ahead > 0 else f"，{-ahead} 天前" if ahead < 0 else ""
    both = f"，{lunar}" if lunar and lunar not in words else ""
    return Say(f"📅 <b>{esc(words)}</b>：{days.day(on, today)}{both}{far}")


def festivals(words: str, found: Sequence[Festival], coming: Sequence[Festival], today: date) -> Say:
    """The festivals and solar terms of the days; the next ones where they have none."""
    called = esc(words) or "接下来"
    if found:
        more = [f"另有 {len(found) - SHOWN} 个未列出"] if len(found) > SHOWN else []
        return Say("\n".join([f"📅 {called}的节日、节气：", *_lines(found[:SHOWN], today), *more]))
    nearest = [f"之后是 {days.day(coming[0].on, today)} {esc(coming[0].name)}。"] if coming else []
    return Say("".join([f"📅 {called}没有节日、节气。", *nearest]))


def _lines(found: Sequence[Festival], today: date) -> list[str]:
    return [f"· {days.day(one.on, today)} {esc(one.name)}" for one in found]


def unknown(year: int) -> Say:
    """What is taken meanwhile, and what to do."""
    return Say(
        f"📅 {year} 年的放假调休安排我这里还没有，先按法定节假日和周末算：\n"
        "调休要上班的周末会当成休息日，早卡只发不能等的。\n"
        "国务院公布后更新程序就有了；或者请维护的人在数据目录放 <code>workdays.json</code> 再重启，例如：\n"
        f'<code>{{"work": ["{year}-02-14"], "rest": ["{year}-02-08"]}}</code>'
    )
