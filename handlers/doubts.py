"""What a message asks for is not sure: the likely answers are offered, and only the one chosen is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update

from crm import customers, drafts, meanings, members, named
from crm.customers import Origin
from crm.meanings import Meaning
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import buttons, notes, places, several, small_talk
from handlers.context import Context, Meant
from handlers.texts import doubts as texts
from handlers.texts import notes as note_texts
from nlp.reader import Action, questions

KIND = "note"  # of the draft: an edited message, [记到 …] and [不保存] speak to it as to any note that waits
NOTES = 5  # customers to whom it is offered as a note
Answer = Meaning | Customer  # … or a note of this customer
# The questions about what is meant → the two answers that the rules are sure of; else those that are likely.
ASKED: dict[str, tuple[Action, ...]] = {
    "note_or_order": ("order", "note"),
    "note_or_remind": ("remind", "note"),
    "what_action": (),
    "instruction": (),
    "question": (),
}


async def note_understood(update: Update, context: Context, seen: Understanding) -> None:
    """The note is saved; one that may be something else is asked about first."""
    if not (await small_talk.cheer(context, seen) or await _is_asked(update, context, seen)):
        head = note_texts.NOT_YET if seen.reading.coming is not None else note_texts.SAVED
        await notes.note_understood(update, context, seen, head)


async def unclear_understood(update: Update, context: Context, seen: Understanding) -> None:
    """Nothing is done on a guess: what it may be is asked, else whose it is."""
    if not (await small_talk.cheer(context, seen) or await _is_asked(update, context, seen)):
        await several.unclear_understood(update, context, seen)


async def _is_asked(update: Update, context: Context, seen: Understanding) -> bool:
    """True when the likely answers are offered; False where there are none, or it is sure what is meant."""
    certain = ASKED.get(seen.reading.ask or "")
    if certain is None or seen.reading.parts or not places.is_private(update):
        return False
    answers = await context.read(lambda db, actor: _answers(db, actor, context, seen, certain))
    if not answers:
        return False
    await context.commit(lambda db, actor: _ask(db, actor, context, seen, answers))
    return True


def _answers(
    db: Session, actor: Actor, context: Context, seen: Understanding, certain: tuple[Action, ...]
) -> list[Answer]:
    """What it may be, the likeliest first, and at last a note of whoever may be meant; [] when it is only a note."""
    whose, text, at = _whose(db, actor, seen), seen.text, context.written_at
    for actions in (certain, seen.reading.likely):
        if seen.candidates:  # who asks about somebody wants no list of everybody
            actions = tuple(action for action in actions if action not in meanings.LISTS)
        before, after = _around_note(actions)
        made = meanings.likely(db, actor, text, before, at)
        rest = meanings.likely(db, actor, text, after, at) if whose else []  # else the likelier question is: whose?
        if made or rest:
            return [*made, *whose, *rest]
    return list(whose) if certain and len(whose) == 1 else []


def _around_note(actions: tuple[Action, ...]) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The actions likelier than a note, and those less likely."""
    place = actions.index("note") if "note" in actions else len(actions)
    return actions[:place], actions[place + 1 :]


def _whose(db: Session, actor: Actor, seen: Understanding) -> list[Customer]:
    """Whose note it may be: of those named, or of the customer shown last where nobody is."""
    current = actor.current_customer_id
    of_another = seen.reading.query or named.opening(seen.text) or questions.is_of_anybody(seen.text)
    if seen.candidates or current is None or of_another:
        return seen.candidates[:NOTES]
    return [row for row in customers.find_many(db, actor, [current]) if not named.another(seen.text, row)]


def in_doubt(actor: Actor, context: Context) -> dict[str, Any]:
    """What the draft of a text in doubt holds, so that it can be read again as it is read now."""
    origin = context.origin
    current_id = actor.current_customer_id
    return {"message_id": origin.message_id, "chat_id": origin.chat_id, "current_id": current_id, "is_doubt": True}


def _ask(db: Session, actor: Actor, context: Context, seen: Understanding, answers: list[Answer]) -> None:
    """The text waits as a draft, with what is needed to read it again as it is read now."""
    at = context.written_at
    draft = drafts.keep(db, actor, KIND, seen.text, in_doubt(actor, context), at)
    if len(seen.candidates) == 1:
        members.keep_current(db, actor, seen.candidates[0].customer_id, at)  # what follows is about him
    elif not seen.candidates:
        members.forget_current(db, actor)  # what follows is about whom this one was: he is not the one shown last
    whose = sum(isinstance(answer, Customer) for answer in answers)
    is_new = whose != 1 and "note" in seen.reading.likely  # a note, of somebody who may not be known yet
    context.reply(db, texts.which(seen.text, draft.draft_id, answers, actor.zone, at, is_new))


async def understood_as(
    context: Context, draft_id: int, action: str, card_id: int | None
) -> tuple[Understanding, Meant] | None:
    """The draft's text as the action that was chosen; None where it can be that no more.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; buttons.StaleButton
    """
    chosen = next((one for one in meanings.ACTIONS if one == action), None)
    if chosen is None:
        raise buttons.StaleButton(action)
    tagger = context.services.tagger()

    def query(db: Session, actor: Actor) -> tuple[Understanding, Meant] | None:
        draft = drafts.get(db, actor, draft_id, (KIND,))
        then = replace(actor, current_customer_id=draft.data.get("current_id"))
        seen = meanings.read_as(db, then, draft.text, chosen, tagger, draft.created_at)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        if seen is None or _is_over(seen, actor, context.now):
            return None
        return seen, Meant(draft_id, origin, draft.created_at, card_id)

    return await context.read(query)


def _is_over(seen: Understanding, actor: Actor, now: datetime) -> bool:
    """True for a reminder of a moment that went by while the question stood open."""
    todo = seen.todo if seen.action == "remind" else None
    if todo is None or todo.recurrence:
        return False
    return todo.due_at <= now if todo.has_time else actor.local(todo.due_at).date() < actor.today(now)
