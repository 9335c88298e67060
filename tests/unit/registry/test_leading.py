"""One daemon has a mailbox; who dies or is cut off has none."""

import pytest

from mailbridge.model.errors import TryLaterError
from mailbridge.registry.leading import Leader, key_of
from tests.postgres import Cluster


def test_a_mailbox_has_one_daemon_and_others_are_free(cluster: Cluster) -> None:
    url = cluster.fresh()
    second = Leader(url, None, ["b", "a"])
    with Leader(url, None, ["a"]) as first:
        assert first.holds()
        with pytest.raises(TryLaterError, match="mailbox a"):
            second.__enter__()
        # It took all or none: what it had taken is free again.
        with Leader(url, None, ["b"]):
            pass
    with second:
        assert second.holds()
    assert not second.holds()


def test_who_is_cut_off_leads_no_more() -> None:
    cluster = Cluster()
    try:
        with Leader(cluster.fresh(), None, ["a"]) as leader:
            cluster.stop()
            assert not leader.holds()
    finally:
        cluster.end()


def test_a_server_that_is_away_is_tried_later_without_the_password() -> None:
    leader = Leader("postgresql+psycopg://u@/d?host=/nonexistent", "geheim", ["a"])
    with pytest.raises(TryLaterError, match="cannot be reached") as refusal:
        leader.__enter__()
    assert refusal.value.__cause__ is None


def test_keys_fit_a_bigint_and_differ() -> None:
    keys = {key_of(f"m{n}") for n in range(1000)}
    assert len(keys) == 1000
    assert all(0 <= key < 2**63 for key in keys)
