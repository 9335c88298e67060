"""Mails that the local mail server delivered: into the ledger at once, then to the examiners.

No mailbox holds them. So the row is durable before the mail server hears "250", and whoever dies
afterwards finds in the ledger what is still to be examined: the ledger is the mailbox.
"""

import heapq
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun, begin
from mailbridge.daemon.queue import Work, WorkQueue
from mailbridge.gateway import heads
from mailbridge.gateway.inflow import HEAD_SIZE, Inflow
from mailbridge.model.errors import TryLaterError
from mailbridge.model.outcome import Outcome
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.model.wording import urgency_in
from mailbridge.registry import deliveries as rows

# Begun together; few, so that urgent mail does not wait behind them.
BATCH = 16
# How long a full queue is waited for before we look whether to stop.
ROOM_SECONDS = 0.2
AGAIN_SECONDS = 15.0

_log = structlog.get_logger(__name__)


class Deliveries(threading.Thread):
    """What was delivered and waits for the examiners, urgent mail first."""

    def __init__(self, house: House, mailboxes: Sequence[str]) -> None:
        super().__init__(name="deliveries", daemon=True)
        self._house = house
        self._mailboxes = mailboxes
        self._work: WorkQueue | None = None
        self._waiting: list[tuple[int, int, Arrival, Fingerprint]] = []
        self._changed = threading.Condition()
        self._stopping = False
        self._settled = False

    def feed(self, work: WorkQueue) -> None:
        """Begin to hand out; first what an earlier life left unexamined."""
        self._work = work
        with self._house.database.reading() as tx:
            left = rows.unsettled(tx, self._mailboxes)
        for row, arrival, fingerprint in left:
            self._add(row, self._told(arrival, fingerprint), fingerprint)
        self._settled = True
        self.start()

    def take(self, taken: Inflow, mailboxes: Iterable[str], now: datetime) -> None:
        """Keep a mail, with a row in the ledger for each mailbox; raises TryLaterError.

        The same octets delivered again to the same mailbox are the same mail, and change nothing.
        """
        fingerprint, head = taken.fingerprint, heads.read(taken.head)
        with self._house.database.reading() as tx:
            new = [one for one in mailboxes if not rows.is_known(tx, one, fingerprint)]
        if not new:
            return
        taken.commit()
        self._house.blobs.sync()
        with self._house.database.transaction() as tx:
            found = [
                (rows.add(tx, slot, taken.size, fingerprint, now), slot)
                for slot in (rows.slot_of(tx, one, fingerprint) for one in new)
            ]
        for row, slot in found:
            if row is None:
                continue
            arrival = Arrival(slot, taken.size, now, head.subject, head.priority)
            self._add(row, arrival, fingerprint)
        _log.info("delivered", mailboxes=new, fingerprint=fingerprint, ledger=[r for r, _ in found])

    def run(self) -> None:
        """Hand out until told to stop."""
        while self._is_wanted():
            try:
                self._note_filed()
                self._hand_out()
            except TryLaterError as error:
                _log.warning("deliveries wait", detail=error.detail)
                with self._changed:
                    self._changed.wait_for(lambda: self._stopping, AGAIN_SECONDS)

    def stop(self) -> None:
        """Ask the thread to end soon; what waits is in the ledger."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def _told(self, arrival: Arrival, fingerprint: Fingerprint) -> Arrival:
        """Read again from its blob what the header says of how urgent a mail is."""
        try:
            with self._house.blobs.path(fingerprint).open("rb") as blob:
                head = heads.read(blob.read(HEAD_SIZE))
        except OSError:
            return arrival
        return Arrival(
            arrival.slot, arrival.size, arrival.internal_date, head.subject, head.priority
        )

    def _add(self, row: int, arrival: Arrival, fingerprint: Fingerprint) -> None:
        rank = urgency_in(arrival.subject).rank
        with self._changed:
            heapq.heappush(self._waiting, (-rank, row, arrival, fingerprint))
            self._changed.notify_all()

    def _is_wanted(self) -> bool:
        """Wait for something to do; tells whether to go on."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._waiting or self._settled)
            return not self._stopping

    def _hand_out(self) -> None:
        work = self._work
        if work is None or not self._waiting or not work.has_room(ROOM_SECONDS):
            return
        with self._changed:
            batch = [heapq.heappop(self._waiting) for _ in range(min(BATCH, len(self._waiting)))]
        try:
            mails = [(arrival, fingerprint) for _, _, arrival, fingerprint in batch]
            begun = begin(self._house, mails, clock.now())
        except TryLaterError:
            with self._changed:
                for one in batch:
                    heapq.heappush(self._waiting, one)
            raise
        for mail, (rank, *_) in zip(begun, batch, strict=True):
            work.put(Work(mail, -rank, self._is_settled))

    def _is_settled(self, mail: Begun, outcome: Outcome | None) -> None:
        """Take note, from an examiner's thread."""
        del mail, outcome
        with self._changed:
            self._settled = True
            self._changed.notify_all()

    def _note_filed(self) -> None:
        """No mailbox holds these mails: as soon as they are settled they are filed."""
        if not self._settled:
            return
        self._settled = False
        # A power cut may take it: then it is noted again.
        with self._house.database.transaction(durable=False) as tx:
            rows.note_filed(tx, self._mailboxes, clock.now())
