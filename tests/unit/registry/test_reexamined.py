"""Only what is held is written anew, and only what is quarantined is opened again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Held, Noted, Outcome, Quarantined
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import documents, ledger, reexamined
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW


def test_a_held_document_is_written_anew_with_its_files(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        ledger.settle(tx, row, Held(Reason.ENCRYPTED, "x"), NOW, kind=Kind.DOCUMENT, mail=None)
        held = replace(document(row), id=documents.add(tx, document(row)))
        opened = document(row, symbol="9-CV/X", files=("b" * 64, "c" * 64))
        reexamined.rewrite(tx, replace(opened, id=held.id))
        reexamined.hold(tx, row, Held(Reason.AWAITS_CLERK, "y"))
        found, line = documents.get(tx, held.id), ledger.get(tx, row)
        assert found is not None
        assert (found.key.symbol, len(found.files)) == ("9-CV/X", 2)
        assert line is not None
        assert (line.reason, line.detail) == (Reason.AWAITS_CLERK, "y")
        documents.set_state(tx, held.id, DocumentState.REGISTERED)
        with pytest.raises(LookupError):
            reexamined.rewrite(tx, found)


def test_only_a_quarantined_mail_is_opened_again(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        outcomes: tuple[Outcome, ...] = (Quarantined(Reason.CRASHED, "x"), Noted(Kind.OTHER))
        for uid, outcome in enumerate(outcomes, 1):
            row = ledger.begin(tx, arrival(uid), Fingerprint("f" * 64), NOW).ledger
            ledger.settle(tx, row, outcome, NOW, kind=None, mail=None)
        reexamined.reopen(tx, 1)
        ledger.settle(tx, 1, Noted(Kind.OTHER), NOW, kind=None, mail=None)
        with pytest.raises(ValueError, match="not quarantined"):
            reexamined.reopen(tx, 2)
