"""Proofs that travel with a signature: certificates, lists of revocations and OCSP answers.

They are another's words: each is held to its own signature before it says anything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core, crl, ocsp, pdf
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from mailbridge.model.limits import MIB
from mailbridge.provenance.certificates import UNREADABLE

# A bag of a thousand certificates, among which a path is sought.
CERTIFICATES = 64
# Lists and answers by the hundred: each costs a verification.
_PROOFS = 24
# A list of a hundred thousand entries has some four megabytes.
_SIZE = 8 * MIB
_FOREIGN = (*UNREADABLE, LookupError, AttributeError, RecursionError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What was enclosed, as it came: certificates parsed, the rest as DER."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def __add__(self, other: "Enclosed") -> "Enclosed":
        """Put together, without what is in both, within the limits."""
        certificates = dict.fromkeys((*self.certificates, *other.certificates))
        return Enclosed(
            tuple(certificates)[:CERTIFICATES],
            _bounded((*self.crls, *other.crls)),
            _bounded((*self.ocsps, *other.ocsps)),
        )


# RFC 5126 §6.3.3, §6.3.4: id-aa-ets-certValues and id-aa-ets-revocationValues.
_CERTIFICATE_VALUES = "1.2.840.113549.1.9.16.2.23"
# ISO 32000-2 §12.8.3.3.2: adbe-revocationInfoArchival, among the signed attributes.
_ARCHIVED = "1.2.840.113583.1.1.8"
_REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24"
# RFC 5940 §2.1: id-ri-ocsp-response, among the lists of a SignedData.
_OCSP_CHOICE = "1.3.6.1.5.5.7.16.2"


def of_cms(data: cms.SignedData) -> Enclosed:
    """Gather what a SignedData encloses (RFC 5652 §5.1) beside its signers."""
    crls, ocsps = [], []
    for each in _listed(data["crls"]):
        chosen = each.chosen
        if isinstance(chosen, crl.CertificateList):
            crls.append(chosen.dump())
        elif _is_ocsp(chosen):
            ocsps.append(chosen["other_rev_info"].dump())
    found = (each.chosen for each in _listed(data["certificates"]))
    return Enclosed(certificates(found), tuple(crls), tuple(ocsps)) + Enclosed()


def of_signer(info: cms.SignerInfo) -> Enclosed:
    """Gather what one signer's attributes enclose: of Adobe, signed, and of CAdES, unsigned."""
    found = Enclosed()
    for each in (*_listed(info["signed_attrs"]), *_listed(info["unsigned_attrs"])):
        try:
            found += _of_attribute(each["type"].dotted, each["values"])
        except _FOREIGN:
            continue
    return found


def _of_attribute(kind: str, values: Any) -> Enclosed:
    if kind == _CERTIFICATE_VALUES:
        return Enclosed(certificates(ocsp.Certificates.load(values[0].dump())))
    if kind not in {_ARCHIVED, _REVOCATION_VALUES}:
        return Enclosed()
    # Both are lists under [0] and answers under [1]; CAdES keeps the answers without their cover.
    kept = pdf.RevocationInfoArchival.load(values[0].dump())
    crls = tuple(each.dump() for each in _listed(kept["crl"]))
    answers = tuple(each.dump() for each in _listed(kept["ocsp"]))
    return Enclosed((), crls, answers if kind == _ARCHIVED else tuple(map(_covered, answers)))


def of_pdf(reader: Any) -> Enclosed:
    """Gather what the document security store of a PDF holds (ISO 32000-2 §12.8.4.3)."""
    ders = [_streams(reader, name) for name in ("/Certs", "/CRLs", "/OCSPs")]
    return Enclosed(_loaded(ders[0]), tuple(ders[1]), tuple(ders[2])) + Enclosed()


def _streams(reader: Any, name: str) -> list[bytes]:
    found = []
    try:
        streams = list(reader.root["/DSS"][name])[:CERTIFICATES]
    except (*_FOREIGN, OSError):
        return []
    for stream in streams:
        try:
            found.append(bytes(stream.get_object().data))
        except (*_FOREIGN, OSError):
            continue
    return found


def certificates(found: Iterable[Any]) -> tuple[x509.Certificate, ...]:
    """Parse certificates, and leave out what cannot be read."""
    ders = [each.dump() for each in found if isinstance(each, asn1_x509.Certificate)]
    return _loaded(ders)


def _loaded(ders: list[bytes]) -> tuple[x509.Certificate, ...]:
    made = []
    for der in ders[:CERTIFICATES]:
        try:
            one = x509.load_der_x509_certificate(der)
            _ = one.subject, one.issuer, one.not_valid_after_utc, one.not_valid_before_utc
            made.append(one)
        except UNREADABLE:
            continue
    return tuple(made)


def _is_ocsp(chosen: Any) -> bool:
    kind = chosen["other_rev_info_format"] if isinstance(chosen, core.Sequence) else None
    return kind is not None and kind.dotted == _OCSP_CHOICE


def _covered(basic: bytes) -> bytes:
    """Wrap a BasicOCSPResponse as the response that it came in (RFC 6960 §4.2.1)."""
    answer = ocsp.BasicOCSPResponse.load(basic)
    inside = {"response_type": "basic_ocsp_response", "response": answer}
    made = ocsp.OCSPResponse({"response_status": "successful", "response_bytes": inside})
    return bytes(made.dump())


def _listed(found: Any) -> Iterator[Any]:
    if found is not None and not isinstance(found, core.Void):
        yield from list(found)[:CERTIFICATES]


def _bounded(ders: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(der for der in ders if len(der) <= _SIZE))[:_PROOFS]
