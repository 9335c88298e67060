"""What is fuzzed: the octets of a mail, and those of each kind of file that one may hold."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from mailbridge.actions.in_opener import open_mail
from mailbridge.actions.in_reader import read_parcel
from mailbridge.model.errors import RefusedError
from mailbridge.model.examination import OpenRequest, ReadRequest
from mailbridge.model.limits import MIB, Limits
from tests.fuzz import seeds

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
# Small bounds: what would be refused for its size teaches nothing.
BOUNDS = Limits(unpacked_size=16 * MIB, bomb_growth=4 * MIB)


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in: how its octets are examined, and what the search starts from."""

    form: Literal["mail", "any"]
    seeds: Callable[[], dict[str, bytes]]


ENTRIES = {
    "mail": Entry("mail", seeds.mails),
    "cms": Entry("any", seeds.cms),
    "pdf": Entry("any", seeds.pdfs),
    "archive": Entry("any", seeds.archives),
    "xml": Entry("any", seeds.xml),
}


class Examiner:
    """Examines octets in this very process, as the two children do one after the other."""

    def __init__(self, folder: Path) -> None:
        self._source = folder / "source"
        self._scratch = folder / "scratch"
        self._trust = folder / "trust"
        seeds.write_trust(self._trust)

    def examine(self, octets: bytes, entry: Entry) -> None:
        """Open and read; whatever it raises but a refusal is a bug."""
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir()
        self._source.write_bytes(octets)
        request = OpenRequest(
            source=str(self._source),
            scratch=str(self._scratch),
            trust=str(self._trust),
            directory="",
            at=NOW,
            limits=BOUNDS,
            form=entry.form,
            name="tep",
            passwords=(("*", "khoa"),),
        )
        try:
            opened = open_mail(request)
            read_parcel(
                ReadRequest(
                    files=opened.files,
                    scratch=str(self._scratch),
                    texts=opened.texts,
                    subject=opened.mail.subject if opened.mail else "",
                    edxml=opened.edxml,
                    limits=BOUNDS,
                )
            )
        except (RefusedError, RecursionError, MemoryError):
            # The child answers the last two itself: too deep, and out of memory.
            return
