"""The table of replies that acted; `tables` names how its keys are named."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mailbridge.registry import recall_tables
from mailbridge.registry.columns import moment

METADATA = recall_tables.METADATA


class ReplyActed(SQLModel, table=True):
    """Which word was said to which letter: each acts once. Triggers refuse any change."""

    __table_args__ = (UniqueConstraint("letter", "verb"),)
    id: int | None = Field(default=None, primary_key=True)
    # Without a foreign key: letters about what must leave no words here are dropped (Điều 5.1).
    letter: str
    verb: str
    # The mail that said it.
    ledger: int = Field(foreign_key="ledger.id")
    person: str
    at: datetime = Field(sa_column=moment(required=True))
