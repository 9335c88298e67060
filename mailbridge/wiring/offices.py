"""The register, what actions work with, and the whole service."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mailbridge.model.letter import Party
from mailbridge.model.limits import MIB
from mailbridge.settings.load import SettingsError
from mailbridge.settings.own import own_secret
from mailbridge.settings.schema import Office, Settings
from mailbridge.wiring.digests import key_ends, plan
from mailbridge.wiring.doors import gateway
from mailbridge.wiring.examining import limits, machine, permissions, rooms
from mailbridge.wiring.mails import answering, desk, sent_folder, watch
from mailbridge.wiring.regulation import regulation

if TYPE_CHECKING:
    from mailbridge.actions.house import Chancery, House, Sending, Telling
    from mailbridge.daemon.duty import Duty
    from mailbridge.registry.custody import Custody
    from mailbridge.registry.database import Database
    from mailbridge.registry.leading import Leader
    from mailbridge.registry.sqlite import SingleWriter
    from mailbridge.rules.shelving import Book
    from mailbridge.settings import schema_of_books as schema


def database(settings: Settings) -> "Database":
    """Open the register, brought to its newest form."""
    from mailbridge.registry.database import Database

    settings.state.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    state = settings.state
    password = state.database_password.read() if state.database_password else None
    opened = Database(state.database or state.folder / "register.sqlite3", password=password)
    opened.migrate(settings.office[0].agency)
    return opened


def house(settings: Settings) -> "House":
    """Build what actions work with; no child is started and no server asked."""
    from mailbridge.actions.house import House
    from mailbridge.registry.blobs import Blobs

    folder = settings.state.folder
    bounds = limits(settings.examination)
    blobs = folder / "blobs"
    chanceries = tuple(_chancery(settings, office) for office in settings.office)
    readable = (blobs, settings.trust.folder, *(chancery.keys for chancery in chanceries))
    opened = database(settings)
    return House(
        database=opened,
        blobs=Blobs(blobs),
        custody=custody(settings),
        rooms=rooms(
            folder / "examining",
            readable,
            bounds,
            settings.examination.workers,
            machine(settings.reading),
        ),
        permissions=permissions(settings, folder / "network"),
        trust=settings.trust.folder,
        chanceries=chanceries,
        regulation=regulation(settings),
        parties=_parties(settings, opened),
        secret=own_secret(folder / "secret"),
        answering=answering(settings.sending),
    )


def custody(settings: Settings) -> "Custody":
    """Build the folder of impounded mails; raises SettingsError for a certificate that is none."""
    from mailbridge.parcel import officer
    from mailbridge.registry.custody import Custody

    set_ = settings.secrecy
    try:
        certificate = officer.certificate(set_.certificate) if set_.certificate else None
    except ValueError as error:
        fault = f"{set_.certificate}: secrecy.certificate: không dùng được chứng thư này ({error})."
        raise SettingsError((fault,)) from error
    folder = settings.state.folder / "impounded"
    return Custody(folder, certificate, set_.officer, set_.officer_account)


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


def duty(settings: Settings, leads: Callable[[], bool] = lambda: True) -> "Duty":
    """Build the whole service; raises SecretError when a secret cannot be had."""
    from mailbridge.actions.pacing import Pace
    from mailbridge.daemon.duty import Duty

    built = house(settings)
    # One for all mailboxes: the servers of a domain see them as one.
    pace = Pace(settings.sending.per_minute)
    homes = settings.state.folder / "pgp"
    return Duty(
        house=built,
        watches=tuple(watch(settings, m, m.imap) for m in settings.mailbox if m.imap),
        desks={m.name: desk(built, m, m.smtp, homes, pace) for m in settings.mailbox if m.smtp},
        workers=settings.examination.workers,
        leads=leads,
        drop_folder=settings.sending.folder,
        sent_folders=tuple(filter(None, map(sent_folder, settings.mailbox))),
        poll_seconds=min((m.imap.poll_seconds for m in settings.mailbox if m.imap), default=60),
        gateway=gateway(settings, built),
        key_ends=key_ends,
    )


def leader(settings: Settings) -> "Leader | SingleWriter":
    """Build the lock of the one daemon that may have these mailboxes."""
    from mailbridge.registry.sqlite import SingleWriter

    state = settings.state
    state.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if state.database is None:
        return SingleWriter(state.folder / "lock")
    from mailbridge.registry.leading import Leader

    password = state.database_password.read() if state.database_password else None
    names = [mailbox.name for mailbox in settings.mailbox]
    return Leader(state.database, password, names, state.folder / "lock")


def _chancery(settings: Settings, office: Office) -> "Chancery":
    from mailbridge.actions.house import Chancery
    from mailbridge.rules import judge
    from mailbridge.rules.required import Requirement

    mailboxes = settings.mailboxes_of(office)
    rules = judge.Office(
        agency=office.agency,
        addresses=tuple(a for m in mailboxes for a in (m.address, *m.aliases)),
        allowed_domains=office.allowed_domains,
        policy=dict(settings.policy),
        number_when=settings.intake.number_when,
        required=tuple(map(Requirement.of, settings.required)),
    )
    return Chancery(
        office=rules,
        mailboxes=tuple(mailbox.name for mailbox in mailboxes),
        books=tuple(map(_book, settings.books_of(office))),
        telling=_telling(settings, office),
        keys=office.keys or settings.trust.folder / "keys",
        sending=_sending(settings, office),
        watches_gaps=settings.intake.watch_gaps,
        digests=plan(settings, office),
    )


def _sending(settings: Settings, office: Office) -> "Sending":
    from datetime import timedelta

    from mailbridge.actions.house import Sending
    from mailbridge.rules.early import Early

    named = settings.mailboxes_of(office)
    # A mailbox without a server for sending only receives.
    sends = next((one.name for one in named if one.smtp), named[0].name if named else "")
    set_ = settings.sending
    early = Early(
        answer=timedelta(minutes=set_.warn_minutes),
        urgent=timedelta(minutes=set_.warn_urgent_minutes),
        handling_days=set_.warn_handling_days,
        spared=frozenset(agency.lower() for agency in set_.never_warn),
    )
    return Sending(sends, set_.mail_mib * MIB, set_.reminders, set_.encrypt, early)


def _book(named: "schema.Book") -> "Book":
    from mailbridge.model.directory import AgencyKind
    from mailbridge.model.outcome import Direction
    from mailbridge.rules.numbering import Form, Policy, Reset
    from mailbridge.rules.shelving import Book

    policy = Policy(
        reset=Reset(named.reset),
        per_type=named.per_type,
        terms=named.terms,
        secret_shares_series=named.secret_shares_series,
        form=Form(named.form) if named.form else None,
        abbreviation=named.abbreviation,
    )
    return Book(
        name=named.name,
        direction=Direction(named.direction),
        title=named.title,
        default=named.default,
        types=named.types,
        kinds=tuple(map(AgencyKind, named.kinds)),
        senders=named.senders,
        policy=policy,
    )


def _telling(settings: Settings, office: Office) -> "Telling":
    from mailbridge.actions.house import Telling
    from mailbridge.rules.routing import Route

    notices = settings.notices
    return Telling(
        clerk=office.clerk,
        head=office.head,
        routes=tuple(
            Route(to=r.to, sender=r.sender, type=r.type, words=r.words)
            for r in settings.route
            if r.office in {None, office.agency}
        ),
        batch_minutes=notices.batch_minutes,
        escalate_hours=notices.escalate_hours,
        due_before_hours=notices.due_before_hours,
        due_head_hours=notices.due_head_hours,
        paper_days=notices.paper_days,
        recall_at_once=settings.recall.destroy == "at-once",
        recall_hours=settings.recall.deadline_hours,
        by_reply=notices.reply,
        repeat_minutes=(notices.repeat_khan, notices.repeat_thuong_khan, notices.repeat_hoa_toc),
    )


def _parties(settings: Settings, opened: "Database") -> dict[str, Party]:
    """Name our own agencies as the directory does; before it is loaded, by their codes."""
    from mailbridge.registry import agencies

    with opened.reading() as tx:
        directory = agencies.directory(tx)
    named = {office.agency: directory.by_code(office.agency) for office in settings.office}
    return {
        mailbox.name: Party(code, agency.name if agency else code, mailbox.address)
        for code, agency in named.items()
        for office in settings.office
        if office.agency == code
        for mailbox in settings.mailboxes_of(office)
    }
