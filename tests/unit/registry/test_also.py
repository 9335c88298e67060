"""One number, several ways: each way is written once and never changed."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.model.document import Document
from mailbridge.model.paper import AlsoBy, Channel
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import also, documents, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE, NOW


@pytest.fixture
def both(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> tuple[int, int]:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        return documents.add(tx, document(row)), documents.add(tx, document(row))


def test_the_same_way_twice_is_written_once(database: Database, both: tuple[int, int]) -> None:
    way = AlsoBy(both[0], Channel.AXIS, "H28-1", NOW, "A", NOW)
    with database.transaction() as tx:
        assert also.add(tx, way)
        assert not also.add(tx, replace(way, by="B"))
        assert also.add(tx, replace(way, reference="H28-2"))
        assert also.add(tx, replace(way, channel=Channel.PAPER))
        assert len(also.of_documents(tx, both)[both[0]]) == 3
        assert also.of_documents(tx, (both[1],)) == {}


def test_the_way_of_a_superseded_document_is_that_of_the_newer_one(
    database: Database, both: tuple[int, int]
) -> None:
    way = AlsoBy(both[0], Channel.WAN, "", NOW, "A", NOW)
    with database.transaction() as tx:
        also.add(tx, way)
        documents.supersede(tx, *both, CAUSE)
        assert also.of_documents(tx, (both[1],)) == {both[1]: (way,)}


@pytest.mark.parametrize("statement", ["UPDATE also SET reference = 'x'", "DELETE FROM also"])
def test_no_program_rewrites_by_which_ways_it_came(
    database: Database, both: tuple[int, int], place: Path, statement: str
) -> None:
    with database.transaction() as tx:
        also.add(tx, AlsoBy(both[0], Channel.WAN, "", NOW, "A", NOW))
    with sqlite3.connect(place) as direct, pytest.raises(sqlite3.IntegrityError):
        direct.execute(statement)
    direct.close()
