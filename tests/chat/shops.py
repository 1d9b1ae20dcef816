"""The office with the shop of tests/crm/asked_shop in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.crm import asked_shop

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from crm.members import Actor
    from tests.chat.conftest import Office

More = Callable[["Session", "Actor", int, "datetime"], None]  # what 陈刚 (customer_id) of 小李 has besides


async def opened(office: Office, more: More) -> Office:
    """The shop is there, with more of 陈刚; what the first tick sends is gone."""
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)

    def fill(db: Session) -> None:
        more(db, rep, asked_shop.fill(db, rep, rep2)["陈刚"], office.app.clock.now())

    office.database.write_now(fill)
    await office.app.ticks.plan()
    await office.idle()
    return office
