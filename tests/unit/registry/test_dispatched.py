"""The book of what leaves tells to whom each document went, when, and who was to give it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.model.document import Document
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.letter import Party
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import Exchange
from mailbridge.registry import books, dispatched, documents, exchanges, volumes
from mailbridge.registry.books import Purpose
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import DI, NOW, OFFICE

LATER = NOW + timedelta(hours=1)
TO = (Party("DEMO.01", "Ban A", "a@x.vn"), Party("DEMO.02", "", "b@x.vn"))


@pytest.fixture
def sent(database: Database, document: Callable[..., Document]) -> int:
    """A document that was sent to two agencies: one mail has left."""
    with database.transaction() as tx:
        given = documents.add(tx, replace(document(0), direction=Direction.OUT))
        purpose = Purpose(given, Direction.OUT, printed=lambda number: f"{number:02}-CV/VPTU")
        books.take(tx, DI, "", 2026, purpose, NOW)
        books.take(tx, DI, "", 2026, Purpose(direction=Direction.OUT, by="An"), NOW)
        for party in TO:
            exchanges.add(tx, Exchange(0, OFFICE, given, party, NOW))
        _know(tx, 1, FactKind.SUBMITTED)
    return given


def _know(tx: object, exchange: int, kind: FactKind) -> None:
    fact = Fact(kind, LATER, Weight.OWN)
    exchanges.add_fact(tx, exchange, kind, fact, None, NOW)  # type: ignore[arg-type]


def test_recipients_are_named_with_the_moment_in_which_their_mail_left(
    database: Database, sent: int
) -> None:
    with database.reading() as tx:
        found = dispatched.of_documents(tx, [sent, 77])
    assert [(one.name, one.left_at) for one in found[sent]] == [("Ban A", LATER), ("DEMO.02", None)]
    assert list(found) == [sent]


def test_the_book_names_recipients_and_shows_a_reserved_number(
    database: Database, sent: int
) -> None:
    del sent
    with database.reading() as tx:
        first, reserved = volumes.lines(tx, DI, None, None)
    assert (first.recipients, first.left_at, first.note) == (("Ban A", "DEMO.02"), LATER, "")
    assert (reserved.symbol, reserved.note, reserved.recipients) == ("2", "Giữ số: An", ())


def test_what_was_recalled_says_when_and_from_whom(database: Database, sent: int) -> None:
    del sent
    with database.transaction() as tx:
        _know(tx, 2, FactKind.RECALL_ASKED)
        part = volumes.lines(tx, DI, None, None)[0]
        _know(tx, 1, FactKind.RECALL_ASKED)
        whole = volumes.lines(tx, DI, None, None)[0]
    said = f"Đã thu hồi ngày {LATER:%d/%m/%Y}"
    assert (part.note, whole.note) == (f"{said} (DEMO.02)", said)
