"""The officer alone, with his key or under his account, and each act on record."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mailbridge.actions.house import House
from mailbridge.actions.impound_custody import (
    NoSuchImpoundedError,
    NotTheOfficerError,
    Proof,
    erase,
    export,
    listed,
    proved,
)
from mailbridge.actions.receive import receive
from mailbridge.demo.pki import Identity
from mailbridge.model.impounded import ImpoundState
from mailbridge.registry import journal
from tests.unit.actions.conftest import Begin
from tests.unit.actions.test_impounding import marked
from tests.unit.provenance.samples import NOW, keys


@pytest.fixture
def officers(house: House) -> House:
    certificate = keys().person.certificate.public_bytes(Encoding.DER)
    custody = replace(house.custody, certificate=certificate, account="coyeu")
    return replace(house, custody=custody)


def key_of(identity: Identity, tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    path.write_bytes(identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def test_the_key_of_the_certificate_or_the_named_account_is_proof(
    officers: House, tmp_path: Path
) -> None:
    custody = officers.custody
    assert proved(custody, Proof("root", key_of(keys().person, tmp_path))).startswith("key:")
    assert proved(custody, Proof("coyeu")) == "account:coyeu"


def test_nobody_else_is_the_officer(officers: House, house: House, tmp_path: Path) -> None:
    with pytest.raises(NotTheOfficerError):
        proved(officers.custody, Proof("root"))
    with pytest.raises(NotTheOfficerError):
        proved(officers.custody, Proof("coyeu", key_of(keys().seal, tmp_path)))
    with pytest.raises(NotTheOfficerError):
        proved(house.custody, Proof("coyeu", key_of(keys().person, tmp_path)))
    with pytest.raises(NotTheOfficerError):
        proved(house.custody, Proof("root"))


def test_what_is_kept_is_listed_exported_and_erased_on_record(
    officers: House, began: Begin, tmp_path: Path
) -> None:
    mail = began(marked())
    receive(officers, mail, NOW)
    (one,) = listed(officers, "key:1", None, NOW)
    to = tmp_path / "out.p7m"
    export(officers, one.id, to, "key:1", NOW)
    assert to.read_bytes() == officers.custody.path(mail.fingerprint).read_bytes()
    with pytest.raises(FileExistsError):
        export(officers, one.id, to, "key:1", NOW)
    erase(officers, one.id, "key:1", NOW)
    assert not officers.custody.has(mail.fingerprint)
    with pytest.raises(NoSuchImpoundedError):
        erase(officers, one.id, "key:1", NOW)
    with pytest.raises(NoSuchImpoundedError):
        export(officers, one.id, tmp_path / "again", "key:1", NOW)
    (closed,) = listed(officers, "key:1", "DEMO.02.07", NOW)
    assert (closed.state, closed.by) == (ImpoundState.ERASED, "key:1")
    with officers.database.reading() as tx:
        events = [line.event for line in journal.lines(tx) if "impounded" in line.event]
    assert sorted(events) == [
        "impounded",
        "impounded-erased",
        "impounded-exported",
        "impounded-listed",
        "impounded-listed",
    ]
