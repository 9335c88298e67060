"""The mail side: watching over IMAP, filing, letters over SMTP, and who signs them."""

from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.model.limits import MIB
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_mail import Imap, Mailbox, Smtp
from mailbridge.settings.schema_of_sending import Sending
from mailbridge.wiring import keys

if TYPE_CHECKING:
    from mailbridge.actions.desk import Desk
    from mailbridge.actions.house import Answering, House
    from mailbridge.actions.pacing import Pace
    from mailbridge.daemon.copies import SentFolder
    from mailbridge.daemon.filing import FilingPlan
    from mailbridge.daemon.watcher import Watch
    from mailbridge.mailbox.account import Account as ImapAccount
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox


def imap(mailbox: Mailbox, server: Imap) -> "ImapMailbox":
    """Build the IMAP side of a mailbox; it is not connected yet."""
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox

    noop_every = server.noop_seconds if server.watch == "noop" else None
    return ImapMailbox(_account(mailbox, server), watch=server.watch, noop_every=noop_every)


def sent_folder(mailbox: Mailbox) -> "SentFolder | None":
    """Build the folder for copies of what was sent; None where none is wanted."""
    from mailbridge.daemon.copies import SentFolder

    if not mailbox.filing.sent or not mailbox.smtp or not mailbox.imap:
        return None
    return SentFolder(mailbox.name, _account(mailbox, mailbox.imap), mailbox.filing.sent)


def _account(mailbox: Mailbox, server: Imap) -> "ImapAccount":
    from mailbridge.mailbox.account import Account

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


def watch(settings: Settings, mailbox: Mailbox, server: Imap) -> "Watch":
    """Build the watch over a mailbox."""
    from mailbridge.daemon.watcher import Watch

    return Watch(
        name=mailbox.name,
        open=lambda: imap(mailbox, server),
        start=settings.intake.start,
        filing=_filing(mailbox),
        poll_seconds=server.poll_seconds,
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


def answering(sending: Sending) -> "Answering":
    """Bound how fast receipts leave."""
    from mailbridge.actions.house import Answering

    return Answering(
        per_minute=sending.receipts_per_minute,
        most=sending.receipts_most,
        pause_minutes=sending.receipts_pause_minutes,
    )


def desk(
    built: "House", mailbox: Mailbox, server: Smtp, pgp: Path, pace: "Pace | None" = None
) -> "Desk":
    """Build the desk that posts the letters of a mailbox; `pgp` is the folder of OpenPGP homes."""
    from mailbridge.actions.desk import Desk
    from mailbridge.actions.pacing import Pace
    from mailbridge.edxml import outgoing, status
    from mailbridge.letters.account import Account, Auth, Security
    from mailbridge.letters.bodies import Edxml
    from mailbridge.letters.compose import Sender
    from mailbridge.letters.smtp import Post
    from mailbridge.prints import digest_sheet

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
        agency=built.parties[mailbox.name].name,
        domain=mailbox.address.rpartition("@")[2],
        signer=keys.signer(mailbox),
        openpgp=keys.openpgp(mailbox, pgp),
        locks=built.of_mailbox(mailbox.name).sending.encrypt,
        sheet=digest_sheet.write,
    )
    edxml = Edxml(status=status.write, document=outgoing.document, recall=outgoing.recall)
    return Desk(sender=sender, post=Post(account), edxml=edxml, pace=pace or Pace())
