"""Recalls: withheld and destroyed documents, copies that must go, answers to recalls of ours."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0013"
down_revision = "0012"

_STATES = ("held", "registered", "refused", "void", "withheld", "destroyed")


def upgrade() -> None:
    """Make the tables; what is here was never recalled."""
    with op.batch_alter_table("document", recreate="auto") as batch_op:
        batch_op.drop_constraint(op.f("ck_document_documentstate"), type_="check")
        listed = ", ".join(f"'{state}'" for state in _STATES)
        batch_op.create_check_constraint(op.f("ck_document_documentstate"), f"state IN ({listed})")
    _recall()
    _copy()
    _answer()


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _recall() -> None:
    states = _word("recallstate", "tombstone", "withheld", "erasing", "destroyed")
    op.create_table(
        "recall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("due", UtcDateTime(), nullable=True),
        sa.Column("escalated_at", UtcDateTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("ordered_at", UtcDateTime(), nullable=True),
        sa.Column("destroyed_at", UtcDateTime(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_recall_document")),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_recall_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
        sa.UniqueConstraint(
            "office",
            "agency",
            "name",
            "document",
            name=op.f("uq_recall_office_agency_name_document"),
        ),
    )
    op.create_index(op.f("ix_recall_document"), "recall", ["document"])
    op.create_index(op.f("ix_recall_office_state"), "recall", ["office", "state"])


def _copy() -> None:
    pending = sa.text("state = 'pending'")
    op.create_table(
        "recallcopy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recall", sa.Integer(), nullable=False),
        sa.Column("kind", _word("copykind", "blob", "search", "imap", "handover"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "state", _word("copystate", "pending", "erased", "shared", "left"), nullable=False
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=True),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_recallcopy_ledger")),
        sa.ForeignKeyConstraint(["recall"], ["recall.id"], name=op.f("fk_recallcopy_recall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recallcopy")),
        sa.UniqueConstraint("recall", "kind", "name", name=op.f("uq_recallcopy_recall_kind_name")),
    )
    op.create_index(
        "ix_recallcopy_pending",
        "recallcopy",
        ["kind"],
        sqlite_where=pending,
        postgresql_where=pending,
    )
    op.create_index(op.f("ix_recallcopy_name"), "recallcopy", ["name"])


def _answer() -> None:
    op.create_table(
        "recallanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_weak", sa.Boolean(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange"], ["exchange.id"], name=op.f("fk_recallanswer_exchange")
        ),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_recallanswer_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recallanswer")),
        sa.UniqueConstraint("exchange", "name", name=op.f("uq_recallanswer_exchange_name")),
    )
