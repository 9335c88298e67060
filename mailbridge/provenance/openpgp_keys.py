"""Public OpenPGP keys of the trust folder: whose they are, how strong, and how long good."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise, takewhile

from mailbridge.isolation.gpg import Gpg

_ESCAPE = re.compile(rb"\\x([0-9a-fA-F]{2})")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_BRACKETS = re.compile(r"(.*)<([^\s<>@]+@[^\s<>@]+)>\s*", re.DOTALL)
# What gpg says of a user ID that its own key does not stand for (any more).
_VOID = set("reind")
_RSA_DSA = {1, 2, 3, 16, 17, 20}
# To import and to list costs runs of gpg: the box and its keys are kept while the ring is the same.
_RINGS = 4
_KNOWN: dict[bytes, tuple[bytes, dict[str, "Key"]]] = {}
# A row of the listing has the fingerprint or the user ID in this column.
_PRINT = 9
_LEAST_BITS, _LEAST_CURVE_BITS = 2048, 224


@dataclass(frozen=True, slots=True)
class Key:
    """A key or subkey of the trust folder; fingerprints in upper-case hex."""

    fingerprint: str
    # Of the key to which it belongs: what the directory pins.
    primary: str
    name: str
    emails: tuple[str, ...]
    created: datetime
    expires: datetime | None
    revoked: bool
    algorithm: int
    bits: int

    @property
    def is_weak(self) -> bool:
        """Tell whether its length is too small to believe (RFC 9580 §12.4)."""
        least = _LEAST_BITS if self.algorithm in _RSA_DSA else _LEAST_CURVE_BITS
        return self.bits < least

    def is_good_at(self, moment: datetime) -> bool:
        """Tell whether it was there, not expired and not revoked."""
        expired = self.expires is not None and self.expires <= moment
        return self.created <= moment and not expired and not self.revoked


def lay(gpg: Gpg, ring: bytes) -> None:
    """Lay the keys of a ring into the home of gpg, which imports them once for each ring.

    Read as they are, two files of one key would be two keys, of which the first counts: an older
    one would hide that the key was revoked since. gpg joins them.
    """
    box = gpg.home / "pubring.kbx"
    if ring in _KNOWN:
        box.write_bytes(_KNOWN[ring][0])
        return
    if len(_KNOWN) >= _RINGS:
        _KNOWN.clear()
    keys: dict[str, Key] = {}
    if ring:
        (gpg.home / "ring").write_bytes(ring)
        gpg.run("--import", "--", str(gpg.home / "ring"))
        run = gpg.run("--fingerprint", "--fingerprint", "--check-sigs")
        rows = [line.split(b":") for line in run.data.split(b"\n")]
        keys = _keys([row for row in rows if len(row) > _PRINT])
    _KNOWN[ring] = (box.read_bytes() if box.exists() else b"", keys)


def known(ring: bytes) -> dict[str, Key]:
    """List the keys and subkeys of a ring that was laid, by fingerprint."""
    return _KNOWN[ring][1]


def _keys(rows: list[list[bytes]]) -> dict[str, Key]:
    """Read the listing: for each key a row `pub`, its print, user IDs, subkeys with theirs."""
    found: dict[str, Key] = {}
    starts = [at for at, row in enumerate(rows) if row[0] == b"pub"]
    for start, end in pairwise([*starts, len(rows)]):
        for key in _one_key(rows[start:end]):
            found[key.fingerprint] = key
    return found


def _one_key(rows: list[list[bytes]]) -> list[Key]:
    ids = [_text(row[_PRINT]) for row in _own_ids(rows)]
    kept = [(row, after) for row, after in pairwise(rows) if after[0] == b"fpr"]
    if not kept:
        return []
    (main, print_row), *_ = kept
    primary = print_row[_PRINT].decode("ascii", "replace").upper()
    emails = tuple(dict.fromkeys(filter(None, map(_address, ids))))
    return [
        Key(
            fingerprint=after[_PRINT].decode("ascii", "replace").upper(),
            primary=primary,
            name=_name(ids[0]) if ids else "",
            emails=emails,
            created=_time(row[5]) or datetime.max.replace(tzinfo=UTC),
            expires=min(filter(None, (_time(main[6]), _time(row[6]))), default=None),
            revoked="r" in {_flag(main), _flag(row)} or "i" in {_flag(main), _flag(row)},
            algorithm=int(row[3] or b"0"),
            bits=int(row[2] or b"0"),
        )
        for row, after in kept
    ]


def _own_ids(rows: list[list[bytes]]) -> Iterator[list[bytes]]:
    """List the user IDs that the key itself certified, and does not take back.

    Anybody can add one to the file of a key: that it stands there says nothing.
    """
    for at, row in enumerate(rows):
        if row[0] != b"uid" or (_flag(row) in _VOID and _flag(row) != _flag(rows[0])):
            continue
        below = takewhile(lambda each: each[0] == b"sig", rows[at + 1 :])
        if any(_certifies(each, rows[0]) for each in below):
            yield row


def _certifies(row: list[bytes], main: list[bytes]) -> bool:
    """Tell whether it is a good certification by the key itself (RFC 9580 §5.2.1.4)."""
    return _flag(row) == "!" and row[4] == main[4] and row[10][:2] in {b"10", b"11", b"12", b"13"}


def _flag(row: list[bytes]) -> str:
    return row[1].decode("ascii", "replace")


def _text(field: bytes) -> str:
    octets = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), field)
    return octets.decode("utf-8", "replace")


def _name(user_id: str) -> str:
    found = _BRACKETS.fullmatch(user_id)
    return (found[1] if found else user_id).strip()


def _address(user_id: str) -> str | None:
    """Read the address of a user ID, which is a mail address by convention (RFC 9580 §5.11).

    Only what stands in the last brackets, or is all: a name may hold anybody's address.
    """
    found = _BRACKETS.fullmatch(user_id)
    if found:
        return found[2].lower()
    bare = user_id.strip()
    return bare.lower() if _ADDRESS.fullmatch(bare) else None


def _time(field: bytes) -> datetime | None:
    return datetime.fromtimestamp(int(field), UTC) if field.isdigit() else None
