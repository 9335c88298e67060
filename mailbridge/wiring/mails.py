"""The mail side: watching over IMAP, filing, letters over SMTP, and who signs them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.model.limits import MIB
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_mail import Key, Mailbox, Smtp

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.actions.pacing import Pace
    from mailbridge.actions.post import Desk
    from mailbridge.daemon.copies import SentFolder
    from mailbridge.daemon.filing import FilingPlan
    from mailbridge.daemon.watcher import Watch
    from mailbridge.letters.keys import SigningKey
    from mailbridge.letters.signer import Signer
    from mailbridge.mailbox.account import Account as ImapAccount
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox
    from mailbridge.settings.secret import Secret


def imap(mailbox: Mailbox) -> "ImapMailbox":
    """Build the IMAP side of a mailbox; it is not connected yet."""
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox

    server = mailbox.imap
    noop_every = server.noop_seconds if server.watch == "noop" else None
    return ImapMailbox(_account(mailbox), watch=server.watch, noop_every=noop_every)


def sent_folder(mailbox: Mailbox) -> "SentFolder | None":
    """Build the folder for copies of what was sent; None where none is wanted."""
    from mailbridge.daemon.copies import SentFolder

    if not mailbox.filing.sent or not mailbox.smtp:
        return None
    return SentFolder(mailbox.name, _account(mailbox), mailbox.filing.sent)


def _account(mailbox: Mailbox) -> "ImapAccount":
    from mailbridge.mailbox.account import Account

    server = mailbox.imap
    return Account(
        name=mailbox.name,
        host=server.host,
        port=server.port,
        security=server.security,
        user=server.user,
        auth=server.auth,
        secret=server.secret.read,
        folder=server.folder,
        ca_file=server.ca_file,
        timeout=server.timeout_seconds,
    )


def watch(settings: Settings, mailbox: Mailbox) -> "Watch":
    """Build the watch over a mailbox."""
    from mailbridge.daemon.watcher import Watch

    return Watch(
        name=mailbox.name,
        open=lambda: imap(mailbox),
        start=settings.intake.start,
        filing=_filing(mailbox),
        poll_seconds=mailbox.imap.poll_seconds,
        mail_size=settings.examination.mail_mib * MIB,
    )


def _filing(mailbox: Mailbox) -> "FilingPlan":
    from mailbridge.daemon.filing import FilingPlan
    from mailbridge.model.outcome import OutcomeName

    filing = mailbox.filing
    return FilingPlan(
        method=filing.method,
        folders={
            OutcomeName.REGISTERED: filing.registered,
            OutcomeName.HELD: filing.held,
            OutcomeName.DUPLICATE: filing.duplicate,
            OutcomeName.QUARANTINED: filing.quarantined,
            OutcomeName.NOTED: filing.noted,
            OutcomeName.APPLIED: filing.noted,
        },
    )


def desk(built: "House", mailbox: Mailbox, server: Smtp, pace: "Pace | None" = None) -> "Desk":
    """Build the desk that posts the letters of a mailbox."""
    from mailbridge.actions.pacing import Pace
    from mailbridge.actions.post import Desk
    from mailbridge.edxml import outgoing, status
    from mailbridge.letters.account import Account, Auth, Security
    from mailbridge.letters.bodies import Edxml
    from mailbridge.letters.compose import Sender
    from mailbridge.letters.smtp import Post

    account = Account(
        name=mailbox.name,
        host=server.host,
        port=server.port,
        security=Security(server.security),
        user=server.user,
        auth=Auth(server.auth),
        secret=server.secret.read,
        ca_file=server.ca_file,
        timeout=server.timeout_seconds,
    )
    sender = Sender(
        address=mailbox.address,
        name=mailbox.display,
        agency=built.of_mailbox(mailbox.name).code,
        domain=mailbox.address.rpartition("@")[2],
        signer=signer(mailbox),
        locks=built.of_mailbox(mailbox.name).sending.encrypt,
    )
    edxml = Edxml(status=status.write, document=outgoing.document, recall=outgoing.recall)
    return Desk(sender=sender, post=Post(account), edxml=edxml, pace=pace or Pace())


def signer(mailbox: Mailbox) -> "Signer | None":
    """Build who signs the letters of a mailbox; no key is opened before the first letter."""
    from mailbridge import clock
    from mailbridge.letters.signer import KeySigner

    key = mailbox.key
    if key is None:
        return None
    signs = KeySigner(_opening(key), clock.now)
    if key.tsa is None:
        return signs
    from mailbridge.letters.stamping import StampingSigner

    return StampingSigner(signs, _stamps(key.tsa))


def _opening(key: Key) -> "Callable[[], SigningKey]":
    from functools import partial

    from mailbridge.letters import keys

    if key.token is not None:
        from mailbridge.letters import token

        place = token.Place(
            module=key.token.module,
            label=key.token.label,
            pin=_secret(key.token.pin),
            certificates=key.token.certificate,
            key=key.token.key,
        )
        return partial(token.opened, place)
    passphrase = _secret(key.passphrase) if key.passphrase else None
    octets = (lambda: passphrase().encode()) if passphrase else None
    return partial(keys.load, key.file or Path(), octets)


def _stamps(url: str) -> Callable[[bytes], bytes]:
    """Ask the authority when a letter is signed: one that is silent delays letters."""
    from mailbridge.letters.unsigned import KeyFault, UnsignedError
    from mailbridge.network.errors import UnansweredError
    from mailbridge.network.time_stamps import asking

    asked = asking(url)

    def ask(question: bytes) -> bytes:
        try:
            return asked(question)
        except UnansweredError as error:
            raise UnsignedError(KeyFault.STAMP, f"no time-stamp: {error}") from error

    return ask


def _secret(secret: "Secret") -> Callable[[], str]:
    """Read a secret when a letter asks: one that is away delays letters."""
    from mailbridge.letters.unsigned import KeyFault, UnsignedError
    from mailbridge.settings.secret import SecretError

    def read() -> str:
        try:
            return secret.read()
        except SecretError as error:
            raise UnsignedError(KeyFault.FILE, f"a secret is away: {error}") from error

    return read
