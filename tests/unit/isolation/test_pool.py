"""A child that is crashed, hung, swollen or curious costs its own mail and nothing else."""

import errno
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbridge.isolation.pool import BugError, ChildDiedError, Pool, PoolClosedError, Post
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.limits import Limits
from tests.unit.isolation.targets import Order, Result

LIMITS = Limits(child_wall=4, child_cpu=1, child_memory=512 * 1024 * 1024)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    folder = tmp_path / "examining"
    folder.mkdir()
    made = Pool(Post("tests.unit.isolation.targets:obey", (folder,), LIMITS), 1, folder)
    yield made
    made.close()


def ask(pool: Pool, deed: str, argument: str = "") -> str:
    with pool.lease() as child:
        return child.call(Order(deed, argument), Result).words[0]


def test_an_answer_comes_back_typed(pool: Pool) -> None:
    assert ask(pool, "echo", "Thượng khẩn") == "Thượng khẩn"


def test_a_refusal_keeps_its_reason_and_the_child(pool: Pool) -> None:
    with pool.lease() as child:
        with pytest.raises(RefusedError) as refusal:
            child.call(Order("refuse", "10 GB"), Result)
        assert child.call(Order("echo", "still here"), Result).words == ("still here",)
    assert (refusal.value.reason, refusal.value.detail) == (Reason.BOMB, "10 GB")


def test_what_a_refused_mail_left_is_cleared_before_the_next(pool: Pool) -> None:
    def leave() -> None:
        with pool.lease() as child:
            (child.scratch / "f1").write_bytes(b"left")
            child.call(Order("refuse", "10 GB"), Result)

    with pytest.raises(RefusedError):
        leave()
    with pool.lease() as child:
        assert list(child.scratch.iterdir()) == []


def test_a_bug_comes_back_with_its_traceback(pool: Pool) -> None:
    with pytest.raises(BugError, match="invalid literal for int"):
        ask(pool, "bug", "x")
    assert ask(pool, "echo", "next") == "next"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_no_fault_of_the_mail(pool: Pool, number: int) -> None:
    with pytest.raises(TryLaterError, match="scratch folder"):
        ask(pool, "full", str(number))
    assert ask(pool, "echo", "next") == "next"


def test_another_failure_of_a_file_is_a_bug(pool: Pool) -> None:
    with pytest.raises(BugError):
        ask(pool, "full", str(errno.EIO))


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("crash", Reason.CRASHED),
        ("swell", Reason.CRASHED),
        ("burn", Reason.CRASHED),
        ("hang", Reason.TIMEOUT),
    ],
)
def test_a_child_that_dies_costs_one_request_and_is_replaced(
    pool: Pool, deed: str, reason: Reason
) -> None:
    with pytest.raises(ChildDiedError) as death:
        ask(pool, deed)
    assert death.value.reason is reason
    assert ask(pool, "echo", "neighbour") == "neighbour"


def test_endless_recursion_is_refused_as_too_deep(pool: Pool) -> None:
    with pytest.raises(RefusedError) as refusal:
        ask(pool, "nest")
    assert refusal.value.reason is Reason.TOO_DEEP


def test_a_child_writes_nowhere_but_in_its_scratch_folder(pool: Pool, tmp_path: Path) -> None:
    assert ask(pool, "write", str(tmp_path / "outside")) == "PermissionError"
    with pool.lease() as child:
        inside = child.scratch / "inside"
        assert child.call(Order("write", str(inside)), Result).words == ("written",)
    assert not inside.exists(), "the scratch folder is emptied after each mail"
    assert not (tmp_path / "outside").exists()


def test_a_child_reads_no_file_that_it_was_not_given(pool: Pool, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("secret")
    assert ask(pool, "read", str(tmp_path / "key.pem")) == "PermissionError"


def test_a_child_reaches_no_network(pool: Pool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert ask(pool, "connect", str(server.getsockname()[1])) != "connected"


def test_a_child_does_not_see_the_environment(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILBRIDGE_TEST_SECRET", "s3cret")
    assert ask(pool, "secret") == "nothing"


def test_walls_are_named(pool: Pool) -> None:
    assert set(pool.warm()) <= {"network", "files"}


def test_closing_abandons_the_examination_at_work(pool: Pool) -> None:
    deaths: list[Exception] = []

    def work() -> None:
        try:
            ask(pool, "hang")
        except PoolClosedError as closed:
            deaths.append(closed)

    thread = threading.Thread(target=work)
    thread.start()
    while not pool._leased:
        pass
    pool.close()
    thread.join(timeout=3)
    assert not thread.is_alive()
    assert len(deaths) == 1
