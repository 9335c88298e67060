"""A ZIP is opened entry by entry, and every attack on its reader is refused by name."""

import bz2
import hashlib
import lzma
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from tests.unit.parcel.archives import PDF, Piece, deflated, members, opened, refused, zip_of

MIB = 1024 * 1024


def test_each_entry_is_listed_beneath_its_archive_with_its_octets(tmp_path: Path) -> None:
    octets = zip_of(Piece(b"so/van-ban.pdf", PDF), Piece(b"b.txt", b"xin chao", method=0))
    first, second = members(opened(tmp_path, octets))
    assert (first.path, first.name, first.name_sent) == ("1.1", "van-ban.pdf", "so/van-ban.pdf")
    assert (first.type, first.sha256) == ("application/pdf", hashlib.sha256(PDF).hexdigest())
    assert (second.path, second.size) == ("1.2", 8)


@pytest.mark.parametrize(("method", "pack"), [(0, bytes), (8, deflated), (12, bz2.compress)])
def test_each_usual_method_is_decompressed(tmp_path: Path, method: int, pack: object) -> None:
    assert callable(pack)
    content = b"Kinh gui " * 1000
    octets = zip_of(Piece(data=content, method=method, packed=pack(content)))
    (file,) = members(opened(tmp_path, octets))
    assert (file.refused, file.sha256) == (None, hashlib.sha256(content).hexdigest())


def test_lzma_and_xz_are_decompressed(tmp_path: Path) -> None:
    content = b"Kinh gui " * 1000
    alone = lzma.compress(content, lzma.FORMAT_ALONE)
    packed = b"\x09\x14\x05\x00" + alone[:5] + alone[13:]
    pieces = (
        Piece(data=content, method=14, packed=packed),
        Piece(b"b", content, method=95, packed=lzma.compress(content)),
    )
    files = members(opened(tmp_path, zip_of(*pieces)))
    assert [file.refused for file in files] == [None, None]


@pytest.mark.parametrize(
    "name",
    [
        b"../../evil.txt",
        b"/etc/passwd",
        b"\\\\server\\share\\a.txt",
        b"C:\\Windows\\evil.exe",
        b"c:evil.exe",
        b"..\\evil.txt",
        b"a/../../evil.txt",
        b"%2e%2e%2fevil.txt",
        "．．／evil.txt".encode(),
        b"\x00../evil.txt",
    ],
)
def test_a_name_that_climbs_is_refused_and_its_neighbour_opened(
    tmp_path: Path, name: bytes
) -> None:
    parcel = opened(tmp_path, zip_of(Piece(name), Piece(b"b.txt")))
    assert refused(parcel) == [("1.1", "traversal")]
    assert not set("/\\:") & set(members(parcel)[0].name)


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(stat.S_IFLNK, "link"), (stat.S_IFCHR, "device"), (stat.S_IFIFO, "device")],
)
def test_links_and_devices_are_refused(tmp_path: Path, mode: int, reason: str) -> None:
    octets = zip_of(Piece(b"up", b"..", mode=mode | 0o777), Piece(b"b.txt"))
    assert refused(opened(tmp_path, octets)) == [("1.1", reason)]


@pytest.mark.parametrize(
    "piece",
    [
        Piece(local_name=b"b.exe"),
        Piece(local={"size": 4}),
        Piece(local={"packed": 4}),
        Piece(local={"method": 0}),
        Piece(local={"crc": 1}),
        Piece(local={"flags": 1}),
        Piece(size=3),
        Piece(size=300),
        Piece(crc=7),
        Piece(packed_size=2_000_000_000),
        Piece(offset=5),
        Piece(extra=b"\x01\x00\xff\x00"),
        Piece(local_extra=b"\x01\x00\xff\x00"),
        Piece(packed=deflated(b"Kinh gui") + b"hidden"),
        Piece(method=0, packed=b"Kinh gui va hon nua"),
        Piece(packed=b"\xff\xff\xff"),
        Piece(disk=3),
    ],
)
def test_an_entry_that_lies_is_malformed(tmp_path: Path, piece: Piece) -> None:
    parcel = opened(tmp_path, zip_of(piece, Piece(b"b.txt")))
    assert refused(parcel) == [("1.1", "malformed")]


def test_a_method_that_is_not_kept_is_unsupported(tmp_path: Path) -> None:
    octets = zip_of(Piece(method=97, packed=b"x" * 20), Piece(b"b.txt"))
    assert refused(opened(tmp_path, octets)) == [("1.1", "unsupported")]


def test_sizes_that_follow_the_data_are_believed_once_they_agree(tmp_path: Path) -> None:
    later = {"crc": 0, "packed": 0, "size": 0}
    octets = zip_of(Piece(flags=8, local=later, behind=b"PK\x07\x08" + bytes(12)))
    assert refused(opened(tmp_path, octets)) == []


def test_a_bomb_that_tells_its_size_is_not_unpacked(tmp_path: Path) -> None:
    packed = deflated(bytes(60 * MIB))
    octets = zip_of(Piece(data=b"", packed=packed, size=60 * MIB, crc=0), Piece(b"b.txt"))
    assert refused(opened(tmp_path, octets)) == [("1.1", "bomb")]


