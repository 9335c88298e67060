"""When digests leave an office, for whom, and until when its own keys speak."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from mailbridge.settings.schema import Office, Settings
from mailbridge.settings.schema_of_digests import DigestPerson

if TYPE_CHECKING:
    from mailbridge.actions.desk import Desk
    from mailbridge.rules.digests import Plan, Reader


def plan(settings: Settings, office: Office) -> "Plan":
    """Build the plan of an office: its clerk and head read everything, others their part."""
    from mailbridge.rules.digests import Edition, Plan, Reader

    named = settings.digest
    if not named.enabled:
        return Plan()
    hours = {Edition.MORNING: named.morning, Edition.EVENING: named.evening}
    people = {one.to: _reader(one) for one in named.person if one.office in {None, office.agency}}
    for address in filter(None, (office.clerk, office.head)):
        people.setdefault(address, Reader(address, sheet=named.sheet))
    return Plan(
        times={edition: hour for edition, hour in hours.items() if hour is not None},
        readers=tuple(people.values()),
        certificate_days=named.certificate_days,
    )


def _reader(one: DigestPerson) -> "Reader":
    from mailbridge.model.reading import Urgency
    from mailbridge.rules.digests import Edition, Filter, Reader

    wanted = Filter(one.handler.lower(), one.types, one.agencies, Urgency(one.urgency))
    return Reader(one.to, wanted, one.sheet, tuple(map(Edition, one.editions)))


def key_ends(desks: "Mapping[str, Desk]") -> Mapping[str, datetime | None]:
    """Tell until when the key of each mailbox signs; None where it cannot be had now."""
    from mailbridge.letters.unsigned import UnsignedError

    found: dict[str, datetime | None] = {}
    for name, desk in desks.items():
        if desk.sender.signer is None:
            continue
        try:
            found[name] = desk.sender.signer.certificate.not_valid_after_utc
        except UnsignedError:
            found[name] = None
    return found
