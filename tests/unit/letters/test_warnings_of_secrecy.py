"""The warning repeats nothing, and no counterpart of ours would impound it."""

from pathlib import Path

from mailbridge.letters.compose import Sender, compose
from mailbridge.letters.warnings_of_secrecy import warning
from mailbridge.mime.parse import parse
from mailbridge.model.letter import Party
from mailbridge.model.limits import Limits
from mailbridge.reading.secrecy import mark_in_lines, mark_in_subject
from tests.unit.registry.conftest import NOW

BY = Party("DEMO.02.07", "Đảng ủy phường Ví Dụ", "vanthu@hungyen.gov.vn")
TO = Party("DEMO.01", "Văn phòng Tỉnh ủy", "vptu@hungyen.gov.vn")
WORDING = Path(__file__).parents[3] / "templates" / "letters" / "warning.txt"


def test_one_incident_owes_one_warning() -> None:
    first, second = (warning(number, BY, TO, "vanthu", b"x", NOW) for number in (1, 1))
    assert first.id == second.id != warning(2, BY, TO, "vanthu", b"x", NOW).id
    assert first.urgent


def test_it_refers_to_no_mail() -> None:
    sender = Sender(BY.address, "Văn thư", BY.agency, "hungyen.gov.vn", None)
    letter = warning(1, BY, TO, "vanthu", b"x", NOW)
    composed = compose((letter,), sender, Path)
    assert b"In-Reply-To" not in composed.octets
    assert b"References" not in composed.octets
    message = parse(composed.octets, Limits())
    assert message.subject == "Thông báo về một thư không được tiếp nhận (Điều 5.1)"
    assert mark_in_subject(message.subject) is None


def test_a_counterpart_takes_it_for_no_secret() -> None:
    assert mark_in_lines(WORDING.read_text(encoding="utf-8").splitlines()) is None
