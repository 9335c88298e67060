"""Seals as judged."""

from typing import Any

import pytest

from mailbridge.demo import cms
from mailbridge.demo.cms import Form
from mailbridge.model.evidence import Integrity


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_only_the_octets_between_the_offsets_are_signed(desk: Any, size: Any) -> None:
    content = b"v" * size
    desk.signed(cms.detached(content, desk.keys.seal, Form(desk.at)), content)
    assert desk.ask().seals[0].integrity is Integrity.INTACT
