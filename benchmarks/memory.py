"""Memory: what a larger mail adds, and whether many mails leave anything behind."""

from benchmarks.corpus import MIB, Sample, sample, small
from benchmarks.product import Product
from benchmarks.report import Line, Report
from benchmarks.world import World


def measure(world: World, report: Report) -> None:
    """Compare the peaks at a mail of 25 MB and at one of 1 MB, in each form."""
    for kind in ("clear", "opaque", "both"):
        peaks, sizes = [], []
        for size in (1, 25):
            mail = sample(world.keys, kind, size * MIB)
            sizes.append(len(mail.octets))
            peaks.append(_peak(world, f"memory-{kind}-{size}", mail))
        grown, more = peaks[1] - peaks[0], sizes[1] - sizes[0]
        how = f"{peaks[0] / MIB:.0f} to {peaks[1] / MIB:.0f} MiB, peaks of all processes added up"
        name = f"peak memory grown / mail grown from 1 to 25 MB, {kind}"
        report.add(Line(name, grown / more, 2, 0.5, how))


def lasting(world: World, report: Report) -> None:
    """Compare the resident memory after 10,000 small mails and after 1,000."""
    report.say("lasting: 10,000 small mails are made and delivered")
    user = world.mailbox(small(world.keys, 10_000))
    with Product(world, "lasting", user) as product:
        product.start()
        found = {}
        for amount in (1_000, 10_000):
            product.await_settled(amount, patience=1800)
            found[amount] = product.use().resident
        how = f"{found[10_000] / MIB:.0f} / {found[1_000] / MIB:.0f} MiB"
        ratio = found[10_000] / found[1_000]
        report.add(Line("resident memory after 10,000 mails / after 1,000", ratio, 1.1, None, how))


def _peak(world: World, name: str, mail: Sample) -> int:
    user = world.mailbox((mail,))
    with Product(world, name, user) as product:
        product.start()
        product.await_settled(1)
        return product.use().peak
