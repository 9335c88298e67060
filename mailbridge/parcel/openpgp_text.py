"""OpenPGP inside a readable text: what is sealed or locked there, apart from what stands beside it.

Such a text is cut into pieces, each with a path of its own: what is outside a block is never under
its seal, and what came out of a lock is never joined to what stood around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailbridge.mime import content, openpgp
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Part
from mailbridge.model.parcel import LockForm, LockWhy, SealClaim, SealForm
from mailbridge.parcel import openpgp_data
from mailbridge.parcel.openpgp import add_plain, sealed
from mailbridge.parcel.unpacking import Place, Raw, Unpacking

_MARK = b"-----BEGIN PGP "
_SIZE = 4 * 1024 * 1024
# Before there was a standard, such mails came as a type of their own.
_READ = {"text/plain", "application/pgp"}
_OPENED = {openpgp.SIGNED, openpgp.MESSAGE}
# RFC 9580 §7.1: the one header that a cleartext may have. Others would show a text before the text.
_HASH = re.compile(rb"Hash:[A-Za-z0-9, \t/-]*")
# A text of a thousand little blocks.
_BLOCKS = 16


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a text; `label` is empty for what stands outside the blocks."""

    octets: bytes
    label: str = ""


def is_here(octets: bytes) -> bool:
    """Tell whether a text may hold a block."""
    return _MARK in octets


def open_text(work: Unpacking, raw: Raw, part: Part, place: Place) -> bool:
    """Open the blocks of a text part, each as a text of its own; False where there is none.

    `place` is that of the part.
    """
    if part.end - part.body > _SIZE:
        return False
    octets = b"".join(content.chunks(raw.octets, part))
    if not is_here(octets):
        return False
    if part.type not in _READ:
        _name(work, octets, place)
        return False
    pieces = list(_pieces(octets))
    found = [piece for piece in pieces if piece.label]
    if not found:
        return False
    if len(found) > _BLOCKS:
        raise RefusedError(Reason.TOO_MANY, "too many OpenPGP blocks in a text")
    for number, piece in enumerate(pieces, 1):
        alone = len(pieces) == 1
        path = place.path if alone else f"{place.path}.{number}"
        _open(work, piece, part, replace(place, path=path, whole=place.whole and alone))
    return True


def _name(work: Unpacking, octets: bytes, place: Place) -> None:
    """Name what stands in HTML and is not opened: its tags cut it up, and tell who opened it.

    What comes out would be shown within somebody else's page, which can send it away.
    """
    found = [word for word in _OPENED if _MARK + word.encode() in octets]
    if openpgp.MESSAGE in found:
        work.lock(LockForm.OPENPGP, replace(place, whole=False), LockWhy.UNSUPPORTED)
    if found:
        work.unsupported.append((place.path, "openpgp-html"))


def _pieces(octets: bytes) -> Iterator[_Piece]:
    """Cut a text at its blocks; blank pieces between them are nothing that anybody reads."""
    at = 0
    for block in openpgp.blocks(octets):
        if block.label in _OPENED:
            yield from _outside(octets[at : block.start])
            yield _Piece(octets[block.start : block.end], block.label)
            at = block.end
    yield from _outside(octets[at:])


def _outside(octets: bytes) -> Iterator[_Piece]:
    if octets.strip():
        yield _Piece(octets)


def _open(work: Unpacking, piece: _Piece, part: Part, place: Place) -> None:
    if not piece.label:
        work.add_text(place, part.type, _read(piece.octets, part))
        return
    stored = work.write([piece.octets]).stored
    if piece.label == openpgp.SIGNED:
        claim, text = cleartext(work, stored, piece.octets, place)
        with work.beneath(claim):
            work.add_text(place, part.type, _read(text, part))
        return
    opened = openpgp_data.open_message(work, stored, place)
    if opened is None:
        work.add_text(place, part.type, _read(piece.octets, part))
        return
    with sealed(work, opened):
        add_plain(work, opened, (work.scratch / opened.stored).read_bytes())


def cleartext(work: Unpacking, stored: str, block: bytes, place: Place) -> tuple[SealClaim, bytes]:
    """Claim the signature of a cleartext block, and give the text that it shows (RFC 9580 §7).

    What is shown is laid down too, so that it can be compared with what was verified.
    """
    head, text = _split(block)
    if any(not _HASH.fullmatch(line.rstrip()) for line in head):
        # Taken for what a reader sees: all of it. It will not be what was signed.
        text = b"\n".join((*head, b"", text))
    shown = work.write([text])
    claim = SealClaim(
        SealForm.OPENPGP,
        place.path,
        signature=stored,
        signed=shown.stored,
        end=shown.size,
        whole=place.whole,
        on_file=place.on_file,
        unlocked_by=place.unlocked_by,
    )
    return claim, text


def _split(block: bytes) -> tuple[list[bytes], bytes]:
    """Take a cleartext block apart: its header lines, and its text without dash escapes."""
    lines = block.replace(b"\r\n", b"\n").split(b"\n")[1:]
    gap = next((at for at, line in enumerate(lines) if not line.strip()), 0)
    end = next((at for at, line in enumerate(lines) if line.startswith(_MARK)), len(lines))
    # RFC 9580 §7.2: a dash and a space before a line are no part of it.
    text = [line.removeprefix(b"- ") for line in lines[gap + 1 : end]]
    return lines[:gap], b"\n".join(text)


def _read(octets: bytes, part: Part) -> str:
    return as_text(octets, part.charset).replace("\r\n", "\n")
