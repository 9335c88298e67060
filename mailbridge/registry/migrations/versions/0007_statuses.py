"""Statuses of documents: where each stands, and how it came there (Điều 11.8)."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0007"
down_revision = "0006"

_OPEN = sa.text("state = 'registered' AND ended_at IS NULL")

# What an older register knows of its documents: entered at, held since, returned at.
_ENTERED = """INSERT INTO status (document, code, at, "by", unit, person, opinion, note)
    SELECT document.id, '03', entry.entered_at, 'mailbridge', '', '', '', ''
    FROM document JOIN entry ON entry.document = document.id"""
_HELD = """INSERT INTO status (document, code, at, "by", unit, person, opinion, note)
    SELECT id, '01', received_at, 'mailbridge', '', '', '', ''
    FROM document WHERE id NOT IN (SELECT document FROM entry WHERE document IS NOT NULL)"""
_RETURNED = """INSERT INTO status (document, code, at, "by", unit, person, opinion, note)
    SELECT document.id, '02', journal.at, 'mailbridge', '', '', '', ''
    FROM document JOIN journal ON journal.office = document.office AND journal.event = 'refused'
    AND journal.subject = 'document:' || document.id WHERE document.state = 'refused'"""
_PRESENT = """UPDATE document SET status = CASE state
    WHEN 'registered' THEN '03' WHEN 'refused' THEN '02' ELSE '01' END,
    ended_at = (SELECT max(at) FROM status
        WHERE status.document = document.id AND status.code = '02')"""


def upgrade() -> None:
    """Add where documents stand, and fill in what is known."""
    # Only SQLite cannot add to a table in place what another table may point at.
    copies: Literal["always", "never"] = (
        "always" if op.get_bind().dialect.name == "sqlite" else "never"
    )
    with op.batch_alter_table("document", recreate=copies) as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(), nullable=False, server_default="01"))
        batch_op.add_column(sa.Column("unit", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("deadline", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", UtcDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("warned", sa.String(), nullable=False, server_default="not-yet")
        )
        batch_op.create_index(
            "ix_document_open_deadline",
            ["office", "deadline"],
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
        batch_op.create_index(
            "ix_document_open_handler",
            ["handler", "deadline"],
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
    op.create_table(
        "status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_status_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status")),
    )
    op.create_index(op.f("ix_status_document"), "status", ["document"])
    for statement in (_ENTERED, _HELD, _RETURNED, _PRESENT):
        op.execute(statement)
