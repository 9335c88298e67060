"""OpenPGP files: locked or signed ones, and signatures that lie beside what they sign."""

import re
from dataclasses import replace
from pathlib import PurePath

from mailbridge.mime import openpgp
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File, SealClaim, SealForm
from mailbridge.parcel import openpgp_data, openpgp_text
from mailbridge.parcel.openpgp import read_content, sealed
from mailbridge.parcel.unpacking import Place, Unpacking

_SIGNATURE = "application/pgp-signature"
_ENDINGS = {".asc", ".gpg", ".pgp", ".sig", ".sign"}
_PIECE = 1024 * 1024
# What Enigmail, Thunderbird, Mutt and gpg4o call the encrypted part (RFC 3156 §4).
_NAMES = {"", "encrypted.asc", "msg.asc", "openpgp-encrypted-message.asc"}
_HEAD = 8192
_SIGNATURE_SIZE = 256 * 1024
_ENTITY = re.compile(
    rb"(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,50}?Content-Type:", re.IGNORECASE
)


def open_data(work: Unpacking, file: File, place: Place) -> None:
    """Open a file of OpenPGP data that is listed: what it holds becomes a file of its own."""
    with (work.scratch / file.stored).open("rb") as opened_file:
        head = opened_file.read(_HEAD)
    if openpgp.label(head.lstrip()) == openpgp.SIGNED:
        _open_cleartext(work, file, place)
        return
    if not _is_meant(file, head):
        return
    inside = replace(place, whole=True, on_file=True)
    opened = openpgp_data.open_message(work, file.stored, inside, file.name_sent)
    if opened is None:
        return
    if _is_lost_entity(work, file, opened.stored):
        read_content(work, openpgp_data.seen_at(opened, place))
        return
    with sealed(work, opened), (work.scratch / opened.stored).open("rb") as content:
        pieces = iter(lambda: content.read(_PIECE), b"")
        work.add_file(opened.place.inside(1), _inner_name(file, opened.name), pieces)


def _is_meant(file: File, head: bytes) -> bool:
    """Tell whether it is OpenPGP: octets that only happen to begin so hold nobody's mail up."""
    if openpgp.label(head.lstrip()) or PurePath(file.name).suffix.lower() in _ENDINGS:
        return True
    try:
        first = next(openpgp.packets(head), None)
    except RefusedError:
        # Its first packet is longer than what was read, or none.
        first = None
    return file.declared == "application/pgp-encrypted" or first is not None


def _is_lost_entity(work: Unpacking, file: File, stored: str) -> bool:
    """Tell whether a server cut the multipart from around an encrypted entity.

    The part keeps its type, or the name that the programs give it.
    """
    is_theirs = file.declared == "application/pgp-encrypted" or file.name_sent.lower() in _NAMES
    with (work.scratch / stored).open("rb") as content:
        return is_theirs and _ENTITY.match(content.read(_HEAD)) is not None


def _open_cleartext(work: Unpacking, file: File, place: Place) -> None:
    octets = (work.scratch / file.stored).read_bytes()
    block = next((b for b in openpgp.blocks(octets) if b.label == openpgp.SIGNED), None)
    if block is None or octets[: block.start].strip() or octets[block.end :].strip():
        raise RefusedError(Reason.MALFORMED, "more than one cleartext, or none")
    inside = replace(place, whole=True, on_file=True)
    claim, text = openpgp_text.cleartext(work, file.stored, octets, inside)
    with work.beneath(claim):
        work.add_file(place.inside(1), _inner_name(file, ""), [text])


def _inner_name(file: File, said: str) -> str:
    """Name what came out: as the file around it, without the ending that it got there."""
    path = PurePath(file.name)
    if path.suffix.lower() not in _ENDINGS:
        return said
    return path.stem if PurePath(path.stem).suffix or not said else said


def match(work: Unpacking) -> None:
    """Claim each signature that lies beside the file that it signs (RFC 9580 §10.4).

    Names choose the file, and the signature proves the choice; one for which there is no file is
    claimed too, so that it is seen.
    """
    for file in list(work.files):
        if file.type == _SIGNATURE and not file.refused and _is_detached(work, file):
            _claim(work, file, _given(work, file) or _signed(work, file))


def open_signature(work: Unpacking, file: File, place: Place) -> None:
    """Open what begins with a signature: alone it is detached, else it signs what follows it."""
    if not _is_detached(work, file):
        open_data(work, file, place)


def _is_detached(work: Unpacking, file: File) -> bool:
    if file.size > _SIGNATURE_SIZE:
        return False
    return openpgp_data.is_detached(work, (work.scratch / file.stored).read_bytes())


def _claim(work: Unpacking, signature: File, signed: File | None) -> None:
    work.claims.append(
        SealClaim(
            SealForm.OPENPGP,
            signature.path,
            signature=signature.stored,
            signed=signed.stored if signed else "",
            end=signed.size if signed else 0,
            covers=(signed.path,) if signed else (),
            whole=signed is not None,
            on_file=True,
            unlocked_by=signature.unlocked_by,
        )
    )


def _given(work: Unpacking, signature: File) -> File | None:
    """List the content that the caller named for a signature given alone."""
    path = work.means.content
    if path is None or len(work.files) != 1:
        return None
    place = Place(signature.path, on_file=True).inside(1)
    with path.open("rb") as content:
        return work.add_file(place, path.name, iter(lambda: content.read(_PIECE), b""))


def _signed(work: Unpacking, signature: File) -> File | None:
    """Find the file that a signature signs: of its name without the ending, else the only other."""
    path = PurePath(signature.name)
    parent = signature.path.rpartition(".")[0]
    beside = [
        each
        for each in work.files
        if each.type != _SIGNATURE and each.stored and each.path.rpartition(".")[0] == parent
    ]
    named = [each for each in beside if each.name == path.stem]
    # "a.pdf" beside "a.sig", where there is but one such file; else the only file that is there.
    alike = [each for each in beside if PurePath(each.name).stem == path.stem]
    return next((found[0] for found in (named, alike, beside) if len(found) == 1), None)
