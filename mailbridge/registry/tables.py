"""The tables. Their rows never leave this station: what leaves is a frozen value of the model.

Those of the books and the journal are in `book_tables`, those of trust in `trust_tables`.
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.model.document import DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Lane, OutcomeName
from mailbridge.model.reading import Urgency
from mailbridge.registry.columns import moment, partial_index, word

# Names that a later migration can speak of.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


# Documents whose notices repeat; a query finds their index only by these very words.
URGENT = "acknowledged_at IS NULL AND state = 'registered' AND urgency <> 'thường'"

# What never came into a book, or was returned: few of all; as above.
UNREGISTERED = "state <> 'registered'"
# Letters that may still share a mail with others: none has perhaps left already; as above.
FREE = "state = 'owed' AND mail IS NULL"
# Receipts as they left; as above.
RECEIPTS = "kind = 'receipt' AND sent_at IS NOT NULL"
# Documents that somebody has to handle; as above.
OPEN = "state = 'registered' AND ended_at IS NULL"
# A few of the outbox, asked for by person; as above. Other letters pay nothing for their index.
DIGEST = "kind = 'digest'"
# What our own people were ever sent about documents; as above.
TOLD = "kind IN ('notice', 'digest')"
# What we sent, asked for by number and notation whoever answers; as above.
SENT = "direction = 'out'"


class Ledger(SQLModel, table=True):
    """One row per mail, unique by slot, whatever became of it."""

    __table_args__ = (
        UniqueConstraint("mailbox", "uidvalidity", "uid"),
        CheckConstraint("attempts >= 0 AND deaths >= 0", name="counts"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
        CheckConstraint("outcome <> 'duplicate' OR duplicate_of IS NOT NULL", name="duplicate"),
        # What is to be filed is found without reading what was filed in all the years before.
        partial_index("ix_ledger_unfiled", "mailbox", where="filed_at IS NULL AND gone_at IS NULL"),
    )
    id: int | None = Field(default=None, primary_key=True)
    mailbox: str
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    size: int = Field(sa_type=BigInteger)
    internal_date: datetime = Field(sa_column=moment(required=True))
    fingerprint: str | None = Field(default=None, index=True)
    first_seen: datetime = Field(sa_column=moment(required=True))
    begun_at: datetime | None = Field(default=None, sa_column=moment())
    delivered_at: datetime | None = Field(default=None, sa_column=moment())
    attempts: int = 0
    deaths: int = 0
    is_open: bool = False
    alone: bool = False
    outcome: OutcomeName | None = Field(default=None, sa_column=word(OutcomeName))
    # Reasons are a list that grows: held closed by the model alone.
    reason: str | None = None
    detail: str = ""
    lane: Lane | None = Field(default=None, sa_column=word(Lane))
    refusal: str | None = None
    duplicate_of: int | None = Field(default=None, foreign_key="ledger.id")
    until: datetime | None = Field(default=None, sa_column=moment())
    numbers: str = ""
    kind: Kind | None = Field(default=None, sa_column=word(Kind))
    sender: str = ""
    subject: str = ""
    message_id: str | None = None
    settled_at: datetime | None = Field(default=None, sa_column=moment())
    decided_at: datetime | None = Field(default=None, sa_column=moment())
    filed_at: datetime | None = Field(default=None, sa_column=moment())
    gone_at: datetime | None = Field(default=None, sa_column=moment())


Index("ix_ledger_outcome", SQLModel.metadata.tables["ledger"].c.outcome)


class Mailbox(SQLModel, table=True):
    """From where each mailbox is watched."""

    name: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_type=BigInteger)
    start_uid: int = Field(sa_type=BigInteger)
    started_at: datetime = Field(sa_column=moment(required=True))


class Suspension(SQLModel, table=True):
    """Accounts that are not tried."""

    account: str = Field(primary_key=True)
    why: str
    since: datetime = Field(sa_column=moment(required=True))


class Document(SQLModel, table=True):
    """Documents; `reading` is JSON, `file_set` the digest of the set of their files' digests."""

    __table_args__ = (
        Index(None, "office", "agency", "symbol", "issued"),
        Index(None, "office", "agency", "file_set"),
        Index(None, "office", "handler"),
        Index(None, "office", "unit"),
        Index(None, "office", "status"),
        Index(None, "office", "message_id"),
        partial_index("ix_document_sent", "office", "symbol", "issued", where=SENT),
        partial_index("ix_document_unregistered", "office", "state", where=UNREGISTERED),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("medium IN ('mail', 'paper')", name="medium"),
        partial_index("ix_document_urgent", "urgency", where=URGENT),
        partial_index("ix_document_open_deadline", "office", "deadline", where=OPEN),
        partial_index("ix_document_open_handler", "handler", "deadline", where=OPEN),
    )
    id: int | None = Field(default=None, primary_key=True)
    # None: no mail brought it.
    ledger: int | None = Field(default=None, foreign_key="ledger.id", index=True)
    mailbox: str
    # Whose document it is: the identifier of our own agency.
    office: str = Field(default="", sa_column_kwargs={"server_default": ""})
    agency: str
    agency_name: str
    symbol: str | None = None
    issued: str | None = None
    sender: str
    verdict: Verdict = Field(sa_column=word(Verdict, required=True))
    state: DocumentState = Field(sa_column=word(DocumentState, required=True))
    urgency: Urgency = Field(sa_column=word(Urgency, required=True))
    reading: str = Field(sa_type=Text)
    file_set: str
    received_at: datetime = Field(sa_column=moment(required=True))
    message_id: str | None = None
    subject: str = ""
    mic: str = ""
    handler: str | None = None
    acknowledged_at: datetime | None = Field(default=None, sa_column=moment())
    acknowledged_by: str | None = None
    superseded_by: int | None = Field(default=None, foreign_key="document.id", index=True)
    # Where it stands now; `Status` has the way there.
    status: str = Field(default="01", sa_column_kwargs={"server_default": "01"})
    unit: str = Field(default="", sa_column_kwargs={"server_default": ""})
    deadline: datetime | None = Field(default=None, sa_column=moment())
    ended_at: datetime | None = Field(default=None, sa_column=moment())
    warned: str = Field(default="not-yet", sa_column_kwargs={"server_default": "not-yet"})
    direction: str = Field(default="in", sa_column_kwargs={"server_default": "in"})
    medium: str = Field(default="mail", sa_column_kwargs={"server_default": "mail"})


