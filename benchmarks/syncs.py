"""How often the disk is asked to keep what it was told: fsync and fdatasync, by strace."""

import re
from pathlib import Path

from benchmarks.corpus import small
from benchmarks.product import Product
from benchmarks.report import Line, Report
from benchmarks.world import World

_ALONE = 10
_BACKLOG = 60
_CALL = re.compile(r"\b(?:fsync|fdatasync)\(")
_SENT = "SELECT count(*) FROM outbox WHERE state = 'sent'"


def measure(world: World, report: Report) -> None:
    """Count alone, in a backlog, and for letters."""
    report.say("syncs: the program runs under strace")
    user = world.mailbox()
    trace = world.folder / "syncs.strace"
    with Product(world, "syncs", user) as product:
        _start(product, trace)
        product.ready()
        before = _calls(trace)
        for done, mail in enumerate(small(world.keys, _ALONE), 1):
            world.fill(user, (mail,))
            product.await_settled(done)
        alone = (_calls(trace) - before) / _ALONE
        product.stop()
        world.fill(user, small(world.keys, _BACKLOG))
        _start(product, trace)
        product.until(lambda: b"watch" in product.log or product.settled() > _ALONE, "at work")
        before = _calls(trace)
        known = product.settled()
        product.await_settled(_ALONE + _BACKLOG)
        backlog = (_calls(trace) - before) / (_ALONE + _BACKLOG - known)
        product.stop()
        letters = _letters(product, trace)
    report.add(
        Line("fsyncs from fetch to settle, a document alone", alone, 5, 3, f"{_ALONE} documents"),
        Line("the same in a backlog", backlog, 5, None, f"{_BACKLOG} documents, fewer than alone"),
        Line("fsyncs a letter", letters, 2, None, "receipts of these documents"),
    )


def _letters(product: Product, trace: Path) -> float:
    product.change(posts=True)
    _start(product, trace)
    product.until(lambda: product.ask(_SENT)[0][0], "the first letter")
    before, sent = _calls(trace), int(str(product.ask(_SENT)[0][0]))
    product.until(
        lambda: int(str(product.ask(_SENT)[0][0])) >= _ALONE + _BACKLOG, "all receipts", 90
    )
    letters = int(str(product.ask(_SENT)[0][0])) - sent
    calls = _calls(trace) - before
    product.stop()
    return calls / letters


def _start(product: Product, trace: Path) -> None:
    product.start("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace))


def _calls(trace: Path) -> int:
    """Count the calls; one that another thread interrupts is told in two lines."""
    return len(_CALL.findall(trace.read_text(errors="replace"))) if trace.exists() else 0
