"""Resume: an account or a key that was no longer tried is used again by a person's word."""

from datetime import datetime

from mailbridge.registry import journal, mailboxes
from mailbridge.registry.database import Database


def resume(database: Database, account: str, who: str, now: datetime) -> bool:
    """Use an account again; False when it is not suspended."""
    with database.transaction() as tx:
        why = mailboxes.suspended(tx).get(account)
        if why is None:
            return False
        mailboxes.resume(tx, account)
        data = {"who": who, "why": why}
        journal.append(tx, journal.HOUSE, "resumed", f"account:{account}", data, now)
    return True
