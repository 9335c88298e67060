"""What the search learnt goes through the walls: each input is answered, and none kills a child."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbridge import wiring
from mailbridge.actions.check import Request, check
from mailbridge.actions.examine import Rooms
from mailbridge.model.errors import Reason
from mailbridge.model.limits import MIB, Limits
from tests.fuzz import seeds

CORPUS = Path(__file__).parent / "corpus"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
# As `mailbridge check` promises: an answer within these, whatever the file.
BOUNDS = Limits(child_memory=512 * MIB, child_cpu=20, child_wall=20)
DEATHS = {Reason.CRASHED, Reason.TIMEOUT}
MAKERS = (seeds.mails, seeds.cms, seeds.pdfs, seeds.archives, seeds.xml)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corpus")
    seeds.write_trust(made / "trust")
    return made


@pytest.fixture(scope="module")
def rooms(folder: Path) -> Iterator[Rooms]:
    made = wiring.rooms(folder / "rooms", (folder,), BOUNDS, workers=1)
    yield made
    made.opener.close()
    made.reader.close()


def ended(rooms: Rooms, folder: Path, octets: bytes, name: str) -> str | None:
    """Tell what went wrong, if anything did."""
    laid = folder / "laid"
    laid.write_bytes(octets)
    answer = check(rooms, Request(Path(name), laid, folder / "trust", NOW, None))
    return f"{name}: {answer.reason}" if answer.reason in DEATHS else None


@pytest.mark.parametrize("entry", sorted(path.name for path in CORPUS.iterdir() if path.is_dir()))
def test_what_the_search_learnt_kills_no_child(entry: str, rooms: Rooms, folder: Path) -> None:
    learnt = sorted((CORPUS / entry).iterdir())
    wrong = [ended(rooms, folder, path.read_bytes(), path.name) for path in learnt]
    assert [each for each in wrong if each] == []


def test_the_seeds_kill_no_child(rooms: Rooms, folder: Path) -> None:
    samples = {name: octets for make in MAKERS for name, octets in make().items()}
    wrong = [ended(rooms, folder, octets, name) for name, octets in samples.items()]
    assert len(samples) > 20
    assert [each for each in wrong if each] == []
