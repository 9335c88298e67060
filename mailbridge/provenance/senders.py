"""Who the mail says that it is from, and whether its own words contradict each other."""

import re
import unicodedata

from mailbridge.model.directory import Directory
from mailbridge.model.message import Address, Message
from mailbridge.model.parcel import SealClaim
from mailbridge.model.problem import Problem
from mailbridge.provenance import look_alikes
from mailbridge.provenance.codes import Code

# Bounded, so that a name of megabytes without "@" costs linear time.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,255}")
# How programs are brought to show one sender and name another.
_TRICKS = {
    Problem.GROUP_FROM: "From là một nhóm địa chỉ",
    Problem.ENCODED_ADDRESS: "địa chỉ người gửi bị mã hóa",
}
_COMPARED = ("from", "subject", "to", "date")


def contradictions(message: Message, directory: Directory | None) -> list[str]:
    """List, in Vietnamese, what contradicts the one From (RFC 5322 §3.6.2)."""
    if len(message.from_) != 1:
        return ["thư có nhiều người gửi (From)" if message.from_ else "thư không có người gửi"]
    found = _written_oddly(message)
    own = message.from_[0]
    if _claims_another(own):
        found.append("tên hiển thị nêu một địa chỉ khác")
    if directory is not None and _bears_name_of_another(own, directory):
        found.append("tên hiển thị là của cơ quan khác")
    for label, addresses in (("Sender", message.sender), ("Reply-To", message.reply_to)):
        if any(_is_another_agency(address, own, directory) for address in addresses):
            found.append(f"{label} là của cơ quan khác")
    return found


def _written_oddly(message: Message) -> list[str]:
    """List what makes programs show one sender, or one content, and others another."""
    found = []
    if len(message.values("From")) > 1:
        found.append("thư có hai dòng From")
    if len({h.raw for h in message.headers if h.name.lower() == "content-type"}) > 1:
        found.append("thư khai hai kiểu nội dung (Content-Type) khác nhau")
    found += [words for problem, words in _TRICKS.items() if problem in message.problems]
    if _is_disguised(message):
        found.append("người gửi viết bằng ký tự đảo chiều hoặc ký tự rỗng")
    return found


def _claims_another(own: Address) -> bool:
    # Letters that look like "@" are made one before they are sought.
    name = unicodedata.normalize("NFKC", own.name).lower()
    seen = "".join(letter for letter in name if not look_alikes.hides(letter))
    return any(shown.strip(".") != own.spec for shown in _ADDRESS.findall(seen))


def _is_disguised(message: Message) -> bool:
    raws = [header.raw for header in message.headers if header.name.lower() == "from"]
    return any("\0" in raw for raw in raws) or any(map(look_alikes.turns, message.values("From")))


def _bears_name_of_another(own: Address, directory: Directory) -> bool:
    name = look_alikes.skeleton(own.name)
    agency = directory.by_address(own.spec)
    others = [each for each in directory.agencies if agency is None or each.code != agency.code]
    mine = agency is not None and look_alikes.skeleton(agency.name) == name
    return not mine and any(look_alikes.skeleton(each.name) == name for each in others if each.name)


def imitations(message: Message, directory: Directory | None) -> list[tuple[Code, str]]:
    """List what is not from an enrolled mailbox and wants to be taken for it (Điều 10.1)."""
    if directory is None or len(message.from_) != 1:
        return []
    own = message.from_[0].spec
    shown = (own, *(address.spec for address in (*message.sender, *message.reply_to)))
    twins = dict.fromkeys(look_alikes.imitated(spec, directory) for spec in shown)
    found = [(Code.LOOK_ALIKE_SENDER, twin) for twin in twins if twin]
    domain = own.rpartition("@")[2]
    away = [one.spec for one in message.reply_to if one.spec.rpartition("@")[2] != domain]
    if away and directory.by_address(own) is not None:
        found.append((Code.REPLY_ELSEWHERE, away[0]))
    return found


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
