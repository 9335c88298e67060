"""From the blob to one ledger row, a number and the letters owed."""

from dataclasses import replace

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.receive import DEATHS, begin, receive
from mailbridge.model.document import DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.letter import LetterKind, ReceiptFacts
from mailbridge.model.outcome import (
    Duplicate,
    Held,
    Impounded,
    Noted,
    Number,
    Quarantined,
    Registered,
)
from mailbridge.registry import journal, ledger, outbox
from tests.unit.actions.conftest import Begin, Lead
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with, paper, sealed, signed_mail
from tests.unit.registry.numbered import by_number


def stages(house: House) -> list[str]:
    with house.database.reading() as tx:
        facts = [x.facts for x in reversed(outbox.letters(tx)) if x.kind is LetterKind.RECEIPT]
    return [one.stage.value for one in facts if isinstance(one, ReceiptFacts)]


def test_a_legal_document_is_numbered_answered_and_passed_on(house: House, lead: Lead) -> None:
    assert lead(mail_with(sealed())) == Registered((Number("den", 2026, 1),))
    assert stages(house) == ["03"]
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
        kinds = {letter.kind for letter in outbox.letters(tx)}
        assert journal.verify(tx, "DEMO.02.07").ok
    assert document.state is DocumentState.REGISTERED
    assert document.handler == house.of_mailbox("vanthu").telling.clerk
    assert LetterKind.NOTICE in kinds
    assert all(house.blobs.path(file.sha256).exists() for file in document.files)


def test_a_held_document_owes_01_and_tells_the_clerk(house: House, lead: Lead) -> None:
    outcome = lead(mail_with(paper()))
    assert isinstance(outcome, Held)
    assert outcome.reason is Reason.ORIGIN_UNPROVEN
    assert stages(house) == ["01"]
    with house.database.reading() as tx:
        assert LetterKind.ALERT in {letter.kind for letter in outbox.letters(tx)}


def test_the_same_octets_in_another_slot_are_a_duplicate_and_owe_nothing(
    house: House, lead: Lead
) -> None:
    octets = signed_mail(keys().mailbox)
    lead(octets)
    before = stages(house)
    assert lead(octets) == Duplicate(1)
    assert stages(house) == before


def test_a_settled_slot_needs_only_filing(house: House, began: Begin) -> None:
    mail = began(mail_with(sealed()))
    receive(house, mail, NOW)
    (again,) = begin(house, [(mail.arrival, mail.fingerprint)], NOW)
    assert again.is_settled
    assert receive(house, again, NOW) is None


def test_a_mark_of_secrecy_takes_the_octets_away(house: House, began: Begin) -> None:
    head = replace(HEAD, subject="[MẬT] báo cáo")
    mail = began(mail_with(sealed(), head))
    assert receive(house, mail, NOW) == Impounded("MẬT")
    assert not house.blobs.path(mail.fingerprint).exists()
    with house.database.reading() as tx:
        row = ledger.get(tx, mail.ledger)
        told = [str(letter.facts) for letter in outbox.letters(tx)]
    assert row is not None
    assert row.subject == ""
    assert not any("báo cáo" in words for words in told)
    assert stages(house) == []


def test_our_own_letter_that_comes_back_is_noted(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        (receipt,) = [x for x in outbox.letters(tx) if x.kind is LetterKind.RECEIPT]
    head = replace(HEAD, message_id=f"{receipt.id}@hungyen.gov.vn")
    assert isinstance(lead(mail_with(paper(), head)), Noted)


def test_what_killed_three_children_is_not_tried_again(house: House, began: Begin) -> None:
    mail = replace(began(mail_with(sealed())), deaths=DEATHS)
    outcome = receive(house, mail, NOW)
    assert isinstance(outcome, Quarantined)
    assert outcome.reason is Reason.CRASHED


@pytest.mark.parametrize("octets", [b"\x00", b"A: " + b"x" * 10**6])
def test_what_cannot_be_examined_is_quarantined_with_its_octets(
    house: House, began: Begin, octets: bytes
) -> None:
    mail = began(octets)
    assert isinstance(receive(house, mail, NOW), Quarantined)
    assert house.blobs.path(mail.fingerprint).exists()


def test_an_erasure_that_fails_does_not_settle_twice(house: House, began: Begin) -> None:
    mail = began(mail_with(sealed(), replace(HEAD, subject="[MẬT] x")))
    house.blobs.path(mail.fingerprint).chmod(0o400)
    assert receive(house, mail, NOW) == Impounded("MẬT")
    with house.database.reading() as tx:
        assert len(ledger.rows(tx)) == 1
