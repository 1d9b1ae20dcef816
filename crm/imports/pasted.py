"""A table pasted into the chat as the file that it was copied from; a list without a header gets one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from almanac.birthdays import Birthday
from crm.leads import Entry
from nlp import lazy
from nlp.reader import pasted

NAME = "粘贴的表格.csv"
FEWEST = 2  # rows below a header
_APART = (
    lazy.regex(r"\t"),
    lazy.regex(r"\s*[|｜]\s*"),
    lazy.regex(r"\s*[,，]\s*"),
    lazy.regex(r"\s{2,}"),
    lazy.regex(r"\s+"),
)
_HEADER = ("姓名", "公司", "职位", "电话", "微信", "生日", "地区", "备注", "来源", "行业", "邮箱")
_ALWAYS = 8  # columns that the file has whether a line fills them or not


def as_file(text: str) -> bytes | None:
    """The bytes of the table when its first line is the names of its columns, else None.

    >>> as_file("姓名,电话\\n王芳,13800138001\\n李强,13800138002").decode("utf-8-sig").splitlines()[0]
    '姓名,电话'
    >>> as_file("王芳 13800138001\\n李强 13800138002") is None
    True
    """
    lines = [line.strip(" ") for line in text.splitlines() if line.strip()]
    if len(lines) <= FEWEST or not pasted.is_header(lines[0]):
        return None
    for apart in _APART:
        table = [apart.split(line) for line in lines]
        width = len(table[0])
        is_even = all(len(row) <= width for row in table) and sum(len(row) == width for row in table) * 2 > len(table)
        if width > 1 and (is_even if apart is not _APART[-1] else all(len(row) == width for row in table)):
            return _written(table)
    return None


def of_entries(entries: Iterable[Entry]) -> bytes:
    """The same for customers read from lines without a header; what no column holds stays in 备注."""
    rows = [_row(entry) for entry in entries]
    filled = [at for at in range(len(_HEADER)) if at < _ALWAYS or any(row[at] for row in rows)]
    return _written([row[at] for at in filled] for row in (_HEADER, *rows))


def _row(entry: Entry) -> tuple[str, ...]:
    who = entry.profile
    born = who.birthdays[0] if who.birthdays else None
    day = _said(born) if born is not None else ""
    reached = (" ".join(who.phones), who.wechat, day, who.region, _note(entry), who.source, who.industry, who.email)
    told = (who.name, who.company, who.title, *reached)
    return tuple(" ".join((cell or "").split()) for cell in told)


def _note(entry: Entry) -> str:
    """The note; the whole line where it tells more than the columns and the note hold: a task, a second birthday."""
    who = entry.profile
    is_more = entry.todo or entry.undated or who.gender or who.nicknames or who.address or len(who.birthdays) > 1
    return entry.typed if is_more else entry.note


def _said(born: Birthday) -> str:
    calendar, year = "农历" if born.calendar == "lunar" else "", f"{born.year}年" if born.year else ""
    return f"{calendar}{year}{'闰' if born.leap else ''}{born.month}月{born.day}日"


def _written(table: Iterable[Iterable[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(table)
    return file.getvalue().encode("utf-8-sig")
