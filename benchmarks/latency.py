"""How soon: from the server's acceptance to the commit, and to a bare client's notice."""

import random
import statistics
import threading
import time

from benchmarks.bare import Bare
from benchmarks.corpus import small
from benchmarks.product import Product, Setup
from benchmarks.report import Line, Report
from benchmarks.world import World
from mailbridge.demo.agencies import SENDER

AMOUNT = 40
# An idle server is one whose timers are out: Dovecot says EXISTS half a second after the first
# change, and what the program did with the mail before is a change, too.
_REST = (0.8, 1.2)
# 20 mails among 50,000 cost little; to lay 50,000 costs most.
_FEW = 20


class _Bare(threading.Thread):
    """Waits as a bare client does, and notes when it was told."""

    def __init__(self, client: Bare) -> None:
        super().__init__(daemon=True)
        self._client = client
        self.noticed = 0.0

    def run(self) -> None:
        self._client.news()
        self.noticed = time.monotonic()


def measure(world: World, report: Report) -> None:
    """Measure the idle system in both ways of watching."""
    for watch in ("idle", "noop"):
        report.say(f"latency: {AMOUNT} mails by SMTP, one after the other, watch = {watch}")
        user = world.mailbox()
        with Product(world, f"latency-{watch}", user, Setup(watch=watch)) as product:
            product.start()
            product.ready()
            committed, noticed = _rounds(world, product, user)
        p50, p95, bare = _p50(committed), _p95(committed), _p50(noticed)
        how = f"p50 {p50 * 1000:.0f} ms, a bare IDLE client's {bare * 1000:.0f} ms"
        name = f'SMTP acceptance to commit, watch = "{watch}"'
        report.add(
            Line(f"{name}: p50 / a bare IDLE client's notice", p50 / bare, 1.05, 0.2, how),
            Line(f"{name}: p95 / p50", p95 / p50, 1.2, None, f"p95 {p95 * 1000:.0f} ms"),
        )


def crowd(world: World, report: Report) -> None:
    """Measure the notice in a mailbox that is never emptied, for a bare client and the program."""
    found = {}
    for crowd in (100, 50_000):
        report.say(f"crowd: a mailbox of {crowd:,} mails")
        user = world.host.new_mailbox("dong")
        world.fill_quickly(user, crowd)
        bare = _p50(_notices(world, user))
        setup = Setup(watch="noop", start="now")
        with Product(world, f"crowd-{crowd}", user, setup) as product:
            product.start()
            product.ready()
            begun = product.use().cpu
            times = []
            for done, mail in enumerate(small(world.keys, _FEW), 1):
                world.fill(user, (mail,))
                started = time.monotonic()
                product.await_settled(done, pause=0.001)
                times.append(time.monotonic() - started)
                time.sleep(random.uniform(0.1, 0.3))
            found[crowd] = (_p50(times), (product.use().cpu - begun) / _FEW, bare)
    (quick, cheap, told), (slow, dear, told_late) = found[100], found[50_000]
    report.add(
        Line(
            "one new mail among 50,000: LMTP to commit / a bare client's notice by NOOP, p50",
            slow / told_late,
            1.5,
            None,
            f'{slow * 1000:.0f} / {told_late * 1000:.0f} ms, watch = "noop"; '
            f"among 100: {quick * 1000:.0f} / {told * 1000:.0f} ms",
        ),
        Line(
            "the same: CPU of the program",
            dear / cheap,
            1.5,
            None,
            f"{dear * 1000:.0f} / {cheap * 1000:.0f} ms a mail, questions between included",
        ),
    )


def _notices(world: World, user: str) -> list[float]:
    """Let a bare client ask until it is told; the server lists the folder anew for its answer."""
    times = []
    with world.look(user) as client:
        for mail in small(world.keys, _FEW // 2):
            world.fill(user, (mail,))
            started = time.monotonic()
            while not any(b"EXISTS" in line for line in client.ask("NOOP")):
                time.sleep(0.01)
            times.append(time.monotonic() - started)
            time.sleep(random.uniform(0.1, 0.3))
    return times


def _rounds(world: World, product: Product, user: str) -> tuple[list[float], list[float]]:
    committed, noticed = [], []
    with world.look(user) as client:
        for done, mail in enumerate(small(world.keys, AMOUNT), 1):
            client.idle()
            time.sleep(random.uniform(*_REST))
            bare = _Bare(client)
            bare.start()
            world.host.deliver(mail.octets, user, sender=SENDER.mailbox)
            accepted = time.monotonic()
            product.await_settled(done, pause=0.001)
            committed.append(time.monotonic() - accepted)
            bare.join()
            noticed.append(bare.noticed - accepted)
            client.done()
    return committed, noticed


def _p50(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
