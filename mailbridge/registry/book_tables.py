"""The tables of the books and of the journal; `tables` names how their keys are named."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.registry import tables
from mailbridge.registry.columns import moment

METADATA = tables.Ledger.metadata


class Book(SQLModel, table=True):
    """The last number given in each book, series and year; triggers let it grow by one alone.

    A series is what is numbered apart within a book, such as one type of document; else empty.
    """

    office: str = Field(primary_key=True)
    book: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class Entry(SQLModel, table=True):
    """Entries (dòng sổ): a document and its number. Triggers refuse gaps and deletion."""

    __table_args__ = (
        UniqueConstraint("office", "book", "series", "year", "ordinal"),
        UniqueConstraint("document"),
        Index(None, "office", "year", "document"),
        CheckConstraint("ordinal > 0", name="ordinal"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        # What is void says when, by whom and why.
        CheckConstraint(
            "(voided_at IS NULL) = (voided_by IS NULL)"
            " AND (voided_at IS NULL) = (void_why IS NULL)",
            name="void",
        ),
        Index(None, "office", "entered_at"),
        Index(None, "office", "symbol"),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    book: str
    series: str
    year: int
    ordinal: int = Field(index=True)
    # None: the number is reserved, or was void before it had a document.
    document: int | None = Field(default=None, foreign_key="document.id")
    entered_at: datetime = Field(sa_column=moment(required=True))
    direction: str = Field(default="in", sa_column_kwargs={"server_default": "in"})
    symbol: str | None = None
    type: str = Field(default="", sa_column_kwargs={"server_default": ""})
    purpose: str = Field(default="", sa_column_kwargs={"server_default": ""})
    taken_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    voided_at: datetime | None = Field(default=None, sa_column=moment())
    voided_by: str | None = None
    void_why: str | None = None


class Revision(SQLModel, table=True):
    """Changes of what stood in the books. Triggers refuse to change or delete one."""

    __table_args__ = (
        CheckConstraint("(entry IS NULL) <> (document IS NULL)", name="subject"),
        CheckConstraint("why <> '' AND by <> ''", name="reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    # The line of the office's journal that tells of it.
    line: int
    at: datetime = Field(sa_column=moment(required=True))
    entry: int | None = Field(default=None, foreign_key="entry.id", index=True)
    document: int | None = Field(default=None, foreign_key="document.id", index=True)
    field: str
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    why: str
    by: str


class Closing(SQLModel, table=True):
    """Closed days of each office, chained. Triggers refuse to change or delete one."""

    office: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    closed_at: datetime = Field(sa_column=moment(required=True))
    entries: int
    line: int
    head: str
    previous: str
    digest: str


class Closed(SQLModel, table=True):
    """Which entries a closing covers, with the digest of each as it stood. Append-only."""

    __table_args__ = (Index(None, "office", "day"),)
    entry: int = Field(primary_key=True, foreign_key="entry.id")
    office: str
    day: str
    digest: str


class Journal(SQLModel, table=True):
    """The journal of each office, chained by hash. Triggers refuse to change or delete a line."""

    # Empty: what concerns the whole installation, such as its trust and its directory.
    office: str = Field(primary_key=True)
    line: int = Field(primary_key=True)
    at: datetime = Field(sa_column=moment(required=True))
    event: str
    subject: str = Field(index=True)
    data: str = Field(sa_type=Text)
    previous: str
    digest: str


Index("ix_journal_at", SQLModel.metadata.tables["journal"].c.at)
