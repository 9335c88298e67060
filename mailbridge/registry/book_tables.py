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
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    book: str
    series: str
    year: int
    ordinal: int = Field(index=True)
    # None: the number is reserved, or void.
    document: int | None = Field(default=None, foreign_key="document.id")
    entered_at: datetime = Field(sa_column=moment(required=True))


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
