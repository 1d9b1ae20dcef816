"""The almanac on the command line: birthdays, festivals and working days, for checking and for curious people."""

import argparse
import re
import sys
from datetime import date

from almanac import birthdays, festivals, lunar, workdays
from almanac.birthdays import Birthday

WRITTEN = re.compile(r"(?P<leap>闰)?(?P<month>\d{1,2})[-月](?P<day>\d{1,2})日?")
SENTENCES = {
    "unreadable": "write a birthday as 闰6-15, 12-30 or solar 2-29",
    "no_such_month": "there is no such month",
    "no_such_leap_month": "no year of the calendar has that leap month",
    "no_such_day": "that month never has such a day",
    "no_such_year": "the calendar knows the years 1901 to 2100",
    "leap_in_solar": "only lunar months can be leap months",
}
CALENDARS = {"solar": "solar", "公历": "solar", "阳历": "solar", "lunar": "lunar", "农历": "lunar", "阴历": "lunar"}


def parse_birthday(words: list[str]) -> Birthday:
    """Return the birthday written as `闰6-15`, `12-30`, `solar 2-29`; lunar unless said otherwise.

    Raises: ImpossibleBirthday (unreadable, or as `birthdays.check`).
    """
    calendar = CALENDARS.get(words[0]) if len(words) == 2 else "lunar"
    match = WRITTEN.fullmatch(words[-1])
    if match is None or calendar is None or len(words) > 2:
        raise birthdays.ImpossibleBirthday("unreadable")
    month, day, leap = int(match["month"]), int(match["day"]), match["leap"] is not None
    birthday = Birthday("solar" if calendar == "solar" else "lunar", month, day, leap)
    birthdays.check(birthday, date.max)
    return birthday


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
    parser = argparse.ArgumentParser(prog="python -m almanac", description=__doc__)
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
        years = range(options.first, options.last + 1)
        return [birthdays.kept_on(birthday, year, options.feb29).isoformat() for year in years]
    if options.command == "festivals":
        return [f"{festival.on.isoformat()}\t{festival.name}" for festival in festivals.in_year(options.year)]
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
