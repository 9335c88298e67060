"""OpenPGP signatures over letters: gpg accepts them, our own reader too; and keys that are away."""

import email
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest

from mailbridge.letters.compose import Composed, compose
from mailbridge.letters.pgp_signing import PgpKey, PgpSigner
from mailbridge.letters.recipients import Peers
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.directory import Agency
from mailbridge.model.errors import RefusedError
from mailbridge.model.letter import LetterKind
from tests.simulators.pgp import Correspondents
from tests.unit.letters import sent
from tests.unit.letters.sample import EDXML, SENDER

WORD = "chuỗi bí mật"


class Owner:
    """A key that is locked by a word, and the home in which it signs."""

    def __init__(self, folder: Path, *, expire: str = "never", at: str = "") -> None:
        self.people = Correspondents()
        self.fingerprint = self.people.new(
            "van.thu@hungyen.gov.vn", word=WORD, expire=expire, at=at
        )
        self.file = folder / "van-thu.asc"
        self.file.write_bytes(self.people.secret(self.fingerprint, WORD))
        self.home = Path(tempfile.mkdtemp(prefix="mbown")) / "h"
        self.signer = PgpSigner(PgpKey(self.file, self.fingerprint, self.home, lambda: WORD))

    def end(self) -> None:
        self.signer.forget()
        self.people.end()


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    made = Owner(tmp_path_factory.mktemp("pgp"))
    yield made
    made.end()


def _peers(*, has_key: bool = True) -> Peers:
    prints = ("A" * 40,) if has_key else ()
    return Peers(lambda code: Agency(code, "Cơ quan", openpgp=prints), Path("/nowhere"), sent.NOW)


def _composed(owner: Owner, tmp_path: Path, peers: Peers, **facts: object) -> Composed:
    (tmp_path / "blob").write_bytes(b"%PDF-1.7")
    sender = replace(SENDER, openpgp=owner.signer)
    document = replace(sent.DOCUMENT, **facts)  # type: ignore[arg-type]
    letter = sent.letter(LetterKind.DOCUMENT, facts=document)
    return compose((letter,), sender, lambda _: tmp_path / "blob", EDXML, peers)


def _parts(octets: bytes) -> tuple[bytes, bytes]:
    """Give the signed entity and the armour, by the octets between the boundaries."""
    found = re.search(rb'micalg="pgp-sha256"; boundary="([^"]+)"', octets.replace(b"\r\n ", b" "))
    assert found
    _, entity, seal, _ = octets.split(b"--" + found[1])
    return entity[2:-2], seal.partition(b"\r\n\r\n")[2]


def test_gpg_accepts_the_signature_over_the_exact_octets(owner: Owner, tmp_path: Path) -> None:
    octets = _composed(owner, tmp_path, _peers()).octets
    entity, armour = _parts(octets)
    (tmp_path / "e").write_bytes(entity)
    (tmp_path / "s").write_bytes(armour)
    owner.people.gpg("--verify", str(tmp_path / "s"), str(tmp_path / "e"))
    (tmp_path / "e").write_bytes(entity.replace(b"hp=", b"hq="))
    with pytest.raises(AssertionError):
        owner.people.gpg("--verify", str(tmp_path / "s"), str(tmp_path / "e"))


def test_mail_is_of_the_form_that_other_programs_expect(owner: Owner, tmp_path: Path) -> None:
    octets = _composed(owner, tmp_path, _peers()).octets
    mail = email.message_from_bytes(octets, policy=policy.default)
    assert mail.get_content_type() == "multipart/signed"
    assert mail.get_param("protocol") == "application/pgp-signature"
    signed, seal = mail.iter_parts()
    assert seal.get_content_type() == "application/pgp-signature"
    assert signed["Subject"] == mail["Subject"]
    entity, armour = _parts(octets)
    # RFC 3156 §5: seven bits, and no line that ends in a blank.
    assert entity.isascii()
    assert not re.search(rb"[ \t]\r\n", entity)
    assert armour.startswith(b"-----BEGIN PGP SIGNATURE-----\r\n")


def test_only_who_reads_nothing_else_gets_it(owner: Owner, tmp_path: Path) -> None:
    octets = _composed(owner, tmp_path, _peers(has_key=False)).octets
    assert b"pgp-signature" not in octets
    with pytest.raises(RefusedError):
        _composed(owner, tmp_path, _peers(), encrypt=True)


def test_secret_key_lies_in_a_home_of_its_own(owner: Owner) -> None:
    owner.signer.sign(b"a\r\n")
    assert owner.home.stat().st_mode & 0o777 == 0o700
    assert not (owner.home / "entity").exists()
    assert WORD not in repr(owner.signer._key)
    owner.signer.forget()
    assert not owner.home.exists()
    assert owner.signer.sign(b"a\r\n").startswith(b"-----BEGIN")


def _fault(signer: PgpSigner) -> str:
    with pytest.raises(UnsignedError) as caught:
        signer.sign(b"a\r\n")
    assert caught.value.fault is KeyFault.OPENPGP
    assert WORD not in str(caught.value)
    return caught.value.detail


def test_a_key_that_cannot_sign_delays_letters(owner: Owner, tmp_path: Path) -> None:
    key = owner.signer._key
    owner.signer.forget()
    wrong = PgpSigner(replace(key, passphrase=lambda: "sai"))
    assert "passphrase" in _fault(wrong)
    other = PgpSigner(replace(key, fingerprint="A" * 40))
    assert "does not hold the key" in _fault(other)
    (tmp_path / "junk").write_bytes(b"junk")
    assert "does not hold the key" in _fault(PgpSigner(replace(key, file=tmp_path / "junk")))
    long = PgpSigner(replace(key, home=tmp_path / ("x" * 120)))
    assert "gpg cannot be used" in _fault(long)
    owner.signer.forget()
    # The right word opens it again.
    assert owner.signer.sign(b"a\r\n")


def test_an_agent_that_died_is_started_anew(owner: Owner) -> None:
    owner.signer.sign(b"a\r\n")
    subprocess.run(["gpgconf", "--homedir", str(owner.home), "--kill", "all"], check=True)
    assert owner.signer.sign(b"a\r\n").startswith(b"-----BEGIN")


def test_an_expired_key_never_signs(tmp_path: Path) -> None:
    made = Owner(tmp_path, expire="1d", at="20200101T000000!")
    try:
        _fault(made.signer)
    finally:
        made.end()
