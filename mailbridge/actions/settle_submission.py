"""Settle a submission: what became of it, and the answer to its person, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.letters.answers import answer
from mailbridge.model.letter import AnswerFacts
from mailbridge.model.sending import Submission
from mailbridge.registry import journal, outbox, submissions
from mailbridge.registry.database import Transaction


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a submission, and what its person reads of it."""

    facts: AnswerFacts
    document: int | None = None
    # It bore a mark of secrecy (Điều 5.1).
    marked: bool = False

    @property
    def outcome(self) -> str:
        """Name it as the register does."""
        if self.marked:
            return submissions.MARKED
        return "sent" if self.facts.accepted else "refused"


def settle_submission(house: House, submission: Submission, ended: Ended, now: datetime) -> None:
    """Write it; of a mail that bore a mark of secrecy nothing stays."""
    with house.database.transaction() as tx:
        settle(tx, house, submission, ended, now)
    if ended.marked:
        # Nothing speaks of its octets any more: who dies here leaves them to the next sweep.
        house.let_go(submission.fingerprint)


def settle(
    tx: Transaction, house: House, submission: Submission, ended: Ended, now: datetime
) -> None:
    """Write it in the transaction of what became of it."""
    submissions.settle(tx, submission.id, ended.outcome, ended.document, now)
    mailbox = house.of_office(submission.office).sending.mailbox
    cause = f"submission:{submission.id}"
    outbox.owe(tx, answer(ended.facts, cause, submission.address, mailbox, house.secret, now))
    document = str(ended.document or "")
    data = {"by": submission.person, "outcome": ended.outcome, "document": document}
    journal.append(tx, submission.office, "submission-settled", cause, data, now)
