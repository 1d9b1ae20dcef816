"""How many days the almanac gets wrong over its ranges, beside what the libraries give by themselves, and its speed.

The judge is lunar_python (MIT, installed for tests only): an astronomical calendar that is independent of borax.

Run: python -m benchmarks.almanac
"""

import functools
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import product

from borax.calendars import festivals2
from borax.calendars.lunardate import LunarDate as BoraxDate
from lunar_python import LunarYear
from lunar_python.util import HolidayUtil

from almanac import birthdays, festivals, lunar, workdays
from almanac.birthdays import Birthday
from almanac.lunar import LunarDate

FIRST, LAST = 1901, 2056
FESTIVAL_YEARS = range(2024, 2036)
WORKDAY_YEARS = range(2007, 2027)
# Worked by the State Council's notices for 2013; lunar_python's table lacks both.
JUDGE_LACKS = {date(2013, 4, 7), date(2013, 10, 12)}
JULIAN_DAY_OF_ORDINAL_0 = 1721425  # Source: 1 January of year 1 has ordinal 1 and begins at JD 1721425.5
LUNAR_FESTIVALS = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "龙抬头": (2, 2),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元": (7, 15),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "寒衣节": (10, 1),
    "腊八": (12, 8),
    "小年": (12, 23),
}
BIRTHDAYS = [
    Birthday("lunar", month, day, leap) for month, day, leap in product(range(1, 13), range(1, 31), (False, True))
]


@functools.cache
def months(year: int) -> dict[tuple[int, bool], tuple[date, int]]:
    """Return the first day and the number of days of each month of a lunar year by the judge, by (month, leap)."""
    found = {}
    for month in LunarYear.fromYear(year).getMonths():
        if month.getYear() == year:
            first = date.fromordinal(round(month.getFirstJulianDay()) - JULIAN_DAY_OF_ORDINAL_0)
            found[abs(month.getMonth()), bool(month.isLeap())] = (first, int(month.getDayCount()))
    return found


def true_kept_on(birthday: Birthday, year: int) -> date:
    """Return the day on which a lunar birthday is kept, by the judge's months and the rules of issue 4."""
    table = months(year)
    first, length = table.get((birthday.month, birthday.leap)) or table[birthday.month, False]
    return first + timedelta(days=min(birthday.day, length) - 1)


def true_days() -> dict[date, LunarDate]:
    """Return each solar day of the exact range with its lunar date by the judge."""
    return {
        first + timedelta(days=ahead): LunarDate(year, month, ahead + 1, leap)
        for year in range(FIRST, LAST + 1)
        for (month, leap), (first, length) in months(year).items()
        for ahead in range(length)
    }


def line(what: str, ours: object, theirs: object = "", note: str = "") -> None:
    """Print one row of the table."""
    print(f"{what:52} {ours!s:>10} {theirs!s:>10}  {note}")


def conversions() -> None:
    """Print the days that convert wrongly, of all days of the lunar years 1901-2056."""
    days = true_days()
    wrong = sum(lunar.from_solar(day) != found for day, found in days.items())
    back = sum(lunar.to_solar(found.year, found.month, found.day, found.leap) != day for day, found in days.items())
    theirs = sum(as_ours(BoraxDate.from_solar(day)) != found for day, found in days.items())
    line(f"wrong lunar dates of {len(days)} days, there / back", f"{wrong} / {back}", theirs, "borax LunarDate")


def as_ours(found: BoraxDate) -> LunarDate:
    """Return borax's date as ours."""
    return LunarDate(found.year, found.month, found.day, bool(found.leap))


def borax_kept(birthday: Birthday) -> set[date]:
    """Return the days borax's birthday rule gives from lunar 1901 to 2056 (BirthdayCalculator uses this festival)."""
    rule = festivals2.LunarFestival(freq="y", month=birthday.month, day=birthday.day, leap=int(birthday.leap))
    start, end = BoraxDate(FIRST, 1, 1), BoraxDate.last_day(LAST)
    return {found.solar for found in rule.list_days(start, end)}


def kept_birthdays() -> None:
    """Print the wrong or missing days of all 720 lunar birthdays over the lunar years 1901-2056."""
    ours = theirs = total = 0
    for birthday in BIRTHDAYS:
        expected = {true_kept_on(birthday, year) for year in range(FIRST, LAST + 1)}
        found = {birthdays.kept_on(birthday, year) for year in range(FIRST, LAST + 1)}
        total += len(expected)
        ours += len(expected ^ found)
        theirs += len(expected ^ borax_kept(birthday))
    line(
        f"wrong birthdays of {total}",
        ours,
        theirs,
        "borax BirthdayCalculator's rule: missing or wrong (it keeps no substitute days)",
    )


