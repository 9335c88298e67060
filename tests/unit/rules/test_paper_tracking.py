"""Paper is followed to its end, and counted in working days."""

from datetime import datetime
from itertools import product

import pytest

from mailbridge.clock import VIETNAM
from mailbridge.model.paper import PaperState
from mailbridge.rules.paper_tracking import OPEN, due, may_become
from tests.unit.rules.calendars import shipped


@pytest.mark.parametrize(("state", "to"), list(product(PaperState, PaperState)))
def test_what_was_received_stays_received_and_nothing_is_expected_twice(
    state: PaperState, to: PaperState
) -> None:
    if state is PaperState.RECEIVED or to in {PaperState.EXPECTED, state}:
        assert not may_become(state, to)
    if state in OPEN:
        assert may_become(state, PaperState.RECEIVED)
        assert may_become(state, PaperState.WAIVED)


def test_what_nobody_waited_for_any_more_may_still_come() -> None:
    assert may_become(PaperState.WAIVED, PaperState.RECEIVED)
    assert not may_become(PaperState.WAIVED, PaperState.SENT)


def test_days_of_rest_do_not_make_paper_late() -> None:
    friday = datetime(2026, 2, 13, 16, 0, tzinfo=VIETNAM)
    assert due(friday, shipped(), 1).date().isoformat() == "2026-02-23", "after Tết"
