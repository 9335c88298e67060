"""Reserve: an outgoing number is given before the document is printed and signed."""

from datetime import datetime

from mailbridge.actions.entering import Wish, take_outgoing
from mailbridge.actions.house import House
from mailbridge.model.entry import Entry
from mailbridge.registry import journal


def reserve(house: House, office: str, wish: Wish, who: str, now: datetime) -> Entry:
    """Take the next number of an outgoing book of that office; raises NumberingError.

    It stays reserved until a document uses it or a clerk voids it, and is never given again.
    """
    with house.database.transaction() as tx:
        entry = take_outgoing(tx, house.of_office(office), wish, None, who, now)
        data = {"by": who, "number": entry.name, "symbol": entry.symbol or "", "for": entry.purpose}
        journal.append(tx, entry.office, "number-reserved", f"entry:{entry.id}", data, now)
    return entry
