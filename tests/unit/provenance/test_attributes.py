"""Signed attributes."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.provenance.attributes import is_like


@given(st.binary(max_size=200))
def test_text_is_not_taken_for_attributes(octets: Any) -> None:
    assert not is_like(b"1" + octets[:0] + b". " + octets)
