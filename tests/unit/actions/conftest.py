"""A house with real children and a real register, and mails led through it."""

from collections.abc import Callable, Iterator
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
from tests.postgres import on_postgres
from tests.unit.provenance.samples import NOW, keys


@pytest.fixture
def house(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, builder: Builder
) -> Iterator[House]:
    """A house on each of the two databases."""
    config = set_up(tmp_path, keys(), MailServer((), "x"))
    if engine == "postgresql":
        on_postgres(config, request.getfixturevalue("cluster").fresh())
    with builder.house(load(config)) as built:
        yield built


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
