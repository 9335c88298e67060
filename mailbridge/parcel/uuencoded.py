"""Files that were written into a text by uuencode, in a mail's body or as a file of its own."""

from collections.abc import Callable, Iterator

from mailbridge.mime import content, uuencode
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Part
from mailbridge.model.parcel import File
from mailbridge.model.slot import Fingerprint
from mailbridge.parcel import decoding
from mailbridge.parcel.container import Container, Member, mapped
from mailbridge.parcel.unpacking import Place, Raw, Unpacking

_MARK = b"begin"
# Encodings in which the mark of a beginning does not show.
_HIDING = {"base64", "quoted-printable"}


def open_uuencoded(work: Unpacking, file: File, place: Place) -> None:
    """Open a file that begins as uuencode does."""
    with mapped(work, file) as octets:
        _list(Container(work, file, place), bytes(octets))


def list_from_text(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """List the files in the text of a mail, which stands at that place, beneath it."""
    if raw.octets.find(_MARK, part.body, part.end) == -1 and part.encoding not in _HIDING:
        return
    octets = b"".join(content.chunks(raw.octets, part))
    if uuencode.has_block(octets):
        text = File(place.path, "", "", len(octets), Fingerprint(""), part.type, part.type)
        try:
            _list(Container(work, text, place), octets)
        except RefusedError:
            work.remark(place.path, "có quá nhiều tệp trong lời thư")


def _list(box: Container, octets: bytes) -> None:
    for block in uuencode.blocks(octets):
        reason = Reason.MALFORMED if block.is_cut else None
        member = Member(block.name, len(block.content), len(block.content), reason)
        box.take(member, _content(block.content))


def _content(octets: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: decoding.stored(octets, 0, len(octets))
