"""Whether search and registering stay quick in a register of a million entries."""

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import grown
from benchmarks.report import MIB, Line, Report
from benchmarks.world import World
from mailbridge.model.document import DocumentState
from mailbridge.model.outcome import BookName
from mailbridge.model.search import Filters, Question
from mailbridge.registry import books, documents, search_index
from mailbridge.registry.database import Database
from mailbridge.registry.search import find

_SMALL, _MIDDLE = 1_000, 100_000
# Questions of each kind, each asked once and with a page of twenty.
_ASKED, _LIMIT = 100, 20
_REGISTERED, _ROUNDS = 40, 5
# Words of the text of a document of two pages.
_TEXT = 600
_NOW = datetime(2029, 11, 24, 2, tzinfo=UTC)
_KINDS = ("exact number", "agency and word", "two rare words", "one common word")


def measure(world: World, report: Report, rows: int) -> None:
    """Make three registers, ask the largest, and register in all of them in turns."""
    places: dict[int, Path] = {}
    for amount in sorted({_SMALL, min(_MIDDLE, rows), rows}):
        place = places[amount] = world.folder / f"register-{amount}.sqlite3"
        begun = time.monotonic()
        grown.fill(place, amount)
        took, size = time.monotonic() - begun, place.stat().st_size / MIB
        report.say(f"search: register of {amount:,} entries in {took:.0f} s, {size:,.0f} MiB")
    with _opened(places[rows]) as database:
        report.add(*_searching(database, rows))
    report.add(*_registering(places))


def _searching(database: Database, rows: int) -> Iterator[Line]:
    taken: dict[str, list[float]] = {}
    used: list[float] = []
    for kind, question in questions(rows):
        begun, cpu = time.perf_counter(), time.process_time()
        with database.reading() as tx:
            find(tx, question)
        used.append((time.process_time() - cpu) * 1000)
        taken.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
    every = [one for times in taken.values() for one in times]
    mix = ", ".join(f"{kind} {_p95(times):.1f}" for kind, times in taken.items())
    name = f"search at {rows:,} entries, p95 in ms"
    how = f"{mix}; median {statistics.median(every):.1f}, p95 of the CPU {_p95(used):.1f} ms"
    yield Line(name, _p95(every), 50, 20, how)


def questions(rows: int) -> list[tuple[str, Question]]:
    """Mix the questions: as many of each kind, in no order."""
    chance = random.Random(3)
    vocabulary = grown.Vocabulary(random.Random(7))
    sample = list(grown.documents(min(rows, 5_000)))
    asked: list[tuple[str, Question]] = []
    for _ in range(_ASKED):
        one = chance.choice(sample)
        rare = vocabulary.words[300:]
        numbers = (str(chance.randint(1, 30_000)), f"{chance.randint(1, 30_000)}/2020",
                   one.key.symbol or "")  # fmt: skip
        common = vocabulary.words[chance.randint(0, 20)]
        by_name = Question(grown.OFFICE, f"{one.agency_name} {common}", limit=_LIMIT)
        filters = Filters(agency=one.key.agency)
        by_code = Question(grown.OFFICE, common, filters, _LIMIT)
        texts = (chance.choice(numbers), "", " ".join(chance.sample(rare, 2)), common)
        for kind, text in zip(_KINDS, texts, strict=True):
            question = Question(grown.OFFICE, text, limit=_LIMIT)
            asked.append((kind, question if text else chance.choice((by_name, by_code))))
    chance.shuffle(asked)
    return asked


def _registering(places: dict[int, Path]) -> Iterator[Line]:
    taken: dict[int, list[float]] = {amount: [] for amount in places}
    indexing: list[float] = []
    for round_ in range(_ROUNDS):
        for amount, place in places.items():
            with _opened(place) as database:
                taken[amount] += _registered(database, round_, indexing)
    small = statistics.median(taken[_SMALL])
    for amount, times in taken.items():
        if amount != _SMALL:
            name = f"registering at {amount:,} entries / at {_SMALL:,}"
            got = statistics.median(times)
            how = f"{got:.2f} / {small:.2f} ms, p95 {_p95(times):.2f} / {_p95(taken[_SMALL]):.2f}"
            yield Line(name, got / small, 1.2, None, how)
    name = "indexing of one document within its transaction, ms"
    yield Line(name, statistics.median(indexing), None, None, f"p95 {_p95(indexing):.2f} ms")


def _registered(database: Database, seed: int, indexing: list[float]) -> Iterator[float]:
    """Enter documents as settling does, each with its commit; give the milliseconds of each."""
    text = " ".join(grown.Vocabulary(random.Random(seed)).draw(_TEXT))
    for made in grown.documents(_REGISTERED, seed=seed + 1):
        begun = time.perf_counter()
        with database.transaction() as tx:
            one = replace(made, ledger=0, received_at=_NOW)
            one = replace(one, id=documents.add(tx, one))
            books.enter(tx, BookName(grown.OFFICE, "den"), one.id, _NOW.date(), _NOW)
            documents.set_state(tx, one.id, DocumentState.REGISTERED)
            started = time.perf_counter()
            search_index.index(tx, one, text, ("Nguyễn Văn A",))
            indexing.append((time.perf_counter() - started) * 1000)
        yield (time.perf_counter() - begun) * 1000


@contextmanager
def _opened(place: Path) -> Iterator[Database]:
    database = Database(place)
    try:
        yield database
    finally:
        database.close()


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
