"""With whom documents are exchanged (Điều 3.8)."""

from datetime import date

from mailbridge.model.directory import Agency, Directory
from mailbridge.model.examination import MailView


def known_sender(
    mail: MailView, directory: Directory, allowed_domains: tuple[str, ...], day: date
) -> Agency | None:
    """Find the agency of the one From address, valid on that day, in an allowed domain."""
    if not mail.from_:
        return None
    spec = mail.from_[0].spec
    if spec.rpartition("@")[2] not in allowed_domains:
        return None
    agency = directory.by_address(spec)
    return agency if agency is not None and agency.is_valid_on(day) else None
