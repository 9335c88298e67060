"""So many a minute, a domain for itself."""

from datetime import timedelta

from mailbridge.actions.pacing import Pace
from tests.unit.provenance.samples import NOW


def test_a_domain_gets_so_many_a_minute() -> None:
    pace = Pace(2)
    for seconds in (0, 10):
        at = NOW + timedelta(seconds=seconds)
        assert pace.wait_until("a@X.vn", at) is None
        pace.leaves("a@X.vn", at)
    at = NOW + timedelta(seconds=20)
    assert pace.wait_until("b@x.vn", at) == NOW + timedelta(seconds=60)
    assert pace.wait_until("b@y.vn", at) is None
    assert pace.wait_until("b@x.vn", NOW + timedelta(seconds=60)) is None


def test_no_limit_lets_everything_leave() -> None:
    pace = Pace()
    for _ in range(1000):
        pace.leaves("a@x.vn", NOW)
    assert pace.wait_until("a@x.vn", NOW) is None
