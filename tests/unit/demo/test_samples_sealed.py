"""Strangers' verifiers take our seals and refuse what was broken."""

import io
import logging
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mailbridge.demo import seals
from mailbridge.demo.hierarchy import Hierarchy, hierarchy
from mailbridge.demo.papers import Paper, pdf

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
ENTITY = "Content-Type: text/plain; charset=utf-8\r\n\r\nKính gửi  \r\n\tvăn thư\r\n".encode()


@pytest.fixture(scope="module")
def keys() -> Hierarchy:
    return hierarchy(NOW)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf(Paper("1", "CV/VPTU", date(2026, 11, 24), "thử"))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def _judge(keys: Hierarchy, octets: bytes) -> list[tuple[bool, bool]]:
    root = x509.Certificate.load(keys.root.der())
    context = ValidationContext(trust_roots=[root], moment=NOW)
    reader = PdfFileReader(io.BytesIO(octets))
    found = [validate_pdf_signature(each, context) for each in reader.embedded_regular_signatures]
    return [(status.bottom_line, status.intact) for status in found]


def test_seals_of_both_kinds_and_keys_are_valid(keys: Hierarchy, paper: bytes) -> None:
    assert _judge(keys, seals.seal_pdf(paper, keys.seal, NOW)) == [(True, True)]
    assert _judge(keys, seals.seal_pdf(paper, keys.ec_seal, NOW)) == [(True, True)]
    assert _judge(keys, seals.seal_pdf(paper, keys.seal, NOW, pades=False)) == [(True, True)]


def test_two_seals_stand_beside_each_other(keys: Hierarchy, paper: bytes) -> None:
    once = seals.seal_pdf(paper, keys.person, NOW)
    twice = seals.seal_pdf(once, keys.seal, NOW, field="Agency")
    assert _judge(keys, twice) == [(True, True), (True, True)]


def test_the_claimed_time_is_the_argument(keys: Hierarchy, paper: bytes) -> None:
    sealed = PdfFileReader(io.BytesIO(seals.seal_pdf(paper, keys.seal, NOW)))
    assert sealed.embedded_regular_signatures[0].self_reported_timestamp == NOW


def test_a_seal_without_its_chain_leads_nowhere(keys: Hierarchy, paper: bytes) -> None:
    alone = seals.seal_pdf(paper, keys.seal, NOW, certificates="signer")
    assert _judge(keys, alone) == [(False, True)]


def test_what_was_tampered_with_is_refused(keys: Hierarchy, paper: bytes) -> None:
    sealed = seals.seal_pdf(paper, keys.seal, NOW)
    assert _judge(keys, seals.change_octet(sealed)) == [(False, False)]
    assert _judge(keys, seals.overlay_pdf(sealed)) == [(False, True)]
    with pytest.raises(PdfReadError):
        _judge(keys, seals.truncate(sealed))


@pytest.mark.parametrize("opaque", [False, True])
def test_openssl_accepts_signed_mail_to_the_octet(
    tmp_path: Path, keys: Hierarchy, opaque: bool
) -> None:
    (tmp_path / "mail").write_bytes(seals.sign_mail(ENTITY, keys.mailbox, NOW, opaque=opaque))
    (tmp_path / "root.pem").write_bytes(keys.root.pem())
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-in", "mail", "-CAfile", "root.pem", "-crlfeol",
         "-attime", str(int(NOW.timestamp()))],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == ENTITY


def test_signed_mail_is_the_same_each_time(keys: Hierarchy) -> None:
    assert len({seals.sign_mail(ENTITY, keys.mailbox, NOW) for _ in range(2)}) == 1
