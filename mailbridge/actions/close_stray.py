"""Close a stray: a person has read an answer that changed nothing, and says what came of it."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.registry import journal, strays


def close_stray(house: House, stray: int, who: str, why: str, now: datetime) -> bool:
    """Write it with its line in the journal; false where no such one is open."""
    with house.database.transaction() as tx:
        found = strays.get(tx, stray)
        if found is None or not strays.close(tx, stray, who, why, now):
            return False
        data = {"by": who, "why": why, "kind": found.kind.value}
        journal.append(tx, found.office, "stray-closed", f"mail:{found.ledger}", data, now)
    return True
