"""The thread that leads what people handed in to its end: sent with its number, or each reason.

Open rows are taken again at the start; what was sent before a death is known as sent.
"""

import threading
from datetime import datetime

import structlog

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.actions.read_submission import Read, read_submission
from mailbridge.actions.send import send
from mailbridge.actions.settle_submission import settle_submission
from mailbridge.isolation.pool import BugError, ChildDiedError
from mailbridge.letters import answers
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.letter import AnswerFacts
from mailbridge.model.sending import Hindrance, NotSent, Sent, Submission, Weigh
from mailbridge.registry import submissions
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
    try:
        read = _read(house, submission, now)
    except (ChildDiedError, BugError) as error:
        if submission.attempts < _ATTEMPTS:
            _log.warning("a submission could not be read", id=submission.id, detail=str(error))
            return True
        read = None
    if read is None:
        facts = answers.not_sent(NotSent((_UNREADABLE,)), None, "")
        settle_submission(house, submission, facts, None, now)
        return True
    _send(house, submission, read, now)
    return True


def _read(house: House, submission: Submission, now: datetime) -> Read | None:
    try:
        return read_submission(house, submission, now)
    except RefusedError as refusal:
        _log.warning("a submission was refused", id=submission.id, detail=refusal.detail)
        return None


def _send(house: House, submission: Submission, read: Read, now: datetime) -> None:
    done = send(house, read.draft, submission.person, now)
    if isinstance(done, Sent):
        facts = answers.sent(done, read.message_id, read.subject)
        settle_submission(house, submission, facts, done.document, now)
        return
    codes = {one.code for one in done.hindrances}
    facts = _told(submission, read, done, is_repeat=codes == {"already-sent"})
    settle_submission(house, submission, facts, None, now, marked=MARKED in codes)


def _told(submission: Submission, read: Read, done: NotSent, *, is_repeat: bool) -> AnswerFacts:
    """Tell why not; after a death between sending and its answer it is no fault of anybody."""
    if is_repeat and submission.attempts > 1:
        words = ("Văn bản đã được ghi gửi trước khi dịch vụ khởi động lại.",)
        title = "Đã ghi gửi văn bản"
        return AnswerFacts(
            title, words, accepted=True, message_id=read.message_id, subject=read.subject
        )
    marked = any(one.code == MARKED for one in done.hindrances)
    subject = "" if marked else read.subject
    return answers.not_sent(done, read.message_id, subject, read.odd)
