"""Who owes counts the rests of orders paid in part, in a few statements, none of which reads a whole table."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sqlalchemy import event

from crm import part_debts
from tests.chat import plans
from tests.chat.talk import said

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from crm.members import Actor
    from tests.chat.conftest import Office

RESTS = {"吴军": 6800_00, "李娜": 5800_00, "何秀英": 4800_00}


def _rests(actor: Actor, now: datetime, db: Session) -> tuple[dict[str, int], int]:
    """The rests by name, and how many statements found them."""
    sent: list[str] = []
    event.listen(db.get_bind(), "before_cursor_execute", lambda *given: sent.append(given[2]))
    found = {one.customer.name: one.fen for one in part_debts.left(db, actor, now)}
    return found, len(sent)


async def test_rests_are_told_by_few_statements_and_no_scan(office: Office) -> None:
    for number, (name, rest_fen) in enumerate(RESTS.items()):
        await said(office.rep, f"加客户 {name} 1380013800{number}")
        await said(office.rep, f"订单 {name} 家具 {rest_fen // 100 + 3000} 已收3000")
    for person in (office.manager, office.rep):
        look = functools.partial(_rests, office.actor(person), office.now)
        with plans.collected() as asked:
            assert office.database.read_now(look) == (RESTS, 4)
        tables = {scan.table for scan in plans.scans(office.database, asked)}
        assert not tables & {"draft", "account_entry", "orders"}
