"""A house with its doors, as the settings open them."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailbridge.actions.house import House
from mailbridge.daemon.examiners import Examiner
from mailbridge.daemon.queue import WorkQueue
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.gateway.gateway import Gateway
from mailbridge.settings.load import load
from mailbridge.settings.schema import Settings
from mailbridge.wiring.doors import gateway
from tests.house import Builder
from tests.unit.provenance.samples import keys

# What a test adds to the settings of the demo's office.
Adds = Callable[[str], Settings]


@pytest.fixture
def with_doors(tmp_path: Path) -> Adds:
    def made(text: str) -> Settings:
        path = set_up(tmp_path, keys(), MailServer((), "x"))
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
        return load(path)

    return made


@pytest.fixture
def house(with_doors: Adds, builder: Builder) -> Iterator[House]:
    with builder.house(with_doors("")) as built:
        yield built


def until(holds: Callable[[], bool]) -> None:
    for _ in range(300):
        if holds():
            return
        threading.Event().wait(0.1)
    raise AssertionError("never")


class Service:
    """Doors and, if asked for, an examiner behind them."""

    def __init__(self, settings: Settings, house: House) -> None:
        built = gateway(settings, house)
        assert built is not None
        self.doors: Gateway = built
        self.queue = WorkQueue(8)
        self._house = house
        self._examiner: Examiner | None = None

    def start(self, *, examines: bool = False) -> "Service":
        self.doors.start(self.queue)
        if examines:
            self._examiner = Examiner(self._house, self.queue, "examine")
            self._examiner.start()
        return self

    def stop(self) -> None:
        self.doors.stop()
        self.queue.close()
        if self._examiner:
            self._examiner.join(10)


Open = Callable[[str], Service]


@pytest.fixture
def service(with_doors: Adds, house: House) -> Iterator[Open]:
    begun: list[Service] = []

    def made(text: str) -> Service:
        begun.append(Service(with_doors(text), house))
        return begun[-1]

    yield made
    for one in begun:
        one.stop()
