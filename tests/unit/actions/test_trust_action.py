"""Files come whole into the trust folder or not at all, and every change is in the journal."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.actions import trust
from mailbridge.demo import pki
from mailbridge.model.trust_file import TrustFault, TrustFaultError
from mailbridge.provenance.trust import load
from mailbridge.registry import journal
from mailbridge.registry.database import Database
from tests.unit.provenance.samples import NOW, keys


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = Database(tmp_path / "register.sqlite3")
    opened.migrate()
    return opened


def _events(database: Database) -> list[str]:
    with database.reading() as tx:
        return [line.event for line in reversed(journal.lines(tx))]


def test_what_is_added_is_trusted_and_what_is_removed_is_not(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "trust"
    folder.mkdir()
    found = trust.authorities(keys().root.pem(), None, folder, NOW)
    trust.add(database, folder, found, "A", NOW)
    assert load(folder).root_fingerprints == (keys().root.fingerprint,)
    with pytest.raises(TrustFaultError) as error:
        trust.authorities(keys().root.der(), None, folder, NOW)
    assert error.value.fault is TrustFault.ALREADY_THERE
    assert trust.remove(database, folder, keys().root.fingerprint, "A", NOW) is not None
    assert trust.remove(database, folder, keys().root.fingerprint, "A", NOW) is None
    assert load(folder).roots == ()
    assert _events(database) == ["trust-added", "trust-removed"]
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_newer_list_takes_the_place_of_the_older(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "trust"
    keys().write_trust(folder)
    newer = pki.crl(keys().sub, NOW, NOW + timedelta(days=7))
    trust.replace(database, folder, trust.lists(newer, folder), "A", NOW)
    names = {path.name for path in (folder / "crls").iterdir()}
    assert "1.crl" not in names
    assert len(names) == len(load(folder).crls) == 2


def test_a_bundle_is_not_removed_for_one_of_its_members(database: Database, tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    bundle = tmp_path / "roots" / "root.pem"
    bundle.write_bytes(keys().root.pem() + keys().rogue_root.pem())
    with pytest.raises(TrustFaultError) as error:
        trust.remove(database, tmp_path, keys().root.fingerprint, "A", NOW)
    assert error.value.fault is TrustFault.NOT_ONE
    assert bundle.exists()
