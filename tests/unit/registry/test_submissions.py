"""What was handed in is taken until it is settled, the least tried first."""

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
