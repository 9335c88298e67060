"""Who the mail says that it is from, and whether its own words contradict each other."""

import re
import unicodedata

from mailbridge.model.directory import Directory
from mailbridge.model.message import Address, Message
from mailbridge.model.parcel import SealClaim

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']+@[^\s@<>()\[\],;:\"']+")
_COMPARED = ("from", "subject", "to", "date")


def contradictions(message: Message, directory: Directory | None) -> list[str]:
    """List, in Vietnamese, what contradicts the one From (RFC 5322 §3.6.2)."""
    if len(message.from_) != 1:
        return ["thư có nhiều người gửi (From)" if message.from_ else "thư không có người gửi"]
    found = []
    own = message.from_[0]
    if len(message.values("From")) > 1:
        found.append("thư có hai dòng From")
    if _claims_another(own):
        found.append("tên hiển thị nêu một địa chỉ khác")
    if directory is not None and _bears_name_of_another(own, directory):
        found.append("tên hiển thị là của cơ quan khác")
    for label, addresses in (("Sender", message.sender), ("Reply-To", message.reply_to)):
        if any(_is_another_agency(address, own, directory) for address in addresses):
            found.append(f"{label} là của cơ quan khác")
    return found


def _claims_another(own: Address) -> bool:
    # Letters that look like "@" are made one before they are sought.
    name = unicodedata.normalize("NFKC", own.name).lower()
    return any(shown.strip(".") != own.spec for shown in _ADDRESS.findall(name))


def _bears_name_of_another(own: Address, directory: Directory) -> bool:
    name = _squeezed(unicodedata.normalize("NFKC", own.name))
    agency = directory.by_address(own.spec)
    others = [each for each in directory.agencies if agency is None or each.code != agency.code]
    mine = agency is not None and _squeezed(agency.name) == name
    return not mine and any(_squeezed(each.name) == name for each in others if each.name)


def _is_another_agency(address: Address, own: Address, directory: Directory | None) -> bool:
    if address.spec == own.spec or directory is None:
        return False
    agency = directory.by_address(address.spec)
    return agency is not None and agency != directory.by_address(own.spec)


def differing_headers(
    message: Message, claim: SealClaim, hidden: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    """List the fields that the signed part repeats with another value (RFC 9788 §4.4).

    `hidden` are the fields that a lock around the whole hid: behind it, its reader is shown the
    subject among them, and not the one that was made for the way.
    """
    outer = {name: _squeezed(" ".join(message.values(name)[:1])) for name in _COMPARED}
    if claim.unlocked_by:
        outer |= {name: _squeezed(value) for name, value in hidden[::-1] if name == "subject"}
    differing = [
        name
        for name, value in claim.protected
        if outer.get(name, _squeezed(value)) != _squeezed(value)
    ]
    return list(dict.fromkeys(differing))


def _squeezed(value: str) -> str:
    return "".join(value.split()).lower()
