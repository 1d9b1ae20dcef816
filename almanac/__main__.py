"""The almanac on the command line: birthdays, festivals and working days, for checking and for curious people."""

import argparse
import re
import sys
from datetime import date
from typing import NoReturn

from almanac import birthdays, festivals, lunar, workdays
from almanac.birthdays import Birthday

WRITTEN = re.compile(
    r"(?P<leap>闰)?(?P<month>\d{1,2}|[正冬腊]|[一二三四五六七八九十]{1,3})(?:[-月])"
    r"(?P<day>\d{1,2}|[初一二三四五六七八九十廿卅]{1,3})?[日号]?"
)
WITH_YEAR = re.compile(r"\d{4}[-年].*")
MONTHS = {"正": 1, "冬": 11, "腊": 12}
SENTENCES = {
    "unreadable": "write a birthday as 闰6-15, 12-30, 闰六月十五 or solar 2-29",
    "with_year": "leave the year out, a birthday is kept every year: 闰6-15, 12-30 or solar 2-29",
    "no_day": "the day is missing: write a birthday as 闰6-15, 12-30 or solar 2-29",
    "backwards": "--from must not be after --to",
    "no_such_month": "there is no such month",
    "no_such_leap_month": "no year of the calendar has that leap month",
    "no_such_day": "that month never has such a day",
    "no_such_year": "the calendar knows the years 1901 to 2100",
    "leap_in_solar": "only lunar months can be leap months",
}
CALENDARS = {"solar": "solar", "公历": "solar", "阳历": "solar", "lunar": "lunar", "农历": "lunar", "阴历": "lunar"}


class OneLine(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        """Exit with 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def parse_birthday(words: list[str]) -> Birthday:
    """Return the birthday written as `闰6-15`, `12-30`, `闰六月十五`, `solar 2-29`; lunar unless said otherwise.

    Raises: ImpossibleBirthday (unreadable, with_year, no_day, or as `birthdays.check`).
    """
    joined = "".join(words)
    said = next((word for word in CALENDARS if joined.lower().startswith(word)), "")
    written, calendar = joined[len(said) :], CALENDARS.get(said)
    if WITH_YEAR.fullmatch(written):
        raise birthdays.ImpossibleBirthday("with_year")
    match = WRITTEN.fullmatch(written)
    if match is None:
        raise birthdays.ImpossibleBirthday("unreadable")
    month, leap = _number(match["month"]), match["leap"] is not None
    day = 1 if match["day"] is None else _number(match["day"])
    birthday = Birthday("solar" if calendar == "solar" else "lunar", month, day, leap)
    birthdays.check(birthday, date.max)
    if match["day"] is None:
        raise birthdays.ImpossibleBirthday("no_day")
    return birthday


def _numbers() -> dict[str, int]:
    """Return months and days as people write them: 正, 腊, 十二, 初五, 廿三, 二十三."""
    tens = ("", "十", "二十", "三十")
    plain = {tens[ten] + one: 10 * ten + n for ten in range(4) for n, one in enumerate(("", *lunar.DIGITS[:9]))}
    return plain | {lunar.spoken_day(day): day for day in range(1, 31)} | MONTHS


def _number(written: str) -> int:
    """Return the month or day; 0 for what is no number."""
    return int(written) if written.isdecimal() else _numbers().get(written, 0)


def _year(text: str) -> int:
    if not text.isdecimal() or not birthdays.FIRST_YEAR <= int(text) <= lunar.LAST_YEAR:
        raise argparse.ArgumentTypeError(SENTENCES["no_such_year"])
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date, write 2026-10-10") from None


def _arguments() -> argparse.ArgumentParser:
    parser = OneLine(prog="python -m almanac", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    birthday = commands.add_parser("birthday", help="the days on which a birthday is kept, one a line")
    birthday.add_argument("birthday", nargs="+", help="闰6-15, 12-30 or solar 2-29")
    birthday.add_argument("--from", dest="first", type=_year, required=True, help="first lunar (or solar) year")
    birthday.add_argument("--to", dest="last", type=_year, required=True, help="last lunar (or solar) year")
    birthday.add_argument("--feb29", choices=("feb28", "mar1"), default="feb28", help="29 February in a common year")
    year = commands.add_parser("festivals", help="the festivals of a year: date, tab, name")
    year.add_argument("year", type=_year)
    day = commands.add_parser("workday", help="yes or no, and why")
    day.add_argument("day", type=_day, help="2026-10-10")
    return parser


def _lines(options: argparse.Namespace) -> list[str]:
    if options.command == "birthday":
        birthday = parse_birthday(options.birthday)
        if options.first > options.last:
            raise birthdays.ImpossibleBirthday("backwards")
        years = range(options.first, options.last + 1)
        return [birthdays.kept_on(birthday, year, options.feb29).isoformat() for year in years]
    if options.command == "festivals":
        return sorted(f"{festival.on.isoformat()}\t{festival.name}" for festival in festivals.in_year(options.year))
    found = workdays.kind(options.day)
    return [f"{'yes' if found.works else 'no'} {found.reason}"]


def main(arguments: list[str]) -> int:
    """Print the answer and return 0, or say on standard error what is wrong and return 2."""
    options = _arguments().parse_args(arguments)
    try:
        lines = _lines(options)
    except (birthdays.ImpossibleBirthday, lunar.ImpossibleLunarDate) as error:
        print(f"python -m almanac: {SENTENCES[error.code]}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
