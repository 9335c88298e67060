"""One daemon has a mailbox; who dies or is cut off has none."""

from pathlib import Path

import pytest

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry.leading import Leader, key_of
from tests.postgres import Cluster


def test_a_mailbox_has_one_daemon_and_others_are_free(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.fresh()
    second = Leader(url, None, ["b", "a"], tmp_path / "2")
    with Leader(url, None, ["a"], tmp_path / "1") as first:
        assert first.holds()
        with pytest.raises(TryLaterError, match="mailbox a"):
            second.__enter__()
        # It took all or none: what it had taken is free again.
        with Leader(url, None, ["b"], tmp_path / "2"):
            pass
    with second:
        assert second.holds()
    assert not second.holds()


def test_who_is_cut_off_leads_no_more(tmp_path: Path) -> None:
    cluster = Cluster()
    try:
        with Leader(cluster.fresh(), None, ["a"], tmp_path / "lock") as leader:
            cluster.stop()
            assert not leader.holds()
    finally:
        cluster.end()


def test_a_server_that_is_away_is_tried_later_without_the_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://u@/d?host=/nonexistent"
    leader = Leader(url, "geheim", ["a"], tmp_path / "lock")
    with pytest.raises(TryLaterError, match="cannot be reached") as refusal:
        leader.__enter__()
    assert refusal.value.__cause__ is None


def test_keys_fit_a_bigint_and_differ() -> None:
    keys = {key_of(f"m{n}") for n in range(1000)}
    assert len(keys) == 1000
    assert all(0 <= key < 2**63 for key in keys)


def test_one_daemon_has_the_octets_of_a_folder(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.fresh()
    second = Leader(url, None, ["b"], tmp_path / "lock")
    with Leader(url, None, ["a"], tmp_path / "lock"), pytest.raises(TryLaterError, match="process"):
        second.__enter__()
    with second:
        assert second.holds()
    # Who finds a mailbox taken gives the folder back.
    with Leader(url, None, ["a"], tmp_path / "other"):
        third = Leader(url, None, ["a"], tmp_path / "lock")
        with pytest.raises(TryLaterError, match="mailbox a"):
            third.__enter__()
    with second:
        assert second.holds()


def test_a_database_that_is_missing_is_no_server_that_is_away(
    cluster: Cluster, tmp_path: Path
) -> None:
    leader = Leader(cluster.url("khong_co"), "geheim", ["a"], tmp_path / "lock")
    with pytest.raises(RefusedError, match="no such database") as refusal:
        leader.__enter__()
    assert refusal.value.__cause__ is None
