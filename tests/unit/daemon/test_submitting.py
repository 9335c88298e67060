"""What is handed in leaves once, or its person reads each reason."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mailbridge.actions.house import House
from mailbridge.daemon.submitting import Submitting, take
from mailbridge.isolation.pool import PoolClosedError
from mailbridge.model.letter import AnswerFacts, LetterKind
from mailbridge.registry import outbox, submissions
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


def test_a_document_and_the_end_of_its_submission_are_written_together(house: House) -> None:
    submission = handed_in(house, signed(printed()), NEIGHBOUR.mailbox)
    with house.database.transaction() as tx:
        # An answer that cannot be owed leaves nothing sent.
        tx.run(
            text(
                "CREATE TRIGGER no_answer BEFORE INSERT ON outbox WHEN NEW.kind = 'answer' "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    with pytest.raises(IntegrityError):
        take(house, NOW)
    assert _documents(house) == 0
    with house.database.transaction() as tx:
        tx.run(text("DROP TRIGGER no_answer"))
    take(house, NOW)
    assert (_documents(house), len(_answers(house))) == (1, 1)
    with house.database.reading() as tx:
        settled = submissions.get(tx, submission.id)
    assert settled is not None
    assert (settled.outcome, settled.document is not None) == ("sent", True)


def test_what_ends_the_service_each_time_is_given_up_and_its_person_told(house: House) -> None:
    submission = handed_in(house, signed(printed()), NEIGHBOUR.mailbox)
    for _ in range(3):
        with house.database.transaction() as tx:
            submissions.begin(tx, [submission.office])
    take(house, NOW)
    assert [answer.accepted for answer in _answers(house)] == [False]
    assert _documents(house) == 0


def test_a_house_that_cannot_work_is_no_attempt(house: House) -> None:
    submission = handed_in(house, signed(printed()), NEIGHBOUR.mailbox)
    house.rooms.opener.close()
    with pytest.raises(PoolClosedError):
        take(house, NOW)
    with house.database.reading() as tx:
        waiting = submissions.get(tx, submission.id)
    assert waiting is not None
    assert (waiting.attempts, waiting.settled_at) == (0, None)


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
