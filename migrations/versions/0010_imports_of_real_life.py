"""What a large import and its orders leave behind, and who took customers out as a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
RUNNING = sa.text("state IN ('writing', 'finishing', 'undoing', 'discarding')")
CAME_IN = sa.text("import_id IS NOT NULL")
ADDED = (
    ("sha256", sa.String(length=64)),
    ("chat_id", ID),
    ("message_id", ID),
    ("runner", ID),
    ("heartbeat_at", INSTANT),
)


def upgrade() -> None:
    for name, kind in ADDED:
        op.add_column("import", sa.Column(name, kind, nullable=True))
    op.add_column("import", sa.Column("progress", ID, nullable=False, server_default="0"))
    op.create_index("ix_import_file", "import", ["team_id", "sha256"], unique=False)
    op.create_index(
        "ix_import_running", "import", ["import_id"], sqlite_where=RUNNING, postgresql_where=RUNNING, unique=False
    )
    for table in ("customer", "note"):
        op.add_column(table, sa.Column("import_id", ID, nullable=True))
        op.create_index(
            f"ix_{table}_import", table, ["import_id"], sqlite_where=CAME_IN, postgresql_where=CAME_IN, unique=False
        )
    _changes()
    _exports()


def _changes() -> None:
    op.create_table(
        "import_change",
        sa.Column("import_id", ID, autoincrement=False, nullable=False),
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["import.import_id"], name=op.f("fk_import_change_import_id_import")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_import_change_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("import_id", "customer_id", name=op.f("pk_import_change")),
    )


def _exports() -> None:
    op.create_table(
        "export_record",
        sa.Column("export_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("customers", ID, nullable=False),
        sa.Column("orders", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_export_record_team_id_team")),
        sa.ForeignKeyConstraint(["member_id"], ["member.member_id"], name=op.f("fk_export_record_member_id_member")),
        sa.PrimaryKeyConstraint("export_id", name=op.f("pk_export_record")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_export_record_team", "export_record", ["team_id", "export_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_export_record_team", table_name="export_record")
    op.drop_table("export_record")
    op.drop_table("import_change")
    for table in ("note", "customer"):
        op.drop_index(f"ix_{table}_import", table_name=table)
        op.drop_column(table, "import_id")
    op.drop_index("ix_import_running", table_name="import")
    op.drop_index("ix_import_file", table_name="import")
    op.drop_column("import", "progress")
    for name, _ in reversed(ADDED):
        op.drop_column("import", name)