class File(SQLModel, table=True):
    """Files of documents; `value` is the whole file as JSON."""

    document: int = Field(foreign_key="document.id", primary_key=True)
    position: int = Field(primary_key=True)
    sha256: str = Field(index=True)
    value: str = Field(sa_type=Text)


class Evidence(SQLModel, table=True):
    """Examinations with their proof, numbered within a mail. Triggers refuse to change them."""

    __table_args__ = (UniqueConstraint("ledger", "sequence"),)
    id: int | None = Field(default=None, primary_key=True)
    # None: of a document that we sent.
    ledger: int | None = Field(default=None, foreign_key="ledger.id")
    sequence: int
    document: int | None = Field(default=None, foreign_key="document.id", index=True)
    verdict: Verdict | None = Field(default=None, sa_column=word(Verdict))
    examination: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_column=moment(required=True))


class Outbox(SQLModel, table=True):
    """Letters owed and sent; `line` is the order in which they were owed."""

    __table_args__ = (
        UniqueConstraint("id"),
        Index(None, "state", "urgent", "line"),
        partial_index("ix_outbox_digest", "recipient", "line", where=DIGEST),
        partial_index("ix_outbox_told", "recipient", where=TOLD),
        partial_index("ix_outbox_free", "kind", "mailbox", "recipient", "line", where=FREE),
        partial_index("ix_outbox_mail", "mail", where="mail IS NOT NULL"),
        partial_index("ix_outbox_receipts_sent", "sent_at", "recipient", "mail", where=RECEIPTS),
        CheckConstraint("(state = 'sent') <= (sent_at IS NOT NULL)", name="sent"),
    )
    line: int | None = Field(default=None, primary_key=True)
    id: str
    kind: LetterKind = Field(sa_column=word(LetterKind, required=True))
    mailbox: str
    recipient: str
    facts: str = Field(sa_type=Text)
    owed_at: datetime = Field(sa_column=moment(required=True))
    not_before: datetime = Field(sa_column=moment(required=True))
    urgent: bool = False
    document: int | None = Field(default=None, foreign_key="document.id", index=True)
    exchange: int | None = Field(default=None, foreign_key="exchange.id", index=True)
    state: LetterState = Field(sa_column=word(LetterState, required=True))
    attempts: int = 0
    first_try: datetime | None = Field(default=None, sa_column=moment())
    last_error: str = ""
    sent_at: datetime | None = Field(default=None, sa_column=moment())
    # The mail that it shares, or under whose name it may have left.
    mail: str | None = None


class Agency(SQLModel, table=True):
    """Agencies of the directory; `value` is the whole agency as JSON."""

    code: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
    loaded_at: datetime = Field(sa_column=moment(required=True))


class Directory(SQLModel, table=True):
    """One row: the digest of the directory as it stands, so that readers know when it changed."""

    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True)
    digest: str
    loaded_at: datetime = Field(sa_column=moment(required=True))


def table(model: type[SQLModel]) -> Table:
    """Give the bare table, for the statements that every mail runs through."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
