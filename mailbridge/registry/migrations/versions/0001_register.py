"""The register: ledger, documents, books, evidence, journal, outbox, directory."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0001"
down_revision = None

# What is written once stays as it is, whatever program opens the file.
_FROZEN = ("journal", "evidence")
_URGENT = "acknowledged_at IS NULL AND state = 'registered' AND urgency <> 'thường'"
_TRIGGERS = (
    *(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in _FROZEN
        for verb in ("UPDATE", "DELETE")
    ),
    (
        "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN"
        " SELECT RAISE(ABORT, 'a number is never taken back'); END"
    ),
    (
        "CREATE TRIGGER entry_no_new_number BEFORE UPDATE OF book, year, ordinal ON entry BEGIN"
        " SELECT RAISE(ABORT, 'a number is never changed'); END"
    ),
    (
        "CREATE TRIGGER entry_gapless BEFORE INSERT ON entry WHEN NEW.ordinal IS NOT"
        " (SELECT last FROM book WHERE book = NEW.book AND year = NEW.year) BEGIN"
        " SELECT RAISE(ABORT, 'a number comes from the book alone'); END"
    ),
    (
        "CREATE TRIGGER book_by_one BEFORE UPDATE ON book WHEN NEW.last <> OLD.last + 1"
        " OR NEW.book <> OLD.book OR NEW.year <> OLD.year BEGIN"
        " SELECT RAISE(ABORT, 'a book grows by one'); END"
    ),
    (
        "CREATE TRIGGER book_from_one BEFORE INSERT ON book WHEN NEW.last <> 1 BEGIN"
        " SELECT RAISE(ABORT, 'a book begins with one'); END"
    ),
    (
        "CREATE TRIGGER book_no_delete BEFORE DELETE ON book BEGIN"
        " SELECT RAISE(ABORT, 'a book is never deleted'); END"
    ),
    (
        "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN"
        " SELECT RAISE(ABORT, 'every mail stays accounted for'); END"
    ),
)


def upgrade() -> None:
    """Make the tables and their triggers."""
    op.create_table(
        "agency",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_agency")),
    )
    op.create_table(
        "book",
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("book", "year", name=op.f("pk_book")),
    )
    op.create_table(
        "directory",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory")),
    )
    op.create_table(
        "journal",
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_subject"), ["subject"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("internal_date", UtcDateTime(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=True),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "registered",
                "held",
                "duplicate",
                "impounded",
                "quarantined",
                "applied",
                "noted",
                "deferred",
                "refused",
                name="outcomename",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column(
            "lane",
            sa.Enum(
                "clerk",
                "unknown-sender",
                name="lane",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("duplicate_of", sa.Integer(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "document",
                "receipt",
                "recall",
                "report",
                "bounce",
                "automatic",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("filed_at", UtcDateTime(), nullable=True),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "outcome <> 'duplicate' OR duplicate_of IS NOT NULL", name=op.f("ck_ledger_duplicate")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_ledger_settled")
        ),
        sa.CheckConstraint("attempts >= 0 AND deaths >= 0", name=op.f("ck_ledger_counts")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["ledger.id"], name=op.f("fk_ledger_duplicate_of")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint(
            "mailbox", "uidvalidity", "uid", name=op.f("uq_ledger_mailbox_uidvalidity_uid")
        ),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index("ix_ledger_outcome", ["outcome"], unique=False)
        batch_op.create_index(
            "ix_ledger_unfiled",
            ["mailbox"],
            unique=False,
            sqlite_where=sa.text("filed_at IS NULL AND gone_at IS NULL"),
            postgresql_where=sa.text("filed_at IS NULL AND gone_at IS NULL"),
        )

    op.create_table(
        "mailbox",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("start_uid", sa.BigInteger(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailbox")),
    )
    op.create_table(
        "suspension",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_suspension")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("agency_name", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=True),
        sa.Column("issued", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "legal",
                "reference",
                "undetermined",
                "failed",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "registered",
                "refused",
                name="documentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum(
                "thường",
                "khẩn",
                "thượng khẩn",
                "hỏa tốc",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("file_set", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("mic", sa.String(), nullable=False),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_document_ledger")),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["document.id"], name=op.f("fk_document_superseded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_agency_file_set"), ["agency", "file_set"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_document_agency_symbol_issued"),
            ["agency", "symbol", "issued"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_document_ledger"), ["ledger"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_document_superseded_by"), ["superseded_by"], unique=False
        )
        batch_op.create_index(
            "ix_document_urgent",
            ["urgency"],
            unique=False,
            sqlite_where=sa.text(_URGENT),
            postgresql_where=sa.text(_URGENT),
        )

    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_entry_ordinal")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_entry_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("book", "year", "ordinal", name=op.f("uq_entry_book_year_ordinal")),
        sa.UniqueConstraint("document", name=op.f("uq_entry_document")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_ordinal"), ["ordinal"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "legal",
                "reference",
                "undetermined",
                "failed",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("examination", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_evidence_document")),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_evidence_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_document"), ["document"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_ledger"), ["ledger"], unique=False)

    op.create_table(
        "file",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_file_document")),
        sa.PrimaryKeyConstraint("document", "position", name=op.f("pk_file")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "receipt",
                "notice",
                "alert",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("owed_at", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "owed",
                "attempting",
                "sent",
                "uncertain",
                "failed",
                name="letterstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
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
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_document"), ["document"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outbox_state_urgent_line"), ["state", "urgent", "line"], unique=False
        )
    # On PostgreSQL they are laid after the migrations (registry/triggers).
    for trigger in _TRIGGERS if op.get_bind().dialect.name == "sqlite" else ():
        op.execute(trigger)
