"""OpenPGP signatures verified by gpg against the keys of the trust folder, and no others."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mailbridge.isolation import gpg as program
from mailbridge.isolation.gpg import Gpg, Run
from mailbridge.mime import openpgp
from mailbridge.model.errors import RefusedError
from mailbridge.model.evidence import Integrity
from mailbridge.model.parcel import SealClaim
from mailbridge.provenance import openpgp_keys
from mailbridge.provenance.openpgp_keys import Key
from mailbridge.provenance.trust import TrustStore

_PIECE = 1024 * 1024
_GOOD = {"GOODSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG"}
_BAD = {"BADSIG", "ERRSIG"}
# gpg verifies a signature and still says that the data around it are not as they should be.
_UNSOUND = ("ERROR", "UNEXPECTED", "NODATA", "BADARMOR", "DECRYPTION_FAILED")
_NO_PUBLIC_KEY = "9"
# RFC 9580 §5.2.1: over a document, as octets or as text. Others certify keys.
_CLASSES = {"00", "01"}


@dataclass(frozen=True, slots=True)
class Verified:
    """One signature, before anybody asked whose it is."""

    integrity: Integrity
    # Fingerprint or key ID of the key, as the signature says.
    issuer: str = ""
    key: Key | None = None
    # The key is not in the trust folder: nothing could be computed.
    is_unknown: bool = False
    # Number of the hash algorithm (RFC 9580 §9.5).
    hash: str = ""
    time: datetime | None = None
    expires: datetime | None = None


_NOTHING = (Verified(Integrity.UNVERIFIABLE),)


def verify(scratch: Path, store: TrustStore, claim: SealClaim) -> tuple[Verified, ...]:
    """Verify every signature of the claim; what cannot be computed is one that is unverifiable."""
    if not claim.signed or not program.is_there():
        return _NOTHING
    with _home(scratch, store) as gpg:
        signature, content = scratch / claim.signature, scratch / claim.signed
        if _is_detached(signature):
            run, is_same = gpg.verify("--verify", "--", str(signature), str(content)), True
        else:
            run, is_same = _content_too(gpg, signature, content)
        sound = is_same and not run.has(*_UNSOUND) and not run.overflown and run.returncode >= 0
        keys = openpgp_keys.known(store.openpgp)
        found = tuple(_verified(group, keys, sound=sound) for group in _groups(run))
    return found or _NOTHING


@contextmanager
def _home(scratch: Path, store: TrustStore) -> Iterator[Gpg]:
    """Lend a gpg that knows the keys of the trust folder."""
    home = scratch / "v"
    try:
        gpg = Gpg(home)
        openpgp_keys.lay(gpg, store.openpgp)
        yield gpg
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _is_detached(signature: Path) -> bool:
    octets = signature.read_bytes()
    if openpgp.label(octets.lstrip()) == openpgp.SIGNED:
        return False
    try:
        return all(p.tag == openpgp.SIGNATURE_TAG for p in openpgp.packets(openpgp.binary(octets)))
    except RefusedError:
        return True


def _content_too(gpg: Gpg, signature: Path, content: Path) -> tuple[Run, bool]:
    """Verify a signature that holds its content; tell whether that is the content in question."""
    out = gpg.home / "content"
    limit = str(content.stat().st_size * 2 + _PIECE)
    arguments = ("--max-output", limit, "--output", str(out), "--decrypt", "--", str(signature))
    run = gpg.verify(*arguments)
    if not out.exists():
        return run, content.stat().st_size == 0
    is_text = openpgp.label(signature.read_bytes()[:200].lstrip()) == openpgp.SIGNED
    return run, _is_same(out, content, lines=is_text)


def _is_same(one: Path, other: Path, *, lines: bool) -> bool:
    if lines:
        # RFC 9580 §7.2: neither line ends nor the white space before them are signed.
        return _lines(one) == _lines(other)
    with one.open("rb") as left, other.open("rb") as right:
        while (piece := left.read(_PIECE)) == right.read(_PIECE):
            if not piece:
                return True
    return False


def _lines(path: Path) -> list[bytes]:
    lines = [line.rstrip(b" \t\r") for line in path.read_bytes().split(b"\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _groups(run: Run) -> list[list[tuple[str, str]]]:
    """Gather the lines of each signature: gpg says when the next one begins."""
    groups: list[list[tuple[str, str]]] = []
    for line in run.lines:
        if line[0] == "NEWSIG":
            groups.append([])
        elif groups:
            groups[-1].append(line)
    return groups


def _verified(group: list[tuple[str, str]], keys: dict[str, Key], *, sound: bool) -> Verified:
    kinds = [(keyword, rest.split(" ")) for keyword, rest in group if keyword in _GOOD | _BAD]
    valid = [rest.split(" ") for keyword, rest in group if keyword == "VALIDSIG"]
    match kinds, valid:
        case [("ERRSIG", [issuer, _, algorithm, _, time, reason, *rest])], []:
            return Verified(
                Integrity.UNVERIFIABLE,
                rest[0] if rest and rest[0].isalnum() else issuer,
                is_unknown=reason == _NO_PUBLIC_KEY,
                hash=algorithm,
                time=_time(time),
            )
        case [("BADSIG", [issuer, *_])], []:
            return Verified(Integrity.BROKEN, issuer, _by_id(keys, issuer))
        case [(keyword, _)], [[_, _, _, _, _, _, _, _, _, _, *_] as words] if keyword in _GOOD:
            return _valid(words, keys, sound=sound)
        case _:
            return Verified(Integrity.UNVERIFIABLE)


def _valid(words: list[str], keys: dict[str, Key], *, sound: bool) -> Verified:
    fingerprint, _, time, expires, _, _, _, algorithm, kind, primary, *_ = words
    key = keys.get(fingerprint.upper())
    # Both must name the same key; anything else is a gpg that we do not understand.
    is_exact = key is not None and key.primary == primary.upper() and kind in _CLASSES
    return Verified(
        Integrity.INTACT if sound and is_exact else Integrity.BROKEN,
        fingerprint,
        key,
        hash=algorithm,
        time=_time(time),
        expires=_time(expires),
    )


def _by_id(keys: dict[str, Key], issuer: str) -> Key | None:
    return next((key for print_, key in keys.items() if print_.endswith(issuer.upper())), None)


def _time(word: str) -> datetime | None:
    return datetime.fromtimestamp(int(word), UTC) if word.isdigit() and int(word) else None
