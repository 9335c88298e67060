"""Paper beside documents (Điều 8), and other ways by which they came."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0009"
down_revision = "0008"


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Make the tables, empty: of older documents no paper is asked for afterwards."""
    states = _word("paperstate", "expected", "sent", "received", "waived")
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("expected_at", UtcDateTime(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_paper_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint(
            "document", "outgoing", "recipient", name=op.f("uq_paper_document_outgoing_recipient")
        ),
    )
    op.create_index(op.f("ix_paper_office_state_due"), "paper", ["office", "state", "due"])
    op.create_table(
        "also",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("channel", _word("channel", "giay", "truc", "phan-mem", "wan"), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_also_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_also")),
        sa.UniqueConstraint(
            "document", "channel", "reference", name=op.f("uq_also_document_channel_reference")
        ),
    )
