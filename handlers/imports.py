"""A table dropped into the private chat: shown, mapped, checked, imported, taken back."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy.orm import Session
from telegram import Document, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm.imports import choices, columns, containers, files, preparation, records
from crm.imports.preparation import Findings, Job, Whole
from crm.imports.records import Look
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
    look: Look = await context.services.importer(records.look, content, name)

    def work(db: Session, actor: Actor) -> None:
        row, before = files.receive(db, actor, content, name, look, context.now)
        context.reply(db, texts.card(row, 0, before, actor.zone))

    await context.commit(work)


async def turn_sheet(update: Update, context: Context) -> None:
    """[换一张表]: the next sheet of the file."""
    press = context.press(buttons.TurnImport)

    def sheet(db: Session, actor: Actor) -> tuple[bytes, str, str]:
        kept, row = files.kept(db, actor, press.import_id), files.get_open(db, actor, press.import_id)
        pages = row.mapping.get("pages") or []
        if not 0 <= press.page < len(pages):
            raise buttons.StaleButton(press.page)
        return kept.content, kept.name, pages[press.page]

    wanted = await context.read(sheet)
    look: Look = await context.services.importer(records.look, *wanted)
    await context.commit(
        lambda db, actor: context.edit(db, texts.card(choices.turn_to(db, actor, press.import_id, look)))
    )


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
        row = choices.set_column(db, actor, press.import_id, press.column, press.field)
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
        lambda db, actor: context.edit(db, texts.card(choices.set_kind(db, actor, press.import_id, press.kind)))
    )


async def check(update: Update, context: Context) -> None:
    """[检查]: what an import would do."""
    import_id = context.press(buttons.CheckImport).import_id
    job = await _job(context, import_id)
    found: Findings = await context.services.importer(preparation.check, job)
    await context.commit(lambda db, actor: context.edit(db, texts.checked(files.check(db, actor, import_id, found))))


async def overwrite(update: Update, context: Context) -> None:
    """[以文件为准], [保留原来的]: checked anew."""
    press = context.press(buttons.OverwriteImport)
    job = await _job(context, press.import_id)
    job = dataclasses.replace(job, source=dataclasses.replace(job.source, overwrite=press.wins))
    found: Findings = await context.services.importer(preparation.check, job)

    def work(db: Session, actor: Actor) -> None:
        choices.overwrite(db, actor, press.import_id, press.wins)
        context.edit(db, texts.checked(files.check(db, actor, press.import_id, found)))

    await context.commit(work)


async def run(update: Update, context: Context) -> None:
    """[导入]: a small file at once; a large one is carried on beside, its message shows how far it is."""
    import_id = context.press(buttons.RunImport).import_id
    job = await _job(context, import_id)
    counts = await context.read(lambda db, actor: files.get_open(db, actor, import_id).counts)
    if files.is_small(counts):
        whole: Whole = await context.services.importer(preparation.whole, job)
        if files.is_small(whole.findings.counts):
            await context.commit(
                lambda db, actor: context.edit(db, texts.done(files.run(db, actor, import_id, whole, context.now)))
            )
            return
    at = (context.receipt.chat_id, _pressed_message(update))
    await context.commit(
        lambda db, actor: context.edit(db, texts.begun(files.begin(db, actor, import_id, at, context.now)))
    )
    context.services.wake_importing()


def _pressed_message(update: Update) -> int | None:
    query = update.callback_query
    return query.message.message_id if query and query.message else None


async def stop(update: Update, context: Context) -> None:
    """[停止]"""
    import_id = context.press(buttons.StopImport).import_id
    await context.commit(lambda db, actor: context.edit(db, texts.stopping(files.stop(db, actor, import_id))))
    context.services.wake_importing()


async def send_errors(update: Update, context: Context) -> None:
    """[有问题的行]: a file with the reason of each."""
    import_id = context.press(buttons.ImportErrors).import_id
    job = await _job(context, import_id)
    content: bytes = await context.services.importer(preparation.error_file, job, texts.REASONS)
    await context.commit(lambda db, actor: context.reply(db, texts.errors(files.get(db, actor, import_id), content)))


async def _job(context: Context, import_id: int) -> Job:
    """What the worker process needs to read the rows and to compare them with the team's."""
    url = context.services.database.url

    def job(db: Session, actor: Actor) -> Job:
        return Job(url, actor, files.source(db, actor, import_id), actor.local(context.now))

    return await context.read(job)


async def undo(update: Update, context: Context) -> None:
    """[撤销导入]"""
    import_id = context.press(buttons.UndoImport).import_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.undone(*files.undo(db, actor, import_id, context.now)))
    )
    context.services.wake_importing()


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
        registry.pressed(buttons.OverwriteImport, overwrite),
        registry.pressed(buttons.RunImport, run),
        registry.pressed(buttons.StopImport, stop),
        registry.pressed(buttons.TurnImport, turn_sheet),
        registry.pressed(buttons.ImportErrors, send_errors),
        registry.pressed(buttons.UndoImport, undo),
        registry.pressed(buttons.CancelImport, cancel),
    ]
