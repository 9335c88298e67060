"""The mail side: watching over IMAP, filing, letters over SMTP, and the key that signs them."""

from typing import TYPE_CHECKING

from mailbridge.model.limits import MIB
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_mail import Mailbox, Smtp

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.actions.post import Desk
    from mailbridge.daemon.filing import FilingPlan
    from mailbridge.daemon.watcher import Watch
    from mailbridge.letters.keys import SigningKey
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox


def imap(mailbox: Mailbox) -> "ImapMailbox":
    """Build the IMAP side of a mailbox; it is not connected yet."""
    from mailbridge.mailbox.account import Account
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox

    server = mailbox.imap
    account = Account(
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
    noop_every = server.noop_seconds if server.watch == "noop" else None
    return ImapMailbox(account, watch=server.watch, noop_every=noop_every)


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


def desk(built: "House", mailbox: Mailbox, server: Smtp) -> "Desk":
    """Build the desk that posts the letters of a mailbox."""
    from mailbridge.actions.post import Desk
    from mailbridge.edxml import status
    from mailbridge.letters.account import Account, Auth, Security
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
        key=_key(mailbox),
    )
    return Desk(sender=sender, post=Post(account), status=status.write)


def _key(mailbox: Mailbox) -> "SigningKey | None":
    from mailbridge.letters import keys

    if mailbox.key is None:
        return None
    passphrase = mailbox.key.passphrase
    secret = (lambda: passphrase.read().encode()) if passphrase else None
    return keys.load(mailbox.key.file, secret)
