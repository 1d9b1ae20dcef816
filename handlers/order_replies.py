"""What is typed below the card of an order is of that order: 撤销, 恢复, 已收款, 改成3箱 840, 是小彭的."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy.orm import Session
from telegram import Update

from crm import orders, outbox, search
from crm.members import Actor
from handlers import arguments, buttons, deliveries, order_paid, places
from handlers import order_changes as change_handlers
from handlers import orders as order_handlers
from handlers.buttons import Press
from handlers.context import Context
from handlers.say import Say
from nlp import ways_to_pay
from nlp.fields import prices

_THIS = r"(?:[这那此]一?[个单笔张](?:单子?|订单)?|它|[他她]|客户|[ ,，])*"
_END = r"[了吧啊哈的。!！~\s]*"
_OFF = re.compile(rf"(?:把|将)?{_THIS}(?:撤[销銷回掉]?|[删刪][掉除]?|取消|作废){_THIS}{_END}")
_BACK = re.compile(rf"{_THIS}撤[销銷回掉]?{_END}")  # of a change; 作废 is of the order
_AGAIN = re.compile(rf"{_THIS}(?:恢复|还原|别[撤删]){_THIS}{_END}")
_WAY = f"(?:{ways_to_pay.ANY}[ ]?)?"
_DONE = (  # 收 and 今天付 are still to come
    rf"(?:[收付结](?:款|到|过|清|齐)*了款?|[收付结](?:到|过|清|齐)+|到账了?|给钱了|转过来了|已经?{_WAY}[收付结]款?了?)"
)
_PAID = re.compile(
    rf"{_THIS}(?:都|刚|全部?|今天|[ ])*{_WAY}{_DONE}(?:[ ,，]*{ways_to_pay.ANY}(?:付|收|转)?的?)?[了啊哈的。!！~\s]*"
)
_PIECE = prices.PIECES.replace("块", "")  # 12块5 is a sum
_RIGHT = re.compile(
    r"(?:不对|错了|写错了|记错了)?[ ,，]{0,3}(?:应该|其实)?(?:是|改成|改为|改到|改|变成|换成)?[ ,，]{0,3}"
    rf"(?P<count>[\d一二两三四五六七八九十]{{1,6}}{_PIECE})?[ ,，]{{0,3}}(?:一?共|总共|合计|总价|金额)?[ ]?"
    rf"(?P<sum>[¥￥]?\d[\d.,]*[万千]?)(?:块钱?|元)?{_END}"
)
_WHOSE = re.compile(
    rf"(?:不对[ ,，]*)?{_THIS}(?:应该)?(?:是|换成|改成|改到|记到|归)(?P<who>[^\s\d,，是]{{2,8}}?)"
    rf"(?:的|名下)(?:单子?|那单)?{_END}"
)
_Work = Callable[[Session, Actor], Say]


def order_of(db: Session, chat_id: int, replied_to: int | None) -> int | None:
    """The order on the card that was replied to; None for any other message."""
    press = _card(db, chat_id, replied_to)[0]
    return press.order_id if isinstance(press, buttons.UndoOrder | buttons.RestoreOrder) else None


def _card(db: Session, chat_id: int, replied_to: int | None) -> tuple[Press | None, buttons.UndoOrderChange | None]:
    """The order's own [撤销] or [恢复], and the [改回] of a change of it, as the card has them now."""
    row = outbox.find_by_message(db, chat_id, replied_to) if replied_to is not None else None
    markup = (row.payload.get("reply_markup") or {}) if row is not None else {}
    pressed: dict[str, Press] = {}
    for one in (one for line in markup.get("inline_keyboard", []) for one in line):
        try:
            pressed[one.get("text") or ""] = buttons.decode(one.get("callback_data") or "")
        except buttons.StaleButton:
            continue
    own = pressed.get("撤销") or pressed.get("恢复")
    back = pressed.get("改回")
    is_order = isinstance(own, buttons.UndoOrder | buttons.RestoreOrder)
    return own if is_order else None, back if isinstance(back, buttons.UndoOrderChange) else None


async def take(update: Update, context: Context) -> bool:
    """True where the reply says what is to be done with the order, and it is done."""
    text, replied_to = arguments.text_of(update).strip(), arguments.replied_to(update)
    if replied_to is None or not places.is_private(update):
        return False
    chat_id = context.receipt.chat_id
    work = await context.read(lambda db, actor: _meant(db, actor, context, chat_id, replied_to, text))
    if work is None:
        return False
    await context.commit(lambda db, actor: context.reply(db, work(db, actor)))
    return True


def _meant(db: Session, actor: Actor, context: Context, chat_id: int, replied_to: int, text: str) -> _Work | None:
    """What the words do with the order of the card."""
    own, back = _card(db, chat_id, replied_to)
    if not isinstance(own, buttons.UndoOrder | buttons.RestoreOrder):
        return None
    order_id, now = own.order_id, context.now
    if _OFF.fullmatch(text):
        if back is not None and _BACK.fullmatch(text):
            return lambda db, actor: change_handlers.back(db, actor, back.draft_id, now)
        return lambda db, actor: deliveries.removed(db, actor, orders.remove(db, actor, order_id, now))
    if _AGAIN.fullmatch(text):
        return lambda db, actor: order_handlers.restored(db, actor, order_id, now)
    if isinstance(own, buttons.RestoreOrder):
        return None
    if _PAID.fullmatch(text):
        return lambda db, actor: order_paid.paid_card(db, actor, context, order_id)
    if (right := _RIGHT.fullmatch(text)) is not None and (right["count"] or re.search("[不错是改变换]", text)):
        told = f"不对 是{right['count']} 一共{right['sum']}" if right["count"] else f"不对 是{right['sum']}"
        return lambda db, actor: change_handlers.put_right(db, actor, context, order_id, told)
    who = _WHOSE.fullmatch(text)
    found = search.find(db, actor, who["who"], 2).customers if who else []
    if len(found) != 1:
        return None
    return lambda db, actor: change_handlers.given(db, actor, order_id, found[0].customer_id, now)
