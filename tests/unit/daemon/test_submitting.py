"""What is handed in leaves once, or its person reads each reason."""

from sqlalchemy import text

from mailbridge.actions.house import House
from mailbridge.daemon.submitting import Submitting, take
from mailbridge.model.letter import AnswerFacts, LetterKind
from mailbridge.registry import outbox
from mailbridge.registry.database import Transaction
from tests.unit.actions.drafts import NEIGHBOUR, NOW, printed, signed
from tests.unit.actions.handed_in import handed_in


def _answers(house: House) -> list[AnswerFacts]:
    with house.database.reading() as tx:
        facts = [x.facts for x in outbox.letters(tx) if x.kind is LetterKind.ANSWER]
    return [x for x in facts if isinstance(x, AnswerFacts)]


def _documents(house: House) -> int:
    with house.database.reading() as tx:
        return sum(x.kind is LetterKind.DOCUMENT for x in outbox.letters(tx))


def test_a_submission_is_sent_and_answered_with_its_number(house: House) -> None:
    handed_in(house, signed(printed()), NEIGHBOUR.mailbox)
    assert take(house, NOW)
    assert not take(house, NOW)
    (answer,) = _answers(house)
    assert (answer.accepted, answer.message_id) == (True, "<clerk-1@hungyen.gov.vn>")
    assert "1-CV/ĐU" in answer.title
    assert _documents(house) == 1


def test_each_reason_is_told_and_the_person_may_overrule(house: House) -> None:
    handed_in(house, printed(), NEIGHBOUR.mailbox)
    take(house, NOW)
    assert "chưa ký số" in _answers(house)[0].lines[0]
    handed_in(house, printed(), NEIGHBOUR.mailbox, words="Vẫn gửi: lãnh đạo đồng ý\n")
    take(house, NOW)
    assert _documents(house) == 1


def test_a_marked_document_is_refused_without_its_subject(house: House) -> None:
    submission = handed_in(house, signed(printed(secrecy="MẬT")), NEIGHBOUR.mailbox)
    take(house, NOW)
    (answer,) = _answers(house)
    assert (answer.accepted, answer.subject) == (False, "")
    assert not house.blobs.path(submission.fingerprint).exists()


def test_a_death_before_the_answer_sends_nothing_twice(house: House) -> None:
    submission = handed_in(house, signed(printed()), NEIGHBOUR.mailbox)
    take(house, NOW)
    with house.database.transaction() as tx:
        _reopened(tx, submission.id)
    take(house, NOW)
    assert _documents(house) == 1
    assert all(answer.accepted for answer in _answers(house))


def _reopened(tx: Transaction, number: int) -> None:
    """Take the settling back, as a death before it would have left the row."""
    tx.run(text("UPDATE submission SET settled_at = NULL WHERE id = :id"), id=number)


def test_the_thread_works_until_it_is_stopped(house: House) -> None:
    handed_in(house, signed(printed()), NEIGHBOUR.mailbox)
    thread = Submitting(house)
    thread.start()
    thread.wake()
    while not _answers(house):
        thread.join(0.05)
    thread.stop()
    thread.join(5)
    assert not thread.is_alive()
