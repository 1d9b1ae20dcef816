"""How a birthday was understood, in one sentence, where its words have two meanings or its day is not in every year."""

from __future__ import annotations

from collections.abc import Sequence

from almanac import lunar
from almanac.birthdays import Birthday
from almanac.lunar import ImpossibleLunarDate
from handlers.texts import cards


def understood(born: Sequence[Birthday], otherwise: str) -> list[str]:
    """A line for each lunar birthday with a year. `otherwise`: the button for who meant the solar calendar.

    >>> understood([Birthday("lunar", 8, 15, year=1990), Birthday("solar", 3, 8, year=1990)], "修改")
    ['📅 年份也按农历算：1990年农历八月十五是公历1990年10月3日，以后每年过农历；不对就点 [修改]。']
    """
    return [line for birthday in born if (line := _line(birthday, otherwise))]


def _line(birthday: Birthday, otherwise: str) -> str:
    if birthday.calendar != "lunar" or birthday.year is None:
        return ""
    try:
        day = lunar.to_solar(birthday.year, birthday.month, birthday.day, birthday.leap)
    except ImpossibleLunarDate:
        return ""
    said = f"{cards.spoken(birthday)}是公历{day.year}年{day.month}月{day.day}日"
    return f"📅 年份也按农历算：{said}，以后每年过农历；不对就点 [{otherwise}]。"
