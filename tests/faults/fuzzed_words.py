"""What people type, and what nobody should: pieces of commands, notes, dates, sums and signs, put together by dice."""

from __future__ import annotations

import random

from handlers import menus

NAMES = ("张伟", "王总", "李娜", "钱大宝", "欧阳锋铭", "Anna Müller", "O'Brien", "小周", "他", "张伟、李娜", "王")
VERBS = ("嫌交期慢", "想要样品", "投诉货坏了要退", "说价格太贵", "下周三回访", "同意续约", "让我别再打电话", "过世了")
DATES = (
    "明天下午3点",
    "2月30日",
    "农历腊月三十",
    "25点",
    "下下下周八",
    "99999天后",
    "0000-00-00",
    "2026-13-45",
    "昨天",
    "每月31号",
    "月底前",
    "9999年12月31日",
    "1年前",
    "闰二月初一",
    "三点三刻",
    "-3天后",
)
SUMS = (
    "12000",
    "1e999",
    "-5",
    "0",
    "九千九百九十九万亿",
    "99999999999999999999",
    "0.001",
    "１２．５万",
    "1/0",
    "NaN",
    "∞",
    "½",
    "٣٤",
    "8万",
    "10%",
    "²",
)
PHONES = ("13800138000", "+86 138-0013-8000", "1380013800", "021-12345678", "00000000000", "１３８００１３８０００")
CONDITIONS = (
    "行业=五金",
    "价值=高",
    "90天未下单",
    "或",
    "不是",
    "地区=苏州、无锡",
    "本月生日",
    "等级=金卡",
    "((",
    "=",
    "负责人=",
)
SIGNS = (
    "<b>",
    "</a>",
    "&lt;",
    "*_`[",
    "](http://x.y)",
    "{称呼}",
    "{0.__class__}",
    "%s%n",
    "=HYPERLINK(1)",
    "'; DROP TABLE note;--",
    "../../etc/passwd",
    "\u202e反",
    "\u200b",
    "\u0000",
    "\ufeff",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "\u0301" * 9,
    "[撤销]",
    "\\",
    "\t",
    "\n",
    "@bot",
    "/",
    "：",
    "，",
    "……",
    "?",
    "http://t.me/x?start=1",
    "🇨🇳",
    "\U0010ffff",
    "ﷺ",
)
WORDS = (
    "是",
    "和",
    "给",
    "的",
    "介绍的",
    "夫妻",
    "打分",
    "满意度",
    "撤销",
    "取消",
    "加",
    "删",
    "全部",
    "螺栓M8",
    "公司",
    "上海美达",
    "采购经理",
    "生日",
    "本月",
    "谁",
    "吗？",
    "还有谁需要",
    "已告诉客户了",
    "不",
)
PIECES = (NAMES, VERBS, DATES, SUMS, PHONES, CONDITIONS, SIGNS, WORDS)
LONG = 4096
STARTERS = tuple(f"/{c.name}" for c in menus.COMMANDS) + tuple(word for c in menus.COMMANDS for word in c.words)


def anything(dice: random.Random, longest: int = 40) -> str:
    """Random signs of the whole of Unicode, but for surrogates, which no JSON of Telegram carries."""
    planes = ((0x20, 0x7F), (0x4E00, 0x9FFF), (0x0, 0x2FF), (0x2000, 0x206F), (0x1F300, 0x1FAFF), (0x0, 0x10FFFF))
    low, high = dice.choice(planes)
    signs = (dice.randint(low, high) for _ in range(dice.randint(1, longest)))
    return "".join("?" if 0xD800 <= sign <= 0xDFFF else chr(sign) for sign in signs)


def pieces(dice: random.Random) -> str:
    """A few pieces in any order."""
    some = (dice.choice(dice.choice(PIECES)) for _ in range(dice.randint(1, 6)))
    return dice.choice(("", "", " ")).join(some)


def note(dice: random.Random) -> str:
    """A sentence as a rep might type it."""
    return f"{dice.choice(NAMES)}{dice.choice(VERBS)}，{dice.choice(DATES)}{dice.choice(VERBS)} {dice.choice(SUMS)}"


def command(dice: random.Random) -> str:
    """A command, or the word for it, with something behind it; now and then misspelt."""
    starter = dice.choice(STARTERS)
    if dice.random() < 0.05:
        starter = starter[:-1] + dice.choice("xyz_9")
    return dice.choice((starter, f"{starter} {pieces(dice)}", f"{starter}{dice.choice(' :，')}{anything(dice)}"))


def text(dice: random.Random) -> str:
    """Something typed, never only blanks: that Telegram does not take."""
    made = dice.choices((command, note, pieces, anything), (45, 20, 25, 10))[0](dice)
    if dice.random() < 0.01:
        made = (made * LONG)[:LONG]
    return made.strip() or "x"
