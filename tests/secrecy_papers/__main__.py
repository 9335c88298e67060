"""Print misses and false alarms of the whole set."""

import sys
import tempfile
from pathlib import Path

from tests.secrecy_papers.cases import Case, found
from tests.secrecy_papers.marked import marked
from tests.secrecy_papers.unmarked import unmarked


def main() -> int:
    """Search every case; give 1 where one is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        misses = _wrong(marked(), scratch)
        alarms = _wrong(unmarked(), scratch)
    for what, wrong, of in (("misses", misses, marked()), ("false alarms", alarms, unmarked())):
        sys.stdout.write(f"{what}: {len(wrong)} of {len(of)}\n")
        for case, mark in wrong:
            names = [each.name for each in case.attached]
            told = f"  {case.what}: {mark} for {case.mark}; {case.subject} {names} {case.texts}"
            sys.stdout.write(told[:300] + "\n")
    return 1 if misses or alarms else 0


def _wrong(cases: list[Case], scratch: Path) -> list[tuple[Case, str | None]]:
    results = [(case, found(case, scratch)) for case in cases]
    return [(case, mark) for case, mark in results if mark != case.mark]


if __name__ == "__main__":
    sys.exit(main())
