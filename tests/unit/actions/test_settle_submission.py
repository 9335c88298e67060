"""A submission ends once, with one answer; of a marked one nothing stays."""

from mailbridge.actions.house import House
from mailbridge.actions.settle_submission import Ended, settle_submission
from mailbridge.letters.answers import not_sent
from mailbridge.model.letter import LetterKind
from mailbridge.model.sending import NotSent
from mailbridge.registry import outbox, submissions
from tests.unit.actions.drafts import NEIGHBOUR, NOW, printed
from tests.unit.actions.handed_in import CLERK, handed_in

FACTS = not_sent(NotSent(()), None, "")


def test_a_settled_submission_is_answered_once(house: House) -> None:
    submission = handed_in(house, printed(), NEIGHBOUR.mailbox)
    for _ in range(2):
        settle_submission(house, submission, Ended(FACTS), NOW)
    with house.database.reading() as tx:
        (letter,) = outbox.letters(tx)
        found = submissions.get(tx, submission.id)
    assert (letter.kind, letter.to) == (LetterKind.ANSWER, CLERK)
    assert found is not None
    assert found.outcome == "refused"
    assert house.blobs.path(submission.fingerprint).exists()


def test_a_marked_submission_leaves_no_octets(house: House) -> None:
    submission = handed_in(house, printed(), NEIGHBOUR.mailbox)
    settle_submission(house, submission, Ended(FACTS, marked=True), NOW)
    assert not house.blobs.path(submission.fingerprint).exists()
    with house.database.reading() as tx:
        # Who dies before the octets are erased leaves them to the sweep.
        assert not submissions.speaks_of(tx, submission.fingerprint)
        assert submissions.same(tx, submission) is None
