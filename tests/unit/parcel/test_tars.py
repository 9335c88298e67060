"""A TAR of any kind is opened; links, devices and damaged headers are not."""

import bz2
import gzip
import lzma
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from tests.unit.parcel.archives import PDF, members, opened, refused, tar_of

LONG = "so/" + "d" * 200 + "/van ban đến.pdf"


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_each_format_is_opened(tmp_path: Path, form: int) -> None:
    parcel = opened(tmp_path, tar_of(("so/a.pdf", PDF), ("b.txt", b"xin chao"), form=form))
    assert [(file.path, file.name) for file in members(parcel)] == [
        ("1.1", "a.pdf"),
        ("1.2", "b.txt"),
    ]
    assert refused(parcel) == []


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_long_name_is_read(tmp_path: Path, form: int) -> None:
    (file,) = members(opened(tmp_path, tar_of((LONG, PDF), form=form)))
    assert file.name_sent == LONG


def test_a_tar_from_before_it_had_a_mark_is_known_by_its_checksum(tmp_path: Path) -> None:
    octets = bytearray(tar_of(("a.pdf", PDF), form=tarfile.USTAR_FORMAT))
    octets[257:265] = bytes(8)
    octets[148:156] = b" " * 8
    octets[148:156] = b"%06o\0 " % sum(octets[:512])
    parcel = opened(tmp_path, bytes(octets))
    assert parcel.files[0].type == "application/x-tar"
    assert [file.type for file in members(parcel)] == ["application/pdf"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_tar_is_opened_through(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    parcel = opened(tmp_path, pack(tar_of(("a.pdf", PDF))), "a.tgz")
    assert [(file.path, file.name) for file in members(parcel)] == [
        ("1.1", "a.tar"),
        ("1.1.1", "a.pdf"),
    ]


@pytest.mark.parametrize("name", ["../evil", "/etc/cron.d/evil", "C:\\evil", "a/../../evil"])
def test_a_name_that_climbs_is_refused(tmp_path: Path, name: str) -> None:
    octets = tar_of((name, b"evil"), ("b.txt", b"good"))
    assert refused(opened(tmp_path, octets)) == [("1.1", "traversal")]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "link"),
        (tarfile.CHRTYPE, "device"),
        (tarfile.BLKTYPE, "device"),
        (tarfile.FIFOTYPE, "device"),
    ],
)
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes, reason: str) -> None:
    assert refused(opened(tmp_path, tar_of(("up", b""), kind=kind))) == [("1.1", reason)]


def test_a_member_that_is_cut_is_malformed_and_so_is_its_archive(tmp_path: Path) -> None:
    octets = tar_of(("a.txt", b"x" * 5000))[:2000]
    assert refused(opened(tmp_path, octets)) == [("1", "malformed"), ("1.1", "malformed")]


def test_a_damaged_second_header_is_not_taken_for_the_end(tmp_path: Path) -> None:
    octets = bytearray(tar_of(("a.txt", b"good"), ("b.txt", b"lost")))
    octets[1024] ^= 1
    parcel = opened(tmp_path, bytes(octets))
    assert [file.name for file in members(parcel)] == ["a.txt"]
    assert refused(parcel) == [("1", "malformed")]


def test_what_follows_the_end_is_remarked_on(tmp_path: Path) -> None:
    parcel = opened(tmp_path, tar_of(("a.txt", b"good")) + b"behind" * 100)
    assert parcel.remarks


def test_an_extended_header_of_digits_does_not_stop_the_machine(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "made", "w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a")
        info.pax_headers = {"comment": "7" * 100_000}
        archive.addfile(info)
    octets = (tmp_path / "made").read_bytes()
    (tmp_path / "made").unlink()
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, octets)
    assert refusal.value.reason is Reason.MALFORMED


def test_too_many_members_end_the_listing(tmp_path: Path) -> None:
    octets = tar_of(*((f"{n}", b"x") for n in range(9)))
    parcel = opened(tmp_path, octets, limits=Limits(members=5))
    assert len(members(parcel)) == 5
    assert refused(parcel) == [("1", "too-many")]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None
)
@given(data=st.data())
def test_no_mutated_tar_raises_anything_but_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]))
    octets = bytearray(tar_of((LONG, PDF), ("b.txt", b"x"), form=form))
    for _ in range(data.draw(st.integers(1, 6))):
        octets[data.draw(st.integers(0, 4000))] = data.draw(st.integers(0, 255))
    try:
        opened(tmp_path, bytes(octets))
    except RefusedError:
        return
