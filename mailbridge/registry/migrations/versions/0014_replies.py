"""Replies that acted: each word to each notice once."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table; before it no reply acted."""
    op.create_table(
        "replyacted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_replyacted_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replyacted")),
        sa.UniqueConstraint("letter", "verb", name=op.f("uq_replyacted_letter_verb")),
    )
