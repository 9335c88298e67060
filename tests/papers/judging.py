"""How well papers are read: right, wrong and boldly wrong values for each field."""

import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName, Reading
from mailbridge.model.slot import Fingerprint
from mailbridge.reading.read import Source, read
from tests.papers.papers import Known, paper

# A value that is given with so much confidence is believed.
BOLD = 0.8


@dataclass(slots=True)
class Tally:
    """Counts by field, and the failures by paper: (index, field, wanted, got, confidence)."""

    papers: int = 0
    right: Counter[FieldName] = field(default_factory=Counter)
    bold: Counter[FieldName] = field(default_factory=Counter)
    failures: list[tuple[int, FieldName, str, str, float]] = field(default_factory=list)

    def share(self, name: FieldName) -> float:
        """Give the share of right values; an empty field is right where nothing is printed."""
        return self.right[name] / self.papers

    def bold_share(self, name: FieldName) -> float:
        """Give the share of wrong values that were given with high confidence."""
        return self.bold[name] / self.papers


# What papers themselves say: the agency's code is on none of them.
JUDGED = tuple(name for name in FieldName if name is not FieldName.AGENCY)


def judge(which: str, indexes: Iterable[int]) -> Tally:
    """Make, read and compare the papers of a set."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for index in indexes:
            known = paper(which, index)
            compare(tally, known, reading(Path(folder), known.pdf))
    return tally


def reading(folder: Path, octets: bytes) -> Reading:
    """Read one PDF as the only file of a mail."""
    (folder / "paper").write_bytes(octets)
    kind = "application/pdf"
    file = File("1", "vb.pdf", "vb.pdf", len(octets), Fingerprint("00"), kind, kind, stored="paper")
    return read(Source((file,), str(folder), (), "", None, Limits()))


def compare(tally: Tally, known: Known, found: Reading) -> None:
    """Count one paper."""
    tally.papers += 1
    for name in JUDGED:
        wanted = known.urgency.value if name is FieldName.URGENCY else known.truth.get(name, "")
        got = found.fields.get(name)
        if _plain(got.value if got else "") == _plain(wanted):
            tally.right[name] += 1
            continue
        confidence = got.confidence if got else 0.0
        tally.bold[name] += confidence >= BOLD
        tally.failures.append((known.index, name, wanted, got.value if got else "", confidence))


def _plain(value: str) -> str:
    """Letters as printed, whatever their case and blanks."""
    return " ".join(unicodedata.normalize("NFC", value).lower().split()).rstrip(" .;,")
