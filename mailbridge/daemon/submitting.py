"""The thread that leads what people handed in to its end: sent with its number, or each reason.

Open rows are taken again at the start. A row is settled in the transaction that sends its document:
whoever dies before it has sent nothing, and whoever dies after it takes nothing again.
"""

import threading
from contextlib import suppress
from datetime import datetime

import structlog

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.actions.read_submission import Read, read_submission
from mailbridge.actions.send import send
from mailbridge.actions.settle_submission import Ended, settle, settle_submission
from mailbridge.isolation.pool import BugError, ChildDiedError, PoolClosedError
from mailbridge.letters import answers
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.sending import Hindrance, NotSent, Sent, Submission, Weigh
from mailbridge.registry import submissions
from mailbridge.registry.database import Transaction
from mailbridge.rules.cures import Way, cured
from mailbridge.rules.dispatch import MARKED

# The register is looked at this often, besides at every submission.
LOOK_SECONDS = 30.0
# A mail that kills its examination each time is told to its person, and tried no more.
_ATTEMPTS = 3
_UNREADABLE = Hindrance(
    "unreadable",
    Weigh.BLOCK,
    "Không mở được thư hoặc tệp gửi kèm: mở thử từng tệp rồi gửi lại.",
)

_log = structlog.get_logger(__name__)


class Submitting(threading.Thread):
    """Takes one submission after the other."""

    def __init__(self, house: House) -> None:
        super().__init__(name="submitting", daemon=True)
        self._house = house
        self._stopping = threading.Event()
        self._wanted = threading.Event()

    def run(self) -> None:
        """Work until stopped."""
        while not self._stopping.is_set():
            self._wanted.clear()
            try:
                while not self._stopping.is_set() and take(self._house, clock.now()):
                    pass
            except TryLaterError as error:
                _log.warning("submissions wait", detail=error.detail)
            except PoolClosedError:
                # The service is being stopped: the row is open, and is taken at the next start.
                return
            except Exception:
                # A bug: told with its traceback. The others are taken first from now on.
                _log.exception("a submission was left open")
            self._wanted.wait(LOOK_SECONDS)

    def wake(self) -> None:
        """Say that something was handed in."""
        self._wanted.set()

    def stop(self) -> None:
        """Ask the thread to end after the submission in hand."""
        self._stopping.set()
        self._wanted.set()


def take(house: House, now: datetime) -> bool:
    """Lead the oldest open submission to its end; false where there is none."""
    with house.database.transaction() as tx:
        submission = submissions.begin(tx, [chancery.code for chancery in house.chanceries])
    if submission is None:
        return False
    _log.info("submission", id=submission.id, person=submission.address)
    if submission.attempts > _ATTEMPTS:
        # It ended the service itself each time, or met a bug of ours.
        _give_up(house, submission, now)
        return True
    try:
        _lead(house, submission, now)
    except (TryLaterError, PoolClosedError):
        with suppress(TryLaterError), house.database.transaction() as tx:
            submissions.abandon(tx, submission.id)
        raise
    return True


def _lead(house: House, submission: Submission, now: datetime) -> None:
    try:
        read = read_submission(house, submission, now)
    except RefusedError as refusal:
        _log.warning("a submission was refused", id=submission.id, detail=refusal.detail)
        _give_up(house, submission, now)
    except (ChildDiedError, BugError) as error:
        # It is taken again; after the last time its person is told.
        _log.warning("a submission could not be read", id=submission.id, detail=str(error))
    else:
        _send(house, submission, read, now)


def _give_up(house: House, submission: Submission, now: datetime) -> None:
    facts = answers.not_sent(NotSent((_UNREADABLE,)), None, "")
    settle_submission(house, submission, Ended(facts), now)


def _send(house: House, submission: Submission, read: Read, now: datetime) -> None:
    def along(tx: Transaction, sent: Sent) -> None:
        facts = answers.sent(sent, read.message_id, read.subject)
        settle(tx, house, submission, Ended(facts, sent.document), now)

    done = send(house, read.draft, submission.person, now, along)
    if isinstance(done, NotSent):
        marked = any(one.code == MARKED for one in done.hindrances)
        subject = "" if marked else read.subject
        facts = answers.not_sent(cured(done, Way.MAIL), read.message_id, subject, read.odd)
        settle_submission(house, submission, Ended(facts, marked=marked), now)
