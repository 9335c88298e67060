"""Where the copies of a recalled document lie is written down once."""

from dataclasses import replace
from datetime import timedelta

from mailbridge.actions import copies
from mailbridge.actions.house import House
from mailbridge.demo import mails
from mailbridge.demo.agencies import NEIGHBOUR
from mailbridge.model.recall import CopyKind, CopyState, Recall, RecallCopy
from mailbridge.registry import ledger, recall_copies, recalls
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, proven, signed
from tests.unit.provenance.samples import HEAD, mail_with


def withheld(house: House) -> Recall:
    with house.database.transaction() as tx:
        recall = recalls.of_document(tx, 1)
        assert recall is not None
        recalls.order(tx, recall.id, 1, "A", LATER)
    return replace(recall, ordered_at=LATER)


def planned(house: House, recall: Recall, hours: int = 0) -> tuple[RecallCopy, ...]:
    copies.plan(house, recall, LATER + timedelta(hours=hours))
    with house.database.reading() as tx:
        return recall_copies.of_recall(tx, recall.id)


def test_mail_file_and_index_are_found_and_the_recall_itself_is_not(
    house: House, lead: Lead
) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    found = planned(house, withheld(house))
    assert [(one.kind, one.state) for one in found] == [
        (CopyKind.BLOB, CopyState.PENDING),
        (CopyKind.BLOB, CopyState.PENDING),
        (CopyKind.IMAP, CopyState.PENDING),
        (CopyKind.SEARCH, CopyState.ERASED),
    ]


def test_a_mail_that_left_its_slot_by_another_hand_is_left_to_a_person(
    house: House, lead: Lead
) -> None:
    lead(mail_with(signed()))
    with house.database.transaction() as tx:
        ledger.gone(tx, 1, LATER)
    lead(proven(signed()), LATER)
    (mail,) = [one for one in planned(house, withheld(house)) if one.kind is CopyKind.IMAP]
    assert mail.state is CopyState.LEFT
    assert "tìm ở các thư mục khác" in mail.words


def test_another_mail_with_the_same_file_is_named_and_stays(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    head = replace(HEAD, sender=NEIGHBOUR.mailbox, message_id="7@hungyen.gov.vn")
    lead(mails.mail(head, mails.with_file("Chuyển tiếp", signed(), "123.pdf")))
    lead(proven(signed()), LATER)
    shared = [one for one in planned(house, withheld(house)) if one.state is CopyState.SHARED]
    assert [one.words for one in shared] == ["thư số 2"]


def test_a_server_that_is_away_is_waited_for_a_day(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    recall = withheld(house)
    for hours, state in ((0, CopyState.PENDING), (23, CopyState.PENDING), (25, CopyState.LEFT)):
        (mail,) = [one for one in planned(house, recall, hours) if one.kind is CopyKind.IMAP]
        assert mail.state is state


def test_a_document_that_was_never_handed_over_is_in_no_set(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    recall = withheld(house)
    copies.withdraw(house, recall)
    with house.database.reading() as tx:
        assert recall_copies.of_recall(tx, recall.id) == ()
