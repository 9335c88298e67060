"""The floor: one thread that does the least that can be called receiving. A process of its own.

It fetches in pieces of 1 MiB to files, splits at boundaries, verifies CMS in-process and PDFs by
pyHanko with chain and CRLs, reads two pages, stores each document with fsync and commits once each.
"""

import base64
import hashlib
import json
import os
import re
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pypdfium2
from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import load_der_x509_certificate
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from benchmarks.bare import Bare

_BOUNDARY = re.compile(rb'boundary="([^"]+)"')
_CMS_TYPES = (b"application/pkcs7-signature", b"application/pkcs7-mime")


def main() -> None:
    """Work through the mailbox that the first argument describes as JSON, and tell what it took."""
    task = json.loads(sys.argv[1])
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=task["folder"]) as folder:
        found = Floor(Path(folder), Path(task["trust"])).work(task)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found["work"] = time.monotonic() - started
    found["cpu"] = used.ru_utime + used.ru_stime
    found["peak"] = used.ru_maxrss * 1024
    print(json.dumps(found))


class Floor:
    """Where it stores, whom it trusts, and what it has counted."""

    def __init__(self, folder: Path, trust: Path) -> None:
        self._folder = folder
        self._trust: dict[str, Any] = {
            "trust_roots": list(load_certs_from_pemder(map(str, (trust / "roots").iterdir()))),
            "other_certs": list(load_certs_from_pemder(map(str, (trust / "certs").iterdir()))),
            "crls": [path.read_bytes() for path in (trust / "crls").iterdir()],
            "allow_fetching": False,
            "revocation_mode": "hard-fail",
        }
        self._rows = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode = WAL")
        self._rows.execute("PRAGMA synchronous = FULL")
        self._rows.execute("CREATE TABLE mail (uid INTEGER PRIMARY KEY, sha, good, words)")

    def work(self, task: dict[str, Any]) -> dict[str, Any]:
        """Fetch, verify, read, store and commit every mail."""
        counts = {"mails": 0, "good": 0, "bad": 0, "unsigned": 0}
        spool = self._folder / "mail"
        with Bare(task["port"], task["ca_file"], task["user"], task["password"]) as client:
            for uid, size in client.sizes().items():
                digest = hashlib.sha256()
                with spool.open("wb") as file:
                    client.fetch(uid, size, lambda o, f=file, d=digest: (f.write(o), d.update(o)))
                good, document = self._verify(spool.read_bytes())
                words = _read(document)
                self._store(document)
                row = (uid, digest.hexdigest(), good, len(words))
                self._rows.execute("INSERT INTO mail VALUES (?, ?, ?, ?)", row)
                counts["mails"] += 1
                counts["unsigned" if good is None else "good" if good else "bad"] += 1
        return counts

    def _verify(self, octets: bytes) -> tuple[bool | None, bytes]:
        """Tell whether all signatures are good (None without any), and give the document."""
        answers: list[bool] = []
        entity = octets
        head, _, body = octets.partition(b"\r\n\r\n")
        if b"multipart/signed" in head:
            entity, seal = _parts(head, body)
            answers.append(_is_signed(base64.b64decode(_body(seal)), entity))
        elif b"application/pkcs7-mime" in head:
            signed = base64.b64decode(body)
            entity = _content(signed)
            answers.append(_is_signed(signed, None))
        inner, _, rest = entity.partition(b"\r\n\r\n")
        document = base64.b64decode(_body(_parts(inner, rest)[1]))
        if b"/ByteRange" in document:
            answers.append(self._is_sealed(document))
        return (all(answers) if answers else None), document

    def _is_sealed(self, document: bytes) -> bool:
        path = self._folder / "document"
        path.write_bytes(document)
        with path.open("rb") as file:
            (seal,) = PdfFileReader(file).embedded_signatures
            status = validate_pdf_signature(seal, ValidationContext(**self._trust))
            return bool(status.bottom_line)

    def _store(self, document: bytes) -> None:
        name = self._folder / hashlib.sha256(document).hexdigest()
        with name.with_suffix(".tmp").open("wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
        name.with_suffix(".tmp").rename(name)
        folder = os.open(self._folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _parts(head: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Split a multipart of two at its boundaries."""
    match = _BOUNDARY.search(head)
    if match is None:
        raise ValueError("no boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + match[1])
    return pieces[1][2:], pieces[2][2:]


def _body(entity: bytes) -> bytes:
    return entity.partition(b"\r\n\r\n")[2]


def _content(signed: bytes) -> bytes:
    return bytes(cms.ContentInfo.load(signed)["content"]["encap_content_info"]["content"].native)


def _is_signed(signed: bytes, content: bytes | None) -> bool:
    """Check digest and signature of one SignedData (RFC 5652 §5.4), by its own certificate."""
    data = cms.ContentInfo.load(signed)["content"]
    info = data["signer_infos"][0]
    octets = _content(signed) if content is None else content
    attributes = {each["type"].native: each["values"][0] for each in info["signed_attrs"]}
    if attributes["message_digest"].native != hashlib.sha256(octets).digest():
        return False
    serial = info["sid"].chosen["serial_number"].native
    certificates = [each.chosen for each in data["certificates"]]
    (own,) = [
        c for c in certificates if isinstance(c, x509.Certificate) and c.serial_number == serial
    ]
    key: Any = load_der_x509_certificate(own.dump()).public_key()
    covered = info["signed_attrs"].untag().dump()
    try:
        key.verify(info["signature"].native, covered, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _read(document: bytes) -> str:
    """Take the text of the first and the last page."""
    pdf = pypdfium2.PdfDocument(document)
    pages = [pdf[0], pdf[len(pdf) - 1]]
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    pdf.close()
    return words


if __name__ == "__main__":
    main()
