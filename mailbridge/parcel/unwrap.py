"""Unwrap: from a parsed mail or a single file to files, texts, and the seals and locks on them."""

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel
from mailbridge.parcel import beside, entities, files
from mailbridge.parcel.unpacking import Means, Place, Raw, Unpacking

_OPENERS = (files.open_file, entities.read)
_PIECE = 1024 * 1024


def unwrap(means: Means, octets: Octets, message: Message) -> Parcel:
    """Open every part of a mail within the limits; nothing is written outside the scratch."""
    work = Unpacking(means, _OPENERS)
    entities.walk(work, Raw(octets, means.source), message.root, Place(whole=True))
    beside.match(work)
    return work.parcel()


def unwrap_file(means: Means, octets: Octets, name: str) -> Parcel:
    """Open one file that is no mail."""
    work = Unpacking(means, _OPENERS)
    pieces = (bytes(octets[at : at + _PIECE]) for at in range(0, len(octets), _PIECE))
    place = Place("1", whole=True, on_file=True)
    file = work.add_file(place, name, pieces)
    if file.type.startswith("text/"):
        work.add_text(place, file.type, as_text(bytes(octets[: means.limits.text_size])))
    beside.match(work)
    return work.parcel()
