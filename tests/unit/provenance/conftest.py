"""One invented hierarchy, its trust folder, and mails whose claims are made by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailbridge.demo import agencies
from mailbridge.demo.hierarchy import Hierarchy, hierarchy
from mailbridge.model.directory import Directory
from mailbridge.model.evidence import Evidence
from mailbridge.model.message import Address, Header, Message, Part
from mailbridge.model.parcel import File, Lock, Parcel, SealClaim, SealForm
from mailbridge.model.slot import Fingerprint
from mailbridge.provenance import trust
from mailbridge.provenance.establish import Question, establish

_NONE = Fingerprint("0" * 64)
NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


def mail(*senders: str, name: str = "", fields: tuple[tuple[str, str], ...] = ()) -> Message:
    """Make a mail of these senders; the first of them bears `name`."""
    from_ = tuple(Address(each, name if not at else "") for at, each in enumerate(senders))
    listed = (("From", ", ".join(senders)), *fields)
    headers = tuple(Header(key, value, f"{key}: {value}") for key, value in listed)
    by_name = dict(fields)
    sender = (Address(by_name["Sender"]),) if "Sender" in by_name else ()
    root = Part("1", "text/plain", 0, 0, 0)
    return Message(headers, root, from_=from_, sender=sender, date=NOW)


@dataclass(slots=True)
class Desk:
    """A scratch folder with claims, and the question that is asked about them."""

    folder: Path
    keys: Hierarchy
    directory: Directory | None
    message: Message | None
    claims: tuple[SealClaim, ...] = ()
    files: tuple[File, ...] = ()
    locks: tuple[Lock, ...] = ()
    crls: tuple[bytes, ...] | None = None
    at: datetime = NOW
    first_receipt: datetime | None = None

    def sent_by(self, *senders: str, **more: Any) -> None:
        self.message = mail(*senders, **more)

    def put(self, octets: bytes) -> str:
        path = self.folder / f"{len(list(self.folder.iterdir()))}.bin"
        path.write_bytes(octets)
        return path.name

    def signed(self, cms: bytes, content: bytes | None = None) -> None:
        """Claim an S/MIME signature; without `content` the CMS carries its own."""
        signed = "" if content is None else self.put(b"before" + content + b"after")
        end = 0 if content is None else 6 + len(content)
        claim = SealClaim(
            SealForm.SMIME, "1", self.put(cms), signed, 6 if signed else 0, end, ("1",), whole=True
        )
        self.claims += (claim,)

    def pdf(self, octets: bytes, path: str = "1.2", *, sealed: bool = True) -> None:
        stored = self.put(octets)
        kind = "application/pdf"
        self.files += (
            File(
                path,
                "vb.pdf",
                "vb.pdf",
                len(octets),
                _NONE,
                kind,
                kind,
                stored=stored,
            ),
        )
        if sealed:
            claim = SealClaim(SealForm.PADES, path, signed=stored, end=len(octets), covers=(path,))
            self.claims += (claim,)

    def ask(self) -> Evidence:
        store = self.folder.parent / f"trust{len(list(self.folder.parent.iterdir()))}"
        self.keys.write_trust(store, self.crls)
        parcel = Parcel(files=self.files, claims=self.claims, locks=self.locks)
        return establish(
            Question(
                parcel,
                self.folder,
                self.message,
                trust.load(store),
                self.directory,
                self.at,
                self.first_receipt,
            )
        )


@pytest.fixture
def keys() -> Hierarchy:
    return hierarchy(NOW)


@pytest.fixture
def desk(tmp_path: Path, keys: Hierarchy) -> Desk:
    folder = tmp_path / "scratch"
    folder.mkdir()
    listed = [
        agencies.enrolled(keys.seal.fingerprint, "seal"),
        agencies.enrolled(keys.ec_seal.fingerprint, "seal"),
        agencies.enrolled(keys.mailbox.fingerprint, "mailbox"),
        *(
            agencies.enrolled(one.fingerprint, "seal")
            for one in (keys.revoked, keys.expired, keys.early, keys.wrong_use)
        ),
    ]
    other = [agencies.enrolled(keys.neighbour_seal.fingerprint, "seal")]
    directory = Directory((agencies.SENDER.agency(listed), agencies.NEIGHBOUR.agency(other)))
    return Desk(folder, keys, directory, mail(agencies.SENDER.mailbox))
