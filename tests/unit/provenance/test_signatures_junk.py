"""Any octets are a signature as judged, never an exception."""

import hashlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.demo import cms as made
from mailbridge.model.evidence import Integrity
from mailbridge.provenance.signatures import signatures
from tests.unit.provenance.samples import keys


@given(st.binary(max_size=300))
def test_junk_is_never_intact(octets: Any) -> None:
    assert all(one.integrity is not Integrity.INTACT for one in signatures(octets, None, ()))


def test_a_certificate_of_a_version_that_is_none_is_left_out() -> None:
    der = made.detached(b"x", keys().seal)
    # RFC 5280 §4.1.2.1: version 3 is written as 2; there is no seventh.
    bent = der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020106"))
    assert bent != der
    (one,) = signatures(bent, lambda name: hashlib.new(name, b"x").digest(), ())
    assert one.certificate is None
    assert one.integrity is Integrity.UNVERIFIABLE
