"""The gateway, if the settings name a door of it."""

from typing import TYPE_CHECKING

from mailbridge.model.limits import MIB
from mailbridge.settings.load import SettingsError
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_gateway import LmtpDoor, Person, SubmissionDoor

if TYPE_CHECKING:
    from collections.abc import Callable
    from ssl import SSLContext

    from mailbridge.actions.house import House
    from mailbridge.gateway.deliveries import Deliveries
    from mailbridge.gateway.doors import Door
    from mailbridge.gateway.gateway import Gateway
    from mailbridge.gateway.people import Person as Submitter


def gateway(settings: Settings, house: "House") -> "Gateway | None":
    """Build the doors that the settings name; None where they name none."""
    named = settings.gateway
    if named.lmtp is None and named.submission is None:
        return None
    from mailbridge.daemon.submitting import Submitting
    from mailbridge.gateway.deliveries import Deliveries
    from mailbridge.gateway.gateway import Gateway

    mailboxes = tuple(mailbox.name for mailbox in settings.mailbox)
    deliveries = Deliveries(house, mailboxes) if named.lmtp else None
    built = Gateway(deliveries, Submitting(house) if named.submission else None)
    if named.lmtp is not None and deliveries is not None:
        built.add(_lmtp(settings, house, named.lmtp, deliveries))
    if named.submission is not None:
        built.add(_submission(settings, house, named.submission, built))
    return built


def _lmtp(settings: Settings, house: "House", door: LmtpDoor, deliveries: "Deliveries") -> "Door":
    from mailbridge.gateway.conversation import Terms
    from mailbridge.gateway.doors import Door
    from mailbridge.gateway.lmtp import Lmtp, calls
    from mailbridge.gateway.room import Room

    addresses = {a: m.name for m in settings.mailbox for a in (m.address, *m.aliases)}
    size = settings.examination.mail_mib * MIB
    terms = Terms(door.hostname, house.blobs, size, Room(), calls=calls())
    where = door.socket or (door.host, door.port)
    return Door("lmtp", where, lambda: Lmtp(terms, deliveries, addresses))


def _submission(
    settings: Settings, house: "House", door: SubmissionDoor, built: "Gateway"
) -> "Door":
    from mailbridge.gateway.conversation import Terms
    from mailbridge.gateway.doors import Door
    from mailbridge.gateway.gate import Gate
    from mailbridge.gateway.people import People
    from mailbridge.gateway.room import Room
    from mailbridge.gateway.submission import Desk, Submission, calls

    size = settings.examination.mail_mib * MIB
    terms = Terms(door.hostname, house.blobs, size, Room(), _tls(door), calls())
    domains = {office.agency: office.allowed_domains for office in settings.office}
    people = People(_person(one, settings.office[0].agency) for one in settings.gateway.person)
    desk = Desk(house, Gate(people), domains, built.wake)
    in_the_clear = terms.tls is None
    return Door(
        "submission",
        (door.host, door.port),
        lambda: Submission(terms, desk, in_the_clear=in_the_clear),
    )


def _person(one: Person, only: str) -> "Submitter":
    from mailbridge.gateway.people import Person as Submitter
    from mailbridge.settings.secret import Secret

    password = one.password
    read = password.read if isinstance(password, Secret) else password.get_secret_value
    return Submitter(one.name, one.address, one.office or only, read)


def _tls(door: SubmissionDoor) -> "Callable[[], SSLContext] | None":
    if door.certificate is None or door.key is None:
        return None
    from mailbridge.gateway.certificate import OwnCertificate
    from mailbridge.wiring.stamped import stamp

    try:
        own = OwnCertificate(door.certificate, door.key, stamp(door.certificate, door.key))
    except OSError as error:
        fault = f"{door.certificate}: gateway.submission.certificate: không dùng được ({error})."
        raise SettingsError((fault,)) from error
    return own.context
