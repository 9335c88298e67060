"""The plain operations that checks are held against: the part that does the work, and no more."""

import asyncio
import ctypes
import ctypes.util
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import pkcs7
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_detached_cms, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mailbridge.demo.pki import Identity

# CMS_DETACHED is no flag of verification; the content is given, so it is used. CMS_BINARY.
_CMS_BINARY = 0x80


class Trusted:
    """The roots, intermediates and CRLs of a trust folder, as pyHanko takes them."""

    def __init__(self, folder: Path) -> None:
        self._given: dict[str, Any] = {
            "trust_roots": list(load_certs_from_pemder(map(str, (folder / "roots").iterdir()))),
            "other_certs": list(load_certs_from_pemder(map(str, (folder / "certs").iterdir()))),
            "crls": [path.read_bytes() for path in (folder / "crls").iterdir()],
            "allow_fetching": False,
            "revocation_mode": "hard-fail",
        }

    def context(self) -> ValidationContext:
        """Make what one validation takes."""
        return ValidationContext(**self._given)


def by_pyhanko(content: bytes, der: bytes, trusted: Trusted) -> bool:
    """Verify a detached CMS with chain and CRLs."""
    signed = cms.ContentInfo.load(der)["content"]
    found = async_validate_detached_cms(
        content, signed, signer_validation_context=trusted.context()
    )
    return bool(asyncio.run(found).intact)


def pdf_by_pyhanko(path: Path, trusted: Trusted) -> bool:
    """Validate the one seal of a PDF."""
    with path.open("rb") as file:
        (seal,) = PdfFileReader(file).embedded_signatures
        return bool(validate_pdf_signature(seal, trusted.context()).intact)


def by_cryptography(der: bytes, key: Identity) -> bytes:
    """Decrypt an EnvelopedData."""
    if not hasattr(key.key, "key_size"):
        raise TypeError("an RSA key")
    return pkcs7.pkcs7_decrypt_der(der, key.certificate, key.key, [])  # type: ignore[arg-type]


def by_gpg(home: Path, *arguments: str) -> None:
    """Run one gpg process."""
    command = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--no-autostart", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def by_zipfile(path: Path) -> int:
    """Read every member of a ZIP."""
    with zipfile.ZipFile(path) as archive:
        return sum(len(archive.read(name)) for name in archive.namelist())


class OpenSsl:
    """libcrypto's CMS_verify in this process, digest and signature alone: for information."""

    def __init__(self) -> None:
        self._crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
        for name in ("BIO_new_mem_buf", "d2i_CMS_bio"):
            getattr(self._crypto, name).restype = ctypes.c_void_p

    def verify(self, content: bytes, der: bytes) -> bool:
        """Verify a detached CMS by the certificate that it carries."""
        crypto = self._crypto
        sealed, data = (
            ctypes.c_void_p(crypto.BIO_new_mem_buf(octets, len(octets)))
            for octets in (der, content)
        )
        parsed = ctypes.c_void_p(crypto.d2i_CMS_bio(sealed, None))
        # CMS_NO_SIGNER_CERT_VERIFY: the chain is another column.
        flags = _CMS_BINARY | 0x20
        good = crypto.CMS_verify(parsed, None, None, data, None, flags)
        crypto.CMS_ContentInfo_free(parsed)
        for each in (sealed, data):
            crypto.BIO_free(each)
        # What is left in the queue of errors would break the next TLS read (Python's own ssl).
        crypto.ERR_clear_error()
        return bool(good == 1)
