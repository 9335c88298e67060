"""The tables of what becomes of a document; `tables` names how their keys are named."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.model.paper import Channel, PaperState
from mailbridge.registry import impounded_tables
from mailbridge.registry.columns import moment, word

METADATA = impounded_tables.METADATA


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


class Paper(SQLModel, table=True):
    """Papers that must come or go, one row for a document, a direction and a recipient."""

    __table_args__ = (
        UniqueConstraint("document", "outgoing", "recipient"),
        Index(None, "office", "state", "due"),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    document: int = Field(foreign_key="document.id")
    outgoing: bool
    recipient: str
    code: str
    ground: str
    state: PaperState = Field(sa_column=word(PaperState, required=True))
    expected_at: datetime = Field(sa_column=moment(required=True))
    due: datetime = Field(sa_column=moment(required=True))
    changed_at: datetime | None = Field(default=None, sa_column=moment())
    by: str
    reference: str
    why: str


class Also(SQLModel, table=True):
    """Other ways by which documents came. Triggers refuse to change or delete a row."""

    __table_args__ = (UniqueConstraint("document", "channel", "reference"),)
    id: int | None = Field(default=None, primary_key=True)
    document: int = Field(foreign_key="document.id")
    channel: Channel = Field(sa_column=word(Channel, required=True))
    reference: str
    at: datetime = Field(sa_column=moment(required=True))
    by: str
    recorded_at: datetime = Field(sa_column=moment(required=True))
