"""`make bench`: measure everything in one run and print one table. See README.md beside this."""

import argparse
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

from benchmarks import (
    backlog,
    checks,
    checks_of_locks,
    growth,
    latency,
    memory,
    ocr,
    prints,
    reading,
    search,
    sending,
    syncs,
    wire,
)
from benchmarks.report import Report
from benchmarks.world import world

_PARTS = {
    "backlog": lambda w, r, o: backlog.measure(w, r, o.mails),
    "latency": lambda w, r, _: latency.measure(w, r),
    "memory": lambda w, r, _: memory.measure(w, r),
    "growth": lambda w, r, o: growth.measure(w, r, o.rows),
    "search": lambda w, r, o: search.measure(w, r, o.rows),
    "crowd": lambda w, r, _: latency.crowd(w, r),
    "syncs": lambda w, r, _: syncs.measure(w, r),
    "wire": lambda w, r, _: wire.measure(w, r),
    "checks": lambda w, r, _: checks.measure(w, r),
    "locks": lambda w, r, _: checks_of_locks.measure(w, r),
    "ocr": lambda w, r, _: ocr.measure(w, r),
    "sending": lambda w, r, _: sending.measure(w, r),
    "prints": lambda w, r, _: prints.measure(w, r),
    "reading": lambda w, r, _: reading.measure(w, r),
    "lasting": lambda w, r, _: memory.lasting(w, r),
}
# What takes too long for every day.
_LONG = {"lasting"}


def main() -> int:
    """Run the parts that are wanted."""
    options = _options()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="mailbridge-bench-") as folder:
        try:
            for part in options.only or _wanted(options.full):
                _run(part, Path(folder) / part, report, options)
        except KeyboardInterrupt as stop:
            # Whoever loses patience keeps what was measured.
            report.fail("the rest", stop)
    return 0 if report.show() else 1


def _run(part: str, folder: Path, report: Report, options: argparse.Namespace) -> None:
    """Run one part; whatever breaks it costs the others nothing."""
    try:
        with world(folder) as made:
            made.folder.mkdir()
            _PARTS[part](made, report, options)
    except Exception as error:  # noqa: BLE001  (a run must never lose its table)
        traceback.print_exc()
        report.fail(part, error)
    finally:
        # Its mails and its register go: the parts together need more room than any of them.
        shutil.rmtree(folder, ignore_errors=True)


def _wanted(full: bool) -> list[str]:
    return [part for part in _PARTS if full or part not in _LONG]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--mails", type=int, default=1000, help="mails of the backlog")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the grown register")
    parser.add_argument("--full", action="store_true", help="the long measurements too")
    parser.add_argument("--only", nargs="+", choices=_PARTS, help="these parts alone")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
