"""The table of incidents of the Party's network; `tables` names how keys are named."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailbridge.registry import handover_tables
from mailbridge.registry.columns import moment

METADATA = handover_tables.METADATA


class Incident(SQLModel, table=True):
    """Incidents with who opened and closed them; none is deleted."""

    id: int | None = Field(default=None, primary_key=True)
    agency: str
    what: str
    opened_at: datetime = Field(sa_column=moment(required=True))
    opened_by: str
    closed_at: datetime | None = Field(default=None, sa_column=moment())
    closed_by: str | None = None
    cure: str = ""
