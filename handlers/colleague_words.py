"""小李离职了, 把小李设为主管, 把王主管踢出团队, 新来了个销售怎么加: the team's own matters in words, no customer's."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import search, successions, teams
from crm.members import Actor
from handlers import arguments, places, registry, spoken, start
from handlers.context import Context
from handlers.texts import teams as texts

_ENDS = r"(?:吧|呗|一下)?\s*[。！!~]*\s*$"
_WHO = r"(?P<{}>[^\s，。,！!？?、]{{1,12}}?)"
_ROLE = "(?:主管|经理|管理员|销售|组长|负责人)"
OF_COLLEAGUE = re.compile(
    rf"^\s*(?:请|帮我|麻烦)?(?:把|将)?{_WHO.format('role')}的?(?:角色)?(?:设为|设成|设置为|升为?|升成|升任|提为|提拔为?|改成|改为|调成)"
    rf"(?:了)?{_ROLE}{_ENDS}"
    rf"|^\s*(?:请|帮我|麻烦)?(?:把|将){_WHO.format('out')}(?:踢|移|请|清|删|开)除?(?:出|掉)?了?(?:我们|咱们)?(?:团队|系统|公司){_ENDS}"
    rf"|^\s*(?:请|帮我|麻烦)?(?:移除|移出|踢出|踢掉|删除成员|移除成员)(?:成员|同事|销售)?{_WHO.format('gone')}(?:出)?(?:团队)?{_ENDS}"
    rf"|^\s*{_WHO.format('off')}\s*(?:移除|移出|踢出|踢掉)(?:团队)?{_ENDS}"
    rf"|^\s*(?:取消|撤掉|撤销|收回|去掉)(?:掉)?{_WHO.format('down')}的?{_ROLE}(?:权限|角色|身份)?{_ENDS}"
    rf"|^\s*(?:也|再)?(?:给|让){_WHO.format('raised')}(?:也|再)*(?:开|加|当|做|设置?)?(?:个|一个)?{_ROLE}(?:权限|角色|身份)?{_ENDS}"
    rf"|^\s*{_WHO.format('given')}(?:也|再)*(?:给|让)[他她](?:也|再)*(?:开|加|当|做)?(?:个|一个)?{_ROLE}(?:权限|角色|身份)?{_ENDS}"
    rf"|^\s*{_WHO.format('left')}(?:已经?|要|今天|昨天|上周|下周|月底|准备)*(?:离职|辞职|不干|走人|被开除)了?{_ENDS}"
)
NEWCOMER = re.compile(
    r"^\s*(?:我们?这?(?:边|里)?)?(?:今天|刚|新)*(?:来|招|进)了?(?:一?[个位名]|[两三]个)?(?:新)?(?:来的)?(?:销售|同事|业务员?|新人|员工|组员)"
    r"(?=.*(?:怎么|咋|如何)(?:样)?(?:才能)?(?:把?[他她])?(?:加进?|拉进?|邀请|进来|弄进|入)(?!我?微信|我)).{0,24}$"
)


async def show(update: Update, context: Context) -> None:
    """The colleague's card with what may be done to him; free text where nobody in the team is called so."""
    match = OF_COLLEAGUE.match(arguments.text_of(update))
    name = next((word for word in match.groups() if word), "") if match else ""
    is_leaving = match is not None and match["left"] is not None
    found = await context.read(lambda db, actor: _meant(db, actor, name, is_leaving))
    if found is None:
        await spoken.pass_on(update, context, show)
        return
    await context.commit(lambda db, actor: _show(db, actor, update, context, found))


async def invite(update: Update, context: Context) -> None:
    """新来了个销售叫小孙 怎么加进来 asks for which role the link is to be."""
    await start.choose_role(update, context)


def _meant(db: Session, actor: Actor, name: str, is_leaving: bool) -> int | None:
    """The present colleague of that name; None where a customer is called so, too.

    Of who leaves a rep tells as of anybody: 小周离职了 may be the customer's buyer.
    """
    found = successions.find(db, actor, name) if name else None
    if found is None or found.left_at is not None or search.is_named(db, actor, name):
        return None
    if is_leaving and not actor.sees_team:
        return None
    return found.member_id


def _show(db: Session, actor: Actor, update: Update, context: Context, member_id: int) -> None:
    places.require_private(update)
    colleague = teams.get_colleague(db, actor, member_id)
    admins = [one.name for one in teams.admins(db, actor.team_id)]
    context.reply(db, texts.colleague_in_words(actor, colleague, admins))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(OF_COLLEAGUE, show), registry.said(NEWCOMER, invite)]
