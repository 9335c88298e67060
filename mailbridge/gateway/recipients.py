"""To whom a person may send: enrolled mailboxes of agencies that exist today (Điều 3.6, 3.8)."""

from collections.abc import Iterable
from datetime import date

from mailbridge.gateway.replies import reply
from mailbridge.model.directory import Agency, Directory


def refusal(
    address: str, directory: Directory, allowed_domains: Iterable[str], day: date
) -> str | None:
    """Say why nothing goes to this address; None if it may be written to.

    A successor is named and never used: the person decides to whom the document goes.
    """
    agency = directory.by_address(address)
    if agency is None:
        return reply(
            "550 5.1.1",
            f"{address} is no mailbox of an enrolled agency / "
            "khong phai hop thu cua co quan nao trong danh ba",
        )
    if not agency.is_valid_on(day):
        return reply("550 5.1.6", _closed(agency, directory, day))
    if address.rpartition("@")[2].lower() not in allowed_domains:
        return reply(
            "550 5.7.1",
            f"{address} is not in an allowed domain / ten mien khong duoc phep (Dieu 3.8)",
        )
    return None


def _closed(agency: Agency, directory: Directory, day: date) -> str:
    begins = agency.valid_from is not None and day < agency.valid_from
    if begins:
        told = f"{agency.name}: not valid before {agency.valid_from} / chua hoat dong"
        return f"{told} truoc {agency.valid_from}"
    told = f"{agency.name}: closed since {agency.valid_to} / da ngung hoat dong"
    successor = directory.by_code(agency.successor) if agency.successor else None
    if successor is None:
        return told
    mailbox = f" <{successor.mailboxes[0]}>" if successor.mailboxes else ""
    return f"{told}; successor / co quan ke nhiem: {successor.name}{mailbox}"
