"""Makers for the tests of proof: a mail or a PDF in, its evidence out."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER, enrolled
from mailbridge.demo.hierarchy import Hierarchy, hierarchy
from mailbridge.demo.mails import Head
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.pki import Identity
from mailbridge.mime.parse import parse
from mailbridge.model.directory import Directory
from mailbridge.model.evidence import Evidence
from mailbridge.model.limits import Limits
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap
from mailbridge.provenance.establish import Question, establish
from mailbridge.provenance.question import Record
from mailbridge.provenance.trust import TrustStore, load

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HEAD = Head(SENDER.mailbox, OWN.mailbox, "Văn bản", NOW, "1@hungyen.gov.vn")


@lru_cache(maxsize=1)
def keys() -> Hierarchy:
    return hierarchy(NOW)


@lru_cache(maxsize=1)
def paper() -> bytes:
    return pdf(Paper("123", "CV/VPTU", date(2026, 11, 20), "về việc thử"))


def sealed(identity: Identity | None = None, certificates: str = "chain") -> bytes:
    return seals.seal_pdf(paper(), identity or keys().seal, NOW, certificates=certificates)


def mail_with(document: bytes, head: Head = HEAD) -> bytes:
    return mails.mail(head, mails.with_file("Kính gửi", document, "123.pdf"))


def signed_mail(identity: Identity, head: Head = HEAD, *, opaque: bool = False) -> bytes:
    entity = mails.with_file("Kính gửi", paper(), "123.pdf")
    return mails.mail(head, seals.sign_mail(entity, identity, NOW, opaque=opaque))


def directory() -> Directory:
    made = keys()
    own = [("seal", made.seal), ("person", made.person), ("mailbox", made.mailbox)]
    own += [("seal", made.revoked), ("seal", made.expired), ("seal", made.early)]
    own += [("seal", made.wrong_use)]
    return Directory(
        (
            SENDER.agency([enrolled(one.fingerprint, role) for role, one in own]),
            NEIGHBOUR.agency([enrolled(made.neighbour_mailbox.fingerprint, "mailbox")]),
            OWN.agency([enrolled(made.own_seal.fingerprint, "seal")]),
        )
    )


def trust(crls: tuple[bytes, ...] | None = None, *, intermediates: bool = True) -> TrustStore:
    folder = Path(tempfile.mkdtemp())
    keys().write_trust(folder, crls)
    if not intermediates:
        (folder / "certs" / "sub.pem").unlink()
    return load(folder)


@lru_cache(maxsize=1)
def fresh_trust() -> TrustStore:
    return trust()


def evidence(
    octets: bytes,
    store: TrustStore | None = None,
    at: datetime = NOW,
    record: Record | None = None,
    **changes: object,
) -> Evidence:
    folder = Path(tempfile.mkdtemp())
    source = folder / "source"
    source.write_bytes(octets)
    message = parse(octets, Limits())
    question = Question(
        parcel=unwrap(Means(source, folder, Limits()), octets, message),
        scratch=folder,
        message=message,
        trust=store or fresh_trust(),
        directory=directory(),
        at=at,
        source=source,
    )
    return establish(replace(question, **changes), record)  # type: ignore[arg-type]


def codes(found: Evidence) -> set[str]:
    return {finding.code for finding in found.findings}
