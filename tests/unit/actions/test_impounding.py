"""A marked mail leaves no octet, wherever the machine dies on the way."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from mailbridge.actions import impounding
from mailbridge.actions.check_again import CannotCheckAgainError, check_again
from mailbridge.actions.house import House
from mailbridge.actions.receive import begin, quarantine, receive
from mailbridge.daemon.housekeeping import keep_house
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.errors import Reason
from mailbridge.model.impounded import Impoundment, ImpoundState
from mailbridge.model.letter import Letter, LetterKind
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Impounded, Noted, OutcomeName
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import impounded, journal, ledger, outbox
from tests.unit.actions.conftest import Begin, Lead
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with

WORDS = "phuong an nhan su dac biet"
SECRET = pdf(Paper("9", "CV/VPTU", date(2026, 11, 20), WORDS, secrecy="TỐI MẬT"))


@pytest.fixture
def officers(house: House) -> House:
    """Give the house a certificate of the officer."""
    certificate = keys().person.certificate.public_bytes(Encoding.DER)
    return replace(house, custody=replace(house.custody, certificate=certificate))


def marked() -> bytes:
    return mail_with(SECRET)


def everything(house: House) -> Iterator[bytes]:
    for path in house.blobs.path("0" * 64).parent.parent.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def incidents(house: House) -> tuple[Impoundment, ...]:
    with house.database.reading() as tx:
        return impounded.impoundments(tx)


def letters(house: House) -> tuple[Letter, ...]:
    with house.database.reading() as tx:
        return outbox.letters(tx)


def plain_is_gone(house: House, octets: bytes) -> None:
    needles = (
        WORDS.encode(),
        SECRET[200:260],
        base64.b64encode(SECRET)[100:160],
        octets[-200:-100],
    )
    for content in everything(house):
        assert not any(needle in content for needle in needles)


def test_the_officer_alone_can_read_what_was_impounded(officers: House, began: Begin) -> None:
    octets = marked()
    mail = began(octets)
    assert receive(officers, mail, NOW) == Impounded("TỐI MẬT")
    plain_is_gone(officers, octets)
    officer = keys().person
    assert isinstance(officer.key, rsa.RSAPrivateKey)
    locked = officers.custody.path(mail.fingerprint).read_bytes()
    assert pkcs7.pkcs7_decrypt_der(locked, officer.certificate, officer.key, []) == octets
    (incident,) = incidents(officers)
    assert (incident.digest, incident.size, incident.slot) == (
        mail.fingerprint,
        len(octets),
        mail.arrival.slot,
    )
    assert (incident.state, incident.level) == (ImpoundState.KEPT, "TỐI MẬT")


def test_without_a_certificate_nothing_is_kept_but_digest_size_and_source(
    house: House, lead: Lead
) -> None:
    octets = marked()
    assert lead(octets) == Impounded("TỐI MẬT")
    plain_is_gone(house, octets)
    (incident,) = incidents(house)
    assert incident.state is ImpoundState.ABSENT
    assert house.custody.digests() == ()
    (alert,) = [one for one in letters(house) if one.kind is LetterKind.ALERT]
    assert "không giữ bản nào" in str(alert.facts)


def test_a_lock_that_fails_lets_no_plain_octet_stay(officers: House, began: Begin) -> None:
    octets = marked()
    officers.custody.folder.write_bytes(b"in the way")
    assert receive(officers, began(octets), NOW) == Impounded("TỐI MẬT")
    officers.custody.folder.unlink()
    plain_is_gone(officers, octets)
    assert [one.state for one in incidents(officers)] == [ImpoundState.ABSENT]


def test_the_sender_is_told_once_and_nothing_is_repeated(house: House, lead: Lead) -> None:
    lead(marked())
    lead(marked())
    (warning,) = [one for one in letters(house) if one.kind is LetterKind.WARNING]
    facts = str(warning.facts)
    assert warning.document is None
    assert "9-CV" not in facts
    assert "MẬT" not in facts
    assert LetterKind.RECEIPT not in {one.kind for one in letters(house)}


def test_strangers_and_machines_are_told_nothing(house: House, lead: Lead) -> None:
    lead(mail_with(SECRET, replace(HEAD, sender="la@noi-khac.example")))
    lead(b"Auto-Submitted: auto-replied\r\n" + marked())
    assert len(incidents(house)) == 2
    assert LetterKind.WARNING not in {one.kind for one in letters(house)}


def test_the_officer_is_called_beside_the_clerk(house: House, began: Begin) -> None:
    called = replace(house, custody=replace(house.custody, officer="coyeu@hungyen.gov.vn"))
    receive(called, began(marked()), NOW)
    to = {one.to for one in letters(called) if one.kind is LetterKind.ALERT}
    assert to == {"coyeu@hungyen.gov.vn", house.of_mailbox("vanthu").telling.clerk}


def test_the_same_mail_again_is_impounded_again_and_one_incident(
    officers: House, began: Begin
) -> None:
    first, second = began(marked()), began(marked())
    for mail in (first, second):
        assert receive(officers, mail, NOW) == Impounded("TỐI MẬT")
    assert len(incidents(officers)) == 1
    plain_is_gone(officers, marked())
    with pytest.raises(CannotCheckAgainError):
        check_again(officers, first.ledger, "A", NOW)


def test_a_death_after_the_lock_is_made_up_for(officers: House, began: Begin) -> None:
    octets = marked()
    mail = began(octets)
    assert impounding.keep(officers, mail.fingerprint) is ImpoundState.KEPT
    # The machine dies here, and the mail is begun again.
    (again,) = begin(officers, [(mail.arrival, mail.fingerprint)], NOW)
    assert receive(officers, again, NOW) == Impounded("TỐI MẬT")
    assert len(incidents(officers)) == 1
    plain_is_gone(officers, octets)


def test_a_death_before_the_erasure_is_made_up_for(officers: House, began: Begin) -> None:
    octets = marked()
    mail = began(octets)
    receive(officers, mail, NOW)
    # As if the machine had died between the commit and the erasure.
    officers.blobs.path(mail.fingerprint).write_bytes(octets)
    impounding.finish(officers)
    plain_is_gone(officers, octets)
    assert officers.custody.has(mail.fingerprint)


def test_a_death_before_a_locked_file_is_unlinked_is_made_up_for(
    officers: House, began: Begin
) -> None:
    mail = began(marked())
    receive(officers, mail, NOW)
    with officers.database.transaction() as tx:
        impounded.erased(tx, 1, "key:x", NOW)
    keep_house(officers, NOW)
    assert not officers.custody.has(mail.fingerprint)


def test_what_cannot_be_examined_is_impounded_by_its_subject(house: House) -> None:
    octets = b"Subject: [MAT] bao cao\r\n" + marked()
    with house.blobs.writer() as blob:
        blob.write(octets)
        fingerprint = blob.commit()
    arrival = Arrival(Slot("vanthu", 1, 77), len(octets), NOW, "[MẬT] báo cáo")
    (mail,) = begin(house, [(arrival, fingerprint)], NOW)
    assert quarantine(house, mail, Reason.BOMB, "", NOW) == Impounded("MẬT")
    assert not house.blobs.path(fingerprint).exists()
    assert len(incidents(house)) == 1


def test_a_mark_that_is_found_later_impounds_what_was_noted(house: House, began: Begin) -> None:
    octets = marked()
    mail = began(octets)
    with house.database.transaction() as tx:
        ledger.settle(tx, mail.ledger, Noted(Kind.OTHER), NOW, kind=None, mail=None)
    later = NOW + timedelta(days=1)
    assert check_again(house, mail.ledger, "A", later).outcome == Impounded("TỐI MẬT")
    with house.database.reading() as tx:
        row = ledger.get(tx, mail.ledger)
        assert journal.verify(tx, "DEMO.02.07").ok
    assert row is not None
    assert row.outcome is OutcomeName.IMPOUNDED
    plain_is_gone(house, octets)


def test_nothing_of_it_is_in_the_journal(house: House, lead: Lead) -> None:
    lead(marked())
    with house.database.reading() as tx:
        told = str(journal.lines(tx))
    assert not any(word in told for word in ("9-CV", "TỐI MẬT", "vptu"))
