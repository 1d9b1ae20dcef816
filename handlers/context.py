"""The typed context of every handler: one read, one commit, replies as rows of that commit."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from crm import asked_last, awaiting, drafts, files, groups, inbox, members, outbox
from crm.customers import Origin
from crm.members import Actor
from handlers import buttons
from handlers.say import Button, Say
from handlers.services import Services

T = TypeVar("T")
P = TypeVar("P", bound=buttons.Press)
FILES_KEPT = timedelta(hours=24)


@dataclass(slots=True)
class Receipt:
    """The stored update being handled. `failure` is set when its handler failed and must be tried again."""

    inbox_id: int
    chat_id: int
    committed: bool = False
    failure: BaseException | None = None
    letters: list[outbox.Letter] = field(default_factory=list)


current_receipt: ContextVar[Receipt] = ContextVar("current_receipt")


@dataclass(frozen=True, slots=True)
class Meant:
    """A text typed before, handled now that it is known what it is: it waits as a draft, which the commit resolves.

    `card_id`: the bot's question about it.
    """

    draft_id: int
    origin: Origin
    written_at: datetime
    card_id: int | None


Offer = Callable[[Session, Actor], tuple[Button, ...]]  # the buttons, found in the commit


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """`now` is the business time at which handling began."""

    def __init__(self, application: Any, chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.services = cast(Services, application.bot_data["services"])
        self.now = self.services.now()
        self.receipt = current_receipt.get()
        self.arrived: Update | None = None
        self.closes_question = False  # a command, or a message that is no answer: the open question is dropped
        self.meant: Meant | None = None
        self.retold = False  # an everyday question, asked again as the line to type for it
        self._offers: tuple[Offer, ...] = ()  # buttons below the first answer
        self.beneath: Callable[[Session, Actor], str] | None = None  # done in the commit, a line below its first answer
        self.asks: str | None = None  # the question that is answered: what follows may name only a part of it
        self._row: tuple[Button, ...] = ()
        self._lines: tuple[str, ...] = ()
        self._question_id: int | None = None  # of the bot's message that becomes the first answer
        self.in_any_group = False  # only /connect may speak where no team is connected yet

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Context:
        """The context of an update, as python-telegram-bot asks for it."""
        context = super().from_update(update, application)
        context.arrived = update if isinstance(update, Update) else None
        return context

    @property
    def written_at(self) -> datetime:
        """When the sender wrote the message: words like 明天 are meant from then, however late it is handled.

        An edited message was written when it was sent first. For a button it is `now`, unless it says what a text is.
        """
        if self.meant is not None:
            return self.meant.written_at
        message = self.arrived.message or self.arrived.edited_message if self.arrived else None
        return min(message.date, self.now) if message else self.now

    @property
    def sender_id(self) -> int:
        """The Telegram user who caused the update; 0, who is nobody, for what is written on behalf of a chat."""
        user = self.arrived.effective_user if self.arrived else None
        message = (self.arrived.message or self.arrived.edited_message) if self.arrived else None
        return user.id if user and not (message and message.sender_chat) else 0

    @property
    def origin(self) -> Origin:
        """The message that was typed; of a press there is none, unless it says what a text typed before is."""
        if self.meant is not None:
            return self.meant.origin
        message = self.arrived.message if self.arrived else None
        return Origin(message.chat.id, message.message_id) if message else Origin()

    def press(self, kind: type[P]) -> P:
        """The pressed button as its dataclass.

        Raises: buttons.StaleButton
        """
        query = self.arrived.callback_query if self.arrived else None
        press = buttons.decode((query.data if query else None) or "")
        if not isinstance(press, kind):
            raise buttons.StaleButton(press)
        return press

    async def read(self, query: Callable[[Session, Actor], T]) -> T:
        """The result of `query` with the acting member, off the event loop.

        Raises: members.NotAMember; groups.NotConnected and groups.NotThisGroup in a group
        """
        return await self.services.database.read(lambda db: query(db, self._acting(db)))

    async def commit(self, work: Callable[[Session, Actor], T]) -> T:
        """`work`, the replies it queued and the mark 'handled' are durable together; called once an update.

        Raises: as `read`, and whatever `work` raises, with nothing written.
        """
        return await self.commit_for_anyone(lambda db: work(db, self._heard(db)))

    async def commit_for_anyone(self, work: Callable[[Session], T]) -> T:
        """As commit, for people who are in no team yet."""

        def piece(db: Session) -> T:
            self.receipt.letters.clear()
            self._question_id, self._row, self._lines = None, (), ()
            result = work(db)
            inbox.mark_handled(db, self.receipt.inbox_id, self.services.real_now())
            return result

        result = await self.services.database.write(piece)
        self.receipt.committed = True
        self.services.hand_over(tuple(self.receipt.letters))
        return result

    def _acting(self, db: Session) -> Actor:
        """The member, in a private chat or in a group of their own team: nowhere else is a team spoken of."""
        actor = members.acting(db, self.sender_id, self.now)
        if self.receipt.chat_id < 0 and not self.in_any_group:
            groups.check_here(db, actor, self.receipt.chat_id)
        return actor

    def _heard(self, db: Session) -> Actor:
        """The acting member; who writes in private has not blocked the bot, whatever Telegram told before."""
        actor = self._acting(db)
        if actor.is_blocked and self.receipt.chat_id > 0:
            members.hear(db, actor)
        stays = self.retold and (actor.awaiting or {}).get("what") in awaiting.STAYING
        if self.closes_question and actor.awaiting and self.receipt.chat_id > 0 and not stays:
            awaiting.drop(db, actor)
        if self.asks is not None:
            asked_last.keep(db, actor, self.asks, self.now)
        if self.meant is not None:
            drafts.take(db, actor, self.meant.draft_id, self.now, ("note", "remind"))
            self._question_id = self.meant.card_id
        self._row = tuple(button for offer in self._offers for button in offer(db, actor))
        if self.beneath is not None:
            self.put_below(self.beneath(db, actor))
        return actor

    @property
    def has_offers(self) -> bool:
        """True where the first answer will be asked for buttons that something else offered."""
        return bool(self._offers)

    def put_beside(self, offer: Offer) -> None:
        """The first answer of the commit will carry these buttons too, behind those put there before."""
        self._offers = (*self._offers, offer)

    def put_below(self, line: str) -> None:
        """The first answer of this commit will carry the line, if it says anything; for offers and `beneath`."""
        self._lines = (*self._lines, line) if line else self._lines

    def reply(self, db: Session, say: Say) -> None:
        """A new message to the chat of the update is queued in this transaction.

        The first text about what was `meant` takes the place of the question instead.
        """
        if self._row:
            say, self._row = replace(say, rows=(*say.rows, self._row)), ()
        if self._lines:
            say, self._lines = replace(say, text="\n".join([say.text, *self._lines])), ()
        method, payload = self._as_method(db, say)
        if self._question_id is not None and method == "sendMessage":
            payload |= {"message_id": self._question_id, "reply_markup": say.markup()}
            method, self._question_id = "editMessageText", None
        self._queue(db, method, payload, say.about)

    def edit(self, db: Session, say: Say) -> None:
        """The message whose button was pressed becomes `say`; a picture's caption if it is a picture."""
        query = self.arrived.callback_query if self.arrived else None
        message = query.message if query else None
        if message is None:
            self.reply(db, say)
            return
        has_photo = bool(getattr(message, "photo", ()))
        method, field_name = ("editMessageCaption", "caption") if has_photo else ("editMessageText", "text")
        payload = {
            "message_id": message.message_id,
            field_name: say.text,
            "parse_mode": "HTML",
            "reply_markup": say.markup(),
        }
        self._queue(db, method, payload, say.about)

    def change_card(self, db: Session, say: Say, message_id: int | None) -> None:
        """The bot's earlier card becomes `say`; where it is not known yet, a new one is sent."""
        if message_id is None:
            self.reply(db, say)
            return
        payload = {
            "chat_id": self.receipt.chat_id,
            "message_id": message_id,
            "text": say.text,
            "parse_mode": "HTML",
            "reply_markup": say.markup(),
        }
        self.send(db, "editMessageText", payload)

    def send(self, db: Session, method: str, payload: dict[str, Any], chat_id: int | None = None) -> None:
        """Any other call of the Bot API (setMyCommands, a message to another chat) leaves with this transaction."""
        letter = outbox.reply(
            db, chat_id or self.receipt.chat_id, method, payload, now=self.now, real_now=self.services.real_now()
        )
        self.receipt.letters.append(letter)

    def tell(self, db: Session, chat_id: int, say: Say) -> None:
        """Somebody else hears of what was done, in this transaction."""
        method, payload = self._as_method(db, say)
        self.send(db, method, {**payload, "chat_id": chat_id}, chat_id)

    def _queue(self, db: Session, method: str, payload: dict[str, Any], about: outbox.About) -> None:
        message = self.arrived.effective_message if self.arrived else None
        thread_id = message.message_thread_id if message and message.is_topic_message else None
        if thread_id is not None and method.startswith("send"):
            payload["message_thread_id"] = thread_id
        payload["chat_id"] = self.receipt.chat_id
        now, real_now = self.now, self.services.real_now()
        letter = outbox.reply(db, self.receipt.chat_id, method, payload, now=now, real_now=real_now, about=about)
        self.receipt.letters.append(letter)

    def _as_method(self, db: Session, say: Say) -> tuple[str, dict[str, Any]]:
        return as_method(db, say, self.now)


def as_method(db: Session, say: Say, now: datetime) -> tuple[str, dict[str, Any]]:
    """The Bot API method and parameters that say it; bytes are stored and named by '_file'."""
    payload: dict[str, Any] = {"parse_mode": "HTML"}
    if say.rows:
        payload["reply_markup"] = say.markup()
    if say.photo is None and say.document is None:
        return "sendMessage", {**payload, "text": say.text}
    name, content = ("chart.png", say.photo) if say.photo is not None else say.document or ("", b"")
    file_id = files.keep(db, name, content, now, now + FILES_KEPT)
    kind = "photo" if say.photo is not None else "document"
    return f"send{kind.capitalize()}", {
        **payload,
        "caption": say.text,
        "_file": {"field": kind, "file_id": file_id},
    }
