"""No number twice, none lost, none given to nobody."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from mailbridge.model.document import Document
from mailbridge.model.outcome import BookName, Number
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import DEN, NOW, OFFICE

Make = Callable[..., Document]
DAY = date(2026, 11, 24)


@pytest.fixture
def row(database: Database, arrival: Callable[..., Arrival]) -> int:
    with database.transaction() as tx:
        return ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger


def _enter(database: Database, document: Document, day: date = DAY, book: str = "den") -> Number:
    with database.transaction(durable=False) as tx:
        return books.enter(tx, BookName(OFFICE, book), documents.add(tx, document), day, NOW)


def _enter_and_fail(database: Database, document: Document) -> None:
    with database.transaction() as tx:
        books.enter(tx, DEN, documents.add(tx, document), DAY, NOW)
        raise KeyError


def _enter_twice(database: Database, document: Document) -> None:
    with database.transaction() as tx:
        added = documents.add(tx, document)
        books.enter(tx, DEN, added, DAY, NOW)
        books.enter(tx, DEN, added, DAY, NOW)


def test_each_book_and_year_begins_with_one(database: Database, document: Make, row: int) -> None:
    places = [("den", DAY), ("den", DAY), ("di", DAY), ("den", date(2027, 1, 1)), ("den", DAY)]
    numbers = [_enter(database, document(row), day, book) for book, day in places]
    assert [(n.book, str(n)) for n in numbers] == [
        ("den", "1/2026"),
        ("den", "2/2026"),
        ("di", "1/2026"),
        ("den", "1/2027"),
        ("den", "3/2026"),
    ]


def test_what_is_rolled_back_leaves_no_gap(database: Database, document: Make, row: int) -> None:
    assert _enter(database, document(row)).ordinal == 1
    with pytest.raises(KeyError):
        _enter_and_fail(database, document(row))
    assert _enter(database, document(row)).ordinal == 2


def test_a_document_has_one_number(database: Database, document: Make, row: int) -> None:
    with pytest.raises(IntegrityError):
        _enter_twice(database, document(row))
    assert _enter(database, document(row)).ordinal == 1


_OTHER_PROCESS = """
import sys
from mailbridge.registry import books, documents
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import DEN, NOW, OFFICE
database = Database(sys.argv[1])
with database.reading() as tx:
    sample = documents.get(tx, 1)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(40):
    with database.transaction(durable=False) as tx:
        books.enter(tx, DEN, documents.add(tx, sample), NOW.date(), NOW)
"""


def test_numbers_are_gapless_under_threads_and_another_process(
    place: Path, database: Database, document: Make, row: int
) -> None:
    _enter(database, document(row))
    child = subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROCESS, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    own: list[int] = []

    def work() -> None:
        own.extend(_enter(database, document(row)).ordinal for _ in range(40))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    child.communicate("go\n", timeout=60)
    for thread in threads:
        thread.join()
    assert child.returncode == 0
    assert len(set(own)) == 80
    with database.reading() as tx:
        entered = documents.entered(tx, limit=1000)
    assert [d.number.ordinal for d in entered if d.number] == list(range(121, 0, -1))
