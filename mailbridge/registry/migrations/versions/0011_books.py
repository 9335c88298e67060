"""Outgoing and void numbers, paper, corrections as revisions, closings of days."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0011"
down_revision = "0010"

_STATES = ("held", "registered", "refused", "void")


def upgrade() -> None:
    """Keep every number; what is there came by mail."""
    _documents()
    _entries()
    _revisions()
    _closings()


def _documents() -> None:
    with op.batch_alter_table("document", recreate="auto") as batch_op:
        batch_op.add_column(
            sa.Column("direction", sa.String(), nullable=False, server_default="in")
        )
        batch_op.add_column(sa.Column("medium", sa.String(), nullable=False, server_default="mail"))
        batch_op.create_check_constraint(
            op.f("ck_document_direction"), "direction IN ('in', 'out')"
        )
        batch_op.create_check_constraint(op.f("ck_document_medium"), "medium IN ('mail', 'paper')")
        batch_op.drop_constraint(op.f("ck_document_documentstate"), type_="check")
        listed = ", ".join(f"'{state}'" for state in _STATES)
        batch_op.create_check_constraint(op.f("ck_document_documentstate"), f"state IN ({listed})")


def _entries() -> None:
    with op.batch_alter_table("entry", recreate="auto") as batch_op:
        batch_op.add_column(
            sa.Column("direction", sa.String(), nullable=False, server_default="in")
        )
        batch_op.add_column(sa.Column("symbol", sa.String(), nullable=True))
        for name in ("type", "purpose", "taken_by"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("voided_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("voided_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("void_why", sa.String(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_entry_direction"), "direction IN ('in', 'out')")
        batch_op.create_check_constraint(
            op.f("ck_entry_void"),
            "(voided_at IS NULL) = (voided_by IS NULL)"
            " AND (voided_at IS NULL) = (void_why IS NULL)",
        )
        batch_op.create_index("ix_entry_office_entered_at", ["office", "entered_at"])
        batch_op.create_index("ix_entry_office_symbol", ["office", "symbol"])


def _revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(entry IS NULL) <> (document IS NULL)", name=op.f("ck_revision_subject")
        ),
        sa.CheckConstraint("why <> '' AND by <> ''", name=op.f("ck_revision_reason")),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name=op.f("fk_revision_entry")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_revision_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_entry"), "revision", ["entry"])
    op.create_index(op.f("ix_revision_document"), "revision", ["document"])


def _closings() -> None:
    op.create_table(
        "closing",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office", "day", name=op.f("pk_closing")),
    )
    op.create_table(
        "closed",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name=op.f("fk_closed_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_closed")),
    )
    op.create_index(op.f("ix_closed_office_day"), "closed", ["office", "day"])
