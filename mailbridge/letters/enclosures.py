"""Files that go with notices: attached as they are, as far as a mail can carry them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mailbridge.mime import build
from mailbridge.model.errors import TryLaterError
from mailbridge.model.letter import Letter, NoticeFacts

# Mail servers commonly refuse above 35 MB, and base64 adds a third; memory is bounded with it.
CARRIED = 25 * 1024 * 1024
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice as the template shows it. `name` is what `mailbridge acknowledge` takes."""

    facts: NoticeFacts
    urgent: bool
    name: str
    attached: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enclosures:
    """The notices of one mail and the files that fit into it."""

    entries: tuple[Entry, ...]
    files: tuple[tuple[str, Path], ...]

    def parts(self) -> Iterator[bytes]:
        """Write the files as parts, one after the other."""
        for name, path in self.files:
            try:
                yield build.stored_file(_type(name), name, path).octets()
            except OSError as error:
                raise TryLaterError("a file of a notice cannot be read") from error


def enclosures(letters: tuple[Letter, ...], blobs: Callable[[str], Path]) -> Enclosures:
    """Choose what is attached, in order, until the mail is full; the rest is named."""
    entries: list[Entry] = []
    files: list[tuple[str, Path]] = []
    room = CARRIED
    for letter in letters:
        if not isinstance(letter.facts, NoticeFacts):
            continue
        attached: list[str] = []
        left_out: list[str] = []
        for name, fingerprint in letter.facts.files:
            path = blobs(fingerprint)
            size = _size(path)
            (attached if size <= room else left_out).append(name)
            if size <= room:
                room -= size
                files.append((name, path))
        entries.append(_entry(letter, letter.facts, tuple(attached), tuple(left_out)))
    return Enclosures(tuple(entries), tuple(files))


def _entry(
    letter: Letter, facts: NoticeFacts, attached: tuple[str, ...], left_out: tuple[str, ...]
) -> Entry:
    name = str(facts.number) if facts.number else str(facts.document)
    return Entry(facts, letter.urgent, name, attached, left_out)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise TryLaterError("a file of a notice is not in the blob store") from error


def _type(name: str) -> str:
    return _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
