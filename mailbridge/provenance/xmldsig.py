"""True XML-DSig on an edXML packet; what only looks like one is none (RFC 3275 §3.2)."""

import base64
from binascii import Error as Base64Error
from pathlib import Path
from typing import Any

from cryptography import x509
from lxml import etree

from mailbridge.mime import xmltree
from mailbridge.model.errors import RefusedError
from mailbridge.model.evidence import Coverage, Integrity
from mailbridge.provenance.certificates import UNREADABLE
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.signatures import Signature

_DSIG = "{http://www.w3.org/2000/09/xmldsig#}"
# A bag of a thousand certificates, among which a path is sought.
_CERTIFICATES = 8
_BROKEN = Signature(Integrity.BROKEN, ((Code.PACKET_SEAL_BROKEN, ""),))
_UNVERIFIABLE = Signature(Integrity.UNVERIFIABLE, ((Code.SEAL_UNVERIFIABLE, ""),))


def packet_signature(path: Path) -> tuple[Signature, Coverage]:
    """Judge the one signature of a packet; two of them leave open what each is over."""
    try:
        root = xmltree.parse(path.read_bytes(), exactly=True)
    except RefusedError:
        return _BROKEN, Coverage.PART
    found = root.findall(f".//{_DSIG}Signature")
    certificates = _certificates(found[0]) if len(found) == 1 else ()
    if not certificates:
        return _UNVERIFIABLE, Coverage.PART
    signer = certificates[0]
    integrity, codes, signed = _verified(root, found[0], signer)
    # Signature wrapping: what was signed must be the packet itself, and no copy of it elsewhere.
    whole = signed is not None and signed.tag == root.tag and _is_over_all(found[0])
    coverage = Coverage.WHOLE if whole else Coverage.PART
    return Signature(integrity, codes, signer, None, tuple(certificates[1:])), coverage


def _verified(
    root: etree._Element, signature: etree._Element, signer: x509.Certificate
) -> tuple[Integrity, Codes, etree._Element | None]:
    from signxml.exceptions import SignXMLException
    from signxml.verifier import SignatureConfiguration, XMLVerifier

    weak = [each for each in _algorithms(signature) if "sha1" in each or "md5" in each]
    if weak:
        return Integrity.BROKEN, ((Code.WEAK_ALGORITHM, "SHA-1"),), None
    # The certificate is pinned: nothing is believed of its chain and times here, which `chain`
    # judges. Exactly one reference, or the parts that are signed could be anywhere.
    config = SignatureConfiguration(
        expect_references=1, verification_time=signer.not_valid_before_utc
    )
    try:
        found: Any = XMLVerifier().verify(
            etree.tostring(root), x509_cert=signer, expect_config=config
        )
    except (SignXMLException, etree.LxmlError, *UNREADABLE, LookupError, AttributeError):
        return Integrity.BROKEN, _BROKEN.codes, None
    return Integrity.INTACT, (), found.signed_xml


def _algorithms(signature: etree._Element) -> list[str]:
    info = signature.find(f"{_DSIG}SignedInfo")
    each = info.iter() if info is not None else ()
    return [str(one.get("Algorithm", "")).lower() for one in each]


def _is_over_all(signature: etree._Element) -> bool:
    """Tell whether its reference is the document in which it stands (RFC 3275 §4.3.3.2)."""
    references = signature.findall(f"{_DSIG}SignedInfo/{_DSIG}Reference")
    return len(references) == 1 and references[0].get("URI") == ""


def _certificates(signature: etree._Element) -> tuple[x509.Certificate, ...]:
    found = signature.iterfind(f"{_DSIG}KeyInfo/{_DSIG}X509Data/{_DSIG}X509Certificate")
    made = []
    for element, _ in zip(found, range(_CERTIFICATES), strict=False):
        try:
            made.append(x509.load_der_x509_certificate(base64.b64decode(element.text or "")))
        except (Base64Error, *UNREADABLE):
            continue
    return tuple(made)
