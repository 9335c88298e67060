"""A time-stamping authority that openssl plays (RFC 3161)."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mailbridge.demo.pki import Identity

_CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
"""


class Authority:
    """Answers questions; `certificate` is a root of its own where no identity is given."""

    def __init__(self, folder: Path, identity: Identity | None = None) -> None:
        self._folder = folder
        self.certificate = folder / "tsa.pem"
        if identity is None:
            key = rsa.generate_private_key(65537, 2048)
            identity = Identity(key, _certificate(key))
        self.certificate.write_bytes(identity.pem())
        (folder / "tsa.key").write_bytes(identity.key_pem())
        (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))

    def answer(self, question: bytes) -> bytes:
        """Give the answer (TimeStampResp) to a question (TimeStampReq)."""
        asked, answer = self._folder / "question.tsq", self._folder / "answer.tsr"
        asked.write_bytes(question)
        command = ["openssl", "ts", "-reply", "-config", str(self._folder / "tsa.cnf")]
        command += ["-queryfile", str(asked), "-out", str(answer)]
        subprocess.run(command, check=True, capture_output=True)
        return answer.read_bytes()


def _certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dấu thời gian thử")])
    start = datetime.now(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        # RFC 3161 §2.3: this usage alone, and critical.
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, SHA256())
    )
