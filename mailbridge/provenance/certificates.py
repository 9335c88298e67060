"""What a certificate says, read so that a hostile one yields nothing rather than an exception."""

from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mailbridge.model.evidence import Signer

# What cryptography raises for octets that are no extension, name or key.
UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    UnsupportedAlgorithm,
)
# Documents are signed under many policies; a certificate for servers is none of them.
_DOCUMENT_USES = {
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    # RFC 9336 §3.1: document signing; before it, those of Microsoft and of Adobe.
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
    x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),
    x509.ObjectIdentifier("1.2.840.113583.1.1.5"),
}
_MAIL_USES = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
_Kind = TypeVar("_Kind", bound=x509.ExtensionType)


def extension(certificate: x509.Certificate, kind: type[_Kind]) -> _Kind | None:
    """Give the extension, or None; a broken one raises one of `UNREADABLE`."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def may_sign(certificate: x509.Certificate, *, document: bool) -> bool:
    """Tell whether it is for signing, and for this (RFC 5280 §4.2.1.3, §4.2.1.12)."""
    try:
        usage = extension(certificate, x509.KeyUsage)
        uses = extension(certificate, x509.ExtendedKeyUsage)
    except UNREADABLE:
        return False
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        return False
    return uses is None or bool(set(uses) & (_DOCUMENT_USES if document else _MAIL_USES))


def may_stamp(certificate: x509.Certificate) -> bool:
    """Tell whether it is for time-stamps, and for nothing else (RFC 3161 §2.3)."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        usage = extension(certificate, x509.KeyUsage)
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False
    signs = usage is None or usage.digital_signature or usage.content_commitment
    return found.critical and signs and set(found.value) == {ExtendedKeyUsageOID.TIME_STAMPING}


def public_key(certificate: x509.Certificate) -> CertificatePublicKeyTypes | None:
    """Read the key, if it is one that is known."""
    try:
        return certificate.public_key()
    except UNREADABLE:
        return None


def key_identifier(certificate: x509.Certificate) -> bytes | None:
    """Give the subject key identifier (RFC 5280 §4.2.1.2)."""
    try:
        found = extension(certificate, x509.SubjectKeyIdentifier)
    except UNREADABLE:
        return None
    return found.digest if found else None


def fingerprint(certificate: x509.Certificate) -> str:
    """Give the SHA-256 of its DER in lower-case hex, as the directory pins it."""
    return certificate.fingerprint(SHA256()).hex()


def signer(certificate: x509.Certificate) -> Signer:
    """Describe its holder as it says itself."""
    return Signer(
        name=_common_name(certificate, "subject"),
        emails=emails(certificate),
        fingerprint=fingerprint(certificate),
        serial=f"{certificate.serial_number:x}",
        issuer=_common_name(certificate, "issuer"),
    )


def emails(certificate: x509.Certificate) -> tuple[str, ...]:
    """List its addresses in lower case (RFC 8550 §3)."""
    try:
        attributes = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
        found = [str(attribute.value) for attribute in attributes]
        names = extension(certificate, x509.SubjectAlternativeName)
        found += names.get_values_for_type(x509.RFC822Name) if names else []
    except UNREADABLE:
        return ()
    return tuple(dict.fromkeys(email.lower() for email in found))


def _common_name(certificate: x509.Certificate, which: str) -> str:
    try:
        name = certificate.subject if which == "subject" else certificate.issuer
        values = name.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(values[0].value) if values else name.rfc4514_string()
    except UNREADABLE:
        return ""
