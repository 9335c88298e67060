"""Every outcome has its columns, and the table takes them."""

from collections.abc import Callable
from typing import get_args

import pytest

from mailbridge.model.errors import Reason
from mailbridge.model.message import Kind
from mailbridge.model.outcome import (
    Applied,
    Deferred,
    Duplicate,
    Held,
    Impounded,
    Lane,
    Noted,
    Number,
    Outcome,
    Quarantined,
    Registered,
)
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

OUTCOMES = [
    Registered((Number("den", 2026, 1), Number("den", 2026, 2))),
    Held(Reason.UNKNOWN_SENDER, "lạ", Lane.UNKNOWN_SENDER, Reason.SIGNATURE_FAILED),
    Duplicate(1),
    Impounded("TỐI MẬT"),
    Quarantined(Reason.BOMB, "10 GiB"),
    Applied("<1@hungyen.gov.vn>"),
    Noted(Kind.BOUNCE),
    Deferred(NOW, "no token"),
]


def test_no_outcome_is_forgotten_here() -> None:
    assert {type(outcome) for outcome in OUTCOMES} == set(get_args(Outcome))


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_outcome_is_found_again_in_its_row(
    database: Database, arrival: Callable[..., Arrival], outcome: Outcome
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        ledger.settle(tx, row, outcome, NOW, kind=None, mail=None)
    with database.reading() as tx:
        found = ledger.get(tx, row)
    assert found is not None
    assert found.outcome == type(outcome).__name__.lower()
    expected = {
        Registered: found.numbers == ("1/2026", "2/2026"),
        Held: (found.reason, found.detail, found.lane, found.refusal)
        == (Reason.UNKNOWN_SENDER, "lạ", Lane.UNKNOWN_SENDER, Reason.SIGNATURE_FAILED),
        Duplicate: found.of == 1,
        Impounded: found.detail == "TỐI MẬT",
        Quarantined: (found.reason, found.detail) == (Reason.BOMB, "10 GiB"),
        Applied: found.detail == "<1@hungyen.gov.vn>",
        Noted: found.detail == "bounce",
        Deferred: (found.until, found.detail) == (NOW, "no token"),
    }
    assert expected[type(outcome)]
