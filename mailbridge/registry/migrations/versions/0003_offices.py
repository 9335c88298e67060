"""Several offices in one register: each has books and a journal of its own."""

import sqlalchemy as sa
from alembic import context, op

from mailbridge.registry.columns import UtcDateTime

revision = "0003"
down_revision = "0002"

_OLD = {
    "book": ("book", "year", "last"),
    "entry": ("id", "book", "year", "ordinal", "document", "entered_at"),
    "journal": ("line", "at", "event", "subject", "data", "previous", "digest"),
}


def upgrade() -> None:
    """Give what is there to the office that the settings name first."""
    office = str(context.config.attributes.get("office", ""))
    _documents(office)
    for name in _OLD:
        _take(name)
    _books()
    _entries()
    _journal()
    for name in _OLD:
        _give_back(name, office)


def _documents(office: str) -> None:
    with op.batch_alter_table("document", recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("office", sa.String(), nullable=False, server_default=""))
        # A document on paper came with no mail.
        batch_op.alter_column("ledger", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_index("ix_document_agency_symbol_issued")
        batch_op.drop_index("ix_document_agency_file_set")
        batch_op.create_index(
            "ix_document_office_agency_symbol_issued", ["office", "agency", "symbol", "issued"]
        )
        batch_op.create_index(
            "ix_document_office_agency_file_set", ["office", "agency", "file_set"]
        )
    op.execute(sa.text("UPDATE document SET office = :office").bindparams(office=office))


def _take(name: str) -> None:
    """Lay a table's rows aside and drop it: nothing points at it, and its key is to change."""
    op.execute(f"CREATE TEMPORARY TABLE {name}_kept AS SELECT * FROM {name}")
    op.drop_table(name)


def _give_back(name: str, office: str) -> None:
    columns = ", ".join(_OLD[name])
    more, values = ("", "") if name == "journal" else ("series, ", "'', ")
    # Names of our own tables: nothing in the statement comes from outside.
    statement = (
        f"INSERT INTO {name} (office, {more}{columns})"
        f" SELECT :office, {values}{columns} FROM {name}_kept"
    )
    op.execute(sa.text(statement).bindparams(office=office))
    op.execute(f"DROP TABLE {name}_kept")


def _books() -> None:
    op.create_table(
        "book",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "book", "series", "year", name=op.f("pk_book")),
    )


def _entries() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_entry_ordinal")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_entry_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint(
            "office", "book", "series", "year", "ordinal",
            name=op.f("uq_entry_office_book_series_year_ordinal"),
        ),
        sa.UniqueConstraint("document", name=op.f("uq_entry_document")),
    )  # fmt: skip
    op.create_index(op.f("ix_entry_ordinal"), "entry", ["ordinal"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office", "line", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_subject"), "journal", ["subject"])
    op.create_index(op.f("ix_journal_at"), "journal", ["at"])
