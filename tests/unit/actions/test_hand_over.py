"""Handing over: once, whole, again after a death, and per office."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.actions.hand_over import CannotHandOverError, hand_over
from mailbridge.actions.house import House
from mailbridge.edxml import file_set
from mailbridge.model.errors import RefusedError
from mailbridge.model.handover import HandoverState
from mailbridge.registry import handover, journal
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, sealed

OFFICE = "DEMO.02.07"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def test_what_was_entered_is_handed_over_once(house: House, lead: Lead, disk: Path) -> None:
    lead(mail_with(sealed()))
    handed = hand_over(house, OFFICE, disk, "A", NOW)
    assert handed is not None
    assert (handed.documents, handed.folder.parent) == (1, disk)
    assert len(file_set.checked(handed.folder)) == 2
    assert hand_over(house, OFFICE, disk, "A", NOW) is None
    with house.database.reading() as tx:
        (one,) = handover.listed(tx, OFFICE, None, 10)
        assert one.state is HandoverState.HANDED
        assert journal.lines(tx, OFFICE, 1)[0].event == "handed-over"


def test_a_disk_that_fails_leaves_the_set_for_the_next_time(
    house: House, lead: Lead, disk: Path
) -> None:
    lead(mail_with(sealed()))
    with pytest.raises(OSError, match="No such file"):
        hand_over(house, OFFICE, disk / "none", "A", NOW)
    with house.database.reading() as tx:
        assert handover.unfinished(tx, OFFICE) is not None
    later = hand_over(house, OFFICE, disk, "A", NOW + timedelta(hours=1))
    assert later is not None
    assert (later.set_.ordinal, later.set_.made_at) == (1, NOW)


def test_a_death_before_the_set_was_called_finished_writes_the_same_octets(
    house: House, lead: Lead, disk: Path
) -> None:
    lead(mail_with(sealed()))
    handed = hand_over(house, OFFICE, disk, "A", NOW)
    assert handed is not None
    sums = (handed.folder / file_set.SUMS).read_bytes()
    again = hand_over(house, OFFICE, disk, "A", NOW + timedelta(days=1), again=1)
    assert again is not None
    assert (again.folder / file_set.SUMS).read_bytes() == sums


def test_a_set_that_never_was_cannot_be_written_again(house: House, disk: Path) -> None:
    with pytest.raises(CannotHandOverError):
        hand_over(house, OFFICE, disk, "A", NOW, again=3)


def test_a_folder_taken_by_another_is_left_alone(house: House, lead: Lead, disk: Path) -> None:
    lead(mail_with(sealed()))
    (disk / f"mailbridge-{OFFICE}-00001").mkdir()
    with pytest.raises(CannotHandOverError, match="khác nội dung"):
        hand_over(house, OFFICE, disk, "A", NOW)


def test_another_office_hands_over_nothing_of_ours(house: House, lead: Lead, disk: Path) -> None:
    lead(mail_with(sealed()))
    assert hand_over(house, "DEMO.02.08", disk, "A", NOW) is None


def test_a_blob_that_is_gone_hands_over_nothing(house: House, lead: Lead, disk: Path) -> None:
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        (document,) = handover.pending(tx, OFFICE, 10)
    house.blobs.path(document.files[0].sha256).unlink()
    with pytest.raises((OSError, RefusedError)):
        hand_over(house, OFFICE, disk, "A", NOW)
    assert list(disk.iterdir()) == []
