"""The register, what actions work with, and the whole service."""

from typing import TYPE_CHECKING

from mailbridge.model.letter import Party
from mailbridge.settings.own import own_secret
from mailbridge.settings.schema import Settings
from mailbridge.wiring.examining import limits, permissions, rooms
from mailbridge.wiring.mails import desk, watch

if TYPE_CHECKING:
    from mailbridge.actions.house import House, Telling
    from mailbridge.daemon.serve import Duty
    from mailbridge.registry.database import Database


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
        watches=tuple(watch(settings, mailbox) for mailbox in settings.mailbox),
        desks={m.name: desk(built, m, m.smtp) for m in settings.mailbox if m.smtp},
        workers=settings.examination.workers,
        poll_seconds=min(m.imap.poll_seconds for m in settings.mailbox),
    )


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


def _parties(settings: Settings, opened: "Database") -> dict[str, Party]:
    """Name our own agency as the directory does; before it is loaded, by its code."""
    from mailbridge.registry import agencies

    with opened.reading() as tx:
        own = agencies.directory(tx).by_code(settings.office.agency)
    name = own.name if own else settings.office.agency
    return {m.name: Party(settings.office.agency, name, m.address) for m in settings.mailbox}