def inverse_keys() -> None:
    """Print the days of ten years on which keys_on and occurrences disagree."""
    start, end = date(2024, 1, 1), date(2033, 12, 31)
    kept: dict[date, set[tuple[int, int, bool]]] = {}
    for birthday in BIRTHDAYS:
        for day in birthdays.occurrences(birthday, start, end):
            kept.setdefault(day, set()).add((birthday.month, birthday.day, birthday.leap))
    days = [start + timedelta(days=ahead) for ahead in range((end - start).days + 1)]
    wrong = sum(birthdays.keys_on(day).lunar != kept.get(day, set()) for day in days)
    line(f"days of {len(days)} whose birthday keys are wrong", wrong)


def in_festival_years(days: Iterable[date]) -> set[date]:
    """Return the days that lie in 2024-2035."""
    return {day for day in days if day.year in FESTIVAL_YEARS}


def lunar_festivals() -> None:
    """Print the wrong days of lunar festivals and 除夕 in 2024-2035."""
    ours = theirs = total = 0
    listed = [festival for year in FESTIVAL_YEARS for festival in festivals.in_year(year)]
    for name, (month, day) in LUNAR_FESTIVALS.items():
        years = range(FESTIVAL_YEARS.start - 1, FESTIVAL_YEARS.stop)
        expected = in_festival_years(true_kept_on(Birthday("lunar", month, day), year) for year in years)
        rule = festivals2.LunarFestival(month=month, day=day)
        span = (date(FESTIVAL_YEARS.start, 1, 1), date(FESTIVAL_YEARS.stop - 1, 12, 31))
        total += len(expected)
        ours += len(expected ^ {festival.on for festival in listed if festival.name == name})
        theirs += len(expected ^ {found.solar for found in rule.list_days(*span)})
    eves = {months(year)[1, False][0] - timedelta(days=1) for year in FESTIVAL_YEARS}
    ours += len(eves ^ {festival.on for festival in listed if festival.code == "new_years_eve"})
    line(f"wrong festival days of {total + len(eves)}", ours, theirs, "borax LunarFestival by default, without 除夕")


def true_works(day: date) -> bool:
    """Return whether a day was worked by the judge's table of notices."""
    found = HolidayUtil.getHoliday(day.isoformat())
    return day in JUDGE_LACKS or (bool(found.isWork()) if found else day.weekday() < 5)


def working_days() -> None:
    """Print the wrong working days of 2007-2026, beside Monday to Friday."""
    start, end = date(WORKDAY_YEARS.start, 1, 1), date(WORKDAY_YEARS.stop - 1, 12, 31)
    days = [start + timedelta(days=ahead) for ahead in range((end - start).days + 1)]
    truth = {day: true_works(day) for day in days}
    ours = sum(workdays.is_workday(day) != truth[day] for day in days)
    theirs = sum((day.weekday() < 5) != truth[day] for day in days)
    line(f"wrong working days of {len(days)}", ours, theirs, "Monday to Friday")
    fallback = [workdays.by_law(day).works != truth[day] for day in days if day.year >= 2025]
    line(
        f"the same of {len(fallback)} days by the fallback alone", sum(fallback), "", "2025 and 2026, as if unannounced"
    )


def speed() -> None:
    """Print conversions and key look-ups in a second."""
    days = [date(1950, 1, 1) + timedelta(days=ahead) for ahead in range(36_000)]
    line("solar to lunar, conversions a second", rate(days, lunar.from_solar), rate(days[:3000], BoraxDate.from_solar))
    line("birthday keys of a day, a second", rate(days, birthdays.keys_on))
    line("next lunar birthday, a second", rate(days, lambda day: birthdays.next_on(BIRTHDAYS[300], day)))


def rate(days: list[date], convert: Callable[[date], object]) -> str:
    """Return how many of the days are converted in a second."""
    start = time.perf_counter()
    for day in days:
        convert(day)
    return f"{len(days) / (time.perf_counter() - start):,.0f}"


def main() -> None:
    """Print the table."""
    line("## Almanac", "ours", "library")
    for measure in (conversions, kept_birthdays, inverse_keys, lunar_festivals, working_days, speed):
        measure()


if __name__ == "__main__":
    main()
