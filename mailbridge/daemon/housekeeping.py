"""What is repeated in quiet hours: octets that must not stay, and litter that may go."""

from datetime import datetime

import structlog

from mailbridge.actions.house import House
from mailbridge.registry import journal, ledger

_log = structlog.get_logger(__name__)


def keep_house(house: House, now: datetime) -> None:
    """Erase blobs of impounded mails and orphans, and check the journal's chain."""
    with house.database.reading() as tx:
        impounded = ledger.impounded_fingerprints(tx)
        check = journal.verify(tx)
    for fingerprint in impounded:
        # Điều 5.1: the machine may have died between the commit and the erasure.
        house.blobs.erase(fingerprint)
    with house.database.reading() as tx:
        swept = house.blobs.sweep(lambda name: ledger.speaks_of(tx, name), now)
    if not check.ok:
        _log.error("journal does not verify", line=check.first_bad)
    _log.info("housekeeping", swept=swept, journal_head=check.head)
