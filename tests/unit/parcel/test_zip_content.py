"""Content is decompressed by the method that its entry names, and compared with its CRC."""

import zlib

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel.zip_content import checked
from mailbridge.parcel.zip_entry import Entry
from tests.unit.parcel.archives import deflated

CONTENT = b"Kinh gui" * 9


def entry(method: int, crc: int, aes: tuple[int, int] | None = None) -> Entry:
    return Entry("a", b"a", 0, method, crc, 0, len(CONTENT), 0, 0, aes)


def test_content_comes_as_it_was() -> None:
    packed = deflated(CONTENT)
    pieces = checked(packed, entry(8, zlib.crc32(CONTENT)), 0, len(packed))
    assert b"".join(pieces) == CONTENT


def test_a_crc_is_missing_in_the_second_form_of_winzip_alone() -> None:
    assert b"".join(checked(CONTENT, entry(0, 0, (2, 3)), 0, len(CONTENT))) == CONTENT
    with pytest.raises(RefusedError):
        list(checked(CONTENT, entry(0, 0, (1, 3)), 0, len(CONTENT)))


@pytest.mark.parametrize(
    ("packed", "method", "reason"),
    [
        (deflated(CONTENT) + b"behind", 8, Reason.MALFORMED),
        (deflated(CONTENT)[:-3], 8, Reason.MALFORMED),
        (CONTENT, 9, Reason.UNSUPPORTED),
    ],
)
def test_what_is_no_such_stream_is_refused(packed: bytes, method: int, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refusal:
        list(checked(packed, entry(method, zlib.crc32(CONTENT)), 0, len(packed)))
    assert refusal.value.reason is reason
