"""What could not be proven when it came is proven later, on the word of a clerk alone."""

from dataclasses import replace

import pytest

from mailbridge.actions.check_again import CannotCheckAgainError, check_again
from mailbridge.actions.enrol import confirm
from mailbridge.actions.house import House
from mailbridge.model.directory import CertificateRole, EnrolledCertificate
from mailbridge.model.document import DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import LetterKind, ReceiptFacts, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Held, Noted, Number, Registered
from mailbridge.registry import enrolments, evidence, ledger, outbox
from mailbridge.rules.required import Requirement
from tests.unit.actions.conftest import Begin, Lead
from tests.unit.provenance.samples import NOW, keys, mail_with, paper, sealed
from tests.unit.registry.numbered import by_number

SEAL = EnrolledCertificate(keys().ec_seal.fingerprint, CertificateRole.SEAL)


def _stages(house: House) -> list[Stage]:
    with house.database.reading() as tx:
        facts = [letter.facts for letter in reversed(outbox.letters(tx))]
    return [one.stage for one in facts if isinstance(one, ReceiptFacts)]


def test_a_confirmed_certificate_registers_what_it_held(house: House, lead: Lead) -> None:
    assert isinstance(lead(mail_with(sealed(keys().ec_seal))), Held)
    with house.database.reading() as tx:
        (proposal,) = enrolments.proposed(tx)
    assert (proposal.ledger, proposal.signer.fingerprint) == (1, SEAL.fingerprint)
    assert confirm(house.database, proposal.agency, SEAL, "Văn thư A", NOW) == (1,)
    again = check_again(house, 1, "Văn thư A", NOW)
    assert again.outcome == Registered((Number("den", 2026, 1),))
    assert again.before is not None
    assert (again.before.verdict, again.after.verdict) == (Verdict.UNDETERMINED, Verdict.LEGAL)
    assert _stages(house) == [Stage.ARRIVED, Stage.REGISTERED]
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
        row = ledger.get(tx, 1)
        verdicts = [record.verdict for record in evidence.of_ledger(tx, 1)]
        assert enrolments.proposed(tx) == ()
    assert document.verdict is Verdict.LEGAL
    assert row is not None
    assert row.numbers == ("1/2026",)
    assert verdicts == [Verdict.UNDETERMINED, Verdict.LEGAL]


def test_what_is_held_still_owes_nothing_twice(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    again = check_again(house, 1, "A", NOW)
    assert isinstance(again.outcome, Held)
    assert (again.sequence, _stages(house)) == (2, [Stage.ARRIVED])


def test_an_entered_document_keeps_its_number_and_the_clerk_is_told_of_worse(
    house: House, lead: Lead
) -> None:
    lead(mail_with(sealed()))
    (house.trust / "roots" / "root.pem").unlink()
    again = check_again(house, 1, "A", NOW)
    assert (again.outcome, again.after.verdict) == (None, Verdict.UNDETERMINED)
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
        alerts = [x for x in outbox.letters(tx) if x.kind is LetterKind.ALERT]
    assert (document.state, document.verdict) == (DocumentState.REGISTERED, Verdict.LEGAL)
    assert "kém hơn" in str(alerts[0].facts)


def test_an_entered_document_that_is_still_good_rings_nobody(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    check_again(house, 1, "A", NOW)
    with house.database.reading() as tx:
        assert not [x for x in outbox.letters(tx) if x.kind is LetterKind.ALERT]


def test_a_document_without_the_required_seal_is_for_reference(house: House, began: Begin) -> None:
    mail = began(mail_with(sealed()))
    both = Requirement((CertificateRole.SEAL, CertificateRole.PERSON))
    (chancery,) = house.chanceries
    rules = replace(chancery.office, required=(both,))
    strict = replace(house, chanceries=(replace(chancery, office=rules),))
    with house.database.transaction() as tx:
        ledger.settle(tx, mail.ledger, Noted(Kind.OTHER), NOW, kind=Kind.OTHER, mail=None)
    again = check_again(strict, mail.ledger, "A", NOW)
    assert again.after.verdict is Verdict.REFERENCE
    assert again.after.has("document-seal-missing")


@pytest.mark.parametrize("row", [0, 99])
def test_a_mail_that_is_not_there_cannot_be_checked(house: House, row: int) -> None:
    with pytest.raises(CannotCheckAgainError):
        check_again(house, row, "A", NOW)


def test_octets_that_are_gone_are_said_to_be(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
    assert row is not None
    assert row.fingerprint is not None
    house.blobs.erase(row.fingerprint)
    with pytest.raises(CannotCheckAgainError) as error:
        check_again(house, 1, "A", NOW)
    assert error.value.reason is Reason.VANISHED
