"""What one container yields: each member is named, counted and bounded before it is looked into."""

import mmap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mailbridge.mime import names
from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel.unpacking import Place, Unpacking

# A quarter of what may be unpacked stays for the mail itself: a bomb in one attachment must not
# cost the document beside it.
_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Member:
    """One entry as its container describes it: nothing of it is believed.

    `size` and `packed` in octets; `size` is None where the form does not tell it. `refused` is
    what the opener already knows against it.
    """

    name: str
    size: int | None = None
    packed: int = 0
    refused: Reason | None = None


@dataclass(slots=True)
class Container:
    """One container that is being opened; its members get the paths below its own."""

    work: Unpacking
    file: File
    place: Place
    _number: int = 0
    _grown: int = 0

    def take(
        self, member: Member, chunks: Callable[[], Iterable[bytes]], lock: int | None = None
    ) -> None:
        """List a member and look into it, or list it as refused.

        `lock` is the index of the lock that was opened on the way. Raises RefusedError where the
        container itself holds too many.
        """
        place = self._next(lock)
        reason = self.objection(member)
        if reason is None:
            try:
                self.work.add_file(place, member.name, self.bounded(member, chunks()))
            except RefusedError as refusal:
                reason = refusal.reason
        if reason is not None:
            self.work.add_refused(place, member.name, reason, member.size or 0)

    def refuse(self, member: Member, reason: Reason) -> None:
        """List a member that is not unpacked, for that reason unless its name is a worse one."""
        known = self.objection(member)
        worse = known if known in {Reason.TRAVERSAL, Reason.LINK, Reason.DEVICE} else reason
        self.work.add_refused(self._next(None), member.name, worse, member.size or 0)

    def text(self, kind: str, text: str) -> None:
        """List a text that the container shows to its reader."""
        self.work.add_text(self._next(None), kind, text)

    def remark(self, what: str) -> None:
        """Say that the container is not built as it should be; it is a finding of the evidence."""
        self.work.remark(self.file.path, what)

    def objection(self, member: Member) -> Reason | None:
        """Tell from the description alone why a member must not be unpacked."""
        limits = self.work.limits
        if names.climbs(member.name):
            return Reason.TRAVERSAL
        if member.refused is not None or member.size is None:
            return member.refused
        # An archive that says what it becomes is refused before a single octet is unpacked.
        if member.size > limits.bomb_growth and member.size > limits.bomb_ratio * member.packed:
            return Reason.BOMB
        return Reason.TOO_LARGE if member.size > limits.unpacked_size * _SHARE else None

    def bounded(self, member: Member, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass octets on while they stay what the container said, and less than a bomb."""
        came = 0
        for chunk in chunks:
            came += len(chunk)
            self._grown += len(chunk)
            self.work.grown += len(chunk)
            self._stop_bombs(member, came)
            if member.size is not None and came > member.size:
                raise RefusedError(Reason.MALFORMED, "a member larger than it says")
            yield chunk
        if member.size is not None and came != member.size:
            raise RefusedError(Reason.MALFORMED, "a member smaller than it says")

    def _stop_bombs(self, member: Member, came: int) -> None:
        limits = self.work.limits
        ratios = ((came, member.packed), (self._grown, self.file.size))
        for grown, packed in ratios:
            if grown > limits.bomb_growth and grown > limits.bomb_ratio * packed:
                raise RefusedError(Reason.BOMB, "grows beyond ratio and size")
        if self.work.grown > limits.unpacked_size * _SHARE:
            raise RefusedError(Reason.BOMB, "containers unpack to more than their share")

    def _next(self, lock: int | None) -> Place:
        """Give the place of the next member; counted over all containers of the mail."""
        self.work.members += 1
        if self.work.members > self.work.limits.members:
            raise RefusedError(Reason.TOO_MANY, "more members than the limit")
        self._number += 1
        place = self.place.inside(self._number)
        return place if lock is None else place.behind(lock)


@contextmanager
def mapped(work: Unpacking, file: File) -> Iterator[Octets]:
    """Map a file that was unpacked, so that its size costs no memory of ours."""
    if not file.size:
        raise RefusedError(Reason.MALFORMED, "an empty container")
    with (work.scratch / file.stored).open("rb") as stream:
        try:
            octets = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, MemoryError) as error:
            raise RefusedError(Reason.TOO_LARGE, "no room to map a container") from error
        with octets:
            yield octets


@contextmanager
def foreign(what: str) -> Iterator[None]:
    """Turn whatever a library raises on hostile octets into a refusal; ours passes through.

    Parsers of archives raise anything: IndexError, struct.error, AssertionError, their own. Only
    calls of such a library belong inside the block.
    """
    try:
        yield
    except RefusedError:
        raise
    except MemoryError as error:
        raise RefusedError(Reason.TOO_LARGE, f"{what}: asks for more memory than there is") from (
            error
        )
    except Exception as error:
        raise RefusedError(Reason.MALFORMED, f"{what}: {type(error).__name__}") from error
