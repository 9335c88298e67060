"""CMS content is read, and LF-only stores do not break a seal."""

from pathlib import Path

from mailbridge.demo import mails, seals
from mailbridge.demo.hierarchy import hierarchy
from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.parcel.protected import mic_of
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap
from tests.unit.provenance.samples import NOW


def test_a_store_that_cut_line_ends_is_mended_and_named(tmp_path: Path) -> None:
    entity = mails.text("Kính gửi")
    signed = seals.sign_mail(entity, hierarchy(NOW).mailbox, NOW)
    octets = (b"From: a@x\r\n" + signed).replace(b"\r\n", b"\n")
    source = tmp_path / "mail"
    source.write_bytes(octets)
    parcel = unwrap(Means(source, tmp_path, Limits()), octets, parse(octets, Limits()))
    assert "lf-only" in parcel.problems
    assert parcel.claims[0].mic == mic_of(entity)


def test_ten_signed_mails_in_one_are_all_opened(tmp_path: Path) -> None:
    one = seals.sign_mail(mails.text("Kính gửi"), hierarchy(NOW).mailbox, NOW)
    parts = b"".join(b"--x\r\n" + one + b"\r\n" for _ in range(10))
    entity = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + parts + b"--x--\r\n"
    octets = b"From: a@x\r\n" + entity
    source = tmp_path / "source"
    source.write_bytes(octets)
    means = Means(source, tmp_path, Limits())
    assert len(unwrap(means, octets, parse(octets, Limits())).claims) == 10
