"""The tables of what we send; `tables` names how their keys are named."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.model.exchange import ExchangeState, FactKind, Weight
from mailbridge.model.sending import StrayKind, TaskKind
from mailbridge.registry import status_tables
from mailbridge.registry.columns import moment, partial_index, word

METADATA = status_tables.METADATA

# What nobody has answered yet; a query finds its index only by these very words.
UNANSWERED = "state IN ('owed', 'uncertain', 'submitted', 'bounced') AND answer_by IS NOT NULL"
# What is to be handled there and was not spoken of; as above.
HANDLED_SOON = "handle_by IS NOT NULL AND handle_warned_at IS NULL"
# What waits for a person; as above.
UNDONE = "closed_at IS NULL"


class Exchange(SQLModel, table=True):
    """One row for a document that we sent and a recipient; what the facts say stands beside it."""

    __table_args__ = (
        UniqueConstraint("document", "address"),
        Index(None, "office", "state"),
        partial_index("ix_exchange_unanswered", "office", "answer_by", where=UNANSWERED),
        partial_index("ix_exchange_handling", "office", "handle_by", where=HANDLED_SOON),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    document: int = Field(foreign_key="document.id")
    agency: str
    name: str
    address: str
    owed_at: datetime = Field(sa_column=moment(required=True))
    answer_by: datetime | None = Field(default=None, sa_column=moment())
    reminders: int = 0
    state: ExchangeState = Field(sa_column=word(ExchangeState, required=True))
    number: str = ""
    reason: str = ""
    is_return: bool = False
    is_weak: bool = False
    is_late: bool = False
    is_disputed: bool = False
    recall_asked: bool = False
    recall_refused: bool = False
    handle_by: datetime | None = Field(default=None, sa_column=moment())
    answer_warned_at: datetime | None = Field(default=None, sa_column=moment())
    handle_warned_at: datetime | None = Field(default=None, sa_column=moment())


class Fact(SQLModel, table=True):
    """What is known of exchanges; `key` tells the same fact again. Triggers refuse any change."""

    __table_args__ = (UniqueConstraint("exchange", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    exchange: int = Field(foreign_key="exchange.id")
    key: str
    kind: FactKind = Field(sa_column=word(FactKind, required=True))
    at: datetime = Field(sa_column=moment(required=True))
    weight: Weight = Field(sa_column=word(Weight, required=True))
    seq: int | None = None
    number: str = ""
    reason: str = ""
    # The mail that brought it, if a mail did.
    ledger: int | None = Field(default=None, foreign_key="ledger.id")
    recorded_at: datetime = Field(sa_column=moment(required=True))


class Stray(SQLModel, table=True):
    """Receipts and recalls that changed nothing, and why."""

    __table_args__ = (UniqueConstraint("ledger", "kind", "about"),)
    id: int | None = Field(default=None, primary_key=True)
    office: str = Field(index=True)
    ledger: int = Field(foreign_key="ledger.id")
    kind: StrayKind = Field(sa_column=word(StrayKind, required=True))
    why: str
    # Which of several answers in one mail; empty where it has but one.
    about: str = Field(default="", sa_column_kwargs={"server_default": ""})
    exchange: int | None = Field(default=None, foreign_key="exchange.id")
    at: datetime = Field(sa_column=moment(required=True))
    closed_at: datetime | None = Field(default=None, sa_column=moment())
    closed_by: str = ""
    closed_why: str = ""


class Task(SQLModel, table=True):
    """What waits for a person; the same cause opens one task once."""

    __table_args__ = (
        UniqueConstraint("office", "kind", "cause"),
        partial_index("ix_task_undone", "office", "due", where=UNDONE),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    kind: TaskKind = Field(sa_column=word(TaskKind, required=True))
    cause: str
    words: str
    document: int | None = Field(default=None, foreign_key="document.id", index=True)
    exchange: int | None = Field(default=None, foreign_key="exchange.id")
    person: str = ""
    due: datetime | None = Field(default=None, sa_column=moment())
    opened_at: datetime = Field(sa_column=moment(required=True))
    closed_at: datetime | None = Field(default=None, sa_column=moment())
    closed_by: str = ""
    closed_why: str = ""


class Submission(SQLModel, table=True):
    """What our people handed in to be sent; open until it is settled."""

    __table_args__ = (partial_index("ix_submission_open", "office", where="settled_at IS NULL"),)
    id: int | None = Field(default=None, primary_key=True)
    office: str
    # The person, and the address that the answer goes to.
    person: str
    address: str
    # Octets of the mail in the blob store.
    fingerprint: str
    # JSON list of addresses.
    recipients: str = Field(sa_type=Text)
    taken_at: datetime = Field(sa_column=moment(required=True))
    attempts: int = 0
    settled_at: datetime | None = Field(default=None, sa_column=moment())
    outcome: str = ""
    document: int | None = Field(default=None, foreign_key="document.id")


class Replacement(SQLModel, table=True):
    """Documents that take the place of others, or bring them up to date. Never changed."""

    id: int | None = Field(default=None, primary_key=True)
    document: int = Field(foreign_key="document.id", index=True)
    replaced: int = Field(foreign_key="document.id", index=True)
    at: datetime = Field(sa_column=moment(required=True))
    by: str
    why: str


class Copy(SQLModel, table=True):
    """Copies for the Sent folder: one of each document or recall, appended once."""

    __table_args__ = (UniqueConstraint("document", "kind"),)
    letter: str = Field(primary_key=True)
    mailbox: str = Field(index=True)
    document: int = Field(foreign_key="document.id")
    kind: str
    owed_at: datetime = Field(sa_column=moment(required=True))
    done_at: datetime | None = Field(default=None, sa_column=moment())
