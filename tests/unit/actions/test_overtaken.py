"""Documents that come after their recall: the recalled one, a corrected one, one sent anew."""

from dataclasses import replace
from datetime import date, timedelta

from mailbridge.actions.destroying import destroy
from mailbridge.actions.house import House
from mailbridge.actions.release import release
from mailbridge.demo import mails, seals
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.document import DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import Applied, Duplicate, Held, Registered
from mailbridge.model.recall import RecallState
from mailbridge.registry import documents, recalls
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, by_edxml, proven, settle_mailbox, signed
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with, paper, signed_mail

CORRECTED = pdf(Paper("123", "CV/VPTU", date(2026, 11, 20), "về việc thử, đã sửa"))
AFTER = LATER + timedelta(hours=5)


def corrected(when: str = "2@hungyen.gov.vn") -> bytes:
    head = replace(HEAD, message_id=when, when=AFTER)
    return mail_with(seals.seal_pdf(CORRECTED, keys().seal, NOW), head)


def gone(house: House) -> None:
    destroy(house, 1, "A", LATER)
    settle_mailbox(house)


def state(house: House, document: int) -> DocumentState | None:
    with house.database.reading() as tx:
        found = documents.get(tx, document)
    return found.state if found else None


def test_a_corrected_document_under_the_same_number_is_registered(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    assert isinstance(lead(corrected(), AFTER), Registered)
    gone(house)
    assert (state(house, 1), state(house, 2)) == (
        DocumentState.DESTROYED,
        DocumentState.REGISTERED,
    )


def test_the_same_files_sent_anew_after_the_recall_wait_for_a_person(
    house: House, lead: Lead
) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    gone(house)
    anew = replace(HEAD, message_id="2@hungyen.gov.vn", when=AFTER)
    found = lead(mail_with(signed(), anew), AFTER)
    assert isinstance(found, Held)
    assert found.reason is Reason.NUMBER_CONFLICT
    assert "đã bị nơi gửi thu hồi" in found.detail


def test_a_late_copy_of_the_recalled_mail_is_a_duplicate(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    gone(house)
    late = replace(HEAD, message_id="2@hungyen.gov.vn")
    assert lead(mail_with(signed(), late), AFTER) == Duplicate(1)


def test_a_tombstone_of_number_and_date_alone_takes_the_document(house: House, lead: Lead) -> None:
    assert lead(by_edxml("13", signed()), NOW) == Applied("recall:1")
    assert lead(mail_with(signed()), LATER) == Applied("document:1")


def test_a_tombstone_leaves_other_documents_of_the_agency_alone(house: House, lead: Lead) -> None:
    lead(proven(signed()), NOW)
    assert isinstance(lead(corrected(), AFTER), Registered)
    with house.database.reading() as tx:
        (recall,) = recalls.in_state(tx, RecallState.TOMBSTONE)
    assert recall.document is None


def test_a_forged_mail_does_not_use_the_tombstone_up(house: House, lead: Lead) -> None:
    lead(proven(signed()), NOW)
    forged = mails.mail(HEAD, mails.with_file("Kính gửi", CORRECTED, "123.pdf"))
    lead(forged, LATER)
    assert lead(mail_with(signed()), LATER) == Applied("document:2")
    assert state(house, 2) is DocumentState.WITHHELD


def test_an_unsigned_copy_is_not_kept_for_the_recall_of_a_signed_one(
    house: House, lead: Lead
) -> None:
    lead(proven(signed()), NOW)
    assert isinstance(lead(signed_mail(keys().mailbox), AFTER), Applied)
    assert paper() != signed()


def test_what_a_person_let_in_again_is_a_document_like_any_other(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    gone(house)
    anew = replace(HEAD, message_id="2@hungyen.gov.vn", when=AFTER)
    lead(mail_with(signed(), anew), AFTER)
    released = release(house, 3, "A", "bên gửi xác nhận gửi lại", AFTER)
    assert released.state is DocumentState.REGISTERED
    again = replace(HEAD, message_id="3@hungyen.gov.vn", when=AFTER)
    assert lead(mail_with(signed(), again), AFTER) == Duplicate(3)
    (file,) = released.files
    assert house.blobs.path(file.sha256).exists()
    # And it can be called back once more.
    lead(proven(signed(), recall_id="c" * 26, message_id="2@hungyen.gov.vn"), AFTER)
    assert state(house, 2) is DocumentState.WITHHELD
