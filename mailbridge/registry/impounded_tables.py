"""The table of incidents of secrecy; `tables` names how its keys are named."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from mailbridge.model.impounded import ImpoundState
from mailbridge.registry import search_tables
from mailbridge.registry.columns import moment, word

METADATA = search_tables.METADATA


class Impounded(SQLModel, table=True):
    """Mails with a mark of secrecy: digest, size and source, and no word of them."""

    id: int | None = Field(default=None, primary_key=True)
    office: str = Field(index=True)
    ledger: int = Field(foreign_key="ledger.id", index=True)
    digest: str = Field(index=True)
    size: int = Field(sa_type=BigInteger)
    mailbox: str
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    level: str
    at: datetime = Field(sa_column=moment(required=True))
    state: ImpoundState = Field(sa_column=word(ImpoundState, required=True))
    by: str = ""
    erased_at: datetime | None = Field(default=None, sa_column=moment())
