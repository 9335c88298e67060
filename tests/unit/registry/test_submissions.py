"""What was handed in is taken until it is settled, the least tried first."""

from dataclasses import replace

from mailbridge.model.sending import Submission
from mailbridge.registry import submissions
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

MADE = Submission(0, OFFICE, "An", "an@hungyen.gov.vn", "a" * 64, ("b@hungyen.gov.vn",), NOW)


def test_a_submission_is_taken_until_it_is_settled(database: Database) -> None:
    with database.transaction() as tx:
        first, second = submissions.add(tx, MADE), submissions.add(tx, MADE)
        taken = submissions.begin(tx, (OFFICE,))
        assert taken is not None
        assert (taken.id, taken.attempts, taken.recipients) == (first, 1, MADE.recipients)
        again = submissions.begin(tx, (OFFICE,))
        assert again is not None
        assert again.id == second
        submissions.settle(tx, first, "sent", None, NOW)
        submissions.settle(tx, second, "refused", None, NOW)
        assert submissions.begin(tx, (OFFICE,)) is None
        found = submissions.get(tx, first)
        assert found is not None
        assert (found.outcome, found.settled_at) == ("sent", NOW)


def test_another_office_takes_nothing_of_it(database: Database) -> None:
    with database.transaction() as tx:
        submissions.add(tx, MADE)
        assert submissions.begin(tx, ("DEMO.99",)) is None
        assert submissions.listed(tx, "DEMO.99") == ()
        assert len(submissions.listed(tx)) == 1


def test_the_same_octets_are_the_same_until_they_are_refused(database: Database) -> None:
    with database.transaction() as tx:
        first = submissions.add(tx, MADE)
        assert submissions.same(tx, MADE) == first
        assert submissions.same(tx, replace(MADE, recipients=("c@hungyen.gov.vn",))) is None
        assert submissions.same(tx, replace(MADE, address="binh@hungyen.gov.vn")) is None
        submissions.settle(tx, first, "refused", None, NOW)
        assert submissions.same(tx, MADE) is None


def test_an_attempt_that_was_broken_off_is_none(database: Database) -> None:
    with database.transaction() as tx:
        first = submissions.add(tx, MADE)
        submissions.begin(tx, (OFFICE,))
        submissions.abandon(tx, first)
        found = submissions.get(tx, first)
        assert found is not None
        assert found.attempts == 0
