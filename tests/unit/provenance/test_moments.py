"""The moment of signing: proven, else first seen; a claim is shown and never believed."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from mailbridge.demo import stamps
from mailbridge.provenance import moments, timestamps
from mailbridge.provenance.codes import Code
from mailbridge.provenance.revocation import Sources
from mailbridge.provenance.timestamps import Stamp
from tests.unit.provenance.samples import NOW, fresh_trust, keys, trust

HOUR = timedelta(hours=1)


def stamp(when: Any, who: str = "tsa", store: Any = None) -> Stamp:
    digest = hashlib.sha256(b"x").digest()
    der = stamps.token(digest, getattr(keys(), who), when)
    read = timestamps.read(der, lambda name: hashlib.new(name, b"x").digest(), ())
    return timestamps.judge(read, Sources(store or fresh_trust()), NOW)


def codes(moment: moments.Moment) -> set[Code]:
    return {code for code, _ in moment.codes}


def test_the_earliest_good_stamp_is_the_moment() -> None:
    found = moments.of((stamp(NOW - HOUR), stamp(NOW - 2 * HOUR)), NOW, None)
    assert (found.at, found.shown, found.source) == (NOW - 2 * HOUR, NOW - 2 * HOUR, "timestamp")
    assert codes(found) == {Code.TIMESTAMP_GOOD}


def test_a_bad_stamp_never_excuses() -> None:
    found = moments.of((stamp(NOW - HOUR, "rogue_tsa"),), NOW, NOW - HOUR)
    assert (found.at, found.source) == (NOW, "claimed")
    assert codes(found) == {Code.TIMESTAMP_BAD, Code.TIME_CLAIMED}


def test_a_stamp_later_than_our_receipt_moves_nothing() -> None:
    assert moments.of((stamp(NOW),), NOW - HOUR, None).at == NOW - HOUR


def test_without_stamp_and_claim_there_is_no_time_to_show() -> None:
    found = moments.of((), NOW, None)
    assert (found.at, found.shown, found.source, found.codes) == (NOW, None, "none", ())


def test_a_stamp_that_could_not_be_looked_up_is_doubtful() -> None:
    doubtful = stamp(NOW, store=trust(()))
    assert moments.of((doubtful,), NOW, None).doubtful == (doubtful,)


@pytest.mark.parametrize(
    ("claimed", "shifted"),
    [
        (NOW + 7 * HOUR, True),
        (NOW + 6 * HOUR, True),
        (NOW + 8 * HOUR, False),
        (NOW - HOUR, False),
    ],
)
def test_a_claim_in_the_future_is_told_as_shifted(claimed: Any, shifted: bool) -> None:
    assert (Code.TIME_SHIFTED in codes(moments.of((), NOW, claimed))) is shifted


@pytest.mark.parametrize(("hours", "shifted"), [(7, True), (6, False), (0, False)])
def test_beside_a_stamp_the_shift_is_exact(hours: int, shifted: bool) -> None:
    found = moments.of((stamp(NOW),), NOW, NOW + hours * HOUR)
    assert (Code.TIME_SHIFTED in codes(found)) is shifted


def test_times_are_shown_as_in_vietnam() -> None:
    ((_, words),) = moments.of((), NOW, NOW).codes
    assert words == "16:00 ngày 24/11/2026"


def test_what_has_ended_since_is_told() -> None:
    moment = moments.of((stamp(NOW),), NOW, None)
    later = keys().seal.certificate.not_valid_after_utc + HOUR
    assert moments.expired_since(keys().seal.certificate, moment, NOW) == ()
    found = moments.expired_since(keys().seal.certificate, moment, later)
    assert found == ((Code.EXPIRED_SINCE, ""),)
