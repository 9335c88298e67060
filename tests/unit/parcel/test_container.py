"""A member is named, counted and bounded before it is looked into."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.parcel.container import Container, Member, foreign, mapped
from mailbridge.parcel.unpacking import Means, Place, Unpacking


def container(folder: Path, limits: Limits | None = None) -> Container:
    nothing = lambda *_: None  # noqa: E731
    work = Unpacking(Means(folder / "source", folder, limits or Limits()), (nothing, nothing))
    place = Place("1.2", on_file=True)
    return Container(work, work.add_file(place, "a.zip", [bytes(10)]), place)


def test_members_get_the_paths_below_their_container(tmp_path: Path) -> None:
    box = container(tmp_path)
    box.take(Member("a.txt"), lambda: [b"a"])
    box.refuse(Member("b.txt", 7), Reason.ENCRYPTED)
    files = box.work.files[1:]
    assert [(f.path, f.size, f.refused) for f in files] == [
        ("1.2.1", 1, None),
        ("1.2.2", 7, Reason.ENCRYPTED),
    ]


def test_what_came_out_of_a_lock_names_it(tmp_path: Path) -> None:
    box = container(tmp_path)
    box.take(Member("a.txt"), lambda: [b"a"], 3)
    assert box.work.files[1].unlocked_by == (3,)


@pytest.mark.parametrize("size", [1, 3])
def test_a_member_of_another_size_than_it_says_is_malformed(tmp_path: Path, size: int) -> None:
    box = container(tmp_path)
    box.take(Member("a.txt", size), lambda: [b"ab"])
    assert box.work.files[1].refused is Reason.MALFORMED


def test_what_was_refused_halfway_leaves_no_file_and_takes_no_room(tmp_path: Path) -> None:
    box = container(tmp_path, Limits(unpacked_size=1000, bomb_growth=100, bomb_ratio=2))
    before = sorted(tmp_path.iterdir())
    box.take(Member("a.txt", None, 1), lambda: [bytes(50)] * 9)
    assert box.work.files[1].refused is Reason.BOMB
    assert sorted(tmp_path.iterdir()) == before
    assert box.work.write([bytes(900)]).size == 900


def test_containers_leave_room_for_the_mail_itself(tmp_path: Path) -> None:
    box = container(tmp_path, Limits(unpacked_size=1000))
    box.take(Member("a.txt", None, 999), lambda: [bytes(800)])
    assert box.work.files[1].refused is Reason.BOMB
    assert box.work.write([bytes(900)]).size == 900


def test_a_member_that_says_it_is_too_large_is_not_begun(tmp_path: Path) -> None:
    box = container(tmp_path)
    box.take(Member("a", 1 << 40, 1 << 39), lambda: pytest.fail("begun"))
    assert box.work.files[1].refused is Reason.TOO_LARGE


def test_members_are_counted_over_all_containers(tmp_path: Path) -> None:
    box = container(tmp_path, Limits(members=1))
    box.take(Member("a"), list)
    other = Container(box.work, box.file, Place("1.3"))
    with pytest.raises(RefusedError) as refusal:
        other.take(Member("b"), list)
    assert refusal.value.reason is Reason.TOO_MANY


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (IndexError(), Reason.MALFORMED),
        (MemoryError(), Reason.TOO_LARGE),
        (RefusedError(Reason.LINK, ""), Reason.LINK),
    ],
)
def test_whatever_a_library_raises_is_a_refusal(raised: Exception, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refusal, foreign("a library"):
        raise raised
    assert refusal.value.reason is reason


def test_an_empty_file_is_no_container(tmp_path: Path) -> None:
    box = container(tmp_path)
    file = box.work.add_file(Place("3"), "empty", [])
    with pytest.raises(RefusedError), mapped(box.work, file):
        pass
