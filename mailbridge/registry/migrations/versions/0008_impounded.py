"""Incidents of secrecy, and the warning to the agency that a marked mail came from."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0008"
down_revision = "0007"

_KINDS = ("receipt", "notice", "alert", "warning")
_STATES = ("owed", "attempting", "sent", "uncertain", "failed")


def upgrade() -> None:
    """Make the table of what is impounded, and let the outbox hold warnings."""
    op.create_table(
        "impounded",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("state", _word("impoundstate", "kept", "absent", "erased"), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_impounded_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impounded")),
    )
    for column in ("office", "ledger", "digest"):
        op.create_index(op.f(f"ix_impounded_{column}"), "impounded", [column])
    _earlier()
    # SQLite changes no CHECK in place, and nothing points at the outbox.
    op.execute("CREATE TEMPORARY TABLE outbox_kept AS SELECT * FROM outbox")
    op.drop_table("outbox")
    _outbox()
    op.execute("INSERT INTO outbox SELECT * FROM outbox_kept")
    op.execute("DROP TABLE outbox_kept")


def _earlier() -> None:
    """Write an incident for each mail that was impounded before there was a table of them."""
    op.execute(
        "INSERT INTO impounded (office, ledger, digest, size, mailbox, uidvalidity, uid, level, at,"
        " state, by) SELECT COALESCE((SELECT MIN(office) FROM document WHERE"
        " document.mailbox = ledger.mailbox), (SELECT MIN(office) FROM journal WHERE office <> ''),"
        " ''), id, fingerprint, size, mailbox, uidvalidity, uid, detail, settled_at, 'absent', ''"
        " FROM ledger WHERE outcome = 'impounded' AND fingerprint IS NOT NULL"
    )


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", _word("letterkind", *_KINDS), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("owed_at", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("state", _word("letterstate", *_STATES), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_try", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'sent') <= (sent_at IS NOT NULL)", name=op.f("ck_outbox_sent")
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_outbox_document")),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    op.create_index(op.f("ix_outbox_document"), "outbox", ["document"])
    op.create_index(op.f("ix_outbox_state_urgent_line"), "outbox", ["state", "urgent", "line"])
