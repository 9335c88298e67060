"""The tables of the hand-over to the operations system; `tables` names how their keys are named."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mailbridge.model.handover import HandoverState
from mailbridge.registry import trust_tables
from mailbridge.registry.columns import moment, word

METADATA = trust_tables.METADATA


class HandoverSet(SQLModel, table=True):
    """File sets, numbered within their office; one without an end is written again."""

    office: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    made_at: datetime = Field(sa_column=moment(required=True))
    finished_at: datetime | None = Field(default=None, sa_column=moment())


class Handover(SQLModel, table=True):
    """Documents that are in a set, and what was answered; those without a row are pending."""

    __table_args__ = (Index(None, "office", "ordinal"), Index(None, "office", "document_id"))
    document: int = Field(foreign_key="document.id", primary_key=True)
    office: str
    ordinal: int
    # QCVN 102, DocumentId: by it the operations system answers.
    document_id: str
    state: HandoverState = Field(sa_column=word(HandoverState, required=True))
    number: str = ""
    day: date | None = None
    words: str = ""
    answered_at: datetime | None = Field(default=None, sa_column=moment())
