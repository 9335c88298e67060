"""One unpacking: the scratch folder, what was written there, and how much it may become."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mailbridge.mime import names
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File, Flow, Lock, LockForm, LockWhy, Parcel, SealClaim, Text
from mailbridge.model.problem import Problem
from mailbridge.model.slot import Fingerprint
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.place import Means, Place, Raw, Written
from mailbridge.parcel.sniff import HEAD, type_of_file

__all__ = ["Means", "Place", "Raw", "Unpacking", "Written"]

# Forms whose lock may hide the whole of a mail, and not only one file of it.
_MAIL_LOCKS = {LockForm.SMIME, LockForm.OPENPGP}

Openers = tuple[
    Callable[["Unpacking", File, Place], None], Callable[["Unpacking", Raw, Place], None]
]


@dataclass(slots=True)
class Unpacking:
    """What one mail yields, gathered part by part.

    `openers` look into a file, by its true type, and into a MIME entity: whoever finds one inside
    what he opens hands it to `look_into` or `read_entity`.
    """

    means: Means
    openers: Openers
    files: list[File] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    claims: list[SealClaim] = field(default_factory=list)
    locks: list[Lock] = field(default_factory=list)
    unsupported: list[tuple[str, str]] = field(default_factory=list)
    protected: list[tuple[str, str]] = field(default_factory=list)
    signed_offices: list[str] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    remarks: dict[tuple[str, str], None] = field(default_factory=dict)
    layers: int = 0
    # Members of all containers together, and the octets that came out of them.
    members: int = 0
    grown: int = 0
    # Octets that went through a cipher that is computed in Python.
    deciphered: int = 0
    _octets: int = 0
    _names: int = 0
    # Letters of the texts so far.
    _letters: int = 0

    @property
    def scratch(self) -> Path:
        """The folder in which everything is written."""
        return self.means.scratch

    @property
    def limits(self) -> Limits:
        """How much it may become."""
        return self.means.limits

    @property
    def keyring(self) -> Keyring:
        """What we can open with."""
        return self.means.keyring

    def write(self, chunks: Iterable[bytes]) -> Written:
        """Write octets to a new scratch file; raises RefusedError past the common limit."""
        self._names += 1
        stored, before = f"f{self._names}", self._octets
        try:
            return self._written(stored, chunks)
        except BaseException:
            # What was refused halfway is nobody's file, and takes no room from others.
            (self.scratch / stored).unlink()
            self._octets = before
            raise

    def _written(self, stored: str, chunks: Iterable[bytes]) -> Written:
        digest = hashlib.sha256()
        size, head = 0, b""
        with (self.scratch / stored).open("xb") as file:
            for chunk in chunks:
                self._octets += len(chunk)
                if self._octets > self.limits.unpacked_size:
                    raise RefusedError(Reason.BOMB, "unpacks to more than the limit")
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                if len(head) < HEAD:
                    head = (head + chunk)[:HEAD]
        return Written(stored, size, Fingerprint(digest.hexdigest()), head)

    def raw(self, octets: bytes) -> Raw:
        """Lay octets that were opened into the scratch folder, where seals can point at them."""
        return Raw(octets, self.scratch / self.write([octets]).stored)

    def note(self, problem: Problem) -> None:
        """Note once that something was odd."""
        self.problems.setdefault(problem)

    def remark(self, path: str, what: str) -> None:
        """Say once that a container is not built as it should be."""
        self.remarks.setdefault((path, what))

    def add_file(
        self,
        place: Place,
        name: str,
        chunks: Iterable[bytes],
        declared: str = "",
        content_id: str | None = None,
    ) -> File:
        """Write a file under the place, list it by its true type, and look into it."""
        written = self.write(chunks)
        kind = type_of_file(self.scratch / written.stored, written.head)
        file = File(
            path=place.path,
            name=names.safe_name(name, self.limits),
            name_sent=name[:1000],
            size=written.size,
            sha256=written.sha256,
            type=kind,
            declared=declared,
            content_id=content_id,
            stored=written.stored,
            unlocked_by=place.unlocked_by,
        )
        self.files.append(file)
        self.look_into(file, place)
        return file

    @property
    def text_room(self) -> int:
        """How much of the next text is read: what is left of the limits of one and of all."""
        return min(self.limits.text_size, self.limits.texts_size - self._letters)

    def add_text(self, place: Place, kind: str, text: str, flow: Flow = Flow.FIXED) -> None:
        """List a text that a person reads, cut where there is no more room."""
        shown = text[: self.text_room]
        if len(shown) < len(text):
            self.note(Problem.TEXT_CUT)
        self._letters += len(shown)
        self.texts.append(Text(place.path, kind, shown, unlocked_by=place.unlocked_by, flow=flow))

    def add_refused(
        self, place: Place, name: str, reason: Reason, size: int = 0, declared: str = ""
    ) -> None:
        """List a member of a container that must not be unpacked; nothing of it is written."""
        self.files.append(
            File(
                path=place.path,
                name=names.safe_name(name, self.limits),
                name_sent=name[:1000],
                size=size,
                sha256=Fingerprint(""),
                type="application/octet-stream",
                declared=declared,
                refused=reason,
                unlocked_by=place.unlocked_by,
            )
        )

    def refuse(self, file: File, reason: Reason) -> None:
        """Note on a file that is listed that it must not be looked into."""
        self._replace(file, refused=reason)

    def retype(self, file: File, kind: str) -> None:
        """Name the type of a file that is listed, now that more of it was seen."""
        self._replace(file, type=kind)

    def _replace(self, file: File, **changes: Any) -> None:
        self.files = [replace(f, **changes) if f.path == file.path else f for f in self.files]

    def look_into(self, file: File, place: Place) -> None:
        """Open a file that is listed, if it is a container or sealed or locked."""
        if place.depth > self.limits.container_layers:
            self.refuse(file, Reason.TOO_DEEP)
            return
        try:
            self.openers[0](self, file, place)
        except RefusedError as refusal:
            self.refuse(file, refusal.reason)

    def read_entity(self, raw: Raw, place: Place) -> None:
        """Walk through a MIME entity; raises RefusedError where it is none, or lies too deep."""
        if self.layers >= self.limits.seal_layers:
            raise RefusedError(Reason.TOO_DEEP, "too many layers of seals and locks")
        self.layers += 1
        try:
            self.openers[1](self, raw, place)
        finally:
            self.layers -= 1

    def lock(
        self,
        form: LockForm,
        place: Place,
        why: LockWhy | None = None,
        cipher: str = "",
    ) -> int:
        """List a lock, opened where there is no `why`; gives its index."""
        coverage = "whole" if place.whole or place.on_file else "part"
        self.locks.append(Lock(form, place.path, coverage, why is None, why, cipher))
        return len(self.locks) - 1

    @contextmanager
    def beneath(self, claim: SealClaim) -> Iterator[None]:
        """List a claim; what is found within the block is what it covers.

        Who signed a locked mail from outside signed its ciphertext and need not know what is in
        it (RFC 8551 §3.7): such a seal is never on the whole.
        """
        at = len(self.claims)
        self.claims.append(claim)
        files, texts, locks = len(self.files), len(self.texts), len(self.locks)
        yield
        covers = [each.path for each in self.files[files:]]
        covers += [each.path for each in self.texts[texts:]]
        is_outside = any(lock.form in _MAIL_LOCKS and lock.opened for lock in self.locks[locks:])
        self.claims[at] = replace(
            claim,
            covers=tuple(dict.fromkeys((*claim.covers, *covers))),
            whole=claim.whole and not is_outside,
            outside=is_outside,
        )

    def parcel(self) -> Parcel:
        """Give all that was gathered."""
        return Parcel(
            files=tuple(self.files),
            texts=tuple(self.texts),
            claims=tuple(self.claims),
            locks=tuple(self.locks),
            protected=tuple(self.protected),
            unsupported=tuple(self.unsupported),
            signed_offices=tuple(self.signed_offices),
            mails=tuple(self.mails),
            problems=tuple(self.problems),
            remarks=tuple(self.remarks),
        )
