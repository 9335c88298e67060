"""An incident of the Party's own network (sự cố mạng, Điều 5.3, Điều 7.4)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """From its opening to its closing mail may stand in for the network."""

    id: int
    # Whose link is down; empty: everybody's.
    agency: str
    what: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: str | None = None
    # How it was mended (Điều 7.4: "khẩn trương khắc phục các sự cố").
    cure: str = ""

    def is_open_at(self, moment: datetime) -> bool:
        """Tell whether it stood open at that moment."""
        return self.opened_at <= moment and (self.closed_at is None or moment < self.closed_at)
