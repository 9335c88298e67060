"""Locks and OpenPGP in this process, against cryptography alone and one gpg process."""

import shutil
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from benchmarks.checks import SIZES, compare, median, told
from benchmarks.corpus import KIB, sample
from benchmarks.plain import by_cryptography, by_gpg, by_zipfile
from benchmarks.report import Report
from benchmarks.world import World
from mailbridge.demo import mails
from mailbridge.demo.hierarchy import Hierarchy
from mailbridge.mime import parse
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel
from mailbridge.parcel import cms, envelopes
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.place import Means
from mailbridge.parcel.unpacking import Unpacking
from mailbridge.parcel.unwrap import unwrap, unwrap_file
from mailbridge.provenance import trust
from mailbridge.provenance.establish import Question, establish
from tests.simulators import pgp
from tests.unit.parcel.locked import entity
from tests.unit.provenance.samples import HEAD

_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class _Room:
    """Where mails are opened with our key."""

    folder: Path
    keys: Hierarchy

    def opened(self, octets: bytes) -> Parcel:
        """Open a mail in an empty scratch folder."""
        return unwrap(self.means(octets), octets, parse.parse(octets, Limits()))

    def opened_file(self, octets: bytes, name: str) -> Parcel:
        """Open a file."""
        return unwrap_file(self.means(octets), octets, name)

    def means(self, octets: bytes) -> Means:
        scratch = self.folder / "s"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        (self.folder / "source").write_bytes(octets)
        keyring = Keyring(self.folder / "t")
        return Means(self.folder / "source", scratch, Limits(), keyring)


def measure(world: World, report: Report) -> None:
    """Measure opening a locked mail, judging OpenPGP, and unpacking a ZIP."""
    report.say("checks: locks and OpenPGP")
    room = _Room(world.folder, world.keys)
    world.keys.write_trust(room.folder / "t")
    for part in ("keys", "pgp"):
        (room.folder / "t" / part).mkdir()
    own = world.keys.own_mailbox
    (room.folder / "t" / "keys" / "own.pem").write_bytes(own.key_pem() + own.pem())
    for size in SIZES:
        _locked(room, report, size)
    _openpgp(room, report)
    _zip(room, report)


def _locked(room: _Room, report: Report, size: int) -> None:
    own = room.keys.own_mailbox
    certificate: x509.Certificate = own.certificate
    if not isinstance(own.key, rsa.RSAPrivateKey):
        raise TypeError("an RSA key")
    inner = sample(room.keys, "clear", size).octets
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(inner).add_recipient(certificate)
    der = builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    mail = mails.mail(HEAD, entity(der))
    if not all(lock.opened for lock in room.opened(mail).locks):
        raise RuntimeError("the lock stayed closed")
    work = Unpacking(room.means(mail), (lambda *_: None, lambda *_: None))
    one = cms.read(der).info
    ours = median(lambda: envelopes.opened(work, one, "smime.p7m"))
    plain = median(lambda: by_cryptography(der, own))
    all_ = median(lambda: room.opened(mail))
    how = f"unpacking the whole mail {all_ * 1000:.1f} ms"
    compare(report, f"S/MIME locked, {told(size)}: opening", ours, plain, how)


def _openpgp(room: _Room, report: Report) -> None:
    people = pgp.Correspondents()
    try:
        signer = people.new(HEAD.sender)
        (room.folder / "t" / "pgp" / "0.asc").write_bytes(people.public(signer))
        content = mails.with_file("Kính gửi", bytes(range(256)) * 200, "123.bin")
        signature = people.sign(content, signer)
        mail = pgp.mail(pgp.signed(content, signature), replace(HEAD, when=pgp.NOW))
        (room.folder / "content").write_bytes(content)
        (room.folder / "content.asc").write_bytes(signature)
        files = [str(room.folder / name) for name in ("content.asc", "content")]
        question = Question(
            parcel=room.opened(mail),
            scratch=room.folder / "s",
            message=parse.parse(mail, Limits()),
            trust=trust.load(room.folder / "t"),
            directory=None,
            at=pgp.LATER,
        )
        if establish(question).vouched != (HEAD.sender,):
            raise RuntimeError("the sender is not vouched for")
        ours = median(lambda: establish(question))
        plain = median(lambda: by_gpg(people.home, "--verify", *files))
        compare(report, "OpenPGP, 50 KB: judging", ours, plain, "one gpg process")
    finally:
        people.end()


def _zip(room: _Room, report: Report) -> None:
    path = room.folder / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(_MEMBERS):
            archive.writestr(f"{number}.bin", bytes(range(256)) * 4 * (20 * KIB // 1024))
    octets = path.read_bytes()
    ours = median(lambda: room.opened_file(octets, "many.zip"))
    plain = median(lambda: by_zipfile(path))
    compare(
        report, f"ZIP of {_MEMBERS} files: unpacking", ours, plain, "the plain one stores nothing"
    )
