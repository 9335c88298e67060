"""To whom a draft goes: agencies of the directory that exist on that day, each once (Điều 3.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailbridge.model.directory import Agency, Directory
from mailbridge.model.letter import Party
from mailbridge.model.sending import Hindrance, Weigh
from mailbridge.rules.identifiers import succession

# One document to ten thousand agencies is a mistake, or an account that was stolen.
MOST = 500


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who was meant, and what stands in the way."""

    agencies: tuple[tuple[Agency, Party], ...]
    hindrances: tuple[Hindrance, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """The addresses that letters go to."""
        return tuple(party for _, party in self.agencies)


def resolve(
    names: tuple[str, ...], directory: Directory, own: str, domains: tuple[str, ...], day: date
) -> Recipients:
    """Find each recipient by identifier or mailbox; a successor is proposed, never used."""
    found: dict[str, tuple[Agency, Party]] = {}
    wrong: list[Hindrance] = []
    for name in dict.fromkeys(" ".join(name.split()) for name in names):
        agency = directory.by_code(name) or directory.by_address(name)
        if agency is None:
            wrong.append(_block("recipient-unknown", f"{name}: không có trong danh bạ cơ quan."))
            continue
        wrong += _of_agency(agency, directory, own, day)
        address = name.lower() if name.lower() in agency.mailboxes else _mailbox(agency)
        wrong += _of_address(agency, address, domains)
        found.setdefault(agency.code, (agency, Party(agency.code, agency.name, address)))
    wrong += _of_count(len(found), names)
    return Recipients(tuple(found.values()), tuple(wrong))


def _of_agency(agency: Agency, directory: Directory, own: str, day: date) -> Iterator[Hindrance]:
    if agency.code.lower() == own.lower():
        yield _block("recipient-own", f"{agency.name}: là chính cơ quan gửi.")
    ended = succession(directory, agency, day)
    if ended is not None:
        propose = (
            f" Nếu đúng là cơ quan kế thừa, gửi tới {ended.successor.code}."
            if ended.successor
            else ""
        )
        yield _block("recipient-ended", f"Nơi nhận không còn hiệu lực: {ended.in_words}.{propose}")


def _of_address(agency: Agency, address: str, domains: tuple[str, ...]) -> Iterator[Hindrance]:
    if not address:
        words = f"{agency.name} ({agency.code}): danh bạ chưa có hộp thư công vụ."
        yield _block("recipient-no-mailbox", words)
    elif address.rpartition("@")[2] not in domains:
        # Điều 3.8: documents are exchanged between official mailboxes alone.
        words = f"{address}: ngoài tên miền được phép ({', '.join(domains)}) (Điều 3.8)."
        yield _block("recipient-domain", words)


def _of_count(count: int, names: tuple[str, ...]) -> Iterator[Hindrance]:
    if not names:
        yield _block("recipient-none", "Chưa có nơi nhận nào.")
    if count > MOST:
        yield _block("recipient-many", f"{count} nơi nhận: một lần gửi nhiều nhất {MOST} nơi.")


def _mailbox(agency: Agency) -> str:
    return agency.mailboxes[0] if agency.mailboxes else ""


def _block(code: str, words: str) -> Hindrance:
    return Hindrance(code, Weigh.BLOCK, words)
