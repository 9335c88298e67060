"""What we send: exchanges with their facts, strays, tasks, submissions; letters about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0012"
down_revision = "0011"

_KINDS = (
    "receipt",
    "notice",
    "alert",
    "warning",
    "document",
    "recall",
    "reminder",
    "digest",
    "answer",
)


def upgrade() -> None:
    """Make the tables; letters may belong to an exchange, evidence to what we sent ourselves."""
    _exchange()
    _replacement()
    _copy()
    _submission()
    _fact()
    _stray()
    _task()
    _outbox()
    with op.batch_alter_table("evidence", recreate="auto") as batch_op:
        batch_op.alter_column("ledger", existing_type=sa.Integer(), nullable=True)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _where(words: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(words), "postgresql_where": sa.text(words)}


def _outbox() -> None:
    with op.batch_alter_table("outbox", recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("exchange", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_outbox_exchange"), "exchange", ["exchange"], ["id"])
        batch_op.drop_constraint(op.f("ck_outbox_letterkind"), type_="check")
        listed = ", ".join(f"'{kind}'" for kind in _KINDS)
        batch_op.create_check_constraint(op.f("ck_outbox_letterkind"), f"kind IN ({listed})")
        batch_op.create_index(op.f("ix_outbox_exchange"), ["exchange"])


def _exchange() -> None:
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("owed_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _word(
                "exchangestate",
                "owed",
                "uncertain",
                "submitted",
                "bounced",
                "arrived",
                "registered",
                "assigned",
                "processing",
                "done",
                "refused",
                "recalled",
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_return", sa.Boolean(), nullable=False),
        sa.Column("is_weak", sa.Boolean(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("recall_asked", sa.Boolean(), nullable=False),
        sa.Column("recall_refused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_exchange_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("document", "address", name=op.f("uq_exchange_document_address")),
    )
    op.create_index(op.f("ix_exchange_office_state"), "exchange", ["office", "state"])
    op.create_index(
        "ix_exchange_unanswered",
        "exchange",
        ["office", "answer_by"],
        **_where(
            "state IN ('owed', 'uncertain', 'submitted', 'bounced') AND answer_by IS NOT NULL"
        ),
    )


def _replacement() -> None:
    op.create_table(
        "replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"], ["document.id"], name=op.f("fk_replacement_document")
        ),
        sa.ForeignKeyConstraint(
            ["replaced"], ["document.id"], name=op.f("fk_replacement_replaced")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement")),
    )
    op.create_index(op.f("ix_replacement_document"), "replacement", ["document"])
    op.create_index(op.f("ix_replacement_replaced"), "replacement", ["replaced"])


def _copy() -> None:
    op.create_table(
        "copy",
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owed_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_copy_document")),
        sa.PrimaryKeyConstraint("letter", name=op.f("pk_copy")),
        sa.UniqueConstraint("document", "kind", name=op.f("uq_copy_document_kind")),
    )
    op.create_index(op.f("ix_copy_mailbox"), "copy", ["mailbox"])


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_submission_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index("ix_submission_open", "submission", ["office"], **_where("settled_at IS NULL"))


def _fact() -> None:
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            _word(
                "factkind",
                "submitted",
                "uncertain",
                "bounced",
                "recall-asked",
                "late",
                "01",
                "02",
                "03",
                "04",
                "05",
                "06",
                "15",
                "16",
            ),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("weight", _word("weight", "own", "proven", "weak"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], name=op.f("fk_fact_exchange")),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_fact_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("exchange", "key", name=op.f("uq_fact_exchange_key")),
    )


def _stray() -> None:
    op.create_table(
        "stray",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _word("straykind", "orphan", "forged", "content", "dispute", "words"),
            nullable=False,
        ),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("exchange", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], name=op.f("fk_stray_exchange")),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_stray_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stray")),
        sa.UniqueConstraint("ledger", "kind", name=op.f("uq_stray_ledger_kind")),
    )
    op.create_index(op.f("ix_stray_office"), "stray", ["office"])


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column(
            "kind",
            _word(
                "taskkind",
                "returned",
                "bounced",
                "silent",
                "uncertain",
                "dispute",
                "undelivered",
                "destroy",
                "copy",
                "paper",
                "gap",
                "read",
            ),
            nullable=False,
        ),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("exchange", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_task_document")),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], name=op.f("fk_task_exchange")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("office", "kind", "cause", name=op.f("uq_task_office_kind_cause")),
    )
    op.create_index(op.f("ix_task_document"), "task", ["document"])
    op.create_index("ix_task_undone", "task", ["office", "due"], **_where("closed_at IS NULL"))
