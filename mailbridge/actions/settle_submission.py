"""Settle a submission: what became of it, and the answer to its person, in one transaction."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.letters.answers import answer
from mailbridge.model.letter import AnswerFacts
from mailbridge.model.sending import Submission
from mailbridge.model.slot import Fingerprint
from mailbridge.registry import journal, ledger, outbox, submissions


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
    chancery = house.of_office(submission.office)
    outcome = "sent" if facts.accepted else "refused"
    with house.database.transaction() as tx:
        submissions.settle(tx, submission.id, outcome, document, now)
        letter = answer(
            facts,
            f"submission:{submission.id}",
            submission.address,
            chancery.sending.mailbox,
            house.secret,
            now,
        )
        outbox.owe(tx, letter)
        data = {"by": submission.person, "outcome": outcome, "document": str(document or "")}
        subject = f"submission:{submission.id}"
        journal.append(tx, submission.office, "submission-settled", subject, data, now)
    if marked:
        fingerprint = Fingerprint(submission.fingerprint)
        with house.database.reading() as tx:
            kept = ledger.speaks_of(tx, fingerprint)
        if not kept:
            house.blobs.erase(fingerprint)
