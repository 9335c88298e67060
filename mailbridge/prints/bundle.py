"""A ZIP of one document for whoever keeps it: the same facts make the same octets."""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from mailbridge.clock import in_vietnam

SUMS = "SHA256SUMS"
# Signs that some file system forbids, and those that hide or reorder a name.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_LENGTH = 100
# What is longer behind the last dot is no extension.
_ENDING = 10
# Days before this year do not exist in a ZIP.
_FIRST_YEAR = 1980


_Stamp = tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the bundle: its name, and its octets piece by piece."""

    name: str
    pieces: Iterable[bytes]


def write(out: BinaryIO, members: Iterable[Member], at: datetime) -> None:
    """Write the members in their order, dated `at`, and their SHA-256 as the last one."""
    moment = in_vietnam(at)
    day = (max(moment.year, _FIRST_YEAR), moment.month, moment.day)
    stamp = (*day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
        sums = [_put(bundle, member, stamp) for member in members]
        _put(bundle, Member(SUMS, ["".join(sums).encode()]), stamp)


def _put(bundle: zipfile.ZipFile, member: Member, stamp: _Stamp) -> str:
    entry = zipfile.ZipInfo(member.name, stamp)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # Made on Unix, readable by its owner: not what the machine that writes happens to be.
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    digest = hashlib.sha256()
    with bundle.open(entry, "w", force_zip64=True) as written:
        for piece in member.pieces:
            digest.update(piece)
            written.write(piece)
    return f"{digest.hexdigest()}  {member.name}\n"


def names(given: Iterable[str]) -> Iterator[str]:
    """Make names that are safe on every file system and differ: 01-, 02- before each."""
    for at, name in enumerate(given, 1):
        shown = unicodedata.normalize("NFC", name)
        clean = _FORBIDDEN.sub("_", shown).strip(" .") or "tep"
        stem, dot, ending = clean.rpartition(".")
        if len(clean) > _LENGTH:
            kept = f"{dot}{ending}" if stem and len(ending) < _ENDING else ""
            clean = clean[: _LENGTH - len(kept)] + kept
        yield f"{at:02d}-{clean}"
