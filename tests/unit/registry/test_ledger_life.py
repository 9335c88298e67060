"""Whatever happens in whatever order: one row a slot, one outcome, no gap in the book."""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted, OutcomeName, Registered
from mailbridge.model.reading import Reading, Urgency
from mailbridge.model.records import LedgerRow
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import books, documents, journal, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import DEN, NOW, OFFICE

UIDS = st.integers(1, 6)


class LedgerLife(RuleBasedStateMachine):
    """A few mails in a mailbox, a daemon that settles, fails and dies, and what must stay true."""

    template: bytes | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="mb"))
        self.path = self.folder / "register.sqlite3"
        self.attempts: dict[int, int] = {}
        self.deaths: dict[int, int] = {}
        # True: begun alone.
        self.open: dict[int, bool] = {}
        self.outcomes: dict[int, OutcomeName] = {}
        self.entered = 0

    @initialize()
    def start(self) -> None:
        if LedgerLife.template is None:
            first = Database(self.path)
            first.migrate()
            first.close()
            LedgerLife.template = self.path.read_bytes()
        else:
            self.path.write_bytes(LedgerLife.template)
        self.database = Database(self.path)

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    def _row(self, uid: int) -> LedgerRow | None:
        with self.database.reading() as tx:
            return next((row for row in ledger.rows(tx) if row.slot.uid == uid), None)

    @rule(uid=UIDS, alone=st.booleans())
    def begin(self, uid: int, alone: bool) -> None:
        arrival = Arrival(Slot("vanthu", 1, uid), 10, NOW)
        with self.database.transaction(durable=False) as tx:
            attempt = ledger.begin(tx, arrival, Fingerprint("f" * 64), NOW, alone=alone)
        if uid not in self.outcomes:
            self.attempts[uid] = self.attempts.get(uid, 0) + 1
            self.open[uid] = alone
        assert attempt.attempt == self.attempts[uid]
        assert attempt.deaths == self.deaths.get(uid, 0)
        assert attempt.outcome == self.outcomes.get(uid)

    @rule(uid=UIDS)
    def child_dies(self, uid: int) -> None:
        if uid in self.open and (row := self._row(uid)):
            with self.database.transaction(durable=False) as tx:
                ledger.died(tx, row.id, NOW)
            self.deaths[uid] = self.deaths.get(uid, 0) + 1
            del self.open[uid]

    @rule(uid=UIDS)
    def abandon(self, uid: int) -> None:
        if row := self._row(uid):
            with self.database.transaction(durable=False) as tx:
                ledger.abandon(tx, row.id)
            if self.open.pop(uid, None) is not None:
                self.attempts[uid] -= 1

    @rule()
    def daemon_dies(self) -> None:
        with self.database.transaction(durable=False) as tx:
            suspects = ledger.recover(tx, NOW, ["vanthu"])
        assert {row.slot.uid for row in suspects} == set(self.open)
        for uid, alone in self.open.items():
            self.deaths[uid] = self.deaths.get(uid, 0) + alone
        self.open.clear()

    @rule(uid=UIDS, rolls_back=st.booleans())
    def register(self, uid: int, rolls_back: bool) -> None:
        row = self._row(uid)
        if row is None or uid in self.outcomes:
            return
        with suppress(KeyError), self.database.transaction(durable=False) as tx:
            added = documents.add(tx, _document(row.id))
            number = books.enter(tx, DEN, added, NOW.date(), NOW)
            ledger.settle(tx, row.id, Registered((number,)), NOW, kind=None, mail=None)
            journal.append(tx, OFFICE, "settled", f"mail:{row.id}", {"number": str(number)}, NOW)
            assert number.ordinal == self.entered + 1
            if rolls_back:
                raise KeyError
        if rolls_back:
            return
        self.entered += 1
        self.outcomes[uid] = OutcomeName.REGISTERED
        self.open.pop(uid, None)

    @rule(uid=UIDS)
    def note(self, uid: int) -> None:
        row = self._row(uid)
        if row is not None and uid not in self.outcomes:
            with self.database.transaction(durable=False) as tx:
                ledger.settle(tx, row.id, Noted(Kind.OTHER), NOW, kind=None, mail=None)
            self.outcomes[uid] = OutcomeName.NOTED
            self.open.pop(uid, None)

    @rule(uid=UIDS)
    def file(self, uid: int) -> None:
        if uid in self.outcomes and (row := self._row(uid)):
            with self.database.transaction(durable=False) as tx:
                ledger.filed(tx, row.id, NOW + timedelta(minutes=1))

    @invariant()
    def one_row_a_slot_and_its_outcome(self) -> None:
        with self.database.reading() as tx:
            rows = ledger.rows(tx)
            unfiled = {slot.uid for _, slot, _ in ledger.unfiled(tx, "vanthu")}
            known = ledger.settled_uids(tx, "vanthu", 1)
        assert sorted(row.slot.uid for row in rows) == sorted(self.attempts)
        assert {r.slot.uid: r.outcome for r in rows if r.outcome} == self.outcomes
        assert {r.slot.uid for r in rows if r.is_open} == set(self.open)
        assert known == set(self.outcomes)
        assert unfiled <= known

    @invariant()
    def no_gap_and_an_unbroken_chain(self) -> None:
        with self.database.reading() as tx:
            entered = documents.entered(tx)
            check = journal.verify(tx, OFFICE)
        ordinals = [d.number.ordinal for d in entered if d.number]
        assert ordinals == list(range(self.entered, 0, -1))
        assert (check.ok, check.lines) == (True, self.entered)


def _document(row: int) -> Document:
    return Document(
        id=0,
        ledger=row,
        mailbox="vanthu",
        key=DocumentKey("DEMO.01", None, None),
        agency_name="",
        sender="",
        verdict=Verdict.LEGAL,
        state=DocumentState.REGISTERED,
        urgency=Urgency.NORMAL,
        reading=Reading(),
        files=(),
        received_at=NOW,
    )


TestLedgerLife = LedgerLife.TestCase
TestLedgerLife.settings = settings(max_examples=25, stateful_step_count=25)
