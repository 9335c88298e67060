"""Makers of locked PDFs: each handler and cipher of the standard."""

import io
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.crypt import PubKeySecurityHandler, StandardSecurityHandler
from pyhanko.pdf_utils.crypt.pubkey import RecipientEncryptionPolicy
from pyhanko.pdf_utils.crypt.standard import StandardSecuritySettingsRevision
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from mailbridge.demo import cms
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.pki import Identity

WORD = "Mật khẩu 1"


@lru_cache(maxsize=1)
def paper() -> bytes:
    return pdf(Paper("123", "CV/VPTU", date(2026, 11, 20), "về việc thử"))


def aes256(word: str = WORD, *, object_streams: bool = False, mac: bool = True) -> bytes:
    """Lock by AES-256; `mac` adds the code that later changes break (ISO/TS 32004)."""
    writer = _writer(object_streams=object_streams)
    writer.encrypt("owner", word, pdf_mac=mac)
    return _written(writer)


def rc4(word: str = WORD, bits: int = 128) -> bytes:
    revision = StandardSecuritySettingsRevision
    chosen = revision.RC4_BASIC if bits == 40 else revision.RC4_EXTENDED
    return _legacy(word, chosen, bits // 8, aes=False)


def aes128(word: str = WORD) -> bytes:
    return _legacy(word, StandardSecuritySettingsRevision.RC4_OR_AES128, 16, aes=True)


def for_keys(*recipients: Identity) -> bytes:
    writer = _writer()
    certificates = [x509.Certificate.load(each.der()) for each in recipients]
    policy = RecipientEncryptionPolicy(ignore_key_usage=True)
    handler = PubKeySecurityHandler.build_from_certs(certificates, policy=policy)
    writer.security_handler = handler
    writer._encrypt = writer.add_object(writer.security_handler.as_pdf_object())
    return _written(writer)


def _legacy(word: str, revision: Any, keylen: int, *, aes: bool) -> bytes:
    writer = _writer()
    octets: Any = word if word.isascii() else word.encode()
    handler = StandardSecurityHandler.build_from_pw_legacy(
        revision, writer._document_id[0].original_bytes, "owner", octets, keylen, use_aes128=aes
    )
    writer.security_handler = handler
    writer._encrypt = writer.add_object(handler.as_pdf_object())
    return _written(writer)


def _writer(*, object_streams: bool = False) -> Any:
    reader = PdfFileReader(io.BytesIO(paper()))
    return copy_into_new_writer(reader, {"stream_xrefs": object_streams})


def _written(writer: Any) -> bytes:
    octets = io.BytesIO()
    writer.write(octets)
    return octets.getvalue()


def sealed_under_lock(identity: Identity, when: datetime, *, mac: bool = False) -> bytes:
    """Seal a locked PDF: its signature is never encrypted (ISO 32000-2 §7.6.1)."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(aes256("secret", mac=mac)))
    writer.encrypt("secret")
    steps = PdfCMSEmbedder().write_cms("Seal", writer)
    next(steps)
    steps.send(SigObjSetup(SignatureObject(when, SigSeedSubFilter.PADES, bytes_reserved=16384)))
    prepared, output = steps.send(SigIOSetup("sha256"))
    steps.send(cms.over_digest(prepared.document_digest, identity, cms.Form(cades=True)))
    return bytes(output.getvalue())
