"""Correspondents with OpenPGP: one gpg home with everybody's keys, and mails of all forms."""

import base64
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from mailbridge.demo import mails
from mailbridge.demo.mails import Head
from mailbridge.mime.parse import parse
from mailbridge.model.evidence import Evidence
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap, unwrap_file
from mailbridge.provenance import trust
from mailbridge.provenance.establish import Question, establish

NOW = datetime.now(UTC).replace(microsecond=0)
# Keys are made while the tests run: what they sign is judged a little later.
LATER = NOW + timedelta(minutes=20)
SENDER, OTHER, OWN = "vpub@hungyen.gov.vn", "ke.khac@example.com", "vptu@hungyen.gov.vn"
HEAD = Head(SENDER, OWN, "Văn bản", NOW, "1@hungyen.gov.vn")
WORDS = "Kính gửi Văn phòng.\r\n"


class Correspondents:
    """Makes keys and uses them; `end` ends the agent."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="mbpgp"))
        self._serial = 0

    def gpg(self, *arguments: str, data: bytes = b"") -> bytes:
        command = ["gpg", "--homedir", str(self.home), "--batch", "--yes", "--no-tty", "--quiet"]
        command += ["--pinentry-mode", "loopback", "--trust-model", "always"]
        done = subprocess.run([*command, *arguments], input=data, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def new(
        self,
        address: str,
        *,
        algorithm: str = "ed25519",
        expire: str = "never",
        at: str = "",
        word: str = "",
        name: str = "Van phong",
    ) -> str:
        """Make a key that signs and opens; gives its fingerprint."""
        clock = ["--faked-system-time", at] if at else []
        encryption = "cv25519" if algorithm == "ed25519" else algorithm
        secret = ["--passphrase", word]
        known = self._prints()
        user = f"{name} <{address}>"
        self.gpg(*clock, *secret, "--quick-generate-key", user, algorithm, "sign", expire)
        (fingerprint,) = self._prints() - known
        self.gpg(*clock, *secret, "--quick-add-key", fingerprint, encryption, "encr", expire)
        return fingerprint

    def _prints(self) -> set[str]:
        rows = [line.split(":") for line in self.gpg("--with-colons", "-k").decode().splitlines()]
        pairs = pairwise(rows)
        return {after[9] for row, after in pairs if row[0] == "pub" and after[0] == "fpr"}

    def public(self, *fingerprints: str) -> bytes:
        return self.gpg("--armor", "--export", *fingerprints)

    def secret(self, fingerprint: str, word: str = "") -> bytes:
        return self.gpg("--armor", "--passphrase", word, "--export-secret-keys", fingerprint)

    def sign(self, data: bytes, *signers: str, how: str = "--detach-sign", more: str = "") -> bytes:
        users = [part for signer in signers for part in ("--local-user", signer)]
        return self.gpg("--armor", *users, *more.split(), how, data=data)

    def clear(self, data: bytes, *signers: str) -> bytes:
        return self.sign(data, *signers, how="--clear-sign")

    def lock(self, data: bytes, *recipients: str, signer: str = "", more: str = "") -> bytes:
        users = [part for each in recipients for part in ("--recipient", each)]
        users += ["--local-user", signer, "--sign"] if signer else []
        return self.gpg("--armor", *users, *more.split(), "--encrypt", data=data)

    def lock_by_word(self, data: bytes, word: str) -> bytes:
        return self.gpg("--armor", "--passphrase", word, "--symmetric", data=data)

    def revoked(self, fingerprint: str) -> bytes:
        """Give the public key with its revocation, without revoking it here."""
        written = (self.home / "openpgp-revocs.d" / f"{fingerprint}.rev").read_text()
        certificate = written[written.index(":-----BEGIN") + 1 :].encode()
        other = Path(tempfile.mkdtemp(prefix="mbrev"))
        command = ["gpg", "--homedir", str(other), "--batch", "--quiet", "--no-autostart"]
        for data in (self.public(fingerprint), certificate):
            subprocess.run([*command, "--import"], input=data, check=True, capture_output=True)
        exported = subprocess.run(
            [*command, "--armor", "--export"], check=True, capture_output=True
        ).stdout
        shutil.rmtree(other)
        return exported

    def end(self) -> None:
        subprocess.run(["gpgconf", "--homedir", str(self.home), "--kill", "all"], check=False)
        shutil.rmtree(self.home, ignore_errors=True)


def text(words: str = WORDS) -> bytes:
    """Write a text entity, as it is signed."""
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode()


def multipart(kind: str, *parts: bytes, limit: str = "ranh") -> bytes:
    line = f"--{limit}\r\n".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{limit}"\r\n\r\n'.encode()
    body = b"".join(line + part + b"\r\n" for part in parts)
    return head + body + f"--{limit}--\r\n".encode()


def signed(entity: bytes, signature: bytes, limit: str = "ky") -> bytes:
    """Write multipart/signed (RFC 3156 §5)."""
    part = b"Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n" + signature
    kind = 'signed; micalg=pgp-sha256; protocol="application/pgp-signature"'
    return multipart(kind, entity, part, limit=limit)


def encrypted(data: bytes, limit: str = "khoa") -> bytes:
    """Write multipart/encrypted (RFC 3156 §4)."""
    kind = 'encrypted; protocol="application/pgp-encrypted"'
    return multipart(kind, CONTROL, octets(data), limit=limit)


CONTROL = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"


def octets(data: bytes) -> bytes:
    return b"Content-Type: application/octet-stream\r\n\r\n" + crlf(data)


def crlf(data: bytes) -> bytes:
    """Give lines the ends that they have on the way."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def attached(name: str, data: bytes, kind: str = "application/octet-stream") -> bytes:
    head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    return (
        head.encode()
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + crlf(base64.encodebytes(data))
    )


