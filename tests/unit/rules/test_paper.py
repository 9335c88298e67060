"""Paper in parallel: the kinds of Điều 8 as shipped, and Điều 5.2 for the rest."""

import pytest

from mailbridge import wiring
from mailbridge.model.evidence import Verdict
from mailbridge.rules.paper import UNSIGNED, Paper, PaperRule, paper
from tests.unit.rules.read import reading

SHIPPED = wiring.regulation(None).paper


def code(**values: str) -> str:
    return paper(reading(**values), Verdict.LEGAL, SHIPPED).code


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"summary": "về công tác nhân sự đại hội"}, "8.1-TCBM"),
        ({"summary": "về việc giải quyết khiếu nại của công dân"}, "8.1-KTGS"),
        ({"summary": "về việc cấp kinh phí năm 2026"}, "8.1-CDCS"),
        ({"symbol": "5-NQ/TU", "type": "Nghị quyết"}, "8.2-TU"),
        ({"symbol": "9-TB/VPTU", "type": "Thông báo", "summary": "kết luận của Bí thư"}, "8.2-TU"),
        (
            {
                "symbol": "4-TTr/BTCTU",
                "type": "Tờ trình",
                "addressees": "Ban Thường vụ Tỉnh ủy",
            },
            "8.2-CQĐ",
        ),
        (
            {
                "symbol": "4-BC/ĐU",
                "type": "Báo cáo",
                "summary": "kết quả thực hiện nghị quyết số 18",
            },
            "8.2-HU",
        ),
        (
            {
                "symbol": "4-CV/BTCTU",
                "type": "Quy chế",
                "summary": "dự thảo quy chế",
                "addressees": "Thường trực Tỉnh ủy",
            },
            "8.2-CQĐ",
        ),
        ({"symbol": "4-ĐA/ĐU", "type": "Đề án", "summary": "về chuyển đổi số"}, "8.2-HU"),
        ({"summary": "về việc mời họp"}, ""),
        ({"symbol": "5-NQ/ĐU", "type": "Nghị quyết"}, ""),
        ({"symbol": "4-TTr/BTCTU", "type": "Tờ trình"}, ""),
    ],
)
def test_the_kinds_of_the_regulation_are_known(values: dict[str, str], expected: str) -> None:
    assert code(**values) == expected


def test_words_are_whole_words_whatever_their_accents() -> None:
    assert code(summary="VE CONG TAC NHAN SU") == "8.1-TCBM"
    assert code(summary="về nhân sự kiện văn hóa") == "8.1-TCBM"
    assert code(summary="về tài chínhX") == ""


def test_beside_a_signed_document_there_is_no_paper() -> None:
    assert paper(reading(), Verdict.LEGAL, ()) == Paper(expected=False)


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.LEGAL])
def test_an_unsigned_document_still_owes_its_paper(verdict: Verdict) -> None:
    assert paper(reading(), verdict, ()) is UNSIGNED


def test_every_row_that_is_shipped_says_its_ground() -> None:
    assert len(SHIPPED) >= 10
    assert all(row.ground and row.code.startswith("8.") for row in SHIPPED)


def test_a_row_without_conditions_fits_everything() -> None:
    assert paper(reading(symbol=""), Verdict.LEGAL, (PaperRule("8.1-X", "x"),)).expected
