"""Settle a submission: what became of it, and the answer to its person, in one transaction."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.letters.answers import answer
from mailbridge.model.letter import AnswerFacts
from mailbridge.model.sending import Submission
from mailbridge.registry import journal, outbox, submissions
from mailbridge.registry.database import Transaction


def settle_submission(
    house: House,
    submission: Submission,
    facts: AnswerFacts,
    document: int | None,
    now: datetime,
    *,
    marked: bool = False,
) -> None:
    """Write it; of a mail that bore a mark of secrecy nothing stays (Điều 5.1)."""
    with house.database.transaction() as tx:
        settle(tx, house, submission, facts, document, now)
        if marked:
            # Nothing speaks of its octets any more: who dies here leaves them to the next sweep.
            submissions.settle(tx, submission.id, submissions.MARKED, document, now)
    if marked:
        house.let_go(submission.fingerprint)


def settle(
    tx: Transaction,
    house: House,
    submission: Submission,
    facts: AnswerFacts,
    document: int | None,
    now: datetime,
) -> None:
    """Write it in the transaction of what became of it."""
    outcome = "sent" if facts.accepted else "refused"
    submissions.settle(tx, submission.id, outcome, document, now)
    mailbox = house.of_office(submission.office).sending.mailbox
    cause = f"submission:{submission.id}"
    outbox.owe(tx, answer(facts, cause, submission.address, mailbox, house.secret, now))
    data = {"by": submission.person, "outcome": outcome, "document": str(document or "")}
    journal.append(tx, submission.office, "submission-settled", cause, data, now)
