"""A place knows its path, and what was opened on the way to it."""

from mailbridge.parcel.place import Place


def test_what_lies_in_a_container_is_never_the_whole() -> None:
    inside = Place("1.2", whole=True).inside(3)
    assert (inside.path, inside.whole, inside.on_file, inside.depth) == ("1.2.3", False, True, 1)


def test_the_first_place_is_counted_from_one() -> None:
    assert Place().inside(1).path == "1"


def test_locks_on_the_way_are_remembered_in_order() -> None:
    assert Place("1").behind(0).behind(2).unlocked_by == (0, 2)
