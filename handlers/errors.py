"""From named error to one helpful sentence; from anything else to another try, and at last to people who can look."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from sqlalchemy.orm import Session
from telegram import Update

from almanac.greetings import BadTemplate
from crm import (
    accounts,
    campaigns,
    causes,
    clustering,
    complaint_stages,
    complaints,
    customers,
    drafts,
    exports,
    greeting_templates,
    greetings,
    group_tasks,
    groups,
    handovers,
    inbox,
    ledger,
    members,
    memberships,
    needs,
    notes,
    offers,
    order_becoming,
    orders,
    outbox,
    preferences,
    profile_fields,
    promises,
    qualifications,
    risk,
    robot_addresses,
    robots,
    settings,
    tags,
    tasks,
    team_festivals,
    team_words,
    teams,
    vcards,
    versions,
    withdrawals,
)
from crm.imports import files as import_files
from crm.imports import sheets
from crm.outbox import Letter
from crm.tables import Inbox
from handlers import buttons, models, places
from handlers.context import Context
from handlers.say import Button, Say
from handlers.services import FileWithheld, Services
from handlers.texts import campaigns as campaign_texts
from handlers.texts import clusters as cluster_texts
from handlers.texts import complaint_choices as complaint_choice_texts
from handlers.texts import complaints as complaint_texts
from handlers.texts import conditions as condition_texts
from handlers.texts import contacts as contact_texts
from handlers.texts import credit as credit_texts
from handlers.texts import customers as customer_texts
from handlers.texts import deal_errors, merge_errors, ownership_errors, relation_errors
from handlers.texts import errors as texts
from handlers.texts import exports as export_texts
from handlers.texts import greetings as greeting_texts
from handlers.texts import group_tasks as group_task_texts
from handlers.texts import imports as import_texts
from handlers.texts import ledger as ledger_texts
from handlers.texts import models as model_texts
from handlers.texts import need_cases as need_texts
from handlers.texts import notes as note_texts
from handlers.texts import offers as offer_texts
from handlers.texts import order_changes as order_change_texts
from handlers.texts import orders as order_texts
from handlers.texts import risk as risk_texts
from handlers.texts import robots as robot_texts
from handlers.texts import settings as setting_texts
from handlers.texts import tasks as task_texts
from handlers.texts import team_greetings as team_greeting_texts
from handlers.texts import words as word_texts
from nlp.conditions import NotUnderstood

log = structlog.get_logger()

SENTENCES: dict[type[BaseException], Callable[[Any], Say]] = {
    members.NotAMember: lambda _: texts.stranger(),
    members.NotAllowed: texts.not_allowed,
    offers.TooFewBuyers: lambda error: offer_texts.too_few(*error.args),
    offers.TooFewToTell: lambda error: offer_texts.too_few_to_tell(*error.args),
    offers.ProductUnknown: lambda error: offer_texts.unknown(*error.args),
    clustering.TooFewCustomers: lambda error: cluster_texts.too_few(*error.args),
    clustering.ClusterUnknown: lambda _: texts.stale_button(),
    memberships.TierUnknown: lambda _: texts.stale_button(),
    buttons.StaleButton: lambda _: texts.stale_button(),
    places.PrivateOnly: lambda _: texts.private_only(),
    places.GroupOnly: lambda _: texts.group_only(),
    handovers.ColleagueNotFound: lambda _: texts.member_not_found(),
    groups.GroupTaken: lambda _: texts.group_taken(),
    groups.NotConnected: lambda _: texts.group_not_connected(),
    groups.NotThisGroup: lambda _: texts.stranger(),
    teams.AlreadyInTeam: texts.already_in_team,
    teams.TeamNameInvalid: lambda _: texts.team_name_invalid(),
    settings.SettingRefused: setting_texts.refused,
    settings.SettingUnknown: lambda _: texts.stale_button(),
    teams.MemberNotFound: lambda _: texts.member_not_found(),
    teams.RoleUnknown: lambda _: texts.stale_button(),
    teams.LastAdmin: lambda _: texts.last_admin(),
    teams.LastRole: lambda _: texts.last_role(),
    customers.CustomerNotFound: lambda _: customer_texts.not_found(),
    customers.NameMissing: lambda _: customer_texts.name_missing(),
    withdrawals.TooLateToUndo: lambda _: customer_texts.too_late(),
    withdrawals.NothingToRestore: lambda _: customer_texts.nothing_to_restore(),
    profile_fields.FieldRefused: customer_texts.refused,
    notes.NoteNotFound: lambda _: note_texts.not_found(),
    models.NoModelYet: lambda _: Say(model_texts.NOT_YET),
    versions.AlreadyLearning: lambda _: Say(model_texts.ALREADY),
    versions.NothingToLearn: lambda _: Say(model_texts.NOTHING_NEW),
    versions.VersionNotFound: lambda _: Say(model_texts.GONE),
    team_words.WordRefused: word_texts.refused,
    team_words.WordNotFound: lambda _: word_texts.not_found(),
    promises.TooFar: lambda _: texts.stale_button(),
    tags.UnknownLabel: lambda _: texts.stale_button(),
    complaints.ComplaintNotFound: lambda _: complaint_texts.not_found(),
    complaint_stages.ColleagueUnknown: lambda _: Say(complaint_choice_texts.COLLEAGUE),
    complaint_stages.StageUnknown: lambda _: texts.stale_button(),
    causes.CauseUnknown: lambda _: texts.stale_button(),
    needs.NeedNotFound: lambda _: Say(need_texts.NOT_FOUND),
    needs.LevelUnknown: lambda _: texts.stale_button(),
    **merge_errors.SENTENCES,
    vcards.NoCard: lambda _: contact_texts.no_card(),
    ledger.PushNotFound: lambda _: Say(ledger_texts.NOT_FOUND),
    campaigns.CampaignNotFound: lambda _: Say(campaign_texts.NOT_FOUND),
    campaigns.CampaignBegun: campaign_texts.begun_before,
    campaigns.NobodyFits: campaign_texts.nobody,
    greeting_templates.TemplateRefused: team_greeting_texts.template_refused,
    team_festivals.FestivalRefused: team_greeting_texts.festival_refused,
    BadTemplate: campaign_texts.bad_template,
    NotUnderstood: condition_texts.not_understood,
    group_tasks.NobodyLeft: group_task_texts.nobody_left,
    group_tasks.AlreadyUndone: lambda _: group_task_texts.already_undone(),
    drafts.DraftNotFound: lambda _: note_texts.draft_not_found(),
    tasks.TaskNotFound: lambda _: Say(task_texts.NOT_FOUND),
    tasks.TaskClosed: task_texts.closed,
    tasks.ChoiceUnknown: lambda _: texts.stale_button(),
    greetings.NothingProposed: lambda _: Say(greeting_texts.TOO_OLD),
    greetings.FestivalUnknown: lambda _: Say(greeting_texts.TOO_OLD),
    drafts.DraftResolved: note_texts.draft_resolved,
    **deal_errors.SENTENCES,
    orders.OrderNotFound: lambda _: order_texts.not_found(),
    order_becoming.SumUnknown: lambda _: order_change_texts.sum_unknown(),
    orders.AmountImpossible: lambda _: order_texts.amount_impossible(),
    sheets.FileRefused: import_texts.refused,
    FileWithheld: lambda _: Say(import_texts.WITHHELD),
    exports.NothingToExport: lambda _: export_texts.nobody(),
    import_files.ImportNotFound: lambda _: import_texts.not_found(),
    import_files.ImportOver: import_texts.over,
    import_files.TooLateToUndo: lambda _: import_texts.too_late_to_undo(),
    import_files.ColumnsMissing: import_texts.columns_missing,
    import_files.FileExpired: lambda _: import_texts.expired(),
    robots.RobotNotFound: lambda _: robot_texts.not_found(),
    robots.TooManyRobots: lambda _: robot_texts.too_many(),
    risk.EpisodeNotFound: lambda _: risk_texts.episode_not_found(),
    preferences.PreferenceUnknown: lambda _: texts.stale_button(),
    accounts.EntryNotFound: lambda _: Say(credit_texts.NOT_FOUND),
    accounts.SumImpossible: lambda _: Say(credit_texts.IMPOSSIBLE),
    qualifications.FactUnknown: lambda _: texts.stale_button(),
    risk.VerdictUnknown: lambda _: texts.stale_button(),
    **ownership_errors.SENTENCES,
    **relation_errors.SENTENCES,
}
SILENT_IN_GROUPS = (members.NotAMember, groups.NotThisGroup)
NOTHING_TO_RETYPE = (members.NotAMember, members.NotAllowed, places.PrivateOnly, places.GroupOnly)
WORTH_COPYING = range(12, 257)  # characters: shorter is typed again faster, longer does not fit a copy button


async def on_error(update: object, context: Context) -> None:
    """A named error is answered and the update is handled; any other is in the receipt, for another try."""
    error = context.error
    if context.receipt.committed:
        log.error("failed_after_commit", inbox_id=context.receipt.inbox_id, exc_info=error)
        return
    context.receipt.failure = error
    say = sentence(error)
    if isinstance(error, inbox.AlreadyHandled) or say is None or not isinstance(update, Update):
        return
    if not _answers(update, error, context.services.bot_username):
        await context.commit_for_anyone(lambda db: None)
    else:
        kept = _with_typed_text(say, update, error)
        await context.commit_for_anyone(lambda db: context.reply(db, kept))
    context.receipt.failure = None


def sentence(error: BaseException | None) -> Say | None:
    """What to say about a named error; None for one that nobody expected."""
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](error)
    return None


def _answers(update: Update, error: BaseException | None, bot_username: str) -> bool:
    """Groups hear of an error only when somebody who belongs there spoke to the bot."""
    if places.is_private(update):
        return True
    if isinstance(error, SILENT_IN_GROUPS):
        return False
    message = update.message
    return update.callback_query is not None or (message is not None and places.is_command_to(message, bot_username))


def _with_typed_text(say: Say, update: Update, error: BaseException | None) -> Say:
    """The sentence with a button that copies what was typed, so that it is corrected, not typed again."""
    text = update.message.text if update.message else None
    if not text or isinstance(error, NOTHING_TO_RETYPE) or not places.is_private(update):
        return say
    if len(text) not in WORTH_COPYING:
        return say
    return dataclasses.replace(say, rows=(*say.rows, (Button("复制我发的内容", copy=text),)))


def set_aside(db: Session, inbox_id: int, chat_id: int, services: Services) -> list[Letter]:
    """Letters about an update that failed for the last time: one sentence to its sender, one to each admin."""
    raw = db.get_one(Inbox, inbox_id).raw
    text, is_file = _typed(raw)[: texts.EXCERPT], _is_file(raw)
    member, group = teams.find_member(db, chat_id), groups.find(db, chat_id)
    team_id = member.team_id if member else group.team_id if group else None
    who = member.name if member else group.title if group else ""
    letters = []
    if chat_id > 0:
        letters.append(_letter(db, chat_id, texts.set_aside(text, is_file) if member else texts.stranger(), services))
    for admin in teams.admins(db, team_id) if team_id else ():
        if admin.user_id != chat_id:
            notice = texts.set_aside_notice(who, text, inbox_id)
            letters.append(_letter(db, admin.user_id, notice, services))
    return letters


def _letter(db: Session, chat_id: int, say: Say, services: Services) -> Letter:
    payload = {"chat_id": chat_id, "text": say.text, "parse_mode": "HTML"}
    now, real_now = services.now(), services.real_now()
    return outbox.reply(db, chat_id, "sendMessage", payload, now=now, real_now=real_now)


def _is_file(raw: str) -> bool:
    message = orjson.loads(raw).get("message")
    return isinstance(message, dict) and "document" in message


def _typed(raw: str) -> str:
    update = orjson.loads(raw)
    message = update.get("message") or update.get("edited_message")
    text = str(message.get("text") or message.get("caption") or "") if isinstance(message, dict) else ""
    return "" if robot_addresses.is_seen_in(text) else text  # an address is shown to nobody
