"""SQLAlchemy tables: the entities of the house. `from crm import tables` → `tables.Customer`."""

from crm.tables.base import Instant, NaiveDatetime, Table
from crm.tables.campaigns import Campaign, CampaignCustomer, GreetingTemplate, TeamFestival
from crm.tables.cases import CaseNote, ComplaintCause, Need
from crm.tables.customers import Customer, CustomerPhone, CustomerSummary, SearchKey
from crm.tables.deals import Deal, DealMove, ForecastRecord, SourceCost, Target
from crm.tables.imports import ExportRecord, Import, ImportChange
from crm.tables.indicators import IndicatorDay
from crm.tables.learning import ModelVersion, TeamWord
from crm.tables.merges import CustomerMerge, TwinPair
from crm.tables.ownership import OwnerChange, PoolWarning, Transfer
from crm.tables.people import GroupChat, Invite, Member, Team
from crm.tables.post import Draft, Fact, Inbox, Outbox, StoredFile
from crm.tables.privacy import AuditRow, AuditSubject
from crm.tables.relations import CustomerRelation, ReferralAsk, SurveyAnswer, Visit
from crm.tables.robots import Robot
from crm.tables.scores import CustomerScore, ScoreMovement, ScoreRecord
from crm.tables.standing import AccountEntry, Statement, TeamReport
from crm.tables.timeline import Complaint, Greeting, Note, NoteTag, Order, RiskEpisode, TagCorrection, Task, Touch

__all__ = [
    "AccountEntry",
    "AuditRow",
    "AuditSubject",
    "Campaign",
    "CampaignCustomer",
    "CaseNote",
    "Complaint",
    "ComplaintCause",
    "Customer",
    "CustomerMerge",
    "CustomerPhone",
    "CustomerRelation",
    "CustomerScore",
    "CustomerSummary",
    "Deal",
    "DealMove",
    "Draft",
    "ExportRecord",
    "Fact",
    "ForecastRecord",
    "Greeting",
    "GreetingTemplate",
    "GroupChat",
    "Import",
    "ImportChange",
    "Inbox",
    "IndicatorDay",
    "Instant",
    "Invite",
    "Member",
    "ModelVersion",
    "NaiveDatetime",
    "Need",
    "Note",
    "NoteTag",
    "Order",
    "Outbox",
    "OwnerChange",
    "PoolWarning",
    "ReferralAsk",
    "RiskEpisode",
    "Robot",
    "ScoreMovement",
    "ScoreRecord",
    "SearchKey",
    "SourceCost",
    "Statement",
    "StoredFile",
    "SurveyAnswer",
    "Table",
    "TagCorrection",
    "Target",
    "Task",
    "Team",
    "TeamFestival",
    "TeamReport",
    "TeamWord",
    "Touch",
    "Transfer",
    "TwinPair",
    "Visit",
]
