"""An OpenPGP message: its lock, its seal and its content (RFC 9580 §10.3). Nothing is judged."""

import base64
import re
from dataclasses import dataclass, replace
from pathlib import Path

from mailbridge.isolation import gpg
from mailbridge.isolation.gpg import Gpg, Run
from mailbridge.mime import openpgp
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, LockWhy, SealClaim, SealForm
from mailbridge.parcel import openpgp_keys
from mailbridge.parcel.unpacking import Place, Unpacking, Written

_PIECE = 1024 * 1024
# Each message is a run of gpg or two: a mail of five hundred of them would keep it for minutes.
_MESSAGES = 50
_LOCKED = {openpgp.PUBLIC_ESK, openpgp.SYMMETRIC_ESK, openpgp.NO_MDC, openpgp.MDC, openpgp.AEAD}
# SEIPD and key packets of the versions that gpg 2.2 knows (RFC 9580 §5.13, §5.1, §5.3).
_VERSIONS = {openpgp.MDC: {1}, openpgp.PUBLIC_ESK: {2, 3}, openpgp.SYMMETRIC_ESK: {4}}
# Saying of the content, in a status line, how it is to be taken and what it is called.
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Content:
    """What a message held, in the scratch folder, and where it stands: behind which locks."""

    stored: str
    size: int
    place: Place
    # As the message calls it; empty where it does not.
    name: str = ""
    # The seal that it came under, if any. The content is what gpg took out, and `judge` compares.
    claim: SealClaim | None = None


def open_message(work: Unpacking, stored: str, place: Place, name: str = "") -> Content | None:
    """Open a message that lies in the scratch folder, lock after lock; None: it stays closed.

    What is damaged is listed as such; raises RefusedError for a bomb, or too much of anything.
    `name` chooses the passwords to try.
    """
    _count(work, place)
    if not gpg.is_there():
        work.lock(LockForm.OPENPGP, place, LockWhy.UNSUPPORTED)
        work.unsupported.append((place.path, "openpgp"))
        return None
    why = _closed(work, stored)
    if why is None:
        return _extract(work, stored, place)
    inside, cipher = "", ""
    if why is LockWhy.NO_KEY:
        inside, why, cipher = _unlocked(work, stored, name)
    lock = work.lock(LockForm.OPENPGP, place, why, cipher)
    if why is LockWhy.UNSUPPORTED:
        work.unsupported.append((place.path, "openpgp"))
    return None if why else open_message(work, inside, place.behind(lock), name)


def _unlocked(work: Unpacking, stored: str, name: str) -> tuple[str, LockWhy | None, str]:
    try:
        return openpgp_keys.unlock(work, stored, name)
    except RefusedError as refusal:
        if refusal.reason is not Reason.UNSUPPORTED:
            raise
        return "", LockWhy.UNSUPPORTED, ""


def is_detached(work: Unpacking, octets: bytes) -> bool:
    """Tell whether it is signatures and nothing else; raises RefusedError where they are too many.

    Damaged as it is, it stands for a signature, and is shown as one that proves nothing.
    """
    tags: list[int] = []
    try:
        tags = [packet.tag for packet in openpgp.packets(openpgp.binary(octets))]
    except RefusedError as refusal:
        if refusal.reason is not Reason.MALFORMED:
            raise
    if len(tags) > work.limits.signers:
        raise RefusedError(Reason.TOO_MANY, "too many signatures")
    return set(tags) <= {openpgp.SIGNATURE_TAG}


def _count(work: Unpacking, place: Place) -> None:
    """Refuse what would take too long."""
    if len(place.unlocked_by) > work.limits.seal_layers:
        raise RefusedError(Reason.TOO_DEEP, "locks in locks in locks")
    locks = sum(lock.form is LockForm.OPENPGP for lock in work.locks)
    if locks + sum(claim.form is SealForm.OPENPGP for claim in work.claims) >= _MESSAGES:
        raise RefusedError(Reason.TOO_MANY, "too many OpenPGP messages")


def _closed(work: Unpacking, stored: str) -> LockWhy | None:
    """Look at the packets: None where nothing is locked, NO_KEY where a key is to be tried."""
    path = work.scratch / stored
    if path.stat().st_size > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "an OpenPGP message beyond the limit")
    try:
        tags = _leading(openpgp.binary(path.read_bytes()))
    except RefusedError as refusal:
        if refusal.reason is not Reason.MALFORMED:
            raise
        return LockWhy.DAMAGED
    if not tags & _LOCKED:
        return None
    if openpgp.AEAD in tags:
        return LockWhy.UNSUPPORTED
    # Whoever changes what is not protected chooses what its reader sees (RFC 9580 §5.7).
    return LockWhy.NO_KEY if openpgp.MDC in tags else LockWhy.DAMAGED


