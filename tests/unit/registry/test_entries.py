"""Numbers by name: reserved, used, void; none is ever given again."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from mailbridge.model.document import Document
from mailbridge.model.entry import Entry, EntryState
from mailbridge.model.outcome import BookName, Direction, Number
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, entries, ledger, volumes
from mailbridge.registry.books import Purpose
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE, DEN, DI, NOW, OFFICE

Make = Callable[..., Document]


@pytest.fixture
def row(database: Database, arrival: Callable[..., Arrival]) -> int:
    with database.transaction() as tx:
        return ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger


def _reserve(database: Database, series: str = "QĐ", book: BookName = DI) -> Entry:
    purpose = Purpose(
        direction=Direction.OUT, words="ngân sách", by="An", printed=lambda n: f"{n:02d}-QĐ/ĐU"
    )
    with database.transaction() as tx:
        taken, _ = books.take(tx, book, series, 2025, purpose, NOW)
        entry = entries.get(tx, taken)
    assert entry is not None
    return entry


def _named(database: Database, name: str, prefer: Direction | None = None) -> list[str]:
    with database.reading() as tx:
        return [one.name for one in entries.named(tx, name, OFFICE, prefer)]


def test_a_reserved_number_says_what_it_is_for(database: Database) -> None:
    entry = _reserve(database)
    assert entry.number == Number("di", 2025, 1, "QĐ")
    assert (entry.state, entry.symbol, entry.purpose) == (
        EntryState.RESERVED,
        "01-QĐ/ĐU",
        "ngân sách",
    )
    with database.reading() as tx:
        assert entries.reserved(tx, OFFICE) == (entry,)
        assert entries.reserved(tx, "OTHER") == ()


def test_each_series_counts_for_itself(database: Database) -> None:
    numbers = [_reserve(database, series).number for series in ("QĐ", "CV", "QĐ", "")]
    assert [str(one) for one in numbers] == ["1-QĐ/2025", "1-CV/2025", "2-QĐ/2025", "1/2025"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("1-QĐ", ["di:1-QĐ/2025"]),
        ("01-QĐ/2025", ["di:1-QĐ/2025"]),
        ("di:1-QĐ/2025", ["di:1-QĐ/2025"]),
        (" 01-QĐ/ĐU ", ["di:1-QĐ/2025", "di:1-CV/2025"]),
        ("1", ["di:1-QĐ/2025", "di:1-CV/2025", "den:1/2026"]),
        ("den:1", ["den:1/2026"]),
        ("1-CV/2026", []),
        ("01-QĐ/TW", []),
        ("", []),
    ],
)
def test_a_number_is_found_by_each_of_its_names(
    database: Database, document: Make, row: int, name: str, found: list[str]
) -> None:
    for series in ("QĐ", "CV"):
        _reserve(database, series)
    with database.transaction() as tx:
        books.enter(tx, DEN, documents.add(tx, document(row)), NOW.date(), NOW)
    assert _named(database, name) == found
    if name == "1":
        assert _named(database, name, Direction.IN) == ["den:1/2026"]


def test_a_reserved_number_is_used_once(database: Database, document: Make, row: int) -> None:
    entry = _reserve(database)
    with database.transaction() as tx:
        one, two = (documents.add(tx, document(row)) for _ in range(2))
        used = entries.use(tx, entry, one, CAUSE)
    assert (used.state, used.document) == (EntryState.USED, one)
    with database.transaction() as tx, pytest.raises(ValueError, match="not reserved"):
        entries.use(tx, entry, two, CAUSE)


def test_a_void_number_stays_with_its_reason_and_is_not_given_again(database: Database) -> None:
    entry = _reserve(database)
    with database.transaction() as tx:
        void = entries.void(tx, entry, CAUSE)
    assert (void.state, void.void_why, void.voided_by) == (EntryState.VOID, "gõ nhầm", "An")
    assert _reserve(database).number.ordinal == 2
    with database.transaction() as tx:
        assert [one.state for one in entries.of_book(tx, OFFICE, "di")] == [
            EntryState.RESERVED,
            EntryState.VOID,
        ]
        with pytest.raises(ValueError, match="is void"):
            entries.void(tx, entry, CAUSE)
        with pytest.raises(ValueError, match="not reserved"):
            entries.use(tx, entry, 1, CAUSE)


def test_the_database_keeps_a_void_number_void(
    database: Database, document: Make, row: int
) -> None:
    entry = _reserve(database)
    with database.transaction() as tx:
        entries.void(tx, entry, CAUSE)
    with pytest.raises(IntegrityError, match="stays void"), database.transaction() as tx:
        tx.session.connection().exec_driver_sql("UPDATE entry SET voided_at = NULL")


def test_a_printed_volume_shows_void_numbers_struck_with_their_reason(database: Database) -> None:
    first, _ = _reserve(database), _reserve(database)
    with database.transaction() as tx:
        entries.void(tx, first, CAUSE)
        void, reserved = volumes.lines(tx, DI, None, None)
    assert (void.is_void, void.note, void.symbol) == (True, "Hủy số: gõ nhầm", "01-QĐ/ĐU")
    assert (reserved.is_void, reserved.note, reserved.summary) == (False, "Giữ số: An", "ngân sách")
