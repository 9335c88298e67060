"""What is repeated in quiet hours: octets that must not stay, and litter that may go."""

from datetime import datetime

import structlog

from mailbridge.actions import impounding
from mailbridge.actions.house import House
from mailbridge.registry import journal, ledger, search_index, submissions

_log = structlog.get_logger(__name__)


def keep_house(house: House, now: datetime) -> None:
    """Erase blobs of impounded mails and orphans, and check the journal's chain."""
    # Điều 5.1: the machine may have died between the commit and the erasure.
    impounding.finish(house)
    _index(house)
    with house.database.reading() as tx:
        checks = [(office, journal.verify(tx, office)) for office in journal.offices(tx)]
    with house.database.reading() as tx:
        swept = house.blobs.sweep(
            lambda name: ledger.speaks_of(tx, name) or submissions.speaks_of(tx, name), now
        )
    for office, check in checks:
        if not check.ok:
            _log.error("journal does not verify", office=office, line=check.first_bad)
    heads = {office: check.head for office, check in checks}
    _log.info("housekeeping", swept=swept, journal_heads=heads)


def _index(house: House) -> None:
    """Index what nobody has, in pieces that let others write between them."""
    filled = 1
    while filled:
        with house.database.transaction() as tx:
            filled = search_index.fill(tx)
