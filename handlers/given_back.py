"""算了转回来, 转回小李: the customer given away just now goes back, or to a colleague who is named."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import handovers
from crm.members import Actor
from crm.tables import Member, Transfer
from handlers import arguments, ownership, registry, transfers
from handlers.context import Context

BACK = re.compile(  # 算了转回来, 转回小李: the customer given away last
    r"^[\s,，。!！]*+(?P<opening>(?:(?:算了|不对|[弄转给分搞]?错了|[别不]转了?)[\s,，。!！]*+)++)?(?:再|还是)?(?:把[他她])?[\s,，]*+"
    r"(?:[转划调分]回(?:来|去|给?(?P<who>[^\s,，来去的了]{1,8}?))|(?(opening)[转还退]回?给(?P<mate>[^\s,，的了]{1,8}?)|(?!)))"
    r"[吧啊呗]*+[\s。！!]*+$"  # 转回来了, 还给小周 without such an opening may be the goods or the money
)


async def give_back(update: Update, context: Context) -> None:
    """算了转回来, 转回小李: whom the member gave away just now is as before, or the colleague's who is named."""
    match = BACK.match(arguments.text_of(update))
    name = (match["who"] or match["mate"] or "") if match else ""

    def look(db: Session, actor: Actor) -> tuple[Transfer | None, list[Member]]:
        act = handovers.last_given(db, actor, context.now)
        if act is not None and actor.current_customer_id not in (None, act.customer_id):
            return None, []  # another customer's card is open: it may be he who is meant
        return act, ownership.named_takers(db, actor, name)[0] if name and act is not None else []

    act, takers = await context.read(look)
    if act is None or act.customer_id is None or (name and len(takers) != 1):
        await ownership.as_free_text(update, context)
        return
    transfer_id, customer_id = act.transfer_id, act.customer_id
    context.closes_question = True
    await context.commit(
        lambda db, actor: context.reply(
            db,
            ownership.give(db, actor, context, customer_id, takers[0].member_id)
            if takers
            else transfers.take_back(db, actor, context, transfer_id),
        )
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(BACK, give_back)]
