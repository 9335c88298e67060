"""A compressed file holds one file, named after it."""

import bz2
import gzip
import io
import lzma
from pathlib import Path

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.parcel.compressed import inner_name
from tests.unit.parcel.archives import PDF, members, opened, refused

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("pack", "name"),
    [(gzip.compress, "a.pdf.gz"), (bz2.compress, "a.pdf.bz2"), (lzma.compress, "a.pdf.xz")],
)
def test_the_file_inside_is_listed(tmp_path: Path, pack: object, name: str) -> None:
    assert callable(pack)
    (file,) = members(opened(tmp_path, pack(PDF), name))
    assert (file.name, file.type, file.size) == ("a.pdf", "application/pdf", len(PDF))


def test_the_name_inside_a_gzip_is_used_and_is_not_believed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with gzip.GzipFile("van-ban.pdf", "wb", fileobj=out) as packer:
        packer.write(PDF)
    assert members(opened(tmp_path, out.getvalue(), "x.gz"))[0].name == "van-ban.pdf"
    hostile = out.getvalue().replace(b"van-ban.pdf", b"../../a.pdf")
    assert refused(opened(tmp_path, hostile, "x.gz")) == [("1.1", "traversal")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_streams_that_follow_each_other_are_one_file(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (file,) = members(opened(tmp_path, pack(b"xin ") + pack(b"chao"), "a.txt"))
    assert file.size == 8


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_is_stopped(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    found = opened(tmp_path, pack(bytes(3 * MIB)), limits=Limits(bomb_growth=2 * MIB))
    assert refused(found) == [("1.1", "bomb")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_stream_that_is_cut_is_malformed(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    assert refused(opened(tmp_path, pack(b"x" * 999)[:-9])) == [("1.1", "malformed")]


def test_what_follows_the_stream_is_remarked_on(tmp_path: Path) -> None:
    parcel = opened(tmp_path, gzip.compress(PDF) + b"behind")
    assert members(parcel)[0].refused is None
    assert parcel.remarks


def test_thousands_of_streams_are_too_many(tmp_path: Path) -> None:
    found = opened(tmp_path, gzip.compress(b"") * 1001)
    assert refused(found) == [("1.1", "too-many")]


def test_a_compressed_file_in_itself_ends_at_the_limit(tmp_path: Path) -> None:
    octets = PDF
    for _ in range(6):
        octets = gzip.compress(octets)
    assert refused(opened(tmp_path, octets))[0][1] == "too-deep"


def test_a_file_without_a_known_ending_is_named_apart() -> None:
    assert [inner_name(name) for name in ("a.TGZ", "b.xz", "c")] == ["a.tar", "b", "c.out"]


def test_a_container_that_nobody_opens_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, b"MSCF\0\0\0\0" + bytes(40))
    assert refusal.value.reason is Reason.UNSUPPORTED
