"""What is missing between two that came is told, and nothing else."""

import pytest

from mailbridge.rules.gaps import gaps


def _missing(*symbols: str, day: str = "2026-11-20") -> list[str]:
    return [gap.symbol for gap in gaps(("A", symbol, day) for symbol in symbols)]


@pytest.mark.parametrize(
    ("came", "missing"),
    [
        (("124-CV/TU", "126-CV/TU"), ["125-CV/TU"]),
        (("124/QĐ-UBND", "126/QĐ-UBND"), ["125/QĐ-UBND"]),
        (("124-CV/TU", "125-CV/TU"), []),
        (("124-CV/TU", "126-QĐ/TU"), []),
        (("1-CV/TU", "90-CV/TU"), []),
        (("126-CV/TU", "124-cv/tu"), ["125-CV/TU"]),
        (("không số", "", "124-CV/TU"), []),
    ],
)
def test_a_gap_is_between_numbers_of_one_series(came: tuple[str, ...], missing: list[str]) -> None:
    assert _missing(*came) == missing


def test_years_and_agencies_are_counted_apart() -> None:
    came = [("A", "1-CV/TU", "2025-12-30"), ("A", "3-CV/TU", "2026-01-05")]
    came += [("B", "1-CV/TU", "2026-01-05")]
    assert gaps(came) == ()


def test_what_was_not_read_is_no_gap() -> None:
    assert gaps([("A", None, "2026-01-01"), ("", "1-CV/TU", None), ("A", "1-CV/TU", None)]) == ()
