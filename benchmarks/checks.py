"""Checks a second by form and size, in this process, against the plain operation of each part."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import KIB, MIB, sample
from benchmarks.plain import OpenSsl, Trusted, by_pyhanko, pdf_by_pyhanko
from benchmarks.product import ROOT
from benchmarks.report import Line, Report
from benchmarks.revoked import long_list
from benchmarks.world import World
from mailbridge.demo.hierarchy import Hierarchy
from mailbridge.mime import parse
from mailbridge.model.evidence import Evidence, Integrity
from mailbridge.model.limits import Limits
from mailbridge.model.message import Message
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap
from mailbridge.provenance import trust
from mailbridge.provenance.establish import Question, establish

SIZES = (50 * KIB, 500 * KIB, 5 * MIB)
# Each operation is repeated for so long; the median counts.
SECONDS = 0.5
LEAST = 5
_LISTS = (0, 10_000, 100_000)
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with trust, and what lies there."""

    folder: Path
    keys: Hierarchy

    def question(self, octets: bytes) -> Question:
        """Open a mail, and ask about it."""
        source, scratch = self.folder / "mail", self.folder / "scratch"
        for old in scratch.iterdir() if scratch.is_dir() else ():
            old.unlink()
        scratch.mkdir(exist_ok=True)
        source.write_bytes(octets)
        message: Message = parse.parse(octets, Limits())
        means = Means(source, scratch, Limits())
        return Question(
            parcel=unwrap(means, octets, message),
            scratch=scratch,
            message=message,
            trust=trust.load(self.folder / "trust"),
            directory=None,
            at=self.keys.now,
        )


def measure(world: World, report: Report) -> None:
    """Measure the seals of mails and PDFs, the length of CRLs, and the command itself."""
    bench = Bench(world.folder, world.keys)
    world.keys.write_trust(world.folder / "trust")
    _seals(bench, report)
    _lists(bench, report)
    _command(bench, report)


def _seals(bench: Bench, report: Report) -> None:
    report.say("checks: judging in this process")
    trusted, library = Trusted(bench.folder / "trust"), OpenSsl()
    for size in SIZES:
        mail = sample(bench.keys, "clear", size).octets
        question = bench.question(mail)
        (claim,) = question.parcel.claims
        content = mail[claim.start : claim.end]
        der = (question.scratch / claim.signature).read_bytes()
        informed = median(lambda c=content, d=der: library.verify(c, d))
        compare(
            report,
            f"S/MIME, {told(size)}: judging",
            median(lambda q=question: _intact(establish(q))),
            median(lambda c=content, d=der: by_pyhanko(c, d, trusted)),
            f"OpenSSL alone {informed * 1000:.2f} ms",
        )
    for size in SIZES:
        question = bench.question(sample(bench.keys, "sealed", size).octets)
        (claim,) = question.parcel.claims
        path = question.scratch / claim.signed
        compare(
            report,
            f"PAdES, {told(size)}: judging",
            median(lambda q=question: _intact(establish(q))),
            median(lambda p=path: pdf_by_pyhanko(p, trusted)),
        )


def compare(report: Report, form: str, ours: float, plain: float, more: str = "") -> None:
    """Add the line of one form."""
    how = f"{ours * 1000:.2f} / {plain * 1000:.2f} ms, {1 / ours:,.0f} a second; {more}"
    report.add(
        Line(f"judging {form} / the plain operation", ours / plain, 1.5, None, how.strip("; "))
    )


def _lists(bench: Bench, report: Report) -> None:
    report.say("checks: long revocation lists")
    octets = sample(bench.keys, "clear", 50 * KIB).octets
    for entries in _LISTS:
        listed = long_list(bench.keys.sub, bench.keys.now, entries)
        bench.keys.write_trust(bench.folder / "trust", (bench.keys.crls()[0], listed))
        started = time.monotonic()
        question = bench.question(octets)
        _intact(establish(question))
        first = time.monotonic() - started
        later = median(lambda q=question: _intact(establish(q)))
        how = f"{later * 1000:.2f} ms; the first use of the list {first * 1000:.0f} ms"
        name = f"ms to judge a mail with a CRL of {entries:,} entries"
        report.add(Line(name, later * 1000, None, None, how))
    bench.keys.write_trust(bench.folder / "trust")


def _command(bench: Bench, report: Report) -> None:
    report.say("checks: the command")
    file = bench.folder / "one.eml"
    file.write_bytes(sample(bench.keys, "clear", 50 * KIB).octets)
    asked = {"file": str(file), "trust": str(bench.folder / "trust")}
    one, many = (_batch([asked] * amount) for amount in (1, _BATCH))
    each = (many - one) / (_BATCH - 1)
    how = f"{one:.2f} s from start to answer"
    report.add(Line("cold start of mailbridge check, in checks of a batch", one / each, how=how))
    how = f"{each * 1000:.1f} ms a file of 50 KB in a batch of {_BATCH}, both children included"
    report.add(
        Line("batch of 100 small files: share of the start in its time", one / many, how=how)
    )


def _batch(requests: list[dict[str, str]]) -> float:
    given = "\n".join(map(json.dumps, requests))
    command = [sys.executable, "-m", "mailbridge", "check", "--batch", "-"]
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=given,
        text=True,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if len(done.stdout.splitlines()) != len(requests):
        raise RuntimeError(done.stderr[-2000:])
    return time.monotonic() - started


def _intact(evidence: Evidence) -> None:
    if [seal.integrity for seal in evidence.seals] != [Integrity.INTACT]:
        raise RuntimeError(f"not intact: {evidence.seals}")


def median(operation: Callable[[], object]) -> float:
    """Time an operation many times, in seconds."""
    return statistics.median(_times(operation))


def _times(operation: Callable[[], object]) -> Iterator[float]:
    operation()
    ends, done = time.monotonic() + SECONDS, 0
    while done < LEAST or time.monotonic() < ends:
        started = time.perf_counter()
        operation()
        yield time.perf_counter() - started
        done += 1


def told(size: int) -> str:
    """Write a size as people do."""
    return f"{size // MIB} MB" if size >= MIB else f"{size // KIB} KB"
