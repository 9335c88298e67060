"""How property tests run: the same examples on every machine, and no clock that judges them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import logs
from tests.house import Builder, common_rooms, empty_register
from tests.postgres import Cluster
from tests.simulators.pgp import Correspondents, Desk

# A slow machine is no failing test. Who looks for new examples runs with HYPOTHESIS_PROFILE=search.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

logs.plain()

ENGINES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what keeps a register on both databases, but for what opens the file of SQLite itself."""
    if "engine" in metafunc.fixturenames:
        engines = ENGINES[:1] if "place" in metafunc.fixturenames else ENGINES
        metafunc.parametrize("engine", engines)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, started by the first test that wants one."""
    made = Cluster()
    yield made
    made.end()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The octets of a migrated register, so that each test need not migrate its own."""
    return empty_register(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def builder(empty: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Builds the houses of tests, whose children are the same for all of them."""
    folder = tmp_path_factory.mktemp("examining")
    with common_rooms(folder, tmp_path_factory.getbasetemp()) as rooms:
        yield Builder(empty, rooms)


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder of a short name: a Unix socket in it stays under 108 characters."""
    folder = Path(tempfile.mkdtemp(prefix="mb"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def pgp_desk(short_path: Path) -> Desk:
    """Where mails with OpenPGP are opened and judged."""
    return Desk(short_path).trust()


@pytest.fixture(scope="session")
def people() -> Iterator[Correspondents]:
    """Everybody who has an OpenPGP key."""
    made = Correspondents()
    yield made
    made.end()


@pytest.fixture(scope="session")
def sender(people: Correspondents) -> str:
    """The key of the agency that sends."""
    return people.new("vpub@hungyen.gov.vn")


@pytest.fixture(scope="session")
def own(people: Correspondents) -> str:
    """Our own key."""
    return people.new("vptu@hungyen.gov.vn")


@pytest.fixture(scope="session")
def stranger(people: Correspondents) -> str:
    """A key of somebody else."""
    return people.new("ke.khac@example.com", name="Ke khac")
