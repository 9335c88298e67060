"""What is unpacked lies in the scratch folder under names of ours, within limits."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.parcel.unpacking import Means, Unpacking


def unpacking(folder: Path, limits: Limits) -> Unpacking:
    nothing = lambda *_: None  # noqa: E731
    return Unpacking(Means(folder / "source", folder, limits), (nothing, nothing))


def test_all_files_together_stay_under_the_limit(tmp_path: Path) -> None:
    work = unpacking(tmp_path, Limits(unpacked_size=100))
    work.write([bytes(60)])
    with pytest.raises(RefusedError) as refusal:
        work.write([bytes(60)])
    assert refusal.value.reason is Reason.BOMB


def test_layers_of_seals_are_counted(tmp_path: Path) -> None:
    work = unpacking(tmp_path, Limits(seal_layers=2))
    work.deepen()
    work.deepen()
    with pytest.raises(RefusedError) as refusal:
        work.deepen()
    assert refusal.value.reason is Reason.TOO_DEEP
