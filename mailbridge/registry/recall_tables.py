"""The tables of recalls (Điều 9.2, 10.2); `tables` names how their keys are named."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.model.recall import CopyKind, CopyState, RecallState
from mailbridge.registry import exchange_tables
from mailbridge.registry.columns import moment, partial_index, word

METADATA = exchange_tables.METADATA

# Copies that wait to be erased; a query finds its index only by these very words.
PENDING = "state = 'pending'"


class Recall(SQLModel, table=True):
    """Proven recalls that reached us: of what is here, or of what has not come yet."""

    __table_args__ = (
        UniqueConstraint("office", "agency", "name", "document"),
        Index(None, "office", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    ledger: int = Field(foreign_key="ledger.id")
    agency: str
    # The recall's own name.
    name: str
    # JSON of what it says.
    claim: str = Field(sa_type=Text)
    address: str
    # By what it is proven (`model.recall.Strength`).
    strength: int
    state: RecallState = Field(sa_column=word(RecallState, required=True))
    at: datetime = Field(sa_column=moment(required=True))
    document: int | None = Field(default=None, foreign_key="document.id", index=True)
    due: datetime | None = Field(default=None, sa_column=moment())
    escalated_at: datetime | None = Field(default=None, sa_column=moment())
    by: str = ""
    ordered_at: datetime | None = Field(default=None, sa_column=moment())
    destroyed_at: datetime | None = Field(default=None, sa_column=moment())
    # JSON of the proof that was sent.
    proof: str = Field(default="", sa_type=Text)
    letter: str = ""


class Unproven(SQLModel, table=True):
    """Recalls that nothing proves yet, and that may be proven by another examination."""

    ledger: int = Field(primary_key=True, foreign_key="ledger.id")
    office: str = Field(index=True)
    # Whose mailbox they came from, and what would prove them (`model.recall.Strength`): each
    # agency has places of its own, and those of its seals are not taken by who forges its mails.
    agency: str = Field(default="", sa_column_kwargs={"server_default": ""})
    strength: int = Field(default=3, sa_column_kwargs={"server_default": "3"})
    # JSON of the names of the recalls in the mail that wait; empty: all of it.
    names: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})
    # When they are looked at next; afterwards they are refused.
    next_look: datetime = Field(sa_column=moment(required=True))
    until: datetime = Field(sa_column=moment(required=True))


class RecallCopy(SQLModel, table=True):
    """Copies of what was recalled: what must go, and what became of it."""

    __table_args__ = (
        UniqueConstraint("recall", "kind", "name"),
        partial_index("ix_recallcopy_pending", "kind", where=PENDING),
        Index(None, "name"),
    )
    id: int | None = Field(default=None, primary_key=True)
    recall: int = Field(foreign_key="recall.id")
    kind: CopyKind = Field(sa_column=word(CopyKind, required=True))
    name: str
    state: CopyState = Field(sa_column=word(CopyState, required=True))
    words: str = ""
    ledger: int | None = Field(default=None, foreign_key="ledger.id")
    # The mailbox of a mail.
    mailbox: str = ""
    done_at: datetime | None = Field(default=None, sa_column=moment())


class RecallAnswer(SQLModel, table=True):
    """What recipients answered to recalls of ours. Triggers refuse any change."""

    __table_args__ = (UniqueConstraint("exchange", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    exchange: int = Field(foreign_key="exchange.id")
    # The receipt's own name.
    name: str
    code: str
    words: str
    is_weak: bool
    proof: str = Field(default="", sa_type=Text)
    ledger: int | None = Field(default=None, foreign_key="ledger.id")
    at: datetime = Field(sa_column=moment(required=True))
