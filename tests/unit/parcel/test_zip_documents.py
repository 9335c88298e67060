"""Office documents are ZIP files and not archives; an archive does not become one by a name."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason
from mailbridge.model.parcel import LockForm, LockWhy
from mailbridge.parcel.sniff import form_of_type
from tests.unit.parcel.archives import Piece, members, opened, refused, zip_of

OOXML = (Piece(b"[Content_Types].xml"), Piece(b"_rels/.rels"))
ODF = Piece(b"mimetype", b"application/vnd.oasis.opendocument.text", method=0)


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        ((*OOXML, Piece(b"word/document.xml")), "wordprocessingml.document"),
        ((*OOXML, Piece(b"xl/workbook.xml")), "spreadsheetml.sheet"),
        ((*OOXML, Piece(b"ppt/presentation.xml")), "presentationml.presentation"),
        ((ODF, Piece(b"META-INF/manifest.xml")), "opendocument.text"),
    ],
)
def test_a_document_is_not_unpacked(tmp_path: Path, pieces: tuple[Piece, ...], kind: str) -> None:
    (file,) = opened(tmp_path, zip_of(*pieces), "a.docx").files
    assert file.type.endswith(kind)
    assert form_of_type(file.type) == "office"


@pytest.mark.parametrize(
    "pieces",
    [
        (*OOXML, Piece(b"word/document.xml"), Piece(b"_xmlsignatures/sig1.xml")),
        (ODF, Piece(b"META-INF/manifest.xml"), Piece(b"META-INF/documentsignatures.xml")),
    ],
)
def test_a_signature_of_its_own_kind_is_named_and_holds_nothing(
    tmp_path: Path, pieces: tuple[Piece, ...]
) -> None:
    parcel = opened(tmp_path, zip_of(*pieces), "a.docx")
    assert parcel.signed_offices == tuple(file.path for file in parcel.files)
    assert parcel.unsupported == ()


def test_an_unsigned_document_is_not_named_as_signed(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of(*OOXML, Piece(b"word/document.xml")), "a.docx")
    assert parcel.signed_offices == ()


def test_a_document_stored_in_an_archive_does_not_make_it_one(tmp_path: Path) -> None:
    document = zip_of(*OOXML, Piece(b"word/document.xml"))
    parcel = opened(tmp_path, zip_of(Piece(b"a.docx", document, method=0), Piece(b"b.exe")))
    assert [file.name for file in members(parcel)] == ["a.docx", "b.exe"]


@pytest.mark.parametrize("pieces", [OOXML, (ODF,), (Piece(b"word/document.xml"),)])
def test_an_archive_with_a_few_parts_of_a_document_is_an_archive(
    tmp_path: Path, pieces: tuple[Piece, ...]
) -> None:
    parcel = opened(tmp_path, zip_of(*pieces))
    assert len(members(parcel)) == len(pieces)


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (Piece(b"word/../../evil"), Reason.TRAVERSAL),
        (Piece(b"word/a.xml", size=1 << 31), Reason.BOMB),
        (Piece(b"word/a.xml", offset=0, local_name=b"[Content_Types].xml"), Reason.MALFORMED),
    ],
)
def test_a_hostile_document_is_refused(tmp_path: Path, hostile: Piece, reason: Reason) -> None:
    parcel = opened(tmp_path, zip_of(*OOXML, Piece(b"word/document.xml"), hostile))
    assert refused(parcel) == [("1", reason.value)]


@pytest.mark.parametrize("method", [0, 8])
def test_an_encrypted_odf_is_a_lock(tmp_path: Path, method: int) -> None:
    manifest = Piece(b"META-INF/manifest.xml", b"<manifest:encryption-data/>", method=method)
    parcel = opened(tmp_path, zip_of(ODF, manifest))
    (lock,) = parcel.locks
    assert (lock.form, lock.opened, lock.why) == (LockForm.OFFICE, False, LockWhy.UNSUPPORTED)
    assert refused(parcel) == []
