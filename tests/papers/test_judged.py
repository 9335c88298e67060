"""Papers that were not looked at while the reading was built are read as they should be."""

import pytest

from mailbridge.model.reading import FieldName
from tests.papers.judging import JUDGED, Tally, judge

PAPERS = 80
# Of so few papers, one is almost a hundredth.
RIGHT, MAY_BE_BOLD = 0.97, 1


@pytest.fixture(scope="module")
def tally() -> Tally:
    return judge("held-out", range(PAPERS))


@pytest.mark.parametrize("name", JUDGED)
def test_almost_all_papers_give_the_right_value(name: FieldName, tally: Tally) -> None:
    wrong = [failure for failure in tally.failures if failure[1] is name]
    assert tally.share(name) >= RIGHT, wrong


def test_wrong_values_are_not_given_with_confidence(tally: Tally) -> None:
    assert tally.bold.total() <= MAY_BE_BOLD, tally.failures
