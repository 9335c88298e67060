"""The drawer's side of the walls draws what it is asked."""

from pathlib import Path

from mailbridge.actions.in_drawer import draw_pages
from mailbridge.model.slip import DrawRequest
from tests.unit.provenance.samples import sealed


def test_pages_lie_in_the_scratch_folder(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(sealed())
    drawn = draw_pages(DrawRequest(str(tmp_path / "x.pdf"), str(tmp_path), 1))
    assert [(tmp_path / page.file).exists() for page in drawn.pages] == [True]
