"""Submission (RFC 6409 §3): a person's own mail program hands in a document to be sent.

Nothing is heard before TLS, nobody before AUTH. What is taken is durable, with its row in the
register, before the mail program hears "250"; what becomes of it is told by mail.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.clock import in_vietnam
from mailbridge.gateway import heads, replies
from mailbridge.gateway.conversation import Conversation, Terms
from mailbridge.gateway.dots import Dotted
from mailbridge.gateway.gate import Gate
from mailbridge.gateway.inflow import Inflow
from mailbridge.gateway.people import Person
from mailbridge.gateway.recipients import refusal
from mailbridge.model.errors import TryLaterError
from mailbridge.model.sending import Submission as Handed
from mailbridge.reading.secrecy import mark_in_subject
from mailbridge.registry import agencies, submissions

# One document to every agency of a province and more; a list of addresses to be probed is longer.
RECIPIENTS = 500
# A connection that asks for one address after the other, to learn which are enrolled.
_CALLS = {"*": 100, "RCPT": 2 * RECIPIENTS, "AUTH": 3, "VRFY": 3, "HELP": 10, "NOOP": 30}

_LOCKED = (
    "454 4.7.0 Too many failed logins, wait a quarter of an hour / "
    "Sai mat khau qua nhieu lan, hay thu lai sau 15 phut"
)
_WRONG = "535 5.7.8 Wrong name or password / Sai ten hoac mat khau"
_NOT_YOURS = (
    "553 5.7.1 The sender must be your own address / Nguoi gui phai la dia chi cua chinh ban"
)
_MARKED = (
    "550 5.7.1 The subject bears a mark of secrecy: nothing was kept. This channel is for documents"
    " without one / Tieu de co dau hieu mat: khong nhan, khong luu (Dieu 5.1)"
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where submissions are handed in: the house, who may come in, and whom to wake."""

    house: House
    gate: Gate
    # Domains that each office exchanges documents with (Điều 3.8), by its identifier.
    domains: Mapping[str, tuple[str, ...]]
    wake: Callable[[], None]


def calls() -> dict[str, int]:
    """Tell how often a mail program may say each command over one connection."""
    return dict(_CALLS)


class Submission(Conversation):
    """A connection of a mail program."""

    # What Outlook waits for.
    AuthLoginUsernameChallenge = "Username:"
    AuthLoginPasswordChallenge = "Password:"

    def __init__(self, terms: Terms, desk: Desk, *, in_the_clear: bool = False) -> None:
        super().__init__(
            terms,
            require_starttls=not in_the_clear,
            auth_require_tls=not in_the_clear,
            auth_exclude_mechanism=(),
        )
        # Not by its own argument: aiosmtpd warns of what loopback alone is allowed.
        self._auth_required = True
        self._desk = desk
        self._person: Person | None = None

    async def handle_EHLO(
        self,
        _server: Conversation,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Say what we can."""
        session.host_name = hostname
        kept = [one for one in responses if one != "250 HELP"]
        return [*kept, "250 PIPELINING"]

    async def smtp_AUTH(self, arg: str) -> None:
        """Log in; names of mechanisms have no case (RFC 4422 §3.1)."""
        mechanism, space, rest = (arg or "").partition(" ")
        await super().smtp_AUTH(f"{mechanism.upper()}{space}{rest}")

    async def auth_PLAIN(self, _server: Conversation, args: list[str]) -> AuthResult:
        """Check a PLAIN response (RFC 4616 §2)."""
        return await self._judged(await super().auth_PLAIN(self, args))

    async def auth_LOGIN(self, _server: Conversation, args: list[str]) -> AuthResult:
        """Outlook's."""
        return await self._judged(await super().auth_LOGIN(self, args))

    def _authenticate(self, mechanism: str, auth_data: object) -> AuthResult:
        """Only hand on: a password is checked where the other connections need not wait."""
        del mechanism
        return AuthResult(success=False, handled=False, auth_data=auth_data)

    async def _judged(self, given: AuthResult) -> AuthResult:
        login = given.auth_data
        if not isinstance(login, LoginPassword):
            return given
        found = await self._desk.gate.login(login.login, login.password, self.client)
        if found.is_locked:
            return AuthResult(success=False, handled=False, message=_LOCKED)
        if found.person is None:
            return AuthResult(success=False, handled=False, message=_WRONG)
        self._person = found.person
        return AuthResult(success=True, auth_data=LoginPassword(login.login, b""))

    async def handle_MAIL(
        self,
        _server: Conversation,
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Let each person write as nobody else (RFC 6409 §6.1)."""
        person = self._person
        if person is None or address.lower() != person.address.lower():
            return _NOT_YOURS
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self,
        _server: Conversation,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take who is enrolled and exists today."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return f"452 4.5.3 At most {RECIPIENTS} recipients / Toi da {RECIPIENTS} noi nhan"
        try:
            refused = await asyncio.to_thread(self._refusal, address.lower())
        except TryLaterError as error:
            _log.warning("the directory is away", detail=error.detail)
            return replies.TRY_LATER
        if refused is None and address.lower() not in envelope.rcpt_tos:
            envelope.rcpt_tos.append(address.lower())
        return refused or "250 2.1.5 OK"

    def _refusal(self, address: str) -> str | None:
        office = self._person.office if self._person else ""
        with self._desk.house.database.reading() as tx:
            directory = agencies.directory(tx)
        today = in_vietnam(clock.now()).date()
        return refusal(address, directory, self._desk.domains.get(office, ()), today)

    def fault(self, dotted: Dotted) -> str | None:
        """Mail programs write CR LF; who does not tries to smuggle (RFC 5321 §2.3.8)."""
        return replies.BARE_LINE_END if dotted.has_bare else None

    async def answers(self, taken: Inflow) -> list[str]:
        """Keep the mail and write it down, durably, and only then say so."""
        person, envelope = self._person, self.envelope
        if person is None or envelope is None:
            return [replies.TRY_LATER]
        if any(mark_in_subject(one) for one in heads.read(taken.head).subjects):
            # Điều 5.1: nothing of it stays, not even what was refused.
            _log.warning("a mark of secrecy was refused", person=person.address)
            return [_MARKED]
        try:
            number = await asyncio.to_thread(self._kept, taken, person, tuple(envelope.rcpt_tos))
        except TryLaterError as error:
            _log.warning("nothing is taken in", detail=error.detail)
            return [replies.TRY_LATER]
        self._desk.wake()
        return [replies.reply("250 2.0.0", f"Taken as submission {number} / Da nhan, so {number}")]

    def _kept(self, taken: Inflow, person: Person, recipients: tuple[str, ...]) -> int:
        house = self._desk.house
        fingerprint = taken.commit()
        house.blobs.sync()
        handed = Handed(
            id=0,
            office=person.office,
            person=person.name,
            address=person.address,
            fingerprint=fingerprint,
            recipients=recipients,
            taken_at=clock.now(),
        )
        with house.database.transaction() as tx:
            # Whose "250" was lost hands it in again: the same octets are the same document.
            number = submissions.same(tx, handed) or submissions.add(tx, handed)
        _log.info("submitted", submission=number, person=person.address, fingerprint=fingerprint)
        return number
