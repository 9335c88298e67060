"""A mail's own words about its sender."""

import pytest

from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.provenance.senders import contradictions
from tests.unit.provenance.samples import directory


@pytest.mark.parametrize(
    ("head", "contradicts"),
    [
        (b"From: A <a@x.vn>\r\n", False),
        (b"From: a@x.vn <a@x.vn>\r\n", False),
        (b"From: b@x.vn <a@x.vn>\r\n", True),
        (b"From: a@x.vn, b@x.vn\r\n", True),
        (b"From: a@x.vn\r\nFrom: a@x.vn\r\n", True),
        (b"Subject: nobody\r\n", True),
        (b"From: a@x.vn\r\nSender: robot@x.vn\r\n", False),
    ],
)
def test_contradictions_are_found(head: bytes, contradicts: bool) -> None:
    message = parse(head + b"\r\n", Limits())
    assert bool(contradictions(message, directory())) is contradicts
