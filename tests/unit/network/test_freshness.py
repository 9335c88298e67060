"""How long an answer is good, and what is no answer."""

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import ocsp

from mailbridge.demo import pki
from mailbridge.demo.hierarchy import hierarchy
from mailbridge.model.examination import WantKind
from mailbridge.network.errors import UnansweredError
from mailbridge.network.freshness import revocation

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def crl(until: timedelta) -> bytes:
    return pki.crl(hierarchy(NOW).root, NOW - 40 * DAY, NOW + until)


def answer(until: timedelta | None) -> bytes:
    keys = hierarchy(NOW)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=keys.seal.certificate,
        issuer=keys.sub.certificate,
        algorithm=SHA256(),
        cert_status=ocsp.OCSPCertStatus.GOOD,
        this_update=NOW - 40 * DAY,
        next_update=None if until is None else NOW + until,
        revocation_time=None,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, keys.sub.certificate)
    assert isinstance(keys.sub.certificate, x509.Certificate)
    return builder.sign(keys.sub.key, SHA256()).public_bytes(_DER)


_DER = pki._DER


@pytest.mark.parametrize(
    ("until", "kept"),
    [(3 * HOUR, 3 * HOUR), (180 * DAY, DAY), (-DAY, timedelta(minutes=10))],
)
def test_it_is_kept_until_its_next_update_and_a_day_at_most(
    until: timedelta, kept: timedelta
) -> None:
    assert revocation(WantKind.CRL, crl(until), NOW) == (crl(until), NOW + kept)
    assert revocation(WantKind.OCSP, answer(until), NOW)[1] == NOW + kept


def test_an_answer_without_a_next_update_is_soon_asked_for_again() -> None:
    assert revocation(WantKind.OCSP, answer(None), NOW)[1] == NOW + HOUR


def test_a_list_in_pem_becomes_der() -> None:
    armored = pem.armor("X509 CRL", crl(DAY))
    assert revocation(WantKind.CRL, armored, NOW)[0] == crl(DAY)


@pytest.mark.parametrize("kind", [WantKind.CRL, WantKind.OCSP])
@pytest.mark.parametrize(
    "octets", [b"", b"<html>404</html>", b"\x30\x80", b"-----BEGIN X509 CRL-----\n", b"\0" * 99]
)
def test_garbage_is_no_answer(kind: WantKind, octets: bytes) -> None:
    with pytest.raises(UnansweredError):
        revocation(kind, octets, NOW)


def test_an_error_of_an_ocsp_server_is_no_answer() -> None:
    refused = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    with pytest.raises(UnansweredError, match="TRY_LATER"):
        revocation(WantKind.OCSP, refused.public_bytes(_DER), NOW)
