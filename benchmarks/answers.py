"""How the answers of benchmarks/unseen are compared with what the reader says: as tolerant as its README, no more.

Terms, for one message:
- accepted: the answer, each of `also`, and asking where `ambiguous` is true or an accepted action is 'unclear'.
- right action: an accepted action for the accepted customer, without a question; or asking where that is accepted.
- right in full: besides, every value that identifies something (name, phone, WeChat, mail, company, title, region,
  birthday, amount, date, query, due) agrees with one accepted answer; the free words (what, note, industry, source,
  product) are compared loosely where both are there: one holds the other, or 0.6 of the shorter one's characters are
  common. A value that the answer's `note` calls acceptable is accepted; a customer's own name is no change of it.
- asked: a question where no question is accepted.
- wrong write: the message would change data (no question, an action of WRITES), and its action or customer is not
  accepted, or it would store a value that no accepted answer of that action and customer has: a wrong amount, another
  name, a date nobody said, a company that is none. A value left out is not a wrong write.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
WRITES = frozenset(("add_customer", "note", "remind", "order", "update", "done"))
EXACT = (
    *("name", "phone", "wechat", "email", "company", "title", "region", "birthday"),
    *("amount_yuan", "date", "query", "due"),
)
FREE = ("what", "note", "industry", "source", "product")
LEAD_FIELDS = ("name", "mobile", "landline", "email", "wechat", "company", "title", "region", "birthday")
_ACCEPTS = re.compile("acceptable|also right|may be missing|may hold|or none|accepted")
_MISSING = re.compile("may be missing|or none|none acceptable|null acceptable|or not")
_ALIKE = 0.6


def rows(path: Path) -> list[Row]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def phrases(path: Path) -> list[Row]:
    """The time phrases of a CSV file, `also_accept` as a list."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "also_accept": (row["also_accept"] or "").split("|")} for row in csv.DictReader(file)]


def is_alike(one: str, other: str) -> bool:
    """True when one holds the other, or 0.6 of the shorter one's characters stand in the other."""
    one, other = (re.sub(r"[\s,，。、:：!！]", "", words).lower() for words in (one, other))
    common = sum((Counter(one) & Counter(other)).values())
    return one in other or other in one or common >= _ALIKE * min(len(one), len(other))


def flat(fields: Row) -> Row:
    """The fields with the task's day as `due` and its matter as `what`."""
    task = fields.get("task") or {}
    return {**{k: v for k, v in fields.items() if k != "task"}, **task}


def _same_rule(value: Any) -> Any:
    """One spelling for each repetition: YEARLY;lunar:8-15, YEARLY;L08-15 and WORKDAY are our notation by analogy."""
    if not isinstance(value, str):
        return value
    value = value.replace("WORKDAY", "WEEKLY;MO,TU,WE,TH,FR").replace("YEARLY;L0", "YEARLY;lunar:0")
    return re.sub(r"(?<=[;:-])(\d)(?=[-;]|$)", r"0\1", value) if value.startswith("YEARLY") else value


def _value_is_right(name: str, wanted: Any, got: Any, remark: str) -> bool:
    """`wanted` or `got` may be None: nothing there."""
    if name in FREE and (got is None or wanted is None or is_alike(str(wanted), str(got))):
        return True
    if _same_rule(wanted) == _same_rule(got):
        return True
    for clause in re.split("[;,]", remark):
        accepting = _ACCEPTS.search(clause)
        if accepting and (name in clause or name == "due"):
            if got is not None and str(got) in clause:
                return True
            if got is None and (_MISSING.search(clause) or (name == "due" and "task may" in clause)):
                return True
    return False


def accepted(row: Row) -> list[Row]:
    """The whole answers that are right."""
    return [{key: row[key] for key in ("action", "customer", "fields")}, *row.get("also", ())]


def _asking_is_right(row: Row) -> bool:
    return bool(row.get("ambiguous")) or any(answer["action"] == "unclear" for answer in accepted(row))


def judge(row: Row, got: Row) -> Counter[str]:
    """The terms above that hold for one message: action, full, asked, wrong_write, and missed: field → 1."""
    asks = got["ask"] is not None or got["action"] == "unclear"
    if asks:
        right = _asking_is_right(row)
        return Counter({"action": right, "full": right, "asked": not right})
    same = [a for a in accepted(row) if a["action"] == got["action"] and a["customer"] == got["customer"]]
    if not same:
        return Counter({"wrong_write": got["action"] in WRITES})
    found, remark = flat(got["fields"]), row.get("note") or ""
    if got["customer"] is not None and found.get("name") == got["customer"]:
        del found["name"]
    full = stored = False
    for answer in same:
        wanted = flat(answer["fields"])
        wrong = [n for n in (*EXACT, *FREE) if not _value_is_right(n, wanted.get(n), found.get(n), remark)]
        full |= not wrong
        stored |= not [n for n in wrong if found.get(n) is not None and n in EXACT]
    return Counter({"action": 1, "full": full, "wrong_write": got["action"] in WRITES and not stored})


def phrase_is_right(row: Row, kind: str, value: str) -> bool:
    """True when kind and value are the expected ones, in any spelling of a repetition."""
    wanted = {_same_rule(row["expected"]), *map(_same_rule, row.get("also_accept") or ())}
    return kind == row["kind"] and (kind == "none" or _same_rule(value) in wanted)


def lead_counts(case: Row, got: Row) -> Counter[tuple[str, str]]:
    """How each field came out: (field, 'right' | 'extra' | 'missing') → count; values of `also` are right too."""
    counts: Counter[tuple[str, str]] = Counter()
    for name in LEAD_FIELDS:
        wanted, found = case["gold"].get(name) or None, got.get(name) or None
        further = case.get("also", {}).get(name, [])
        if found is None and None in further:
            continue
        if found is not None and _same(found) in (_same(wanted), *map(_same, further)):
            counts[name, "right"] += 1
            continue
        counts[name, "missing"] += wanted is not None
        counts[name, "extra"] += found is not None
    return counts


def _same(value: Any) -> Any:
    """A list of one value and the value alone are the same answer."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def f1(right: int, extra: int, missing: int) -> float:
    """The harmonic mean of precision and recall; 1.0 when there was nothing to find and nothing was."""
    return 2 * right / (2 * right + extra + missing) if right + extra + missing else 1.0


def totals(counts: Counter[tuple[str, str]], fields: Sequence[str] = LEAD_FIELDS) -> tuple[int, int, int]:
    """Right, extra and missing over the fields."""
    right, extra, missing = (sum(counts[name, kind] for name in fields) for kind in ("right", "extra", "missing"))
    return right, extra, missing
