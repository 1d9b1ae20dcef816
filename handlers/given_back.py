"""算了转回来, 转回小李: the customers given away just now go back, or to a colleague who is named."""

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
    """算了转回来, 转回小李: all whom the member gave away just now are as before, or the colleague's who is named."""
    match = BACK.match(arguments.text_of(update))
    name = (match["who"] or match["mate"] or "") if match else ""

    def look(db: Session, actor: Actor) -> tuple[list[Transfer], list[Member]]:
        acts = handovers.last_given(db, actor, context.now)
        if acts and actor.current_customer_id not in (None, *(act.customer_id for act in acts)):
            return [], []  # another customer's card is open: it may be he who is meant
        return acts, ownership.named_takers(db, actor, name)[0] if name and acts else []

    acts, takers = await context.read(look)
    if not acts or (name and len(takers) != 1):
        await ownership.as_free_text(update, context)
        return
    context.closes_question = True

    def work(db: Session, actor: Actor) -> None:
        for act in acts:
            if takers and act.customer_id is not None:
                context.reply(db, ownership.give(db, actor, context, act.customer_id, takers[0].member_id))
            else:
                context.reply(db, transfers.take_back(db, actor, context, act.transfer_id))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(BACK, give_back)]
