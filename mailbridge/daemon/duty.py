"""What runs in the service: built by `wiring`, started by `serve`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.daemon.copies import SentFolder
from mailbridge.daemon.queue import WorkQueue
from mailbridge.daemon.watcher import Watch


class Gateway(Protocol):
    """Doors by which mail comes in without being asked for."""

    def start(self, work: WorkQueue) -> None:
        """Open the doors."""

    def stop(self) -> None:
        """Close them within a second."""

    def is_alive(self) -> bool:
        """Tell whether they are open."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Everything that runs: built by `wiring`."""

    house: House
    watches: tuple[Watch, ...]
    desks: dict[str, Desk]
    workers: int
    poll_seconds: float
    sent_folders: tuple[SentFolder, ...] = ()
    # Where people lay documents that are to leave.
    drop_folder: Path | None = None
    # Whether this daemon still has its mailboxes: on SQLite it has, as long as it lives.
    leads: Callable[[], bool] = lambda: True
    gateway: Gateway | None = None
    # Until when our own keys sign, for digests; None where a key cannot be had.
    key_ends: Callable[[Mapping[str, Desk]], Mapping[str, datetime | None]] = lambda _: {}
