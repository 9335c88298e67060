"""Long revocation lists: written by hand, since a builder that copies itself takes hours."""

from datetime import datetime, timedelta

from asn1crypto import algos, core, crl, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from mailbridge.demo.pki import Identity


def long_list(issuer: Identity, now: datetime, entries: int) -> bytes:
    """Sign a list of so many revoked serial numbers that nobody has."""
    if not isinstance(issuer.key, rsa.RSAPrivateKey):
        raise TypeError("an RSA key")
    mechanism = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
    revoked = [
        {"user_certificate": 10**20 + number, "revocation_date": _time(now - timedelta(days=9))}
        for number in range(entries)
    ]
    listed = crl.TbsCertList(
        {
            "version": "v2",
            "signature": mechanism,
            "issuer": x509.Certificate.load(issuer.der()).subject,
            "this_update": _time(now - timedelta(hours=1)),
            "next_update": _time(now + timedelta(days=7)),
            **({"revoked_certificates": revoked} if revoked else {}),
        }
    )
    signature = issuer.key.sign(listed.dump(), padding.PKCS1v15(), hashes.SHA256())
    whole = {"tbs_cert_list": listed, "signature_algorithm": mechanism, "signature": signature}
    return bytes(crl.CertificateList(whole).dump())


def _time(moment: datetime) -> x509.Time:
    return x509.Time({"utc_time": core.UTCTime(moment)})
