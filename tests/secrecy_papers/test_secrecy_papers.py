"""No mark is missed, and no word that tempts is taken for one."""

from pathlib import Path

from tests.secrecy_papers.cases import found
from tests.secrecy_papers.marked import marked
from tests.secrecy_papers.unmarked import unmarked


def test_each_of_a_hundred_marked_mails_is_found_with_its_level(tmp_path: Path) -> None:
    cases = marked()
    assert len(cases) == 100
    assert [(c.what, mark) for c in cases if (mark := found(c, tmp_path)) != c.mark] == []


def test_none_of_five_hundred_mails_with_tempting_words_is_taken_for_marked(
    tmp_path: Path,
) -> None:
    cases = unmarked()
    assert len(cases) == 500
    assert [(c.what, mark) for c in cases if (mark := found(c, tmp_path))] == []
