"""What comes twice takes effect once: updates, batches, calls of the webhook, and presses of a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from crm.tables import Outbox
from handlers import registry, buttons

from tests.chat.talk import said
from tests.chat.test_presses import ALL, alike, furnish, heal, sent, stored, troubled

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def shown(office):
    found = []
    for chat, p in office.database.read_now(lambda db: list(db.execute(select(Outbox.chat_id, Outbox.payload)))):
        for row in (p.get("reply_markup") or {}).get("inline_keyboard", ()):
            for b in row:
                if "callback_data" in b: found.append((chat, b["callback_data"], b["text"]))
    return found

@pytest.mark.long
async def test_every_button_pressed_twice(office: Office) -> None:
    await furnish(office)
    from tests.chat import test_start
    names = [c for c in dir(registry)]
    print(names)
    import handlers.help as h
    for person in (office.rep, office.admin):
        for w in ("客户", "/find 郑秘密", "/c 郑秘密", "/today", "/tasks","/customers","/help","/settings","/team","/orders","/complaints","/risk","/pool","/duplicates","/relation 郑秘密","/visits","/summary","/report","/deals","/offers","/campaign","/held 郑秘密","/erase 郑秘密","/export","/birthdays","/models","/robots","/ledger","/missed","/loyalty","/tiers","/clusters", "/worth", "/assign 郑秘密 小周", "/handover 小周","/groups","/greetings","/calendar", "/needs", "/credit 郑秘密", "/quality","/words","/qualify 郑秘密", "商机 郑秘密 50000 螺栓 下月", "郑秘密 打分 9", "待办 明天 寄样品", "张大山 13900139000", "明天去拜访郑秘密"):
            await person.send(w)
        await office.idle()
    done = {}
    people = {p.user_id: p for p in (office.rep, office.admin)}
    effect = set()
    while True:
        new = [(c, d, t) for c, d, t in shown(office) if c in people and (c,d) not in done and sum(1 for (cc, dd) in done if dd.split(":")[0] == d.split(":")[0] and cc == c) < 3]
        if not new: break
        chat, data, label = new[0]
        done[chat, data] = 1
        person = people[chat]
        message = next(m for m in reversed(person.messages()) if m["from"]["is_bot"])
        heal(office)
        zero = office.database.read_now(lambda db: stored(db, ALL))
        await person.press(message, data=data)
        await office.idle()
        once, count = office.database.read_now(lambda db: stored(db, ALL)), sent(office)
        await person.press(message, data=data)
        await office.idle()
        twice = office.database.read_now(lambda db: stored(db, ALL))
        if zero != once: effect.add(data.split(":")[0])
        d = {t: [r for r in twice[t] if r not in once[t]] + ["-"] + [r for r in once[t] if r not in twice[t]] for t in ALL if once[t] != twice[t]}
        if d or sent(office) <= count:
            print(label, data, sent(office) - count, str(d)[:600])
    print(len(done), len({d.split(":")[0] for _, d in done}), "of", len(list(buttons.kinds())), "effect", len(effect), sorted(effect))
    print("never", sorted({k.__name__ for k in buttons.kinds() if k.code not in {d.split(":")[0] for _, d in done}}))
    print(troubled(office))
