"""Number and notation as they are written in the wild."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.reading.rows import tidy
from mailbridge.reading.symbols import cited_in, symbol_in


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số 337-QĐ/TW", "337-QĐ/TW"),
        ("Số: 09-QC/TW", "09-QC/TW"),
        ("Số 15 - NQ/TU", "15-NQ/TU"),
        ("Số 12-BC/BTGTU", "12-BC/BTGTU"),
        ("Số 14514-CV/VPTW", "14514-CV/VPTW"),
        ("Số 01-CTr/ĐU", "01-CTr/ĐU"),
        ("Số 03-HD/BTGDVTU", "03-HD/BTGDVTU"),
        ("Số 152–BC/ĐU", "152-BC/ĐU"),
        ("Số\u00a0152-BC/ĐU", "152-BC/ĐU"),
        (unicodedata.normalize("NFD", "Số 152-BC/ĐU"), "152-BC/ĐU"),
        ("Số: 12/QĐ-UBND", "12/QĐ-UBND"),
        ("Số : 12 / QĐ - UBND", "12/QĐ-UBND"),
        ("SỐ: 12/QĐ-UBND", "12/QĐ-UBND"),
        ("Số: 15/BNV-VP", "15/BNV-VP"),
        ("Số: 15/SXD-QLĐT&HTĐT", "15/SXD-QLĐT&HTĐT"),
        ("Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("Số: 24/KH-BTGTU", "24/KH-BTGTU"),
        ("Số 12a-CV/VPTU", "12a-CV/VPTU"),
        ("Số 01-KHPH/BTG-MTTQ", "01-KHPH/BTG-MTTQ"),
        ("Căn cứ Quy định số 217-QĐ/TW, ngày 02/01/2020", None),
        ("theo Quyết định số 5/QĐ-UBND", None),
        ("Số lượng: 5", None),
        ("Số liệu 5/NQ", None),
        ("Số: 12/2026", None),
        ("Số 5-Kế hoạch/tháng", None),
    ],
)
def test_number_and_notation_are_read(line: str, symbol: str | None) -> None:
    found = symbol_in(tidy(line))
    assert (found.text if found else None) == symbol


def test_a_blank_number_leaves_the_notation() -> None:
    found = symbol_in("Số -CV/VPTU")
    assert found is not None
    assert (found.number, found.notation, found.text) == (None, "CV/VPTU", None)


@pytest.mark.parametrize(("line", "sure"), [("Số 1 2 3-CV/TU", True), ("Số 12 3-CV/TU", False)])
def test_digits_that_stand_apart_are_one_number(line: str, sure: bool) -> None:
    found = symbol_in(line)
    assert found is not None
    assert (found.number, found.sure) == ("123", sure)


def test_symbols_are_found_in_running_text() -> None:
    text = "Fwd: Công văn số 123-CV/VPTU ngày 5/1 và Quyết định số 12/QĐ-UBND"
    assert {found.text for found in cited_in(text)} == {"123-CV/VPTU", "12/QĐ-UBND"}


_CODES = st.sampled_from(["CV", "QĐ", "CTr", "TTr", "KH", "BC"])
_ORGANS = st.text(alphabet="ABĐUVTK", min_size=2, max_size=8)


@given(st.integers(1, 999_999), _CODES, _ORGANS, st.sampled_from(["Số ", "Số: ", "Số:"]))
def test_what_the_party_prints_is_found_again(
    number: int, code: str, organ: str, lead: str
) -> None:
    found = symbol_in(f"{lead}{number}-{code}/{organ}")
    assert found is not None
    assert found.text == f"{number}-{code}/{organ}"


@given(st.integers(1, 999_999), _CODES, _ORGANS, st.sampled_from(["Số: ", "Số:", "Số : "]))
def test_what_the_state_prints_is_found_again(
    number: int, code: str, organ: str, lead: str
) -> None:
    found = symbol_in(f"{lead}{number}/{code}-{organ}")
    assert found is not None
    assert found.text == f"{number}/{code}-{organ}"


@given(st.text(alphabet="Số 12-/CVĐ–.&a…", max_size=300))
def test_no_line_is_slow_or_fails(line: str) -> None:
    symbol_in(tidy(f"Số {line}"))
    cited_in(line)
