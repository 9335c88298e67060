"""When notices leave."""

from datetime import datetime, timedelta


def next_batch(now: datetime, minutes: int) -> datetime:
    """Give the next boundary of so many minutes, so that notices to one person leave together."""
    if minutes <= 0:
        return now
    step = timedelta(minutes=minutes).total_seconds()
    return datetime.fromtimestamp((now.timestamp() // step + 1) * step, now.tzinfo)
