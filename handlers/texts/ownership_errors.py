"""Sentences for what goes wrong when a customer is to change hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm import pool, successions, transfers
from handlers.say import Say
from handlers.texts import pool as pool_texts
from handlers.texts import successions as succession_texts

ENDS = {
    "undone": "这次转交已经撤销过了。",
    "done": "这位客户已经接手了。",
    "declined": "对方没有接手，这条作废了。",
    "withdrawn": "对方收回了，这条作废了。",
    "moved": "这位客户后来又换了负责人，没有动。",
    "gone": "这位客户已经不在对方名下了，这条作废了。",
    "offered": "对方还没点头，先等等，或点 [收回]。",
}
NOT_FOUND = "找不到这次转交，或者不归您管。发 /handover 看最近的交接。"
TOO_LATE = "已经过了 7 天，不能整批撤销了；可以再转一次：<code>把张伟转给小周</code>。"

SENTENCES: dict[type[BaseException], Callable[[Any], Say]] = {
    transfers.TransferNotFound: lambda _: Say(NOT_FOUND),
    transfers.TransferOver: lambda error: Say(ENDS.get(error.state, ENDS["undone"])),
    transfers.TooLateToUndo: lambda _: Say(TOO_LATE),
    pool.NotInPool: lambda _: Say(pool_texts.GONE),
    pool.NotARep: lambda _: Say(pool_texts.NOT_A_REP),
    pool.TakenEnough: lambda error: pool_texts.taken_enough(error.args[0]),
    pool.JustLost: lambda error: pool_texts.just_lost(error.args[0]),
    pool.HasOpenMatters: lambda error: pool_texts.has_open_matters(error.args[0]),
    successions.ToOneself: lambda error: succession_texts.to_oneself(error.args[0]),
    successions.NothingToHandOver: lambda error: succession_texts.nothing(error.args[0]),
    successions.StillElsewhere: lambda error: succession_texts.elsewhere(error.args[0]),
}
