"""What is stamped on a page afterwards."""

from pathlib import Path

from mailbridge.model.reading import FieldName
from mailbridge.reading import pdf_text
from tests.papers.papers import Known, paper
from tests.unit.reading.test_read import reading


def stamped() -> Known:
    made = (paper("build", index) for index in range(200))
    return next(
        known for known in made if "stamped number" in known.draft.odd and known.draft.number
    )


def test_a_number_that_is_stamped_later_is_read(tmp_path: Path) -> None:
    known = stamped()
    found = reading(tmp_path, known.pdf)
    assert found.value(FieldName.SYMBOL) == known.truth[FieldName.SYMBOL]
    (tmp_path / "a.pdf").write_bytes(known.pdf)
    with pdf_text.opened(tmp_path / "a.pdf") as document:
        assert document
        page = document.page(0)
        assert page
        assert page.marks == (known.draft.number,)
