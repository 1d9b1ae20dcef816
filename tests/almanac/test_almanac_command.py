import subprocess
import sys

import pytest

EXPECTED = {
    "birthday 闰6-15 --from 2024 --to 2027": "2024-07-20\n2025-08-08\n2026-07-28\n2027-07-18\n",
    "birthday 12-30 --from 2024 --to 2026": "2025-01-28\n2026-02-16\n2027-02-05\n",
    "birthday solar 2-29 --from 2023 --to 2024": "2023-02-28\n2024-02-29\n",
    "birthday solar 2-29 --from 2023 --to 2024 --feb29 mar1": "2023-03-01\n2024-02-29\n",
    "birthday 农历 8月15日 --from 2026 --to 2026": "2026-09-25\n",
    "birthday 闰六月十五 --from 2024 --to 2025": "2024-07-20\n2025-08-08\n",
    "birthday 闰 6-15 --from 2025 --to 2025": "2025-08-08\n",
    "birthday 腊月三十 --from 2024 --to 2026": "2025-01-28\n2026-02-16\n2027-02-05\n",
    "birthday 农历 冬月廿一 --from 2026 --to 2026": "2026-12-29\n",
    "birthday 农历8月15日 --from 2026 --to 2026": "2026-09-25\n",
    "birthday 公历2月29日 --from 2025 --to 2025": "2025-02-28\n",
    "birthday 正月初五 --from 2026 --to 2026": "2026-02-21\n",
    "birthday 12-30 --from 1901 --to 1901": "1902-02-07\n",
    "workday 2026-10-10": "yes 星期六，国庆节调休上班\n",
    "workday 2026-10-01": "no 国庆节放假\n",
}
REFUSED = [
    "birthday 闰13-1 --from 2024 --to 2025",
    "birthday 闰十三月 --from 2024 --to 2025",
    "birthday 闰十三月初一 --from 2024 --to 2025",
    "birthday 闰六月 --from 2024 --to 2025",
    "birthday 6-31 --from 2024 --to 2025",
    "birthday 六月三十一 --from 2024 --to 2025",
    "birthday 六月十十 --from 2024 --to 2025",
    "birthday 0-1 --from 2024 --to 2025",
    "birthday solar 2-30 --from 2024 --to 2025",
    "birthday solar 闰2-3 --from 2024 --to 2025",
    "birthday x --from 2024 --to 2025",
    "birthday moon 2-3 --from 2024 --to 2025",
    "birthday 2030-6-15 --from 2024 --to 2025",
    "birthday 农历1990年6月15日 --from 2024 --to 2025",
    "birthday 农历 1990年6月15日 --from 2024 --to 2025",
    "birthday solar 2-29 --from 2026 --to 2024",
    "birthday 1-1",
    "birthday",
    "easter 2027",
    "workday",
    "birthday 1-1 --from 24 --to 2025",
    "birthday 1-1 --from 2024 --to 3000",
    "festivals 0",
    "workday 2026-02-30",
    "workday 2300-01-01",
]


def almanac(words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "almanac", *words.split()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("words", EXPECTED)
def test_the_command_prints_the_answer(words: str) -> None:
    assert almanac(words).stdout == EXPECTED[words]


def test_the_festivals_of_a_year_are_printed_sorted() -> None:
    lines = almanac("festivals 2027").stdout.splitlines()
    assert lines == sorted(lines)
    assert {"2027-02-05\t除夕", "2027-02-06\t春节", "2027-06-09\t端午", "2027-09-15\t中秋", "2027-12-22\t冬至"} <= set(
        lines
    )


@pytest.mark.parametrize("words", REFUSED)
def test_bad_input_is_refused_in_one_sentence(words: str) -> None:
    answer = almanac(words)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("python -m almanac")
    assert len(answer.stderr.splitlines()) == 1
