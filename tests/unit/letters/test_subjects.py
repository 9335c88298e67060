from dataclasses import replace

import pytest

from mailbridge.letters.subjects import subject
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, Stage
from mailbridge.model.reading import Urgency
from tests.unit.letters.sample import DOCUMENT, owed, passed_on, saying

UNREAD = replace(saying("Công văn hỏa tốc"), key=replace(DOCUMENT.key, symbol=None))


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        (owed(Stage.ARRIVED), "Đã đến: văn bản 125-CV/TU"),
        (owed(Stage.ARRIVED, document=UNREAD), "Đã đến: thư “Công văn hỏa tốc”"),
        (
            owed(Stage.REFUSED, reason=Reason.MALFORMED),
            "Trả lại (từ chối nhận) văn bản 125-CV/TU",
        ),
        (owed(Stage.ASSIGNED), "Đã chuyển xử lý văn bản 125-CV/TU, số đến 431/2026"),
        (owed(Stage.PROCESSING), "Đang xử lý văn bản 125-CV/TU, số đến 431/2026"),
        (owed(Stage.DONE), "Đã hoàn thành xử lý văn bản 125-CV/TU, số đến 431/2026"),
    ],
)
def test_subject_tells_what_became_of_which_document(letter: Letter, told: str) -> None:
    assert subject((letter,)) == told


def test_most_urgent_of_a_batch_marks_the_mail() -> None:
    urgent = passed_on(replace(DOCUMENT, id=8, urgency=Urgency.VERY_URGENT))
    assert subject((passed_on(), urgent)) == "[THƯỢNG KHẨN] Chuyển 2 văn bản đến để xử lý"


def test_long_summary_is_cut() -> None:
    assert len(subject((passed_on(saying("", "dài " * 500)),))) < 140
