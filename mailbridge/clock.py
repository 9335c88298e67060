"""The only place that asks what time it is, and the time zone that people read (Điều 13)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Tell the present moment, aware and in UTC."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    """Show a moment as people read it: Vietnam time, `+07:00` (Điều 13)."""
    return moment.astimezone(VIETNAM)
