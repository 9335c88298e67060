"""Hostile XML is refused before it grows."""

import pytest

from mailbridge.edxml.tree import MAX_OCTETS, NAMESPACE, child, parse
from mailbridge.model.errors import Reason, RefusedError


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"<a", Reason.MALFORMED),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Reason.MALFORMED),
        (b" " * (MAX_OCTETS + 1), Reason.TOO_LARGE),
        ("<a>é</a>".encode("utf-16"), Reason.MALFORMED),
    ],
    ids=["cut", "entities", "huge", "utf-16"],
)
def test_dangerous_xml_is_refused(octets: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refusal:
        parse(octets)
    assert refusal.value.reason is reason


def test_children_are_found_by_local_name_alone() -> None:
    root = parse(f'<x:a xmlns:x="{NAMESPACE}"><x:b><x:c>1</x:c></x:b></x:a>'.encode())
    found = child(root, "b", "c")
    assert found is not None
    assert found.text == "1"
    assert child(root, "b", "d", "e") is None