def mail(entity: bytes, head: Head = HEAD) -> bytes:
    return mails.mail(head, entity)


@dataclass(frozen=True)
class Desk:
    """Where mails are opened and judged: a trust folder and a scratch folder of short names."""

    folder: Path

    def trust(self, *public: bytes, secret: bytes = b"", name: str = "own.asc") -> "Desk":
        """Lay keys into the trust folder."""
        for part in ("pgp", "keys"):
            (self.folder / "t" / part).mkdir(parents=True, exist_ok=True)
        for number, key in enumerate(public):
            (self.folder / "t" / "pgp" / f"{number}.asc").write_bytes(key)
        if secret:
            (self.folder / "t" / "keys" / name).write_bytes(secret)
        return self

    def means(self, source: bytes, words: tuple[tuple[str, str], ...] = ()) -> Means:
        scratch = self.folder / "s"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        (self.folder / "source").write_bytes(source)
        keyring = Keyring(self.folder / "t", words)
        return Means(self.folder / "source", scratch, Limits(), keyring)

    def opened(self, source: bytes, words: tuple[tuple[str, str], ...] = ()) -> Parcel:
        return unwrap(self.means(source, words), source, parse(source, Limits()))

    def opened_file(self, source: bytes, name: str, content: bytes | None = None) -> Parcel:
        means = self.means(source)
        if content is not None:
            (self.folder / "content").write_bytes(content)
            means = replace(means, content=self.folder / "content")
        return unwrap_file(means, source, name)

    def judged(self, source: bytes, parcel: Parcel | None = None, **changes: object) -> Evidence:
        """Judge a mail; a parcel that is given was no mail."""
        message = parse(source, Limits()) if parcel is None else None
        question = Question(
            parcel=parcel or self.opened(source),
            scratch=self.folder / "s",
            message=message,
            trust=trust.load(self.folder / "t"),
            directory=None,
            at=LATER,
        )
        return establish(replace(question, **changes))  # type: ignore[arg-type]
