"""The tables of trust as clerks confirm it; `tables` names how their keys are named."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.model.directory import CertificateRole
from mailbridge.registry import book_tables
from mailbridge.registry.columns import moment, word

METADATA = book_tables.METADATA


class Enrolment(SQLModel, table=True):
    """Certificates that a clerk enrolled or took away: they outlast another directory file."""

    fingerprint: str = Field(primary_key=True)
    agency: str
    role: CertificateRole = Field(sa_column=word(CertificateRole, required=True))
    holder: str = ""
    since: date | None = None
    until: date | None = None
    confirmed_at: datetime = Field(sa_column=moment(required=True))
    confirmed_by: str
    removed_at: datetime | None = Field(default=None, sa_column=moment())


class Proposal(SQLModel, table=True):
    """Certificates met for the first time, with the mail that they came in."""

    __table_args__ = (UniqueConstraint("ledger", "fingerprint"),)
    id: int | None = Field(default=None, primary_key=True)
    ledger: int = Field(foreign_key="ledger.id")
    agency: str
    fingerprint: str = Field(index=True)
    form: str
    signer: str = Field(sa_type=Text)
    proposed_at: datetime = Field(sa_column=moment(required=True))
    decided_at: datetime | None = Field(default=None, sa_column=moment())
