"""Any octets are a signature as judged, never an exception."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.evidence import Integrity
from mailbridge.provenance.signatures import signatures


@given(st.binary(max_size=300))
def test_junk_is_never_intact(octets: Any) -> None:
    assert all(one.integrity is not Integrity.INTACT for one in signatures(octets, None, ()))
