"""Whether a mail costs more when the register has grown."""

import sqlite3
import time
from contextlib import closing

from benchmarks.corpus import small
from benchmarks.product import Product
from benchmarks.report import Line, Report
from benchmarks.world import World

_WARM = 20
_MAILS = 100
_ROUNDS = 3
# Each row of the past is a copy of a settled one, under UIDs that will never come.
_GROW = """
WITH RECURSIVE past(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM past WHERE n < {rows})
INSERT INTO {table} ({names}) SELECT {values} FROM past, (SELECT * FROM {table} LIMIT 1) AS old
"""
_DISTINCT = {
    "ledger": {
        "id": "n + 1000000",
        "uid": "n + 10000000",
        "fingerprint": "lower(hex(randomblob(32)))",
        "message_id": "'<old.' || n || '@hungyen.gov.vn>'",
        "filed_at": "old.settled_at",
    },
    "document": {
        "id": "n + 1000000",
        "ledger": "n + 1000000",
        "symbol": "'9' || n || '-CV/CU'",
        "file_set": "lower(hex(randomblob(32)))",
        "message_id": "'<old.' || n || '@hungyen.gov.vn>'",
    },
    "file": {"document": "n + 1000000", "sha256": "lower(hex(randomblob(32)))"},
}


def measure(world: World, report: Report, rows: int) -> None:
    """Compare the CPU of a small mail at `rows` and at 1,000 rows, in turns."""
    report.say(f"growth: registers of 1,000 and {rows:,} rows")
    user = world.mailbox(small(world.keys, _WARM))
    few, many = (Product(world, f"growth-{name}", user) for name in ("few", "many"))
    with few, many:
        for product, amount in ((few, 1_000), (many, rows)):
            product.start()
            product.await_settled(_WARM)
            product.stop()
            _grow(product, amount)
        used = {few: 0.0, many: 0.0}
        for _ in range(_ROUNDS):
            for product in used:
                used[product] += _round(world, product, user)
    cheap, dear = (cpu / _MAILS / _ROUNDS * 1000 for cpu in used.values())
    name = f"CPU a mail at {rows:,} ledger rows / at 1,000"
    report.add(Line(name, dear / cheap, 1.15, None, f"{dear:.1f} / {cheap:.1f} ms a mail"))


def _round(world: World, product: Product, user: str) -> float:
    product.start()
    product.ready()
    # The other one has taken in mails of which this one knows nothing yet.
    _rest(product)
    known, begun = product.settled(), product.use().cpu
    world.fill(user, small(world.keys, _MAILS))
    product.await_settled(known + _MAILS)
    cpu = product.use().cpu - begun
    product.stop()
    return cpu


def _rest(product: Product) -> None:
    settled = -1
    while settled != (settled := product.settled()):
        time.sleep(1.5)


def _grow(product: Product, rows: int) -> None:
    with closing(sqlite3.connect(product.register, isolation_level=None)) as register:
        register.execute("PRAGMA synchronous = OFF")
        register.execute("BEGIN")
        for table, distinct in _DISTINCT.items():
            names = [row[1] for row in register.execute(f"PRAGMA table_info({table})")]
            values = [distinct.get(name, f"old.{name}") for name in names]
            sql = _GROW.format(
                rows=rows, table=table, names=", ".join(names), values=", ".join(values)
            )
            register.execute(sql)
        register.execute("COMMIT")
        register.execute("PRAGMA wal_checkpoint(TRUNCATE)")
