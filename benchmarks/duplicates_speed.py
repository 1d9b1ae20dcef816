"""How long duplicates take in a team of 100,000 customers: called by `python -m benchmarks duplicates`."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from crm import duplicate_records, duplicates, merges, search_keys, teams
from crm.customers import Profile
from crm.database import Database
from crm.duplicates import Found
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, CustomerSummary, Note, Order, SearchKey

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
SIZE, TWINS = 100_000, 1_000
ASKED = 40
FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬燕彬辉建国志文海波婷雪梅晨宇浩然子涵佳琪思远"
PLACES = (
    "上海",
    "北京",
    "深圳市",
    "广州",
    "杭州",
    "苏州",
    "宁波",
    "东莞市",
    "义乌市",
    "佛山",
    "成都",
    "武汉",
    "青岛",
    "",
)
BRANDS = "宏达鑫源美恒力天启金华光明盛瑞丰泰安永兴隆昌顺利和信诚远东方正大新海龙凤祥云峰"
TRADES = ("五金", "科技", "贸易", "包装", "模具", "电子", "机械", "食品", "建材", "服饰", "物流", "灯饰")
ENDS = ("有限公司", "", "", "店", "厂")
TITLES = ("总经理", "采购经理", "老板", "采购", "会计", None)


def main() -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sales.db'}")
        database.migrate()
        actor = database.write_now(lambda db: teams.found(db, 1, "王主管", NOW))
        database.write_now(lambda db: fill(db, actor))
        measure(database, actor)
        database.close()


def measure(database: Database, actor: Actor) -> None:
    """One line a figure."""
    print(f"\na team of {SIZE:,} customers, {TWINS:,} of them entered twice")
    began, worked = time.perf_counter(), time.process_time()
    pairs = database.read_now(lambda db: duplicates.sweep(db, actor.team_id))
    waited, cpu = time.perf_counter() - began, time.process_time() - worked
    told = f"CPU {cpu:.1f} s, {len(pairs):,} pairs"
    line("every record compared (once a day, beside everything else)", [waited], told)
    at = NOW + timedelta(minutes=1)
    took = timed(lambda: database.write_now(lambda db: duplicates.put(db, actor.team_id, Found(pairs, None, at))), 1)
    line("the pairs stored", took)
    ids = list(pairs)[: 2 * ASKED]
    changed = update(Customer).where(Customer.customer_id.in_([low for low, _ in ids[:20]])).values(updated_at=at)
    database.write_now(lambda db: db.execute(changed) and None)
    line("查重: look at what changed (20 records), page and count", timed(lambda: shown(database, actor), ASKED))
    fresh = duplicate_records.record_of(Profile("王总", ("13912345678",), "上海宏达五金"))
    entered = timed(lambda: database.read_now(lambda db: duplicates.alike_of(db, actor.team_id, fresh)), ASKED)
    line("a new customer beside all others", entered)
    made: list[int] = []
    took = [once(partial(_keep, made, database, actor, pair)) for pair in ids[:ASKED]]
    line("a merge (10 orders, 5 notes move)", took)
    line("its undo", [once(partial(undone, database, actor, one)) for one in reversed(made)])


def shown(database: Database, actor: Actor) -> None:
    """What a person who asks waits for."""

    def look(db: Session) -> None:
        duplicates.look(db, actor.team_id, NOW + timedelta(minutes=2))
        duplicates.page(db, actor, 4, 0)
        duplicates.count(db, actor)
        merges.recent(db, actor, NOW, 1)

    database.read_now(look)


def merged(database: Database, actor: Actor, pair: tuple[int, int]) -> int:
    """The id of the merge."""
    return database.write_now(lambda db: merges.merge(db, actor, *pair, 0, NOW).customer_merge_id)


def _keep(made: list[int], database: Database, actor: Actor, pair: tuple[int, int]) -> None:
    made.append(merged(database, actor, pair))


def undone(database: Database, actor: Actor, merge_id: int) -> None:
    """The merge is undone."""
    database.write_now(lambda db: merges.undo(db, actor, merge_id, NOW))


def once(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each time."""
    return [once(work) for _ in range(times)]


def line(what: str, seconds: list[float], more: str = "") -> None:
    """Median and the slowest of twenty."""
    ordered = sorted(seconds)
    p50, p95 = ordered[len(ordered) // 2] * 1000, ordered[len(ordered) * 95 // 100] * 1000
    print(f"{what:<62} p50 {p50:>8,.0f} ms  p95 {p95:>8,.0f} ms  {more}", flush=True)


def fill(db: Session, actor: Actor) -> None:
    """Customers as a formula with a fixed seed makes them: names repeat as in life, companies have several people."""
    rng = random.Random(7)
    people = [person(rng, number) for number in range(SIZE - TWINS)]
    people += [again(rng, one) for one in rng.sample(people, TWINS)]
    rows: list[dict[str, Any]] = []
    phones: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    for customer_id, (name, company, title, phone) in enumerate(people, 1):
        own: dict[str, Any] = {"customer_id": customer_id, "team_id": actor.team_id}
        rows.append(own | {"owner_id": actor.member_id, "name": name, "company": company, "title": title})
        phones.append(own | {"phone": phone, "kind": "mobile"})
        found = search_keys.of_customer(name, company, (), (phone,))
        keys += [own | {"kind": kind, "key": key} for kind, key in found]
    same = {"nicknames": [], "created_at": NOW, "updated_at": NOW}
    store(db, Customer, [row | same for row in rows])
    store(db, CustomerPhone, phones)
    store(db, SearchKey, keys)
    store(
        db, CustomerSummary, [{"customer_id": r["customer_id"], "team_id": r["team_id"], "reasons": []} for r in rows]
    )
    with_history(db, actor, range(SIZE - TWINS - 200, SIZE + 1))


def with_history(db: Session, actor: Actor, customer_ids: range) -> None:
    """Ten orders and five notes of each."""
    own = [{"team_id": actor.team_id, "customer_id": customer_id, "created_at": NOW} for customer_id in customer_ids]
    days = [date(2026, 1, 1) + timedelta(days=7 * number) for number in range(10)]
    store(db, Order, [one | {"ordered_on": day, "amount_fen": 10_000} for one in own for day in days])
    store(db, Note, [one | {"author_id": actor.member_id, "text": "回访"} for one in own for _ in range(5)])


def store(db: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    """The rows are there."""
    for start in range(0, len(rows), 20_000):
        db.execute(insert(table), rows[start : start + 20_000])


def person(rng: random.Random, number: int) -> tuple[str, str, str | None, str]:
    """Name, company, title, mobile number."""
    given = "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
    brand = "".join(rng.choices(BRANDS, k=2))
    company = rng.choice(PLACES) + brand + rng.choice(TRADES) + rng.choice(ENDS)
    return (
        rng.choice(FAMILIES) + given,
        company,
        rng.choice(TITLES),
        f"1{rng.choice((38, 39, 59, 86))}{number * 7919 % 10**8:08}",
    )


def again(rng: random.Random, one: tuple[str, str, str | None, str]) -> tuple[str, str, str | None, str]:
    """The same person as somebody else would type it."""
    name, company, title, phone = one
    kind = rng.randrange(3)
    if kind == 0:
        return f"{name[0]}总", company.removesuffix("有限公司"), None, phone
    return name, company.removesuffix("有限公司"), title, phone if kind == 1 else f"177{phone[3:]}"


if __name__ == "__main__":
    main()
