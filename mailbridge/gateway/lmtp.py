"""LMTP (RFC 2033 §4): the local mail server hands over what came, and is answered for each mailbox.

Whoever reaches this door is believed: it is a Unix socket, or a port of this machine alone.
"""

import asyncio
import re
from collections.abc import Mapping

import structlog
from aiosmtpd.smtp import Envelope, Session, syntax

from mailbridge import clock
from mailbridge.gateway import replies
from mailbridge.gateway.conversation import Conversation, Terms
from mailbridge.gateway.deliveries import Deliveries
from mailbridge.gateway.inflow import Inflow
from mailbridge.model.errors import TryLaterError

# A mail server has hundreds of mails for us after a night; it says this when it is done.
MAILS = 10_000
# RFC 5321 §4.5.3.1.8: a server takes at least a hundred; our mailboxes are few.
RECIPIENTS = 1_000
_CALLS = {"*": MAILS, "RCPT": MAILS * 10, "NOOP": 100, "VRFY": 10, "HELP": 10}
_CODED = re.compile(r"[245]\.\d+\.\d+ ")

_log = structlog.get_logger(__name__)


def calls() -> dict[str, int]:
    """Tell how often a mail server may say each command over one connection."""
    return dict(_CALLS)


class Lmtp(Conversation):
    """A connection of the local mail server; `addresses` lead to names of mailboxes."""

    def __init__(self, terms: Terms, deliveries: Deliveries, addresses: Mapping[str, str]) -> None:
        super().__init__(terms)
        self._deliveries = deliveries
        self._addresses = addresses
        self._is_greeting = False

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:
        """Greet (RFC 2033 §4.1), with the extensions that §5 demands."""
        self._is_greeting = True
        await self.smtp_EHLO(arg)
        self._is_greeting = False

    async def smtp_HELO(self, hostname: str) -> None:
        """Refuse the greeting of SMTP (RFC 2033 §4.1)."""
        del hostname
        await self.push("500 5.5.1 This is LMTP: say LHLO")

    async def handle_EHLO(
        self,
        _server: Conversation,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Say what we can."""
        if not self._is_greeting:
            return ["500 5.5.1 This is LMTP: say LHLO"]
        session.host_name = hostname
        kept = [one for one in responses if not one.startswith(("250-AUTH", "250 HELP"))]
        return [*kept, "250-PIPELINING", "250 ENHANCEDSTATUSCODES"]

    async def handle_RCPT(
        self,
        _server: Conversation,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take our own mailboxes, by address and alias, and nobody else's."""
        if address.lower() not in self._addresses:
            return "550 5.1.1 No such mailbox here"
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address.lower())
        return "250 2.1.5 OK"

    def before_data(self) -> bytes:
        """Write the envelope's sender above the mail: here it is delivered (RFC 5321 §4.4).

        No time and no trace of ours: the same mail delivered again must be the same octets.
        """
        sender = (self.envelope.mail_from if self.envelope else None) or "<>"
        bare = "".join(letter for letter in sender.strip("<>") if letter.isprintable())
        return f"Return-Path: <{bare}>\r\n".encode("ascii", "replace")

    def replies_owed(self) -> int:
        """RFC 2033 §4.2: one for each recipient that was taken, in their order."""
        return len(self.envelope.rcpt_tos) if self.envelope else 1

    async def answers(self, taken: Inflow) -> list[str]:
        """Write the mail into the ledger of each mailbox, durably, and only then say so."""
        recipients = self.envelope.rcpt_tos if self.envelope else []
        mailboxes = list(dict.fromkeys(self._addresses[one] for one in recipients))
        try:
            await asyncio.to_thread(self._deliveries.take, taken, mailboxes, clock.now())
        except TryLaterError as error:
            _log.warning("nothing is taken in", detail=error.detail)
            return [replies.TRY_LATER] * len(recipients)
        return [f"250 2.1.5 <{one}> taken" for one in recipients]

    async def push(self, status: str | bytes) -> None:
        """Send a reply with an enhanced code, which RFC 2034 §4 asks of every one."""
        text = status if isinstance(status, str) else status.decode()
        await super().push(text if self._is_greeting else _coded(text))


def _coded(status: str) -> str:
    """Give a reply its enhanced code; the first words of a connection have none."""
    code, _, words = status.partition(" ")
    has_one = code.isdigit() and code[0] in "245" and code != "220"
    if not has_one or _CODED.match(f"{words} "):
        return status
    return f"{code} {code[0]}.0.0 {words}"
