"""Seals on PDFs and on mails, and the ways in which they are broken."""

import hashlib
import io
from base64 import encodebytes
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, SignatureObject
from pyhanko.sign.validation.dss import DocumentSecurityStore

from mailbridge.demo import cms, stamps
from mailbridge.demo.cms import Form
from mailbridge.demo.pki import Identity

# Room for the CMS in the PDF, in octets.
_RESERVED = 16384


@dataclass(frozen=True, slots=True)
class Manner:
    """How a PDF is sealed: PAdES B-B or, with a `tsa`, B-T; or what Adobe did before it.

    `when` is the claimed time. Another seal needs another `field`. `certificates` is "chain"
    (without the root), "signer" or "none". `lock` says which later changes are permitted.
    """

    when: datetime
    field: str = "Seal"
    pades: bool = True
    certificates: str = "chain"
    tsa: Identity | None = None
    lock: SigMDPSetup | None = None
    bare: bool = False


def seal_pdf(
    pdf: bytes,
    identity: Identity,
    when: datetime,
    *,
    field: str = "Seal",
    pades: bool = True,
    certificates: str = "chain",
) -> bytes:
    """Add a seal as a new revision. The file identifier is random: octets differ each time."""
    return seal_pdf_as(pdf, identity, Manner(when, field, pades, certificates))


def seal_pdf_as(pdf: bytes, identity: Identity, manner: Manner) -> bytes:
    """Add a seal as a new revision in any manner."""
    filters = SigSeedSubFilter.PADES if manner.pades else SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    steps = PdfCMSEmbedder().write_cms(manner.field, writer)
    next(steps)
    placed = SignatureObject(manner.when, filters, bytes_reserved=_RESERVED)
    steps.send(SigObjSetup(placed, mdp_setup=manner.lock))
    prepared, output = steps.send(SigIOSetup("sha256"))
    claimed = None if manner.pades else manner.when
    form = Form(claimed, manner.pades, manner.certificates, bare=manner.bare)
    signed = cms.over_digest(prepared.document_digest, identity, form)
    steps.send(stamps.stamped(signed, manner.tsa, manner.when) if manner.tsa else signed)
    return bytes(output.getvalue())


def stamp_pdf(pdf: bytes, tsa: Identity, when: datetime, *, field: str = "Stamp") -> bytes:
    """Add a document time-stamp as a new revision (PAdES B-LTA)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    steps = PdfCMSEmbedder().write_cms(field, writer)
    next(steps)
    placed: Any = DocumentTimestamp
    steps.send(SigObjSetup(placed(bytes_reserved=_RESERVED)))
    prepared, output = steps.send(SigIOSetup("sha256"))
    steps.send(stamps.token(prepared.document_digest, tsa, when))
    return bytes(output.getvalue())


def store_in_pdf(
    pdf: bytes,
    certificates: tuple[Identity, ...] = (),
    crls: tuple[bytes, ...] = (),
    ocsps: tuple[bytes, ...] = (),
) -> bytes:
    """Add a document security store as a new revision (PAdES B-LT)."""
    output = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        output,
        None,
        certs=[asn1_x509.Certificate.load(each.der()) for each in certificates],
        crls=[asn1_crl.CertificateList.load(each) for each in crls],
        ocsps=[asn1_ocsp.OCSPResponse.load(each) for each in ocsps],
    )
    return output.getvalue()


def change_octet(octets: bytes, at: int = 20) -> bytes:
    """Change one octet; the default hits a comment at the start of a PDF, which nobody sees."""
    return octets[:at] + bytes([octets[at] ^ 0x01]) + octets[at + 1 :]


def overlay_pdf(pdf: bytes, words: str = "9.999.999.999") -> bytes:
    """Write ASCII words over the first page in a later revision; all seals stay intact."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    kinds = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
    font = _dictionary({key: generic.pdf_name("/" + value) for key, value in kinds.items()})
    fonts = _dictionary({"Forged": writer.add_object(font)})
    drawn = f"q BT /Forged 18 Tf 100 400 Td ({words}) Tj ET Q".encode("ascii")
    stream = writer.add_object(generic.StreamObject(stream_data=drawn))
    writer.add_stream_to_page(0, stream, _dictionary({"Font": fonts}))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def append_junk(pdf: bytes) -> bytes:
    """Append a comment after the last revision, under no seal."""
    return pdf + b"\n% appended\n"


def truncate(octets: bytes, lost: int = 2000) -> bytes:
    """Cut the end off."""
    return octets[:-lost]


def sign_mail(
    entity: bytes, identity: Identity, when: datetime, *, opaque: bool = False, chain: bool = True
) -> bytes:
    """Wrap a MIME entity, signed over its very octets (RFC 8551 §3.5.3), or opaque (§3.5.2).

    The result is an entity again: header lines, an empty line, content; all with CRLF.
    """
    form = Form(when, certificates="chain" if chain else "signer")
    if opaque:
        return opaque_entity(cms.enclosed(entity, identity, form))
    limit = b"signed-" + hashlib.sha256(entity).hexdigest()[:24].encode()
    head = (
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature";\r\n'
        b' micalg=sha-256; boundary="' + limit + b'"\r\n\r\n'
    )
    seal = (
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        b"Content-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=smime.p7s\r\n\r\n"
        + base64_lines(cms.detached(entity, identity, form))
    )
    line = b"--" + limit
    return b"".join((head, line, b"\r\n", entity, b"\r\n", line, b"\r\n", seal, line, b"--\r\n"))


def base64_lines(octets: bytes) -> bytes:
    """Encode with CRLF after each 76 letters, as RFC 2045 §6.8 asks."""
    return encodebytes(octets).replace(b"\n", b"\r\n")


def opaque_entity(signed: bytes) -> bytes:
    """Wrap a SignedData as an opaque S/MIME entity (RFC 8551 §3.5.2)."""
    return (
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=smime.p7m\r\n\r\n" + base64_lines(signed)
    )


def _dictionary(pairs: dict[str, Any]) -> Any:
    """Make a PDF dictionary; pyHanko leaves its constructor without types."""
    made: Any = generic.DictionaryObject
    return made({generic.pdf_name("/" + key): value for key, value in pairs.items()})
