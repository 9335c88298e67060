"""What leaves is a frozen value; what must be there is there or said to be missing."""

from collections.abc import Callable

import pytest

from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import ledger
from mailbridge.registry.database import Database
from mailbridge.registry.ledger_rows import row_of
from tests.unit.registry.conftest import NOW


def test_no_words_of_an_arrival_are_kept_before_it_is_examined(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        found = ledger.get(tx, row)
    assert found is not None
    # The subject of what turns out to be secret must not be in any page of the file.
    assert (found.arrival.subject, found.subject) == ("", "")
    assert (found.arrival.slot, found.arrival.size) == (arrival().slot, 1234)


def test_a_row_that_is_not_there_is_no_row(database: Database) -> None:
    with database.reading() as tx:
        assert ledger.get(tx, 99) is None
        with pytest.raises(LookupError):
            row_of(tx, 99)
