"""What every house of the tests has in common: made once, and shared from test to test.

A register is copied instead of migrated. The children that open and read are long-lived and serve
one mail after the other, as the service's do; only that they may read the folders of all tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mailbridge import wiring
from mailbridge.actions.examine import Rooms
from mailbridge.actions.house import House
from mailbridge.model.limits import Limits
from mailbridge.registry.database import Database
from mailbridge.settings.schema import Settings


def empty_register(folder: Path) -> bytes:
    """Give the octets of a migrated register."""
    path = folder / "register.sqlite3"
    database = Database(path)
    database.migrate()
    database.close()
    return path.read_bytes()


@contextmanager
def common_rooms(folder: Path, readable: Path) -> Iterator[Rooms]:
    """Children that may read all below one folder."""
    rooms = wiring.rooms(folder, (readable,), Limits(), 2, wiring.machine())
    yield rooms
    rooms.opener.close()
    rooms.reader.close()


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds houses as `wiring` does, but for what they have in common."""

    empty: bytes
    rooms: Rooms

    def lay(self, settings: Settings) -> Settings:
        """Lay an empty register, where the settings name none on PostgreSQL."""
        folder = settings.state.folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        register = folder / "register.sqlite3"
        if settings.state.database is None and not register.exists():
            register.write_bytes(self.empty)
        return wiring.prepared(settings)

    @contextmanager
    def house(self, settings: Settings) -> Iterator[House]:
        """Build one, and close its register at the end."""
        built = wiring.house(self.lay(settings))
        shared = replace(built.rooms, opener=self.rooms.opener, reader=self.rooms.reader)
        yield replace(built, rooms=shared)
        built.database.close()
