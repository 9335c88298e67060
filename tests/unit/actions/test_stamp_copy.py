"""The stamped copy is drawn behind the walls, and the signed file stays as it is."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.actions.stamp_copy import stamp_copy
from mailbridge.isolation.pool import Pool, Post
from mailbridge.model.errors import RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.slip import Slip
from mailbridge.model.slot import Fingerprint
from mailbridge.registry.blobs import Blobs
from tests.unit.prints.slip_samples import slip
from tests.unit.provenance.samples import sealed


@pytest.fixture
def drawer(tmp_path: Path) -> Iterator[Pool]:
    folder = tmp_path / "scratch"
    folder.mkdir()
    post = Post("mailbridge.actions.in_drawer:draw_pages", (tmp_path / "blobs",), Limits())
    pool = Pool(post, 1, folder)
    yield pool
    pool.close()


def _slip(blobs: Blobs, octets: bytes, type_: str = "application/pdf") -> Slip:
    with blobs.writer() as blob:
        blob.write(octets)
        sha256 = Fingerprint(blob.commit())
    made = slip()
    file = replace(made.document.files[0], sha256=sha256, type=type_)
    return replace(made, document=replace(made.document, files=(file,)))


def test_the_copy_names_the_digest_of_a_file_that_did_not_change(
    drawer: Pool, tmp_path: Path
) -> None:
    blobs = Blobs(tmp_path / "blobs")
    made = _slip(blobs, sealed())
    assert stamp_copy(drawer, blobs, made, 1).startswith(b"%PDF")
    sha256 = made.document.files[0].sha256
    assert hashlib.sha256(blobs.path(sha256).read_bytes()).hexdigest() == sha256


def test_what_is_no_pdf_is_refused(drawer: Pool, tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    with pytest.raises(RefusedError):
        stamp_copy(drawer, blobs, _slip(blobs, b"%PDF-1.7 none"), 1)
    with pytest.raises(RefusedError, match="không phải PDF"):
        stamp_copy(drawer, blobs, _slip(blobs, b"x", "text/plain"), 1)
