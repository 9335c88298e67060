"""A recall that reaches us: a proven one withholds and destroys, another changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.bundle import CannotBundleError, may_leave
from mailbridge.actions.destroying import destroy
from mailbridge.actions.house import House
from mailbridge.actions.owing import Ground
from mailbridge.actions.recalled import REPLAY_SECONDS
from mailbridge.actions.receive import begin, receive
from mailbridge.actions.refuse import CannotRefuseError, refuse
from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, LetterKind, LetterState, ReceiptFacts, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied, Noted
from mailbridge.model.recall import Recall, RecallState
from mailbridge.model.sending import StrayKind, TaskKind
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import (
    claiming,
    documents,
    outbox,
    recalls,
    statuses,
    strays,
    tasks_of_people,
)
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import (
    LATER,
    REASON,
    by_edxml,
    by_neighbour,
    facts,
    party,
    proven,
    recall,
    settle_mailbox,
)
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with, paper, sealed, signed_mail

OFFICE = "DEMO.02.07"


def came(house: House) -> Document:
    with house.database.reading() as tx:
        found = documents.get(tx, 1)
    assert found is not None
    return found


def of(house: House, document: int = 1) -> Recall | None:
    with house.database.reading() as tx:
        return recalls.of_document(tx, document)


def answers(house: House, *stages: Stage) -> list[Letter]:
    wanted = stages or (Stage.RECALLED, Stage.RECALL_REFUSED)
    with house.database.reading() as tx:
        found = outbox.letters(tx)
    return [
        one for one in found if isinstance(one.facts, ReceiptFacts) and one.facts.stage in wanted
    ]


def kinds(house: House) -> list[StrayKind]:
    with house.database.reading() as tx:
        return [one.kind for one in strays.listed(tx)]


def at_once(house: House) -> House:
    (chancery,) = house.chanceries
    telling = replace(chancery.telling, recall_at_once=True)
    return replace(house, chanceries=(replace(chancery, telling=telling),))


def test_a_proven_recall_locks_the_document_and_tells_everybody_who_has_it(
    house: House, lead: Lead
) -> None:
    document = sealed()
    lead(mail_with(document))
    assert lead(proven(document), LATER) == Applied("document:1")
    held = came(house)
    assert held.state is DocumentState.WITHHELD
    with house.database.reading() as tx:
        with pytest.raises(CannotBundleError):
            may_leave(tx, held)
        (task,) = tasks_of_people.undone(tx, OFFICE, TaskKind.DESTROY)
        history = statuses.history(tx, 1)
        letters = outbox.letters(tx)
    assert (task.document, task.due) == (1, LATER + timedelta(hours=24))
    assert [(one.code, one.note) for one in history][-1] == ("13", REASON)
    told = [one for one in letters if one.kind is LetterKind.ALERT and "thu hồi" in str(one.facts)]
    assert {one.to for one in told} == {"canbo.du-vidu@hungyen.gov.vn"}
    # It is not destroyed yet, and nothing else is said.
    assert answers(house) == []


def test_a_notice_that_has_not_left_never_leaves(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    lead(proven(document), LATER)
    with house.database.transaction() as tx:
        owed = [claiming.take(tx, LATER, ("vanthu",)).letters for _ in range(9)]
    assert LetterKind.NOTICE not in {one.kind for letters in owed for one in letters}


def test_what_is_withheld_is_neither_returned_nor_worked_on(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    lead(proven(document), LATER)
    with pytest.raises(CannotRefuseError):
        refuse(house, 1, Ground(Reason.AWAITS_CLERK, "x"), "A", LATER)
    assert came(house).state is DocumentState.WITHHELD


def test_a_document_that_is_only_held_is_withheld_too(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    assert came(house).state is DocumentState.HELD
    lead(proven(paper()), LATER)
    assert came(house).state is DocumentState.WITHHELD


def test_a_recall_by_another_agency_destroys_nothing_and_is_answered_to_it(
    house: House, lead: Lead
) -> None:
    document = sealed()
    lead(mail_with(document))
    assert lead(by_neighbour(document), LATER) == Noted(Kind.RECALL)
    assert came(house).state is DocumentState.REGISTERED
    (answer,) = answers(house)
    assert answer.to == NEIGHBOUR.mailbox
    assert isinstance(answer.facts, ReceiptFacts)
    assert answer.facts.stage is Stage.RECALL_REFUSED
    assert "cơ quan khác" in answer.facts.words
    assert kinds(house) == [StrayKind.DISPUTE]


def test_another_agency_that_claims_to_be_the_sender_destroys_nothing(
    house: House, lead: Lead
) -> None:
    document = sealed()
    lead(mail_with(document))
    lead(by_neighbour(document, by=party(SENDER)), LATER)
    # And with the sender's address in From, under a signature that is another's.
    lead(recall(facts(document), keys().neighbour_mailbox), LATER)
    lead(recall(facts(document), keys().rogue_mailbox), LATER)
    assert came(house).state is DocumentState.REGISTERED
    assert of(house) is None


def test_an_unsigned_recall_destroys_nothing_and_is_answered_once(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    for name in "abc":
        assert lead(recall(facts(document, recall_id=name * 26)), LATER) == Noted(Kind.RECALL)
    assert came(house).state is DocumentState.REGISTERED
    (answer,) = answers(house)
    assert isinstance(answer.facts, ReceiptFacts)
    assert "không có chữ ký số" in answer.facts.words
    assert kinds(house) == [StrayKind.FORGED] * 3


def test_a_stranger_gets_nothing(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    stranger = replace(SENDER, mailbox="la@noi-khac.example")
    assert lead(recall(facts(document), keys().mailbox, stranger), LATER) == Noted(Kind.RECALL)
    assert came(house).state is DocumentState.REGISTERED
    assert answers(house) == []
    assert kinds(house) == [StrayKind.FORGED]


def test_a_recall_of_something_unknown_is_answered_and_waits(house: House, lead: Lead) -> None:
    assert lead(proven(sealed()), LATER) == Applied("recall:1")
    (answer,) = answers(house)
    assert isinstance(answer.facts, ReceiptFacts)
    assert answer.facts.stage is Stage.RECALL_REFUSED
    assert answer.facts.words == "chưa nhận được văn bản này"
    assert answer.facts.message_id == HEAD.message_id
    # The same once more in another mail: nothing new is said.
    lead(proven(sealed(), reason="lần hai"), LATER)
    assert len(answers(house)) == 1


def test_recalled_twice_while_it_is_withheld_changes_nothing(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    lead(proven(document), LATER)
    before = of(house)
    assert lead(proven(document, recall_id="b" * 26), LATER) == Applied("document:1")
    assert of(house) == before
    assert answers(house) == []


def test_recalled_again_after_it_was_destroyed_is_answered_by_the_same_proof(
    house: House, lead: Lead
) -> None:
    document = sealed()
    lead(mail_with(document))
    lead(proven(document), LATER)
    destroy(house, 1, "Văn thư A", LATER)
    settle_mailbox(house)
    (answer,) = answers(house, Stage.RECALLED)
    with house.database.transaction() as tx:
        outbox.sent(tx, (answer.id,), LATER)
    soon = LATER + timedelta(minutes=1)
    lead(proven(document, recall_id="b" * 26), soon)
    assert answers(house, Stage.RECALLED)[0].state is LetterState.SENT
    later = LATER + timedelta(seconds=REPLAY_SECONDS + 1)
    lead(proven(document, recall_id="c" * 26), later)
    (again,) = answers(house)
    assert (again.id, again.state) == (answer.id, LetterState.OWED)


def test_a_finished_document_is_recalled_like_any_other(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    for status in ("05", "06"):
        advance(house, 1, "04" if status == "05" else status, Assignment(), "A", NOW)
    lead(proven(document), LATER)
    assert came(house).state is DocumentState.WITHHELD


def test_at_once_needs_no_clerk(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    quick = at_once(house)
    with house.blobs.writer() as blob:
        blob.write(proven(document))
        fingerprint = blob.commit()
    (mail,) = begin(quick, [(Arrival(Slot("vanthu", 1, 99), 1, LATER), fingerprint)], LATER)
    assert receive(quick, mail, LATER) == Applied("document:1")
    known = of(house)
    assert known is not None
    assert known.state is RecallState.ERASING
    settle_mailbox(quick)
    assert came(house).state is DocumentState.DESTROYED
    with house.database.reading() as tx:
        assert tasks_of_people.undone(tx, OFFICE, TaskKind.DESTROY) == ()


@pytest.mark.parametrize("form", ["13", "1"])
def test_both_forms_of_edxml_call_back(house: House, lead: Lead, form: str) -> None:
    document = sealed()
    lead(mail_with(document))
    assert lead(by_edxml(form, document), LATER) == Applied("document:1")
    known = of(house)
    assert known is not None
    assert known.claim.reason == REASON


def test_a_signed_original_takes_its_unsigned_copy_along(house: House, lead: Lead) -> None:
    copy, original = paper(), sealed()
    lead(signed_mail(keys().mailbox))
    lead(mail_with(original, replace(HEAD, message_id="2@hungyen.gov.vn")), LATER)
    lead(proven(original, message_id="2@hungyen.gov.vn"), LATER)
    with house.database.reading() as tx:
        states = [documents.get(tx, one) for one in (1, 2)]
    assert [one.state for one in states if one] == [DocumentState.WITHHELD] * 2
    assert copy != original


def test_an_unsigned_copy_is_called_back_without_its_signed_original(
    house: House, lead: Lead
) -> None:
    lead(signed_mail(keys().mailbox))
    lead(mail_with(sealed(), replace(HEAD, message_id="2@hungyen.gov.vn")), LATER)
    lead(proven(paper()), LATER)
    with house.database.reading() as tx:
        states = [documents.get(tx, one) for one in (1, 2)]
    assert [one.state for one in states if one] == [
        DocumentState.WITHHELD,
        DocumentState.REGISTERED,
    ]


@pytest.mark.parametrize(
    "machine",
    [
        b'{"v":1,"kind":"recall","document":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"v":2,"kind":"recall"}',
        b'{"kind":"recall","kind":"recall"}',
        b"\xff" * 3_000_000,
    ],
    ids=["deep", "newer", "twice", "huge"],
)
def test_a_hostile_recall_changes_nothing_although_it_is_signed(
    house: House, lead: Lead, machine: bytes
) -> None:
    lead(mail_with(sealed()))
    part = (
        b'Content-Type: application/vnd.mailbridge+json; kind="recall"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + seals.base64_lines(machine)
    )
    head = replace(HEAD, message_id="hostile@hungyen.gov.vn")
    found = lead(mails.mail(head, seals.sign_mail(part, keys().mailbox, LATER)), LATER)
    assert isinstance(found, Noted)
    assert came(house).state is DocumentState.REGISTERED
    assert answers(house) == []
    assert kinds(house) == [StrayKind.FORGED]


def test_a_forwarded_recall_is_the_words_of_another_mail(house: House, lead: Lead) -> None:
    document = sealed()
    lead(mail_with(document))
    inner = b"Content-Type: message/rfc822\r\n\r\n" + proven(document)
    head = replace(HEAD, message_id="forward@hungyen.gov.vn")
    lead(mails.mail(head, seals.sign_mail(inner, keys().mailbox, LATER)), LATER)
    assert came(house).state is DocumentState.REGISTERED
    assert of(house) is None
