"""The directory changes as told, and everything that changes is in the journal."""

from dataclasses import replace

import pytest

from mailbridge.model.directory import Agency, CertificateRole, Directory, EnrolledCertificate
from mailbridge.model.records import ChangeKind
from mailbridge.registry import agencies, journal
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

ONE = Agency(
    "DEMO.01",
    "Văn phòng Tỉnh ủy Ví Dụ",
    mailboxes=("vptu@hungyen.gov.vn",),
    valid_from=NOW.date(),
    certificates=(EnrolledCertificate("a" * 64, CertificateRole.SEAL, "Con dấu"),),
)
TWO = Agency("DEMO.02", "Đảng ủy phường Ví Dụ", has_party_wan=True)


def _load(database: Database, *entries: Agency) -> list[tuple[ChangeKind, str]]:
    with database.transaction() as tx:
        return [(c.kind, c.code) for c in agencies.load(tx, Directory(entries), NOW)]


def _directory(database: Database) -> Directory:
    with database.reading() as tx:
        return agencies.directory(tx)


def _load_and_fail(database: Database) -> None:
    with database.transaction() as tx:
        agencies.load(tx, Directory((TWO,)), NOW)
        assert agencies.directory(tx) == Directory((TWO,))
        raise KeyError


def test_what_is_loaded_is_what_is_there(database: Database) -> None:
    assert _directory(database) == Directory()
    added = [(ChangeKind.ADDED, "DEMO.01"), (ChangeKind.ADDED, "DEMO.02")]
    assert _load(database, TWO, ONE) == added
    assert _directory(database) == Directory((ONE, TWO))


def test_loading_the_same_again_changes_nothing(database: Database) -> None:
    _load(database, ONE, TWO)
    assert _load(database, TWO, ONE) == []
    with database.reading() as tx:
        assert journal.verify(tx, journal.HOUSE).lines == 2


def test_the_difference_is_told_before_it_is_made(database: Database) -> None:
    _load(database, ONE, TWO)
    moved = replace(ONE, mailboxes=("moi@hungyen.gov.vn",))
    with database.reading() as tx:
        (changed, removed) = agencies.diff(tx, Directory((moved,)))
    assert (changed.kind, [name for name, _, _ in changed.fields]) == (
        ChangeKind.CHANGED,
        ["mailboxes"],
    )
    assert (removed.kind, removed.code) == (ChangeKind.REMOVED, "DEMO.02")
    assert _directory(database) == Directory((ONE, TWO))


def test_every_change_is_journalled_with_what_was_before(database: Database) -> None:
    _load(database, ONE, TWO)
    _load(database, replace(ONE, name="Tên mới"))
    with database.reading() as tx:
        newest = journal.lines(tx)
    assert [(line.event, line.subject) for line in newest] == [
        ("agency-removed", "agency:DEMO.02"),
        ("agency-changed", "agency:DEMO.01"),
        ("agency-added", "agency:DEMO.02"),
        ("agency-added", "agency:DEMO.01"),
    ]
    assert newest[1].data == {"name": "Văn phòng Tỉnh ủy Ví Dụ -> Tên mới"}


def test_the_directory_is_read_anew_when_another_process_changed_it(
    place: object, database: Database
) -> None:
    _load(database, ONE)
    assert _directory(database) is _directory(database)
    other = Database(str(place))
    _load(other, TWO)
    other.close()
    assert _directory(database) == Directory((TWO,))


def test_a_load_that_is_rolled_back_is_not_remembered(database: Database) -> None:
    _load(database, ONE)
    with pytest.raises(KeyError):
        _load_and_fail(database)
    assert _directory(database) == Directory((ONE,))
