"""Everything that was opened is searched, and names of what was not."""

from pathlib import Path

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.parcel import Text
from mailbridge.reading.secrecy_search import find
from tests.secrecy_papers.cases import Attached, Case, found


def test_the_name_of_a_closed_file_is_searched(tmp_path: Path) -> None:
    assert found(Case("", attached=(Attached("MẬT_12.zip"),)), tmp_path) == "MẬT"


def test_any_word_of_an_edxml_header_is_searched() -> None:
    assert find("", edxml=EdxmlHeader("document", type="Công văn (Mật)")) == "MẬT"


def test_the_highest_of_all_places_is_told() -> None:
    assert find("[MẬT] a", (Text("1", "text/plain", "TUYỆT MẬT\nKính gửi"),)) == "TUYỆT MẬT"


def test_nothing_is_found_in_nothing() -> None:
    assert find("") is None
