"""Figures that come by themselves: worded and drawn a few minutes before, outside the writer, rendered when sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from charts import font, trend
from crm import files, groups, indicator_digests, indicators, robots
from crm.database import Database
from crm.indicator_digests import DAY_PUSH, Due
from crm.indicators import Chart
from crm.tables import Member, Outbox, StoredFile, Team
from handlers.say import Rows, Say, Skip
from handlers.texts import indicator_digests as texts
from handlers.texts import indicators as indicator_texts

KEPT = timedelta(hours=24)

log = structlog.get_logger()

Heavy = Callable[..., Awaitable[Any]]


async def prepare(database: Database, heavy: Heavy, font_path: Path | None, team_id: int, now: datetime) -> None:
    """What is due of today in a few minutes is worded and its picture drawn. Repeating it changes nothing."""
    for due in await database.read(lambda db: indicator_digests.wanted(db, db.get_one(Team, team_id), now)):
        said, drawn = await database.read(lambda db, due=due: word(db, db.get_one(Team, team_id), due))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        picture = await _draw(heavy, font_path, *drawn) if drawn is not None else None
        await database.write(partial(_keep, team_id=team_id, due=due, said=said, picture=picture, now=now))


def word(db: Session, team: Team, due: Due) -> tuple[dict[str, Any], tuple[Chart, str] | None]:
    """The words for managers and for groups with the odd figures, and what is to be drawn."""
    if due.kind == DAY_PUSH:
        return _word_day(db, team, due)
    today = due.at.date()
    seen = [indicators.pictured(db, team.team_id, indicators.span(name, today)) for name in due.spans]
    boards, drawn = [board for board, _ in seen], seen[0][1]
    own = [board for board in boards if board.span.name in due.for_managers]
    said: dict[str, Any] = {
        "private": texts.message(own, team.name, is_private=True) if own else "",
        "group": texts.message(boards, team.name, is_private=False),
        "codes": [reading.figure.code for reading in (own or boards)[0].outside],
        "span": (own or boards)[0].span.name,
    }
    return said, (drawn, team.name) if drawn is not None else None


def _word_day(db: Session, team: Team, due: Due) -> tuple[dict[str, Any], tuple[Chart, str] | None]:
    (today, drawn), (before, drawn_before) = (
        indicators.pictured(db, team.team_id, indicators.span(name, due.at.date())) for name in ("today", "day")
    )
    high = [reading.figure.code for reading in today.outside]
    low = [reading.figure.code for reading in before.outside if reading.place == "below"]
    said: dict[str, Any] = {
        "private": "\n".join(texts.evening(today, before, is_private=True)),
        "group": "\n".join(texts.evening(today, before, is_private=False)),
        "codes": high or low,
        "span": "today" if high else "day",
    }
    odd = drawn if high else drawn_before
    return said, (odd, team.name) if odd is not None and (high or low) else None


async def _draw(heavy: Heavy, font_path: Path | None, found: Chart, whose: str) -> bytes | None:
    points, band = indicator_texts.points(found)
    title, subtitle, unit = indicator_texts.picture_title(found, whose)
    make = partial(trend.trend, title=title, subtitle=subtitle, unit=unit, band=band, font_path=font_path)
    try:
        return bytes(await heavy(make, points))
    except font.NoChineseFont as error:
        log.warning("no_chinese_font", looked_for=str(error))
        return None


def _keep(
    db: Session, *, team_id: int, due: Due, said: dict[str, Any], picture: bytes | None, now: datetime
) -> None:  # fmt: skip
    if picture is not None:
        said["file_id"] = files.keep(db, "kpi.png", picture, now, now + KEPT)
    indicator_digests.keep(db, team_id, due, said, now)


def evening_lines(db: Session, team: Team, on: date, is_group: bool) -> tuple[str, Rows]:
    """What the evening digest says of odd figures, '' where nothing is; and the buttons for who may press them."""
    said = indicator_digests.worded(db, team.team_id, DAY_PUSH, on)
    if said is None or not said["group"]:
        return "", ()
    return (said["group"], ()) if is_group else (said["private"], texts.rows(said["span"], said["codes"]))


def render_kpi(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The figures of the week and the month, or the odd ones of the day; with a picture where one can be shown."""
    team = db.get_one(Team, row.team_id)
    is_group = row.member_id is None
    if not _is_reader(db, row, team):
        return Skip(texts.NOBODY)
    said = _said(db, row, team)
    text = said["group"] if is_group else said["private"]
    if not text:
        return Skip(texts.NOTHING_ODD)
    if row.push == DAY_PUSH:
        text = f"{texts.day_head(team.name)}\n{text}"
    kept = db.get(StoredFile, said.get("file_id", 0))
    has_picture = kept is not None and robots.of_lane(row.chat_id) is None and len(text) <= texts.LONGEST
    rows = () if is_group else texts.rows(said["span"], said["codes"])
    return Say(text, rows, photo=kept.content if kept is not None and has_picture else None)


def _said(db: Session, row: Outbox, team: Team) -> dict[str, Any]:
    """What was worded before; worded now where the clock had no time for it."""
    on = date.fromisoformat(row.payload["on"])
    said = indicator_digests.worded(db, team.team_id, row.push or "", on)
    if said is None:
        noon = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(team.zone))
        due = next((one for one in indicator_digests.due_today(team, noon) if one.kind == row.push), None)
        said = word(db, team, due)[0] if due is not None else {"private": "", "group": ""}
    return said


def _is_reader(db: Session, row: Outbox, team: Team) -> bool:
    if row.member_id is not None:
        member = db.get(Member, row.member_id)
        return member is not None and member.left_at is None and (member.is_manager or member.is_admin)
    if robots.of_lane(row.chat_id) is not None:  # a robot that is not on is sorted out before
        return True
    group = groups.find(db, row.chat_id)
    return group is not None and group.closed_at is None and group.team_id == team.team_id
