"""A program that carries an archive is told, and the archive opened where it can be."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason, RefusedError
from tests.unit.parcel.archives import PDF, Piece, members, opened, zip_of

STUB = b"MZ" + bytes(600)


def test_the_zip_behind_a_program_is_opened_and_remarked_on(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of(Piece(b"a.pdf", PDF), before=STUB), "a.exe")
    assert parcel.files[0].type == "application/x-msdownload"
    assert [file.type for file in members(parcel)] == ["application/pdf"]
    assert ("1", "tệp chương trình tự giải nén") in parcel.remarks


def test_a_program_alone_is_a_file(tmp_path: Path) -> None:
    parcel = opened(tmp_path, STUB, "a.exe")
    assert (len(parcel.files), parcel.remarks, parcel.files[0].refused) == (1, (), None)


@pytest.mark.parametrize("mark", [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c"])
def test_another_archive_behind_a_program_is_unsupported(tmp_path: Path, mark: bytes) -> None:
    parcel = opened(tmp_path, STUB + mark + bytes(99), "a.exe")
    assert parcel.files[0].refused is Reason.UNSUPPORTED


def test_a_rar_behind_octets_of_any_kind_is_known(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, bytes(999) + b"Rar!\x1a\x07\x01\x00" + bytes(99), "a.bin")
    assert refusal.value.reason is Reason.UNSUPPORTED
