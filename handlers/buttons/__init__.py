"""Callback data ↔ dataclasses, one module a noun. `from handlers import buttons` → `buttons.UndoNote(7)`.

Every module of the package is listed here once; all its buttons are then names of the package.
"""

# ruff: noqa: F403  # each module is nothing but buttons, and a list of their names would be written twice
from handlers.buttons.business_cards import *
from handlers.buttons.campaigns import *
from handlers.buttons.clusters import *
from handlers.buttons.codec import LARGEST_ID as LARGEST_ID
from handlers.buttons.codec import MAX_BYTES as MAX_BYTES
from handlers.buttons.codec import Press as Press
from handlers.buttons.codec import StaleButton as StaleButton
from handlers.buttons.codec import button as button
from handlers.buttons.codec import decode as decode
from handlers.buttons.codec import encode as encode
from handlers.buttons.codec import kinds as kinds
from handlers.buttons.codec import pattern as pattern
from handlers.buttons.complaints import *
from handlers.buttons.conditions import *
from handlers.buttons.credit import *
from handlers.buttons.customers import *
from handlers.buttons.deals import *
from handlers.buttons.drafts import *
from handlers.buttons.exports import *
from handlers.buttons.greetings import *
from handlers.buttons.group_tasks import *
from handlers.buttons.help import *
from handlers.buttons.imports import *
from handlers.buttons.indicators import *
from handlers.buttons.ladder import *
from handlers.buttons.ledger import *
from handlers.buttons.loyalty import *
from handlers.buttons.merges import *
from handlers.buttons.models import *
from handlers.buttons.needs import *
from handlers.buttons.notes import *
from handlers.buttons.offers import *
from handlers.buttons.orders import *
from handlers.buttons.ownership import *
from handlers.buttons.preferences import *
from handlers.buttons.privacy import *
from handlers.buttons.qualifications import *
from handlers.buttons.quality import *
from handlers.buttons.questions import *
from handlers.buttons.relations import *
from handlers.buttons.reports import *
from handlers.buttons.restraint import *
from handlers.buttons.risk import *
from handlers.buttons.robots import *
from handlers.buttons.said import *
from handlers.buttons.settings import *
from handlers.buttons.sheets import *
from handlers.buttons.summary import *
from handlers.buttons.tasks import *
from handlers.buttons.team_greetings import *
from handlers.buttons.teams import *
from handlers.buttons.tiers import *
from handlers.buttons.views import *
from handlers.buttons.visits import *
from handlers.buttons.worth import *
