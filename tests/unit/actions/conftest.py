"""A house with real children and a real register, and mails led through it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun, begin, receive
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.model.outcome import Outcome
from mailbridge.model.slot import Arrival, Slot
from mailbridge.settings.load import load
from tests.house import Builder
from tests.postgres import Cluster, on_postgres
from tests.unit.provenance.samples import NOW, keys


@pytest.fixture
def house(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, builder: Builder
) -> Iterator[House]:
    """A house on each of the two databases."""
    config = set_up(tmp_path, keys(), MailServer((), "x"))
    with ExitStack() as stack:
        if engine == "postgresql":
            cluster: Cluster = request.getfixturevalue("cluster")
            on_postgres(config, stack.enter_context(cluster.lent()))
        yield stack.enter_context(builder.house(load(config)))


Begin = Callable[..., Begun]
Lead = Callable[..., Outcome | None]


@pytest.fixture
def began(house: House) -> Begin:
    """Store octets and begin them in the next slot."""
    uids = iter(range(1, 1000))

    def store(octets: bytes, now: datetime = NOW) -> Begun:
        with house.blobs.writer() as blob:
            blob.write(octets)
            fingerprint = blob.commit()
        (mail,) = begin(house, [(Arrival(Slot("vanthu", 1, next(uids)), 1, now), fingerprint)], now)
        return mail

    return store


@pytest.fixture
def lead(house: House, began: Begin) -> Lead:
    """Lead octets from their slot to their outcome."""

    def through(octets: bytes, now: datetime = NOW) -> Outcome | None:
        return receive(house, began(octets, now), now)

    return through
