"""Taking mail in: what is there, in which order, into blobs and ledger rows."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Literal

import structlog

from mailbridge.actions import impounding
from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun, begin
from mailbridge.clock import VIETNAM
from mailbridge.daemon.queue import Work
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.outcome import Outcome
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.model.wording import urgency_in
from mailbridge.reading.secrecy import mark_in_subject
from mailbridge.registry import ledger, mailboxes
from mailbridge.registry.blobs import BlobWriter

# Begun together in one transaction: few enough that urgent mail does not wait behind them.
BATCH_MAILS = 16
BATCH_OCTETS = 2 * 1024 * 1024
SMALL_MAIL = 256 * 1024

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What outlives a connection: what came of mails whose line was cut, and what is in hand.

    A mail in hand was begun and is not settled: who took it in again would settle it twice.
    """

    partial: dict[Slot, BlobWriter] = field(default_factory=dict)
    in_hand: set[Slot] = field(default_factory=set)


class Intake:
    """The intake of one connected mailbox; all else that it knows is rebuilt at a connection."""

    def __init__(
        self, name: str, house: House, mailbox: Mailbox, mail_size: int, kept: Kept
    ) -> None:
        self._name = name
        self._house = house
        self._mailbox = mailbox
        self._mail_size = mail_size
        self._kept = kept
        self._highest = 0
        self._known: frozenset[int] = frozenset()
        # Urgent first, then in the order of UIDs.
        self.pending: list[tuple[int, int, Arrival]] = []

    def open(self, start: Literal["now", "all"] | date, now: datetime) -> None:
        """Find the starting point, and what has rows already."""
        uidvalidity = self._mailbox.uidvalidity
        with self._house.database.reading() as tx:
            state = mailboxes.state(tx, self._name)
        if state is None or state.uidvalidity != uidvalidity:
            since = moment_of(start, now) if state is None else state.started_at
            first = first_uid(self._mailbox, start if state is None else since.date(), since)
            _log.info("starting point", mailbox=self._name, uidvalidity=uidvalidity, uid=first)
            with self._house.database.transaction() as tx:
                state = mailboxes.start_at(tx, self._name, uidvalidity, first, since)
        with self._house.database.reading() as tx:
            self._known = ledger.settled_uids(tx, self._name, uidvalidity)
        self._highest = state.start_uid - 1

    def discover(self) -> None:
        """Look for mails that came since the last look, and put them in order."""
        for arrival in self._mailbox.arrivals(self._highest):
            self._highest = max(self._highest, arrival.slot.uid)
            if arrival.slot.uid in self._known or arrival.slot in self._kept.in_hand:
                continue
            rank = urgency_in(arrival.subject).rank
            heapq.heappush(self.pending, (-rank, arrival.slot.uid, arrival))
        # Only the first look meets mails that were settled in an earlier life.
        self._known = frozenset()

    def take(
        self, now: datetime, settled: Callable[[Begun, Outcome | None], None]
    ) -> Iterator[Work]:
        """Fetch the next mails, begin them in one transaction, and hand them out.

        What came before the line was cut is begun all the same; then TryLaterError is raised.
        """
        fetched: list[tuple[Arrival, Fingerprint]] = []
        cut: TryLaterError | None = None
        try:
            self._fetch_all(self._next_batch(), fetched, now)
        except TryLaterError as error:
            cut = error
        for mail in begin(self._house, fetched, now) if fetched else ():
            self._kept.in_hand.add(mail.arrival.slot)
            rank = urgency_in(mail.arrival.subject).rank
            yield Work(mail, rank, settled)
        if cut is not None:
            raise cut

    def forget(self, slot: Slot) -> None:
        """Take note that a mail is settled."""
        self._kept.in_hand.discard(slot)

    def _fetch_all(
        self, batch: list[Arrival], fetched: list[tuple[Arrival, Fingerprint]], now: datetime
    ) -> None:
        # What a generator gave before it raised stays in the list.
        fetched.extend(self._fetch_small(batch))
        done = {arrival.slot for arrival, _ in fetched}
        for arrival in batch:
            if arrival.slot not in done:
                fingerprint = self._fetch(arrival, now)
                if fingerprint is not None:
                    fetched.append((arrival, fingerprint))

    def _next_batch(self) -> list[Arrival]:
        batch: list[Arrival] = []
        octets = 0
        while self.pending and len(batch) < BATCH_MAILS:
            size = self.pending[0][2].size
            if batch and octets + size > BATCH_OCTETS:
                break
            octets += size
            batch.append(heapq.heappop(self.pending)[2])
        return batch

    def _fetch_small(self, batch: list[Arrival]) -> Iterator[tuple[Arrival, Fingerprint]]:
        """Fetch the small mails of a batch with few questions; one alone is no batch."""
        small = {a.slot: a for a in batch if a.size < SMALL_MAIL}
        if len(small) <= 1:
            return
        for slot, octets in self._mailbox.fetch_many(small.values()):
            with self._house.blobs.writer() as blob:
                blob.write(octets)
                yield small[slot], blob.commit()

    def _fetch(self, arrival: Arrival, now: datetime) -> Fingerprint | None:
        """Stream one mail into a blob, behind what came before the line was cut."""
        blob = self._kept.partial.pop(arrival.slot, None) or self._house.blobs.writer()
        try:
            self._mailbox.fetch(
                arrival.slot, arrival.size, blob.write, limit=self._mail_size, offset=blob.size
            )
            return blob.commit()
        except TryLaterError:
            self._kept.partial[arrival.slot] = blob
            raise
        except RefusedError as refusal:
            # Too large, or moved away by a person before we came: one row all the same.
            blob.discard()
            self._record(arrival, refusal.reason, refusal.detail, now)
            return None

    def _record(self, arrival: Arrival, reason: Reason, detail: str, now: datetime) -> None:
        marked = mark_in_subject(arrival.subject) is not None
        if marked:
            # Điều 5.1: its words stay on the server, as its octets do.
            arrival = replace(arrival, subject="")
        with self._house.database.transaction() as tx:
            row = ledger.record(tx, arrival, now, reason, detail)
            if marked:
                impounding.call(tx, self._house, row, arrival.slot.mailbox, now)
        _log.info("not fetched", slot=str(arrival.slot), reason=reason)


def moment_of(start: Literal["now", "all"] | date, now: datetime) -> datetime:
    """Give the moment before which mail of a new mailbox is left alone."""
    if start == "all":
        return datetime.fromtimestamp(0, UTC)
    if isinstance(start, date):
        return datetime.combine(start, time(), VIETNAM).astimezone(UTC)
    return now


def first_uid(mailbox: Mailbox, start: Literal["now", "all"] | date, since: datetime) -> int:
    """Find the first UID of the watched range."""
    if start == "all":
        return 1
    if start == "now":
        return mailbox.uidnext
    later = (a.slot.uid for a in mailbox.arrivals(0) if a.internal_date >= since)
    return next(later, mailbox.uidnext)
