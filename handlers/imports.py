"""A table dropped into the private chat: shown, mapped, checked, imported, taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Document, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm.imports import columns, containers, files, matching, records
from crm.imports.files import Source
from crm.imports.matching import Plan
from crm.imports.records import Batch, Look
from crm.members import Actor
from crm.tables import Import
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import imports as texts

LARGEST = 20 << 20  # Source: Bot API, getFile


async def receive(update: Update, context: Context) -> None:
    """A file: what is in it and what its columns are taken for."""
    document = update.effective_message.document if update.effective_message else None
    if document is None:
        return
    if document.file_size is None or document.file_size > LARGEST:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.TOO_LARGE)))
        return
    await context.read(lambda db, actor: None)  # a stranger's file is not even fetched
    content = await context.services.download(document.file_id)
    name = _name(document)
    look: Look = await context.services.heavy(records.look, content, name)

    def work(db: Session, actor: Actor) -> None:
        row, before = files.receive(db, actor, content, name, look, context.now)
        context.reply(db, texts.card(row, 0, before, actor.zone))

    await context.commit(work)


def _name(document: Document) -> str:
    return document.file_name or "表格"


async def show(update: Update, context: Context) -> None:
    """[返回], [改列]"""
    import_id = context.press(buttons.ShowImport).import_id
    await context.commit(lambda db, actor: context.edit(db, texts.card(files.get_open(db, actor, import_id))))


async def turn_page(update: Update, context: Context) -> None:
    """[更多列]"""
    press = context.press(buttons.ImportColumns)

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, texts.card(files.get_open(db, actor, press.import_id), press.page))

    await context.commit(work)


async def choose_column(update: Update, context: Context) -> None:
    """A column was pressed."""
    press = context.press(buttons.ChooseColumn)

    def work(db: Session, actor: Actor) -> None:
        row = files.get_open(db, actor, press.import_id)
        _check_column(row, press.column)
        context.edit(db, texts.choose_field(row, press.column, press.page))

    await context.commit(work)


async def map_column(update: Update, context: Context) -> None:
    """A field was chosen for a column."""
    press = context.press(buttons.MapColumn)

    def work(db: Session, actor: Actor) -> None:
        open_row = files.get_open(db, actor, press.import_id)
        _check_column(open_row, press.column)
        if press.field and press.field not in columns.FIELDS[open_row.kind]:
            raise buttons.StaleButton(press.field)
        row = files.set_column(db, actor, press.import_id, press.column, press.field)
        context.edit(db, texts.card(row, press.column // texts.COLUMNS_SHOWN))

    await context.commit(work)


def _check_column(row: Import, column: int) -> None:
    if not 0 <= column < len(row.mapping["header"]):
        raise buttons.StaleButton(column)


async def choose_kind(update: Update, context: Context) -> None:
    """[其实是客户], [其实是订单]"""
    press = context.press(buttons.ImportKind)
    if press.kind not in texts.KIND_NAMES:
        raise buttons.StaleButton(press.kind)
    await context.commit(
        lambda db, actor: context.edit(db, texts.card(files.set_kind(db, actor, press.import_id, press.kind)))
    )


async def check(update: Update, context: Context) -> None:
    """[检查]: what an import would do."""
    import_id = context.press(buttons.CheckImport).import_id
    _, batch = await _batch(context, import_id)
    plan: Plan = await context.read(lambda db, actor: matching.plan(db, actor, batch))
    await context.commit(lambda db, actor: context.edit(db, texts.checked(files.check(db, actor, import_id, plan))))


async def run(update: Update, context: Context) -> None:
    """[导入]"""
    import_id = context.press(buttons.RunImport).import_id
    _, batch = await _batch(context, import_id)
    await context.commit(
        lambda db, actor: context.edit(db, texts.done(files.run(db, actor, import_id, batch, context.now)))
    )


async def send_errors(update: Update, context: Context) -> None:
    """[有问题的行]: a file with the reason of each."""
    import_id = context.press(buttons.ImportErrors).import_id
    source, batch = await _batch(context, import_id)
    plan: Plan = await context.read(lambda db, actor: matching.plan(db, actor, batch))
    reasons = {bad.row: texts.plain_reason(bad) for bad in plan.bad}
    content: bytes = await context.services.heavy(records.error_file, source.content, source.name, reasons)
    await context.commit(lambda db, actor: context.reply(db, texts.errors(files.get(db, actor, import_id), content)))


async def _batch(context: Context, import_id: int) -> tuple[Source, Batch]:
    """The rows under the mapping, read in the worker process."""

    def look(db: Session, actor: Actor) -> tuple[Source, Any]:
        return files.source(db, actor, import_id), actor.local(context.now)

    source, local = await context.read(look)
    batch: Batch = await context.services.heavy(
        records.read, source.content, source.name, source.kind, source.mapping, local
    )
    return source, batch


async def undo(update: Update, context: Context) -> None:
    """[撤销导入]"""
    import_id = context.press(buttons.UndoImport).import_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.undone(*files.undo(db, actor, import_id, context.now)))
    )


async def cancel(update: Update, context: Context) -> None:
    """[取消]"""
    import_id = context.press(buttons.CancelImport).import_id
    await context.commit(lambda db, actor: context.edit(db, texts.cancelled(files.cancel(db, actor, import_id))))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun. A file that is no table but has a caption is left to the notes."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.Document.ALL
    table: filters.BaseFilter = filters.Document.FileExtension(containers.EXTENSIONS[0])
    for ending in containers.EXTENSIONS[1:]:
        table = table | filters.Document.FileExtension(ending)
    return [
        MessageHandler(private & (table | ~filters.CAPTION), receive),
        registry.pressed(buttons.ShowImport, show),
        registry.pressed(buttons.ImportColumns, turn_page),
        registry.pressed(buttons.ChooseColumn, choose_column),
        registry.pressed(buttons.MapColumn, map_column),
        registry.pressed(buttons.ImportKind, choose_kind),
        registry.pressed(buttons.CheckImport, check),
        registry.pressed(buttons.RunImport, run),
        registry.pressed(buttons.ImportErrors, send_errors),
        registry.pressed(buttons.UndoImport, undo),
        registry.pressed(buttons.CancelImport, cancel),
    ]
