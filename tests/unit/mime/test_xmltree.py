import pytest

from mailbridge.mime import xmltree as tree
from mailbridge.model.errors import Reason, RefusedError

BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>"""
)


@pytest.mark.parametrize(
    "octets",
    [
        BOMB,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        BOMB.decode().encode("utf-16"),
        b"<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE x+AD4-<x/>",
        b"",
        b"<x>",
        b"<x>\xff</x>",
    ],
)
def test_document_types_and_broken_xml_are_refused(octets: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        tree.parse(octets)
    assert refused.value.reason is Reason.MALFORMED


def test_a_packet_over_the_limit_is_refused_unparsed() -> None:
    with pytest.raises(RefusedError) as refused:
        tree.parse(b"<x>" + b" " * tree.MAX_OCTETS)
    assert refused.value.reason is Reason.TOO_LARGE
