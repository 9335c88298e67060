"""`make fuzz`: search one entry for octets that are neither examined nor refused.

    python -m tests.fuzz pdf --seconds 300

What raises is kept in `tests/fuzz/found/` (once for each place that raises) and the search goes on;
each is told with its traceback. `--learnt` keeps what the search learnt, for the next one; a sample
of it is the corpus that the tests run through the walls of the children.
"""

import argparse
import hashlib
import sys
import tempfile
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mailbridge", "asn1crypto", "pyhanko.pdf_utils"]):
    from tests.fuzz.entries import ENTRIES, Examiner

HERE = Path(__file__).parent
FOUND = HERE / "found"
CORPUS = HERE / "corpus"
# Longer than any one examination on a busy machine, and far shorter than a hang.
SLOW_SECONDS = 10.0


class Search:
    """One entry, and what was found there so far."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._entry = ENTRIES[name]
        self._examiner = Examiner(folder)
        self._places: set[str] = set()

    def one(self, octets: bytes) -> None:
        """Try one input."""
        started = time.monotonic()
        try:
            self._examiner.examine(octets, self._entry)
        except Exception as error:
            trace = traceback.extract_tb(error.__traceback__)
            self._keep(octets, f"{type(error).__name__} {trace[-1].filename}:{trace[-1].lineno}")
        if time.monotonic() - started > SLOW_SECONDS:
            self._keep(octets, "slow")

    def _keep(self, octets: bytes, place: str) -> None:
        if place in self._places:
            return
        self._places.add(place)
        FOUND.mkdir(exist_ok=True)
        name = f"{self._name}-{hashlib.sha256(octets).hexdigest()[:12]}"
        (FOUND / name).write_bytes(octets)
        sys.stderr.write(f"\nFOUND {name}: {place}\n{traceback.format_exc(limit=-6)}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("entry", choices=ENTRIES)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--learnt", type=Path, help="where what was learnt is kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailbridge-fuzz-") as folder:
        learnt = options.learnt or Path(folder) / "learnt"
        learnt.mkdir(parents=True, exist_ok=True)
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        for name, octets in ENTRIES[options.entry].seeds().items():
            (seeds / name).write_bytes(octets)
        work = Path(folder) / "work"
        work.mkdir()
        search = Search(options.entry, work)
        flags = [f"-max_total_time={options.seconds}", "-timeout=60", "-rss_limit_mb=3000"]
        flags += ["-max_len=65536", "-print_final_stats=1", "-use_value_profile=1"]
        folders = [learnt, seeds, *filter(Path.is_dir, [CORPUS / options.entry])]
        atheris.Setup([sys.argv[0], *flags, *map(str, folders)], search.one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
