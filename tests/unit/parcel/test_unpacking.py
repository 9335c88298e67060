"""What is unpacked lies in the scratch folder under names of ours, within limits."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.problem import Problem
from mailbridge.parcel.place import Means, Place, Raw
from mailbridge.parcel.unpacking import Unpacking


def unpacking(folder: Path, limits: Limits) -> Unpacking:
    nothing = lambda *_: None  # noqa: E731
    return Unpacking(Means(folder / "source", folder, limits), (nothing, nothing))


def test_all_files_together_stay_under_the_limit(tmp_path: Path) -> None:
    work = unpacking(tmp_path, Limits(unpacked_size=100))
    work.write([bytes(60)])
    with pytest.raises(RefusedError) as refusal:
        work.write([bytes(60)])
    assert refusal.value.reason is Reason.BOMB


def test_layers_within_one_another_are_counted(tmp_path: Path) -> None:
    def again(work: Unpacking, raw: Raw, place: Place) -> None:
        work.read_entity(raw, place)

    means = Means(tmp_path / "source", tmp_path, Limits(seal_layers=2))
    work = Unpacking(means, (lambda *_: None, again))
    with pytest.raises(RefusedError) as refusal:
        work.read_entity(work.raw(b"x"), Place())
    assert refusal.value.reason is Reason.TOO_DEEP


def test_layers_beside_one_another_are_not(tmp_path: Path) -> None:
    work = unpacking(tmp_path, Limits(seal_layers=1))
    for _ in range(3):
        work.read_entity(work.raw(b"x"), Place())
    assert work.layers == 0


def test_all_texts_together_stay_under_their_limit_and_it_is_said(tmp_path: Path) -> None:
    work = unpacking(tmp_path, Limits(text_size=10, texts_size=25))
    for _ in range(3):
        assert work.text_room == min(10, 25 - sum(len(text.text) for text in work.texts))
        work.add_text(Place(), "text/plain", "a" * 12)
    assert [len(text.text) for text in work.texts] == [10, 10, 5]
    assert Problem.TEXT_CUT in work.problems
