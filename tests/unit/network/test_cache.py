"""What is kept is found again, and no flood of names fills memory or disk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbridge.model.examination import Got, Want, WantKind
from mailbridge.network import cache
from mailbridge.network.cache import Cache, Kept

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def kept(name: str = "http://b.vn/a.crl", value: str = "AAAA", until: datetime = LATER) -> Kept:
    return Kept(Got(Want(WantKind.CRL, name), (value,)), until)


def test_a_list_outlives_the_program(tmp_path: Path) -> None:
    Cache(tmp_path / "network").keep(kept(), on_disk=True)
    assert Cache(tmp_path / "network").find(kept().got.want) == kept()


def test_what_is_not_for_the_disk_does_not_lie_there(tmp_path: Path) -> None:
    Cache(tmp_path).keep(kept())
    assert list(tmp_path.iterdir()) == []


def test_another_request_to_the_same_server_has_another_answer(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    store.keep(Kept(Got(Want(WantKind.OCSP, "http://b.vn/", "AA=="), ("x",)), LATER), on_disk=True)
    assert store.find(Want(WantKind.OCSP, "http://b.vn/", "AQ==")) is None


def test_a_damaged_file_is_no_answer(tmp_path: Path) -> None:
    Cache(tmp_path).keep(kept(), on_disk=True)
    (file,) = tmp_path.iterdir()
    for octets in (b"", b"{", file.read_bytes().replace(b"b.vn", b"c.vn")):
        file.write_bytes(octets)
        assert Cache(tmp_path).find(kept().got.want) is None


def test_a_folder_that_cannot_be_written_costs_no_mail(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Cache(tmp_path / "file")
    store.keep(kept(), on_disk=True)
    assert store.find(kept().got.want) == kept()


def test_a_flood_of_names_fills_neither_memory_nor_disk(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    for number in range(cache._FILES + 2):
        store.keep(kept(f"http://b.vn/{number}"), on_disk=True)
    assert len(store._recent) == cache._ENTRIES
    assert len(list(tmp_path.iterdir())) <= cache._FILES


def test_large_answers_push_older_ones_out_of_memory() -> None:
    store = Cache()
    for number in range(3):
        store.keep(kept(str(number), "x" * (cache._MEMORY // 2)))
    assert len(store._recent) == 2


def test_what_is_fresh_small_and_answered_is_passed_on_latest_first() -> None:
    store = Cache()
    store.keep(kept("old", until=NOW))
    store.keep(kept("large", "x" * 100))
    store.keep(Kept(Got(Want(WantKind.TXT, "failed"), failed=True), LATER))
    store.keep(kept("first"))
    store.keep(kept("second"))
    assert [got.want.name for got in store.fresh(NOW, 50)] == ["second", "first"]
