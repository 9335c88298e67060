"""Members of one stream are decoded in their order, also behind one that was passed over."""

import io
import zlib
from contextlib import nullcontext

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel.solid import Folder

STREAM = b"firstsecond"


class Copying:
    """A decoder that copies, as the one of the method Copy."""

    def decompress(self, file: io.BytesIO, most: int) -> bytes:
        return file.read(min(most, 4))


def folder(octets: bytes = STREAM) -> Folder:
    return Folder(io.BytesIO(b"head" + octets), Copying(), 4, nullcontext)


def test_members_follow_each_other() -> None:
    made = folder()
    assert b"".join(made.pieces(0, 5, zlib.crc32(b"first"))) == b"first"
    assert b"".join(made.pieces(5, 6, None)) == b"second"


def test_a_member_that_was_passed_over_is_skipped() -> None:
    assert b"".join(folder().pieces(5, 6, zlib.crc32(b"second"))) == b"second"


@pytest.mark.parametrize(
    ("start", "size", "crc", "reason"),
    [
        (0, 5, 7, Reason.MALFORMED),
        (5, 60, None, Reason.MALFORMED),
        (1 << 40, 5, None, Reason.BOMB),
    ],
)
def test_a_member_that_lies_is_refused(
    start: int, size: int, crc: int | None, reason: Reason
) -> None:
    with pytest.raises(RefusedError) as refusal:
        list(folder().pieces(start, size, crc))
    assert refusal.value.reason is reason
