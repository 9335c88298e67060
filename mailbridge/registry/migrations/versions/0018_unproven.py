"""Recalls that nothing proves yet are examined again for a while."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the table; what was refused before stays refused."""
    op.create_table(
        "unproven",
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("next_look", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_unproven_ledger")),
        sa.PrimaryKeyConstraint("ledger", name=op.f("pk_unproven")),
    )
    op.create_index(op.f("ix_unproven_office"), "unproven", ["office"])
