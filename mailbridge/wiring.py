"""Settings into live objects: the only module that knows every class.

It imports inside its builders, so that a command loads what it uses and no more.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.model.letter import Party
from mailbridge.model.limits import MIB, Limits
from mailbridge.settings.own import own_secret
from mailbridge.settings.schema import Examination, Mailbox, Settings, Smtp

if TYPE_CHECKING:
    from mailbridge.actions.examine import Permissions, Rooms
    from mailbridge.actions.house import House, Telling
    from mailbridge.actions.post import Desk
    from mailbridge.daemon.filing import FilingPlan
    from mailbridge.daemon.serve import Duty
    from mailbridge.daemon.watcher import Watch
    from mailbridge.letters.keys import SigningKey
    from mailbridge.mailbox.imap import Mailbox as ImapMailbox
    from mailbridge.registry.database import Database

_OPENER = "mailbridge.actions.in_opener:open_mail"
_READER = "mailbridge.actions.in_reader:read_parcel"


def limits(examination: Examination) -> Limits:
    """Take the limits of one examination from the settings."""
    return Limits(
        mail_size=examination.mail_mib * MIB,
        child_memory=examination.memory_mib * MIB,
        child_cpu=examination.cpu_seconds,
        child_wall=examination.wall_seconds,
    )


def rooms(folder: Path, readable: tuple[Path, ...], bounds: Limits, workers: int) -> "Rooms":
    """Build the two pools of children; only the opener may read what is `readable`."""
    from mailbridge.actions.examine import Rooms
    from mailbridge.isolation.pool import Pool, Post

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opener = Post(_OPENER, (folder, *readable), bounds)
    reader = Post(_READER, (folder,), bounds)
    return Rooms(Pool(opener, workers, folder), Pool(reader, workers, folder), folder, bounds)


def permissions(settings: Settings, cache: Path | None) -> "Permissions":
    """Build whom an examination may ask and believe; `cache` None keeps no answer on disk."""
    from mailbridge.actions.examine import Permissions
    from mailbridge.network.permitted import permitted

    asked, set_ = settings.network, settings.examination
    network = permitted(
        dns=asked.dns, revocation=asked.fetch_revocation, hosts=asked.allowed_hosts, cache=cache
    )
    return Permissions(network, set_.authserv_ids, set_.allow_3des)


def database(settings: Settings) -> "Database":
    """Open the register, brought to its newest form."""
    from mailbridge.registry.database import Database

    settings.state.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = Database(settings.state.folder / "register.sqlite3")
    opened.migrate()
    return opened


def house(settings: Settings) -> "House":
    """Build what actions work with; no child is started and no server asked."""
    from mailbridge.actions.house import House
    from mailbridge.registry.blobs import Blobs
    from mailbridge.rules.judge import Office
    from mailbridge.rules.required import Requirement

    folder = settings.state.folder
    bounds = limits(settings.examination)
    blobs = folder / "blobs"
    readable = (blobs, settings.trust.folder)
    opened = database(settings)
    addresses = [a for m in settings.mailbox for a in (m.address, *m.aliases)]
    return House(
        database=opened,
        blobs=Blobs(blobs),
        rooms=rooms(folder / "examining", readable, bounds, settings.examination.workers),
        permissions=permissions(settings, folder / "network"),
        trust=settings.trust.folder,
        office=Office(
            agency=settings.office.agency,
            addresses=tuple(addresses),
            allowed_domains=settings.office.allowed_domains,
            policy=dict(settings.policy),
            number_when=settings.intake.number_when,
            required=tuple(map(Requirement.of, settings.required)),
        ),
        book=settings.office.book,
        telling=_telling(settings),
        parties=_parties(settings, opened),
        secret=own_secret(folder / "secret"),
    )


def prepared(settings: Settings) -> Settings:
    """Load the directory file into an empty directory: the first start."""
    from mailbridge import clock
    from mailbridge.registry import agencies
    from mailbridge.registry.directory_file import read

    opened = database(settings)
    with opened.transaction() as tx:
        if not agencies.directory(tx).agencies:
            agencies.load(tx, read(settings.directory.file), clock.now())
    opened.close()
    return settings


def duty(settings: Settings) -> "Duty":
    """Build the whole service; raises SecretError when a secret cannot be had."""
    from mailbridge.daemon.serve import Duty

    built = house(settings)
    return Duty(
        house=built,
        watches=tuple(_watch(settings, mailbox) for mailbox in settings.mailbox),
        desks={m.name: _desk(built, m, m.smtp) for m in settings.mailbox if m.smtp},
        workers=settings.examination.workers,
        poll_seconds=min(m.imap.poll_seconds for m in settings.mailbox),
    )


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


def _telling(settings: Settings) -> "Telling":
    from mailbridge.actions.house import Telling
    from mailbridge.rules.routing import Route

    notices = settings.notices
    return Telling(
        clerk=settings.office.clerk,
        head=settings.office.head,
        routes=tuple(
            Route(to=r.to, sender=r.sender, type=r.type, words=r.words) for r in settings.route
        ),
        batch_minutes=notices.batch_minutes,
        escalate_hours=notices.escalate_hours,
        repeat_minutes=(notices.repeat_khan, notices.repeat_thuong_khan, notices.repeat_hoa_toc),
    )


def _watch(settings: Settings, mailbox: Mailbox) -> "Watch":
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


def _desk(built: "House", mailbox: Mailbox, server: Smtp) -> "Desk":
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
        agency=built.office.agency,
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


def _parties(settings: Settings, opened: "Database") -> dict[str, Party]:
    """Name our own agency as the directory does; before it is loaded, by its code."""
    from mailbridge.registry import agencies

    with opened.reading() as tx:
        own = agencies.directory(tx).by_code(settings.office.agency)
    name = own.name if own else settings.office.agency
    return {m.name: Party(settings.office.agency, name, m.address) for m in settings.mailbox}
