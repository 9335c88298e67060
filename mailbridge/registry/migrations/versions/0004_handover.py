"""The hand-over of documents to the operations system."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of file sets and of what is in them."""
    op.create_table(
        "handoverset",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("office", "ordinal", name=op.f("pk_handoverset")),
    )
    op.create_table(
        "handover",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "handed",
                "confirmed",
                "returned",
                name="handoverstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_handover_document")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_office_ordinal"), "handover", ["office", "ordinal"])
    op.create_index(op.f("ix_handover_office_document_id"), "handover", ["office", "document_id"])
