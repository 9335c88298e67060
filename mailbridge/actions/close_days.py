"""Close days: each day of each office's books that is over is closed, missed ones too."""

from datetime import datetime, timedelta

from mailbridge.actions.house import House
from mailbridge.model.entry import Closing
from mailbridge.registry import closings

# What was begun before midnight is settled by then.
GRACE = timedelta(minutes=5)


def close_days(house: House, now: datetime, office: str | None = None) -> tuple[Closing, ...]:
    """Close what is over, oldest first, each day in a transaction of its own; gives what was made.

    Which days are open is asked of the database: a service that slept makes them up.
    """
    made = []
    codes = [one.code for one in house.chanceries if office in {None, one.code}]
    for code in codes:
        with house.database.reading() as tx:
            days = closings.open_days(tx, code, now - GRACE)
        for day in days:
            with house.database.transaction() as tx:
                # Another process may have closed it in between.
                if day in closings.open_days(tx, code, now - GRACE):
                    made.append(closings.close(tx, code, day, now))
    return tuple(made)
