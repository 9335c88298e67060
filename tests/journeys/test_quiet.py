"""Two mailbridges, a vacation robot and a mailing list: quiet within one round (RFC 3834)."""

import email
import email.policy
import time
from collections import Counter
from email.utils import format_datetime
from pathlib import Path

from mailbridge import clock
from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import LetterKind
from tests.journeys.pair import Pair, Peer
from tests.journeys.servers.mailhost import MailHost

# Longer than every pause of poster and watcher: whoever answered once more would have done so.
QUIET_SECONDS = 12.0


def _counts(peer: Peer) -> Counter[str]:
    return Counter(letter.kind.value for letter in peer.letters())


def _robot(to: str, about: bytes, *, sender: str, extra: str) -> bytes:
    """Answer a mail as a careless robot does: to From, with its subject, asking for a receipt."""
    original = email.message_from_bytes(about, policy=email.policy.default)
    return (
        f"From: <{sender}>\r\nTo: <{to}>\r\nSubject: Re: {original['Message-ID']}\r\n"
        f"Date: {format_datetime(clock.now())}\r\nMessage-ID: <{time.time_ns()}@hungyen.gov.vn>\r\n"
        f"In-Reply-To: {original['Message-ID']}\r\nDisposition-Notification-To: <{sender}>\r\n"
        f"{extra}MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nI am away.\r\n"
    ).encode()


def test_robots_lists_and_two_mailbridges_fall_silent(tmp_path: Path, mailhost: MailHost) -> None:
    with Pair(tmp_path, mailhost) as pair:
        ours, theirs = pair.ours, pair.theirs
        ours.start()
        theirs.start()
        ours.send(pair.paper("1"), SENDER.code, NEIGHBOUR.code)
        theirs.settled(1)
        ours.until(
            lambda: ours.exchange_with(SENDER.code).state is ExchangeState.REGISTERED, "their 03"
        )
        ours.until(lambda: mailhost.mails(pair.plain), "the mail in the plain mailbox")
        (document,) = mailhost.mails(pair.plain)
        receipt = next(m for m in mailhost.mails(ours.address) if b"X-Mailbridge: receipt" in m)
        # The plain mailbox is on leave, and so is the clerk whose mailbox ours is.
        away = {"sender": pair.plain, "extra": "Auto-Submitted: auto-replied\r\n"}
        mailhost.deliver(_robot(ours.address, document, **away), ours.address, sender="")
        old = {"sender": pair.plain, "extra": "Precedence: bulk\r\n"}
        mailhost.deliver(_robot(ours.address, document, **old), ours.address, sender="")
        back = {"sender": ours.address, "extra": "X-Autoreply: yes\r\n"}
        mailhost.deliver(_robot(theirs.address, receipt, **back), theirs.address, sender="")
        # A list sends both mails to both mailboxes, as lists do.
        for mail in (document, receipt):
            listed = b"List-Id: <ds.hungyen.gov.vn>\r\nPrecedence: list\r\n" + mail
            for peer in (ours, theirs):
                mailhost.deliver(listed, peer.address, sender="ds-bounces@hungyen.gov.vn")
        theirs.settled(4)
        ours.settled(5)
        before = _counts(ours), _counts(theirs)
        time.sleep(QUIET_SECONDS)
        assert (_counts(ours), _counts(theirs)) == before
        assert before[0][LetterKind.DOCUMENT] == 2
        assert before[0][LetterKind.RECEIPT] == 0
        assert before[1][LetterKind.RECEIPT] == 1
        assert ours.exchange_with(NEIGHBOUR.code).state is ExchangeState.SUBMITTED