def test_a_bomb_that_hides_its_size_is_stopped_where_it_exceeds_it(tmp_path: Path) -> None:
    packed = deflated(bytes(60 * MIB))
    octets = zip_of(Piece(data=b"", packed=packed, size=1000, crc=0), Piece(b"b.txt"))
    assert refused(opened(tmp_path, octets)) == [("1.1", "malformed")]


def test_a_harmless_file_may_shrink_four_hundred_to_one(tmp_path: Path) -> None:
    content = bytes(400_000)
    octets = zip_of(Piece(data=content))
    assert len(content) > 400 * (len(octets) - 120)
    assert refused(opened(tmp_path, octets)) == []


def test_many_members_that_grow_together_are_a_bomb(tmp_path: Path) -> None:
    limits = Limits(bomb_growth=2 * MIB)
    pieces = [Piece(f"{n}.txt".encode(), bytes(MIB)) for n in range(4)]
    found = refused(opened(tmp_path, zip_of(*pieces), limits=limits))
    assert found == [("1.3", "bomb"), ("1.4", "bomb")]


def test_members_that_share_their_octets_are_a_bomb(tmp_path: Path) -> None:
    octets = zip_of(Piece(b"a"), Piece(b"a", offset=0), Piece(b"b.txt"))
    assert refused(opened(tmp_path, octets)) == [("1.1", "bomb"), ("1.2", "bomb")]


def test_a_header_quoted_inside_another_entry_is_a_bomb(tmp_path: Path) -> None:
    # The flat bomb of D. Fifield: an outer entry whose stored data hold the next entry's header.
    data = bytes(500)
    packed = deflated(data)
    inner = zip_of(Piece(b"in", data))[: 30 + 2 + len(packed)]
    outer = Piece(b"out", inner, method=0)
    quoted = Piece(b"in", data, offset=30 + 3, local={}, packed=packed)
    octets = zip_of(outer, quoted)
    assert refused(opened(tmp_path, octets)) == [("1.1", "bomb"), ("1.2", "bomb")]


def test_archives_in_archives_end_at_the_limit(tmp_path: Path) -> None:
    octets = zip_of(Piece(b"last.txt"))
    for _ in range(6):
        octets = zip_of(Piece(b"next.zip", octets))
    parcel = opened(tmp_path, octets)
    assert refused(parcel) == [("1.1.1.1.1.1", "too-deep")]


def test_archives_of_archives_share_one_count_of_members(tmp_path: Path) -> None:
    page = zip_of(*(Piece(f"{n}".encode()) for n in range(9)))
    book = zip_of(*(Piece(f"{n}.zip".encode(), page) for n in range(9)))
    parcel = opened(tmp_path, book, limits=Limits(members=30))
    assert len(members(parcel)) <= 30
    assert ("1", "too-many") in refused(parcel)


def test_too_many_entries_are_refused_before_any_is_listed(tmp_path: Path) -> None:
    octets = zip_of(*(Piece(f"{n}".encode()) for n in range(31)))
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, octets, limits=Limits(members=30))
    assert refusal.value.reason is Reason.TOO_MANY


def test_what_stands_around_an_archive_is_remarked_on(tmp_path: Path) -> None:
    octets = zip_of(Piece(b"b.txt"), before=b"\x01\x02junk") + b"behind"
    parcel = opened(tmp_path, octets)
    assert [file.name for file in members(parcel)] == ["b.txt"]
    assert parcel.files[0].type == "application/zip"
    words = " ".join(what for _, what in parcel.remarks)
    assert "đứng trước" in words
    assert "đứng sau" in words


def test_octets_hidden_between_entries_are_remarked_on(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of(Piece(behind=b"secret" * 10), Piece(b"b.txt")))
    assert [what for _, what in parcel.remarks] == ["có dữ liệu ẩn giữa các tệp"]


def test_two_entries_of_one_name_are_both_listed_and_remarked_on(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of(Piece(b"a.pdf", PDF), Piece(b"A.pdf", b"other")))
    assert len(members(parcel)) == 2
    assert [what for _, what in parcel.remarks] == ["có nhiều tệp cùng tên"]


def test_a_backslash_in_a_name_is_kept_apart_and_remarked_on(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of(Piece(b"so\\a.pdf", PDF)))
    assert members(parcel)[0].name == "so_a.pdf"
    assert parcel.remarks


def test_folders_are_not_files(tmp_path: Path) -> None:
    folder = Piece(b"so/", b"", method=0, mode=stat.S_IFDIR | 0o755)
    parcel = opened(tmp_path, zip_of(folder, Piece(b"so/a.txt")))
    assert [file.name_sent for file in members(parcel)] == ["so/a.txt"]


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of())
    assert [file.path for file in parcel.files] == ["1"]


def test_one_volume_of_several_is_unsupported(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, zip_of(Piece(), end={"disk": 1, "first": 0}))
    assert refusal.value.reason is Reason.UNSUPPORTED


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(data=st.data())
def test_no_mutated_archive_raises_anything_but_a_refusal(
    tmp_path: Path, data: st.DataObject
) -> None:
    pieces = [Piece(b"a.pdf", PDF), Piece(b"b.zip", zip_of(Piece())), Piece(b"c", method=0)]
    octets = bytearray(zip_of(*pieces))
    for _ in range(data.draw(st.integers(1, 6))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    try:
        parcel = opened(tmp_path, bytes(octets))
    except RefusedError:
        return
    for file in members(parcel):
        assert file.refused or file.stored or not file.size
