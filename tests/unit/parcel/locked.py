"""Makers of locked things: keys in a folder, and envelopes by another implementation (OpenSSL)."""

import subprocess
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from mailbridge.demo import pki
from mailbridge.demo.pki import YEAR, Identity, Profile
from mailbridge.demo.seals import base64_lines
from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel
from mailbridge.parcel import cms, entities, envelopes, files
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.unpacking import Means, Unpacking
from mailbridge.parcel.unwrap import unwrap, unwrap_file

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = "Kính gửi: nội dung mật thư".encode()
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + WORDS + b"\r\n"
Passwords = tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def root() -> Identity:
    profile = Profile(pki.name("CA thử khóa"), NOW - YEAR, NOW + YEAR)
    return pki.authority(profile, pki.key("lock root"))


def holder(label: str, key: Any = None) -> Identity:
    profile = Profile(pki.name(label), NOW - YEAR, NOW + YEAR)
    return pki.issue(root(), profile, key or pki.key(f"lock {label}"))


@lru_cache(maxsize=8)
def on_curve(curve: type[ec.EllipticCurve]) -> Identity:
    return holder(curve.__name__, ec.generate_private_key(curve()))


def folder(*owners: Identity, certificates: bool = True) -> Path:
    """Make a trust folder that holds these private keys."""
    made = Path(tempfile.mkdtemp())
    (made / "keys").mkdir()
    for number, owner in enumerate(owners):
        octets = owner.key_pem() + (owner.pem() if certificates else b"")
        (made / "keys" / f"{number}.pem").write_bytes(octets)
    return made


def openssl(*arguments: str, octets: bytes = b"") -> bytes:
    done = subprocess.run(["openssl", *arguments], input=octets, capture_output=True, check=True)
    return done.stdout


def envelope(
    plain: bytes, *owners: Identity, cipher: str = "aes-256-cbc", options: tuple[str, ...] = ()
) -> bytes:
    """Lock octets for these recipients, as DER; `options` are those of `openssl cms`."""
    made = Path(tempfile.mkdtemp())
    given: list[str] = []
    for number, owner in enumerate(owners):
        path = made / f"{number}.pem"
        path.write_bytes(owner.pem())
        given += ["-recip", str(path), *options]
    given += [] if owners else options
    return openssl(
        "cms", "-encrypt", "-binary", "-outform", "DER", f"-{cipher}", *given, octets=plain
    )


def entity(der: bytes, kind: str = "enveloped-data", name: str = "smime.p7m") -> bytes:
    """Frame a CMS as a part of a mail (RFC 8551 §3.2)."""
    head = f"Content-Type: application/pkcs7-mime; smime-type={kind}; name={name}\r\n"
    return head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(der)


def multipart(*parts: bytes, kind: str = "mixed", after: bytes = b"") -> bytes:
    line = b"--ngoai\r\n"
    body = b"".join(line + part + b"\r\n" for part in parts) + b"--ngoai--\r\n" + after
    return f'Content-Type: multipart/{kind}; boundary="ngoai"\r\n\r\n'.encode() + body


def means(trust: Path | None = None, passwords: Passwords = (), **more: object) -> Means:
    scratch = Path(tempfile.mkdtemp())
    ring = Keyring(trust, passwords)
    return Means(scratch / "source", scratch, Limits(), ring, **more)  # type: ignore[arg-type]


def working(given: Means | None = None) -> Unpacking:
    return Unpacking(given or means(), (files.open_file, entities.read))


def opened(
    der: bytes, trust: Path, passwords: Passwords = (), **more: object
) -> envelopes.Envelope:
    return envelopes.opened(working(means(trust, passwords, **more)), cms.read(der).info, "a.p7m")


def mail(part: bytes, given: Means | None = None, head: bytes = b"From: a@x.vn\r\n") -> Parcel:
    octets = head + b"MIME-Version: 1.0\r\n" + part
    given = given or means()
    given.source.write_bytes(octets)
    return unwrap(given, octets, parse(octets, given.limits))


def file(octets: bytes, name: str, given: Means | None = None) -> Parcel:
    return unwrap_file(given or means(), octets, name)
