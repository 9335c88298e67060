"""What the opener tells of a mail."""

import base64
import hashlib
from pathlib import Path

import pytest

from mailbridge.actions.in_opener import open_mail
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.examination import Opened, OpenRequest
from mailbridge.model.limits import Limits
from tests.unit.provenance.samples import NOW, keys, mail_with, paper, sealed, signed_mail


def opened(folder: Path, octets: bytes, form: str = "mail") -> Opened:
    (folder / "source").write_bytes(octets)
    (folder / "scratch").mkdir()
    keys().write_trust(folder / "trust")
    made = OpenRequest(
        str(folder / "source"), str(folder / "scratch"), str(folder / "trust"), "", NOW, Limits()
    )
    return open_mail(made if form == "mail" else OpenRequest(**{
        name: getattr(made, name) for name in OpenRequest.__slots__ if name != "form"
    }, form="any"))  # fmt: skip


def test_the_mic_of_an_unsigned_mail_is_over_all_after_the_first_empty_line(tmp_path: Path) -> None:
    octets = mail_with(paper())
    body = octets[octets.index(b"\r\n\r\n") + 4 :]
    mail = opened(tmp_path, octets).mail
    assert mail is not None
    assert mail.mic == base64.b64encode(hashlib.sha256(body).digest()).decode()


def test_files_name_the_intact_seals_that_cover_them(tmp_path: Path) -> None:
    found = opened(tmp_path, signed_mail(keys().mailbox))
    assert [file.sealed_by for file in found.files] == [(0,)]


def test_a_file_is_opened_by_its_content(tmp_path: Path) -> None:
    found = opened(tmp_path, sealed(), form="any")
    assert (found.form, found.mail) == ("pdf", None)


def test_an_empty_mail_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, b"")
    assert refusal.value.reason is Reason.MALFORMED