def _leading(octets: bytes) -> set[int]:
    """Give the tags up to the first packet that is content; AEAD for versions not known here."""
    tags: set[int] = set()
    for count, packet in enumerate(openpgp.packets(octets)):
        known = _VERSIONS.get(packet.tag)
        unknown = known is not None and octets[packet.body : packet.body + 1][0:1] not in {
            bytes([version]) for version in known
        }
        tags.add(openpgp.AEAD if unknown else packet.tag)
        if packet.tag not in {openpgp.PUBLIC_ESK, openpgp.SYMMETRIC_ESK}:
            break
        if count > openpgp_keys.RECIPIENTS:
            raise RefusedError(Reason.TOO_MANY, "an OpenPGP message for too many")
    return tags


def _extract(work: Unpacking, stored: str, place: Place) -> Content | None:
    """Take the content out of a message that is not locked; its signatures are only counted."""
    source, out = work.scratch / stored, work.scratch / f"{stored}.content"
    run = _without_keys(work, out, source)
    signatures = len(run.values("NEWSIG"))
    if signatures > work.limits.signers:
        raise RefusedError(Reason.TOO_MANY, "too many signatures")
    said = run.values("PLAINTEXT")
    # It knows no key: with a signature it must complain, and without one it must not.
    is_sound = len(said) == 1 and (signatures > 0 or run.returncode == 0) and out.exists()
    if not is_sound or run.overflown or run.has("UNEXPECTED", "ERROR", "NODATA"):
        out.unlink(missing_ok=True)
        # Something is signed, or says so, and it cannot be told what.
        work.claims.append(SealClaim(SealForm.OPENPGP, place.path, signature=stored))
        return None
    with out.open("rb") as file:
        written = work.write(iter(lambda: file.read(_PIECE), b""))
    out.unlink()
    claim = _claim(stored, written, place) if signatures else None
    return Content(written.stored, written.size, place, _name(said[0]), claim)


def _without_keys(work: Unpacking, out: Path, source: Path) -> Run:
    """Run gpg with an empty home: it knows nobody, and verifies nothing."""
    out.unlink(missing_ok=True)
    bound = _bound(work, source)
    arguments = ("--max-output", str(bound), "--output", str(out), "--decrypt", "--", str(source))
    run = Gpg(work.scratch / "e").run(*arguments)
    # Near the limit it stops, with a whole piece written, and says so to people alone.
    grown = [int(length) for (length, *_) in run.values("PLAINTEXT_LENGTH") if length.isdigit()]
    size = out.stat().st_size if out.exists() else 0
    if run.returncode != 0 and max([size + _PIECE, *grown]) >= bound:
        out.unlink(missing_ok=True)
        raise RefusedError(Reason.BOMB, "an OpenPGP message that grows beyond the limit")
    return run


def _bound(work: Unpacking, source: Path) -> int:
    """Say how much a message may become: what is small in every ratio is no bomb."""
    limits = work.limits
    grown = max(limits.bomb_growth, limits.bomb_ratio * source.stat().st_size)
    return min(limits.unpacked_size, grown) + 1


def _claim(signature: str, signed: Written, place: Place) -> SealClaim:
    return SealClaim(
        SealForm.OPENPGP,
        place.path,
        signature=signature,
        signed=signed.stored,
        end=signed.size,
        whole=place.whole,
        on_file=place.on_file,
        mic=mic(signed),
        unlocked_by=place.unlocked_by,
    )


def mic(written: Written) -> str:
    """Give the Received-content-MIC of a signed entity."""
    return base64.b64encode(bytes.fromhex(written.sha256)).decode()


def _name(words: list[str]) -> str:
    """Read the name in a PLAINTEXT line: its octets that are no letters come as %XX."""
    escaped = "".join(words[2:3])
    octets = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), escaped).encode("latin-1")
    return octets.decode("utf-8", "replace")


def seen_at(content: Content, place: Place) -> Content:
    """Take a content that was opened as a file for what stands there in the mail."""
    claim = content.claim
    if claim is not None:
        claim = replace(claim, whole=place.whole, on_file=place.on_file)
    seen = replace(content.place, whole=place.whole, on_file=place.on_file)
    return replace(content, claim=claim, place=seen)
