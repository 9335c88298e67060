"""What one transaction writes, and what it refuses to write twice."""

from mailbridge.actions.house import House
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import Duplicate, Held, Number, Registered
from mailbridge.model.search import Question
from mailbridge.registry.search import find
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import keys, mail_with, sealed, signed_mail
from tests.unit.registry.numbered import by_number


def test_the_signed_original_takes_over_the_number(house: House, lead: Lead) -> None:
    assert lead(signed_mail(keys().mailbox)) == Registered((Number("den", 2026, 1),))
    assert lead(mail_with(sealed())) == Registered((Number("den", 2026, 1),))
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
    assert document.verdict == "legal"


def test_the_same_number_with_other_octets_is_a_conflict(lead: Lead) -> None:
    lead(mail_with(sealed()))
    other = lead(mail_with(sealed(keys().person)))
    assert isinstance(other, Held)
    assert other.reason is Reason.NUMBER_CONFLICT


def test_the_same_files_in_another_mail_are_a_duplicate(lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    assert lead(mail_with(document).replace(b"Message-ID: <1@", b"Message-ID: <2@")) == Duplicate(1)


def test_what_was_settled_is_found_by_its_text_and_its_signer(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
        for typed in ("dang cong san", "123-CV/VPTU"):
            (hit,) = find(tx, Question(document.office, typed)).hits
            assert hit.document.id == document.id
