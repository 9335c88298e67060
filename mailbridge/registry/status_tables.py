"""The tables of what becomes of a document; `tables` names how their keys are named."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailbridge.registry import search_tables
from mailbridge.registry.columns import moment

METADATA = search_tables.METADATA


class Status(SQLModel, table=True):
    """Statuses of documents, one row a change. Triggers refuse to change or delete a row."""

    id: int | None = Field(default=None, primary_key=True)
    document: int = Field(foreign_key="document.id", index=True)
    # No closed list: the regulation's is open-ended (Điều 11.8).
    code: str
    at: datetime = Field(sa_column=moment(required=True))
    by: str
    unit: str
    person: str
    deadline: datetime | None = Field(default=None, sa_column=moment())
    opinion: str
    note: str
