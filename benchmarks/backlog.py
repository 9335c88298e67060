"""A backlog against the floor: floor, product, floor; then its letters and its filing apart."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass

from benchmarks.corpus import Sample, mixed
from benchmarks.processes import Sampler
from benchmarks.product import ROOT, Product
from benchmarks.report import MIB, Line, Report
from benchmarks.world import World

# Two floors that differ by more make the run worthless.
_SWING = 1.2
# Longest that letters are watched, in seconds.
_PATIENCE = 60
_SENT = "SELECT count(*) FROM outbox WHERE state = 'sent'"
_UNFILED = "SELECT count(*) FROM ledger WHERE filed_at IS NULL AND gone_at IS NULL"


@dataclass(frozen=True, slots=True)
class Run:
    """What one pass over the mailbox took."""

    wall: float
    cpu: float
    peak: int


def measure(world: World, report: Report, amount: int) -> None:
    """Measure a backlog of so many mixed mails."""
    mails, octets = {}, 0
    user = world.mailbox()

    def labelled() -> object:
        nonlocal octets
        for each in mixed(world.keys, amount):
            octets += len(each.octets)
            mails[each.message_id] = _without_octets(each)
            yield each

    report.say(f"backlog: {amount} mixed mails are made and delivered")
    world.fill(user, labelled())  # type: ignore[arg-type]
    with world.look(user):
        pass
    report.say(f"backlog: {octets / MIB:.0f} MiB; floor, product, floor")
    before = _floor(world, user, mails)
    with Product(world, "backlog", user) as product:
        run, half = _product(product, mails)
        after = _floor(world, user, mails)
        if max(before.cpu, after.cpu) > _SWING * min(before.cpu, after.cpu):
            report.say(
                "backlog: THE TWO FLOORS DIFFER BY MORE THAN 20 %: repeat on a calmer machine"
            )
        _tell(report, (before, after), run, amount)
        report.add(
            Line(
                f"resident memory after {amount:,} mails / after {amount // 4:,}",
                run.peak / half,
                how=f"{run.peak / MIB:.0f} / {half / MIB:.0f} MiB; --full tells 10,000 / 1,000",
            )
        )
        _letters(product, report, amount)


def _without_octets(sample: Sample) -> Sample:
    return Sample(sample.kind, sample.number, sample.message_id, b"")


def _floor(world: World, user: str, mails: dict[str, Sample]) -> Run:
    task = {
        "port": world.host.imaps_port,
        "ca_file": str(world.host.ca_file),
        "user": user,
        "password": world.host.passwords[user],
        "trust": str(world.folder / "trust"),
        "folder": str(world.folder),
    }
    world.keys.write_trust(world.folder / "trust")
    started = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.floor", json.dumps(task)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall = time.monotonic() - started
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found = json.loads(done.stdout)
    good = sum(s.label[0] == "registered" for s in mails.values())
    # Whether a later revision is allowed is a question that the floor does not ask.
    bad = sum(s.kind == "changed_mail" for s in mails.values())
    if found["mails"] != len(mails) or found["good"] < good or found["bad"] < bad:
        raise RuntimeError(f"the floor disagrees with the labels: {found}")
    return Run(wall, found["cpu"], found["peak"])


def _product(product: Product, mails: dict[str, Sample]) -> tuple[Run, int]:
    started = time.monotonic()
    product.start()
    sampler = Sampler(product.pid)
    sampler.start()
    product.await_settled(len(mails) // 4, patience=900)
    half = product.use().resident
    product.await_settled(len(mails), patience=900)
    wall, use = time.monotonic() - started, product.use()
    peak = sampler.stop()
    _compare(product.labels(), mails)
    print(f"  peak of the tree, sum of the moment: {peak / MIB:.0f} MiB")
    return Run(wall, use.cpu, use.resident), half


def _compare(got: dict[str, tuple[str, str]], mails: dict[str, Sample]) -> None:
    """Refuse a run whose register does not agree with what was sent."""
    wrong = {
        each.kind: got.get(each.message_id)
        for each in mails.values()
        if got.get(each.message_id) != each.label
    }
    if wrong or len(got) != len(mails):
        raise RuntimeError(f"the register disagrees with the labels: {wrong}, {len(got)} rows")


def _tell(report: Report, floors: tuple[Run, Run], run: Run, amount: int) -> None:
    wall = sum(each.wall for each in floors) / 2
    cpu = sum(each.cpu for each in floors) / 2
    report.add(
        Line(
            f"backlog of {amount:,}: wall / floor",
            run.wall / wall,
            1.5,
            0.8,
            f"{run.wall:.1f} s / {floors[0].wall:.1f} and {floors[1].wall:.1f} s, "
            f"{run.wall / amount * 1000:.1f} ms a mail",
        ),
        Line(
            f"backlog of {amount:,}: CPU of all processes / floor's",
            run.cpu / cpu,
            1.6,
            1.15,
            f"{run.cpu:.1f} s / {floors[0].cpu:.1f} and {floors[1].cpu:.1f} s, "
            f"{run.cpu / amount * 1000:.1f} ms a mail",
        ),
    )


def _letters(product: Product, report: Report, amount: int) -> None:
    """Let the same office post its letters, then file its mails: apart from the above."""
    product.stop()
    product.change(posts=True)
    product.start()
    product.ready()
    begun, used, started = product.use().cpu, _sent(product), time.monotonic()
    came = used
    while True:
        # The poster looks into its outbox every five seconds.
        time.sleep(6)
        if (now := _sent(product)) == came or time.monotonic() - started > _PATIENCE:
            break
        came = now
    letters, cpu = _sent(product) - used, product.use().cpu - begun
    product.stop()
    if letters:
        how = f"{letters} letters, of which no settle waits"
        report.add(Line("letters apart: ms of CPU a letter", cpu / letters * 1000, how=how))
    with closing(sqlite3.connect(product.register, isolation_level=None)) as rows:
        rows.execute("UPDATE ledger SET filed_at = NULL")
    product.change(posts=False, filing="move")
    # A second start, with nothing left to file, is what the first must not be charged with.
    cpu = _start(product) - _start(product)
    how = f"{amount:,} mails moved"
    report.add(Line("filing apart: ms of CPU a mail", cpu / amount * 1000, how=how))


def _start(product: Product) -> float:
    """Start, wait until all is filed, tell the CPU that it took, and stop."""
    product.start()
    product.ready()
    product.until(lambda: product.ask(_UNFILED)[0][0] == 0, "filed", 120)
    cpu = product.use().cpu
    product.stop()
    return cpu


def _sent(product: Product) -> int:
    return int(str(product.ask(_SENT)[0][0]))
