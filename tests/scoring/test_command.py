"""`python -m scoring churn`: every customer once, nothing after the cutoff, whatever the file looks like."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from scoring import __main__ as command

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = ["customer_id", "probability_of_purchase", "method", "reason1", "reason2", "reason3"]


def run(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, list[dict[str, str]], str]:
    """The exit status, the rows and what was said on standard error; every probability is one."""
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    given = {"--cutoff": "2011-09-10", "--horizon": "90"} | dict(zip(options[::2], options[1::2], strict=False))
    flags = [option for pair in given.items() for option in pair if option]
    status = command.main(["churn", str(path), *flags])
    said = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert status or said.out.splitlines()[0] == ",".join(HEAD)
    for row in rows:
        assert 0 <= float(row["probability_of_purchase"]) <= 1
        assert None not in row.values()
    return status, rows, said.err


def table(*lines: str, head: str = "customer_id,date,amount") -> bytes:
    return "\n".join([head, *lines]).encode()


def regulars(customers: int, seed: int = 1, shuffled: bool = False) -> list[str]:
    """A year and a half of orders: half of the customers buy every month or so, the others once or twice."""
    rng = np.random.default_rng(seed)
    lines = []
    for customer in range(customers):
        first = int(rng.integers(0, 200))
        gap = 25 if customer % 2 else 300
        day = first
        while day < 500:
            who = int(rng.integers(customers)) if shuffled else customer
            lines.append(f"c{who},{date(2010, 4, 28) + timedelta(days=day)},{rng.integers(10, 900)}")
            day += int(rng.exponential(gap)) + 1
    return lines


def test_every_customer_with_an_order_before_the_cutoff_is_there_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, rows, said = run(
        table("b,2011-09-09,10", "a,2011-01-01,5", "a,2011-02-01,5", "late,2011-09-10,7", "back,2011-05-01,-3"),
        tmp_path,
        capsys,
    )
    assert status == 0
    assert [row["customer_id"] for row in rows] == ["a", "b"]
    assert "1 lines dated on the cutoff or later, not used" in said
    assert "1 customers with returns only" in said
    assert "not enough history" in said


def test_nothing_after_the_cutoff_changes_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = regulars(120)
    before = [line for line in lines if line.split(",")[1] < "2011-09-10"]
    more = [f"c{n},2011-10-0{1 + n % 9},99999" for n in range(60)]
    first = run(table(*before), tmp_path, capsys)
    second = run(table(*before, *more), tmp_path, capsys)
    assert first[1] == second[1]


def test_regular_buyers_come_first_and_every_row_has_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, rows, _ = run(table(*regulars(200)), tmp_path, capsys)
    chance = {row["customer_id"]: float(row["probability_of_purchase"]) for row in rows}
    odd = [value for name, value in chance.items() if int(name[1:]) % 2]
    even = [value for name, value in chance.items() if int(name[1:]) % 2 == 0]
    assert np.mean(odd) > np.mean(even) + 0.2
    assert sum(bool(row["reason1"]) for row in rows) > 0.9 * len(rows)


def test_a_learned_model_speaks_where_there_is_enough_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = regulars(1200)
    _, rows, said = run(table(*lines), tmp_path, capsys)
    assert "learned average" in said
    assert {row["method"] for row in rows} <= {"average", "closed_form"}
    _, alone, said = run(table(*lines), tmp_path, capsys, "--no-labels", "")
    assert {row["method"] for row in alone} == {"closed_form"}
    assert "learned average" not in said


@pytest.mark.parametrize("options", [(), ("--no-labels", "")])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_orders_given_to_customers_at_random_have_no_signal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], seed: int
) -> None:
    _, rows, said = run(table(*regulars(400, seed, shuffled=True)), tmp_path, capsys, *options)
    assert "no usable signal" in said
    assert {row["method"] for row in rows} == {"base_rate"}
    assert len({row["probability_of_purchase"] for row in rows}) == 1
    assert not any(row["reason1"] for row in rows)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table("a,2011-01-01,¥1,200.50".replace("1,200", "1200"), "a,2011-03-01,$5"), "2 amounts with a currency"),
        (table("a,2011-01-01,", "a,2011-02-01,n/a"), "2 lines with a blank amount"),
        (table("a,2011-01-01,abc", "a,2011-02-01,1e400"), "2 lines with an amount that cannot be read"),
        (table("a,2011-01-01,5", "a,soon,5", "a,2011-13-45,5"), "2 lines with no readable date"),
        (table("a,2011-01-01,5", ",2011-01-01,5"), "1 lines without a customer"),
        (table("a,2011-01-01,-5", "a,2011-02-01,5"), "1 returns dated before any purchase"),
        (table(*["a,2011-01-01 10:00:00,5"] * 1000, "b,2011-02-01,5"), "1 days on which one customer has 100"),
        (table("a,2011-01-01,999999", "b,2011-02-01,5"), "1 customers with more than half of all money"),
        (table(*[f"c{n},2011-01-01,5" for n in range(20)]), "20 lines all with the same amount"),
        (table('a,2011-01-01,"5', "b,2011-01-02,6", "c,2011-01-03,7"), "the quotes of the file do not match"),
        (table("a,2030-01-01,5"), "orders before the cutoff: none"),
        (table(), "orders before the cutoff: none"),
        (b"customer_id,date,amount\na,2011-01-01,0\na,2011-01-05,0\n", "2 lines with the amount 0"),
    ],
)
def test_dirt_is_named_and_never_in_the_way(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = run(content, tmp_path, capsys)
    assert status == 0
    assert words in said


def test_encodings_and_forms_of_dates_give_the_same_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = ["张伟,2011-01-05,5", "张伟,2011-02-13,6", "王芳,2011-03-04,7"]
    wanted = run(table(*plain), tmp_path, capsys)[1]
    chinese = table(*plain, head="客户,日期,金额").decode()
    forms = [
        b"\xef\xbb\xbf" + table(*plain),
        chinese.encode("gbk"),
        chinese.encode("utf-16"),
        table("张伟;05.01.2011;5,00", "张伟;13.02.2011;6,00", "王芳;04.03.2011;7", head="customer_id;date;amount"),
        table("张伟,20110105,5", "张伟,2011年2月13日,6", "王芳,2011/3/4 10:30,7元"),
        table("张伟,40548,5", "张伟,40587,6", "王芳,40606,7").replace(b"\n", b"\r\n"),
        table("张伟,1/5/2011 08:26,5", "张伟,2/13/2011 08:26,6", "王芳,3/4/2011 08:26,7"),
    ]
    for form in forms:
        assert run(form, tmp_path, capsys)[1] == wanted


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe\x00", b"a,b\n1,2\n", b"PK\x03\x04\x00\x00"])
def test_what_is_no_table_of_orders_is_said_in_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = run(content, tmp_path, capsys)
    assert status == 2
    assert len(said.splitlines()) == 1


def test_the_command_runs_as_it_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(table("a,2011-01-01,5"))
    line = [sys.executable, "-m", "scoring", "churn", str(path), "--cutoff", "2011-09-10", "--horizon", "90"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == ",".join(HEAD)
    missing = subprocess.run([*line[:4], "nowhere.csv", *line[5:]], cwd=ROOT, capture_output=True, text=True)
    assert missing.returncode == 2
    assert "Traceback" not in missing.stderr
