"""Invented papers are the same for the same index, and a scan of one is a picture."""

import pypdfium2
import pytest

from mailbridge.model.reading import FieldName
from tests.papers.drafts import draft
from tests.papers.papers import paper
from tests.papers.scanning import scanned


@pytest.mark.parametrize("which", ["build", "held-out"])
def test_the_same_index_makes_the_same_paper(which: str) -> None:
    for index in range(3):
        one, other = paper(which, index), paper(which, index)
        assert one.pdf == other.pdf
        assert one.truth == other.truth


def test_the_two_sets_share_no_words_but_the_language() -> None:
    def said(which: str) -> set[str]:
        made = [draft(which, index)[0] for index in range(200)]
        names = {block.name for one in made for block in one.blocks}
        return names | {one.summary.lower() for one in made} | {one.agency.superior for one in made}

    assert said("build") & said("held-out") == {""}


def test_a_scan_is_pictures_alone_and_the_same_for_the_same_seed() -> None:
    known = next(
        made
        for made in (paper("build", index, for_scanner=True) for index in range(40))
        if made.truth[FieldName.PAGES] == "1"
    )
    one = scanned(known.pdf, 7, level=0.5)
    assert one == scanned(known.pdf, 7, level=0.5)
    document = pypdfium2.PdfDocument(one)
    try:
        assert len(document) == int(known.truth[FieldName.PAGES])
        assert document[0].get_textpage().count_chars() == 0
    finally:
        document.close()
