"""Unwrap: from a parsed mail or a single file to files, texts, and the seals and locks on them."""

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.errors import RefusedError
from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel
from mailbridge.parcel import beside, entities, files
from mailbridge.parcel.sniff import CONTAINERS
from mailbridge.parcel.unpacking import Means, Place, Raw, Unpacking

_OPENERS = (files.open_file, entities.read)
_MESSAGE = "application/ms-tnef"
_PIECE = 1024 * 1024


def unwrap(means: Means, octets: Octets, message: Message) -> Parcel:
    """Open every part of a mail within the limits; nothing is written outside the scratch."""
    work = Unpacking(means, _OPENERS)
    entities.walk(work, Raw(octets, means.source), message.root, Place(whole=True))
    beside.match(work)
    return work.parcel()


def unwrap_file(means: Means, octets: Octets, name: str) -> Parcel:
    """Open one file that is no mail; raises RefusedError where nothing of it can be examined."""
    work = Unpacking(means, _OPENERS)
    pieces = (bytes(octets[at : at + _PIECE]) for at in range(0, len(octets), _PIECE))
    place = Place("1", whole=True, on_file=True)
    file = work.add_file(place, name, pieces)
    if file.type.startswith("text/"):
        work.add_text(place, file.type, as_text(bytes(octets[: work.text_room])))
    beside.match(work)
    _refuse_the_closed(work)
    if file.type == _MESSAGE and work.files[0].refused is None:
        # A TNEF is a message in another form, as a mail is: it is no file of its own.
        del work.files[0]
    return work.parcel()


def _refuse_the_closed(work: Unpacking) -> None:
    """Raise what a lone container was refused for, where nothing of it was found nor named."""
    file, reason = work.files[0], work.files[0].refused
    is_all = len(work.files) == 1 and not (work.texts or work.locks)
    if reason is not None and is_all and file.type in CONTAINERS:
        raise RefusedError(reason, "nothing of the file can be examined")
