"""What another examination may not do: keep what is secret, or lose what was quarantined."""

from datetime import timedelta

from mailbridge.actions.case import Case, Stored
from mailbridge.actions.check_again import check_again
from mailbridge.actions.digest import digest
from mailbridge.actions.house import House
from mailbridge.actions.receive import quarantine
from mailbridge.actions.settling_again import Occasion, settle_again
from mailbridge.model.errors import Reason
from mailbridge.model.letter import LetterKind
from mailbridge.model.outcome import Duplicate, Impounded, OutcomeName, Registered
from mailbridge.registry import agencies, documents, evidence, ledger, mailboxes, outbox
from tests.unit.actions.conftest import Begin, Lead
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed


def test_a_mark_of_secrecy_behind_a_lock_impounds_what_was_held(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    with house.database.transaction() as tx:
        row = ledger.get(tx, 1)
        (record,) = evidence.records(tx, 1)
        assert row is not None
        assert row.fingerprint is not None
        secret = Impounded("MẬT")
        case = Case(1, row.arrival, row.fingerprint, record.examination, secret, "DEMO.02.07")
        occasion = Occasion("A", NOW, agencies.directory(tx), with_password=True)
        again = settle_again(tx, house, case, Stored(), occasion)
    assert (again.outcome, again.sequence) == (secret, None)
    with house.database.reading() as tx:
        row, document = ledger.get(tx, 1), documents.by_ledger(tx, 1)
        assert evidence.records(tx, 1) == ()
        letters = outbox.letters(tx)
    assert {letter.kind for letter in letters} <= {LetterKind.ALERT, LetterKind.WARNING}
    assert not any("123-CV" in str(letter.facts) for letter in letters)
    assert row is not None
    assert document is not None
    assert (row.outcome, row.subject, row.reason) == (OutcomeName.IMPOUNDED, "", None)
    assert (document.subject, document.files, document.reading.fields) == ("", (), {})


def test_a_digest_that_told_of_what_is_secret_is_made_anew_without_it(
    house: House, lead: Lead
) -> None:
    """Điều 5.1: nothing of it stays, and nothing of it leaves."""
    later = NOW.replace(hour=3) + timedelta(days=1)
    lead(mail_with(sealed()))
    with house.database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, NOW - timedelta(days=1))
    made = digest(house, {}, later)
    assert _digests(house)
    assert all("123-CV" in facts for facts in _digests(house))
    with house.database.transaction() as tx:
        row = ledger.get(tx, 1)
        (record,) = evidence.records(tx, 1)
        assert row is not None
        assert row.fingerprint is not None
        secret = Impounded("MẬT")
        case = Case(1, row.arrival, row.fingerprint, record.examination, secret, "DEMO.02.07")
        occasion = Occasion("A", later, agencies.directory(tx), with_password=True)
        settle_again(tx, house, case, Stored(), occasion)
    assert _digests(house) == []
    assert digest(house, {}, later + timedelta(minutes=1)) == made
    assert not any("123-CV" in facts for facts in _digests(house))


def _digests(house: House) -> list[str]:
    with house.database.reading() as tx:
        return [str(x.facts) for x in outbox.letters(tx) if x.kind is LetterKind.DIGEST]


def test_a_quarantined_mail_is_settled_as_if_it_came_now(
    house: House, began: Begin, lead: Lead
) -> None:
    octets = mail_with(sealed())
    mail = began(octets)
    quarantine(house, mail, Reason.CRASHED, "", NOW)
    assert lead(octets) == Duplicate(mail.ledger)
    assert isinstance(check_again(house, mail.ledger, "A", NOW).outcome, Registered)
