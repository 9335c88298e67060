"""What is missing between two that came is told, and nothing else."""

import pytest

from mailbridge.rules.gaps import Came, gaps, names, together


def _missing(*symbols: str, day: str = "2026-11-20") -> list[str]:
    return [gap.symbol for gap in gaps(("A", symbol, day, 1) for symbol in symbols)]


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
    came = [("A", "1-CV/TU", "2025-12-30", 1), ("A", "3-CV/TU", "2026-01-05", 2)]
    came += [("B", "1-CV/TU", "2026-01-05", 3)]
    assert gaps(came) == ()


def test_what_was_not_read_is_no_gap() -> None:
    came: list[Came] = [("A", None, "2026-01-01", 1), ("", "1-CV/TU", None, 2)]
    assert gaps([*came, ("A", "1-CV/TU", None, 3)]) == ()


def test_a_gap_names_what_stands_on_both_sides_and_what_showed_it() -> None:
    came: list[Came] = [("A", "124-CV/TU", "2026-11-20", 7), ("A", "127-CV/TU", "2026-11-21", 9)]
    found = gaps(came)
    assert [(one.number, one.low, one.high, one.shown_by) for one in found] == [
        (125, 124, 127, 9),
        (126, 124, 127, 9),
    ]


def test_what_came_is_named_as_the_gap_that_it_fills() -> None:
    (gap,) = gaps([("A", "1-CV/TU", "2026-01-05", 1), ("A", "3-cv/tu", "2026-01-05", 2)])
    assert gap.name in names([("A", "2-cv/TU", "2026-01-06", 3)])
    assert gap.name not in names([("A", "2-cv/TU", "2025-01-06", 3), ("B", "2-CV/TU", "2026", 4)])


def test_what_is_missing_between_the_same_numbers_is_told_together() -> None:
    came = [1, 4, 6, 8]
    every: list[Came] = [("A", f"{one}-CV/TU", "2026-01-05", one) for one in came]
    every += [("A", f"{one}-CV/TU", "2025-01-05", one) for one in (1, 4)]
    found = [tuple(one.number for one in each) for each in together(gaps(every))]
    assert found == [(2, 3), (2, 3), (5,), (7,)]
