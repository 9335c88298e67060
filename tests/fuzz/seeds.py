"""What the search starts from: one small sample of each form, made by the tests' own makers."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import lru_cache
from pathlib import Path

from mailbridge.demo import cms as made
from mailbridge.demo import mails as written
from mailbridge.demo import seals
from mailbridge.demo.hierarchy import Hierarchy
from tests.unit.mime.machine_samples import receipt
from tests.unit.parcel import locked_pdfs, packets
from tests.unit.parcel.locked import envelope, holder
from tests.unit.parcel.test_seven_zips import seven_zip
from tests.unit.parcel.test_tnef import attachment, tnef
from tests.unit.parcel.test_zip_locks import aes_zip
from tests.unit.provenance import samples

# What is longer teaches the search little.
_MOST = 65_536
_TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nK\xc3\xadnh g\xe1\xbb\xadi\r\n"
_EDXML = """<?xml version="1.0" encoding="UTF-8"?>
<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope>
<edXML:edXMLHeader><edXML:MessageHeader><edXML:From><edXML:OrganId>DEMO.01</edXML:OrganId>
</edXML:From><edXML:To><edXML:OrganId>DEMO.02</edXML:OrganId></edXML:To><edXML:Code>
<edXML:CodeNumber>7816</edXML:CodeNumber><edXML:CodeNotation>VPTU-TH</edXML:CodeNotation>
</edXML:Code><edXML:Subject>Về việc thử</edXML:Subject></edXML:MessageHeader></edXML:edXMLHeader>
</edXML:edXMLEnvelope></edXML:edXML>"""


@lru_cache(maxsize=1)
def keys() -> Hierarchy:
    """Make the hierarchy in whose names the seeds are signed."""
    return samples.keys()


def write_trust(folder: Path) -> None:
    """Fill a trust folder, with a key that opens what is locked."""
    keys().write_trust(folder)
    (folder / "keys").mkdir(exist_ok=True)
    ours = holder("an")
    (folder / "keys" / "an.pem").write_bytes(ours.key_pem() + ours.pem())


def mails() -> dict[str, bytes]:
    """Make mails: plain, signed, opaque, broken in shape, in words, in encodings."""
    signed = seals.sign_mail(_TEXT, keys().mailbox, samples.NOW)
    opaque = seals.sign_mail(_TEXT, keys().mailbox, samples.NOW, opaque=True)
    head = samples.HEAD
    nested = b"Content-Type: message/rfc822\r\n\r\n" + written.mail(head, _TEXT)
    mixed = (
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n' + _TEXT + b"--x\r\n"
        b"Content-Type: application/zip; name*=UTF-8''v%C4%83n.zip\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + seals.base64_lines(archives()["zip"])
        + b"--x--\r\n"
    )
    pgp = (
        b"Content-Type: text/plain\r\n\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n"
        b"\r\n- -x\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQ==\r\n-----END PGP SIGNATURE-----\r\n"
    )
    dkim = "DKIM-Signature: v=1; a=rsa-sha256; d=x.vn; s=a; h=From; l=1; bh=AA==; b=AA==\r\n"
    return {
        "text": written.mail(head, _TEXT),
        "signed": written.mail(head, signed),
        "opaque": written.mail(head, opaque),
        "nested": written.mail(head, nested),
        "mixed": written.mail(head, mixed),
        "pgp": written.mail(head, pgp),
        "dkim": dkim.encode() + written.mail(head, _TEXT),
        "report": written.mail(
            head,
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
            b"--x\r\n\r\nloi\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
            b"Reporting-MTA: dns; x\r\nOriginal-Envelope-Id: mb.a\r\n\r\n"
            b"Final-Recipient: rfc822; a@x.vn\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            b"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <mb.a@x>\r\n"
            b"--x--\r\n",
        ),
        "receipt": written.mail(
            head,
            b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
            b"--x\r\nContent-Type: message/disposition-notification\r\n\r\n"
            b"Final-Recipient: rfc822; a@x.vn\r\nOriginal-Message-ID: <mb.a@x>\r\n"
            b"Disposition: manual-action/MDN-sent-manually; processed/error\r\n"
            b"--x\r\nContent-Type: application/vnd.mailbridge+json\r\n\r\n"
            + receipt()
            + b"\r\n--x--\r\n",
        ),
        "words": b"From: =?utf-8?b?xJDhuqNuZw==?= <a@x>\r\nSubject: =?cp1258?q?V=EBn?=\r\n\r\nx",
    }


def cms() -> dict[str, bytes]:
    """Make signatures with and without their content, over one and over two."""
    return {
        "detached": made.detached(b"x", keys().seal),
        "enclosed": made.enclosed(_TEXT, keys().seal),
        "ec": made.enclosed(b"%PDF-1.4\n%%EOF", keys().ec_seal),
        "certificate": keys().seal.der(),
        "locked": envelope(_TEXT, holder("an")),
        "locked-gcm": envelope(_TEXT, holder("an"), cipher="aes-128-gcm"),
        "pem": b"-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n",
    }


def _small_pdf() -> bytes:
    """Write the smallest PDF with one page, its cross-references right."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<<>>/Contents 4 0 R>>",
        b"<</Length 0>>stream\n\nendstream",
    )
    octets, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(octets))
        octets += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(octets)
    return octets + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def pdfs() -> dict[str, bytes]:
    """Make PDFs: plain, sealed, changed later."""
    plain = _small_pdf()
    once = seals.seal_pdf(plain, keys().seal, samples.NOW)
    locked = locked_pdfs.aes256("khoa")
    return {
        "plain": plain,
        "sealed": once,
        "changed": seals.overlay_pdf(once),
        "locked": locked if len(locked) < _MOST else plain,
    }


def archives() -> dict[str, bytes]:
    """Make one container of each kind."""
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as made_zip:
        made_zip.writestr("văn bản.txt", "x" * 200)
        made_zip.writestr("a/b.pdf", b"%PDF-1.4\n%%EOF")
    with tarfile.open(fileobj=tarred, mode="w") as made_tar:
        made_tar.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return {
        "zip": zipped.getvalue(),
        "tar": tarred.getvalue(),
        "tar.gz": gzip.compress(tarred.getvalue(), mtime=0),
        "bz2": bz2.compress(b"x" * 100),
        "xz": lzma.compress(b"x" * 100),
        "7z": seven_zip({"a.txt": b"x" * 50}),
        "7z-locked": seven_zip({"a.txt": b"x" * 50}, password="khoa"),
        "zip-locked": aes_zip("a.pdf", word=b"khoa"),
        "tnef-whole": tnef(attachment(b"a.txt", b"x")),
        "rar": b"Rar!\x1a\x07\x01\0" + bytes(16),
        "tnef": b"\x78\x9f\x3e\x22\1\0\1\6\x90\x08\0\4\0\0\0\0\0\1\0\1\0",
        "uuencode": b"begin 644 a.txt\n#>'AX\n`\nend\n",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    }


def xml() -> dict[str, bytes]:
    """Make edXML, and XML that is none."""
    doctype = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    packed = packets.packet(packets.attachment("a.pdf", packets.zipped(("a", b"%PDF-1.4"))))
    return {"packed": packed, "edxml": _EDXML.encode(), "doctype": doctype, "plain": b"<a/>"}
