"""What is said of figures that come by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from crm.indicators import Board
from handlers import buttons
from handlers.say import Button, Rows, esc
from handlers.texts import indicator_words as words
from handlers.texts import indicators as texts

MOST = 4  # figures outside their band in one section
OPENED = 3
LONGEST = 1_000  # characters below a picture
NAMES = {"week": "周报", "month": "月报"}
NOTHING_ODD = "指标都在平常范围，没有发"
NOBODY = "群已断开，或成员已离开、已不是主管"


def message(boards: Sequence[Board], team_name: str, is_private: bool) -> str:
    """The week's or the month's figures, or both; short enough to stand below a picture."""
    names = "、".join(NAMES[board.span.name] for board in boards)
    head = f"📈 <b>{esc(team_name)} 指标{names}</b>"
    whole = "\n".join([head, *(line for board in boards for line in _section(board, is_private))])
    if len(whole) <= LONGEST:
        return whole
    short = [head]
    for board in boards:
        lines = [line for reading in board.outside[:MOST] for line in texts.odd(reading, is_private)]
        usual = len(board.readings) - len(board.outside)
        short += [f"<b>{words.days_of(board.span)}</b>", *lines, f"其余 {usual} 个指标和平常一样或历史还不够"]
    return _cut("\n".join(short))


def _cut(text: str) -> str:
    """Whole lines only, so that no mark is left open."""
    lines, length = [], 0
    for line in text.split("\n"):
        length += len(line) + 1
        if length > LONGEST:
            break
        lines.append(line)
    return "\n".join(lines)


def _section(board: Board, is_private: bool) -> list[str]:
    told = texts.section(board, is_private, MOST) if board.readings else ["还没有记录。"]
    return [f"<b>{words.days_of(board.span)}</b>", *told]


def evening(today: Board, before: Board, is_private: bool) -> list[str]:
    """The lines of the evening digest: what is above today, and what was below on the working day before."""
    high = [line for reading in today.outside[:MOST] for line in texts.odd(reading, is_private)]
    low = [reading for reading in before.outside if reading.place == "below"]
    lines = ["📈 <b>不在平常范围</b>", *high] if high else []
    if low:
        lines.append(f"📉 <b>{words.days_of(before.span)}偏低</b>")
        lines += [line for reading in low[:MOST] for line in texts.odd(reading, is_private)]
    return lines


def rows(span: str, codes: Sequence[str]) -> Rows:
    """The odd figures to open, and all of them."""
    opened = tuple(Button(f"{words.TITLES[code]} ▸", buttons.ShowIndicator(code, span)) for code in codes[:OPENED])
    last = (Button("全部指标", buttons.ShowIndicators(span)), Button("口径", buttons.DefineIndicators(span)))
    return (opened, last) if opened else (last,)


def day_head(team_name: str) -> str:
    """Of the message that a manager has beside the digest of the group."""
    return f"📊 <b>{esc(team_name)}</b>：有指标不在平常范围"
