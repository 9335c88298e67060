"""Until when an answer may be kept, which is all that is read of it outside the children."""

from datetime import datetime, timedelta

from asn1crypto import pem
from cryptography import x509
from cryptography.x509 import ocsp

from mailbridge.model.examination import WantKind
from mailbridge.network.errors import UnansweredError

# A certificate may be revoked in the middle of the half year that a list is good for.
_LONGEST = timedelta(hours=24)
# An answer that names no next update, and one that is overdue already.
_UNSAID, _OVERDUE = timedelta(hours=1), timedelta(minutes=10)


def revocation(kind: WantKind, octets: bytes, now: datetime) -> tuple[bytes, datetime]:
    """Give the DER of a list or an OCSP answer and until when to keep it.

    Raises UnansweredError for what is neither: an error page is often sent with status 200.
    """
    try:
        if kind is WantKind.CRL:
            # RFC 5280 §4.2.1.13 has it in DER; PEM is met.
            octets = pem.unarmor(octets)[2] if pem.detect(octets) else octets
            until = x509.load_der_x509_crl(octets).next_update_utc
        else:
            until = _ocsp_until(octets)
    except ValueError as error:
        raise UnansweredError(f"no {kind}: {error}") from error
    if until is None:
        return octets, now + _UNSAID
    return octets, now + _OVERDUE if until <= now else min(until, now + _LONGEST)


def _ocsp_until(octets: bytes) -> datetime | None:
    answer = ocsp.load_der_ocsp_response(octets)
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        # RFC 6960 §2.3: errors are not signed, and anybody can send one.
        raise UnansweredError(f"OCSP says {answer.response_status.name}")
    untils = [each.next_update_utc for each in answer.responses]
    return None if None in untils else min((each for each in untils if each), default=None)
