"""A file gives octets, the directory gives trust."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mailbridge.letters.recipients import STRANGERS, Peers, certificates
from mailbridge.model.directory import Agency, CertificateRole, EnrolledCertificate
from tests.unit.letters.keyring import certified

NOW = datetime.now(UTC)
KEY = rsa.generate_private_key(65537, 2048)
ONE = certified(KEY)


def _agency(*enrolled: EnrolledCertificate) -> Agency:
    return Agency("H28.01", "Tỉnh ủy Ví Dụ", certificates=enrolled)


def _enrolled(certificate: x509.Certificate, **more: date) -> EnrolledCertificate:
    fingerprint = certificate.fingerprint(SHA256()).hex()
    return EnrolledCertificate(fingerprint, CertificateRole.MAILBOX, **more)  # type: ignore[arg-type]


def _file(trust: Path, certificate: x509.Certificate, name: str = "a.pem") -> None:
    folder = trust / "recipients"
    folder.mkdir(exist_ok=True)
    encoding = Encoding.PEM if name.endswith("pem") else Encoding.DER
    (folder / name).write_bytes(certificate.public_bytes(encoding))


def test_an_enrolled_certificate_whose_file_is_there_locks(tmp_path: Path) -> None:
    for name in ("a.pem", "a.cer"):
        _file(tmp_path, ONE, name)
        assert certificates(tmp_path, _agency(_enrolled(ONE)), NOW) == (ONE,)
    known = Peers(lambda code: _agency(_enrolled(ONE)) if code == "a" else None, tmp_path, NOW)
    assert (known.certificates("a"), known.certificates("b")) == ((ONE,), ())


def test_who_has_a_certificate_is_not_written_to_by_openpgp() -> None:
    prints = ("A" * 40,)
    of = {
        "pgp": Agency("pgp", "x", openpgp=prints),
        "both": Agency("both", "x", openpgp=prints, certificates=(_enrolled(ONE),)),
        "none": Agency("none", "x"),
    }
    known = Peers(of.get, Path(), NOW)
    alone = [code for code in (*of, "unknown") if known.reads_openpgp_alone(code)]
    assert alone == ["pgp"]
    assert STRANGERS.certificates("pgp") == ()
    assert not STRANGERS.reads_openpgp_alone("pgp")


def test_a_file_that_nobody_enrolled_locks_nothing(tmp_path: Path) -> None:
    _file(tmp_path, certified(KEY))
    assert certificates(tmp_path, _agency(_enrolled(ONE)), NOW) == ()
    assert certificates(tmp_path, None, NOW) == ()
    assert certificates(tmp_path / "nowhere", _agency(_enrolled(ONE)), NOW) == ()


def test_what_is_out_of_its_time_locks_nothing(tmp_path: Path) -> None:
    old = certified(KEY, start=NOW - timedelta(days=31))
    _file(tmp_path, old, "old.pem")
    _file(tmp_path, ONE)
    day = NOW.date()
    ended = _enrolled(ONE, until=day - timedelta(days=2))
    assert certificates(tmp_path, _agency(_enrolled(old), ended), NOW) == ()


def test_a_file_that_is_no_certificate_does_not_stop_the_others(tmp_path: Path) -> None:
    _file(tmp_path, ONE)
    (tmp_path / "recipients" / "0.pem").write_bytes(b"-----BEGIN junk")
    (tmp_path / "recipients" / "1.der").write_bytes(b"junk")
    (tmp_path / "recipients" / "2.der").write_bytes(b"x" * 2_000_000)
    (tmp_path / "recipients" / "folder").mkdir()
    assert certificates(tmp_path, _agency(_enrolled(ONE)), NOW) == (ONE,)
