"""An index of what a member wrote, newest last: a colleague's notes are found without reading the team's."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_note_author", "note"


def upgrade() -> None:
    op.create_index(INDEX, TABLE, ["team_id", "author_id", "created_at"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
