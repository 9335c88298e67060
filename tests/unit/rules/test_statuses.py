"""A document moves through its statuses lawfully, whoever asks and in whatever order."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge import wiring
from mailbridge.rules.statuses import Catalogue, Setter, Status, Step, faults, present, step

SHIPPED = wiring.regulation(None).statuses
TOLD = frozenset(("04", "05", "06"))
CODES = st.sampled_from([*(row.code for row in SHIPPED.rows), "07", "14", "99", ""])


def asked(at: str, to: str, *, has_reason: bool = False) -> Step:
    return step(SHIPPED, at, to, Setter.OFFICE, has_reason=has_reason)


@pytest.mark.parametrize(
    ("at", "to"), [("03", "04"), ("03", "05"), ("04", "05"), ("04", "06"), ("05", "06")]
)
def test_a_person_leads_a_document_from_entry_to_its_end(at: str, to: str) -> None:
    assert asked(at, to) is Step.MOVES


@pytest.mark.parametrize(
    ("at", "to"),
    [
        ("01", "04"),
        ("03", "06"),
        ("05", "04"),
        ("06", "05"),
        ("02", "05"),
        ("15", "06"),
        ("", "04"),
    ],
)
def test_no_step_is_skipped_or_taken_back(at: str, to: str) -> None:
    assert asked(at, to) is Step.UNLAWFUL


@pytest.mark.parametrize("to", ["01", "02", "03", "13", "15", "16", "xoa"])
def test_what_comes_with_a_number_a_ground_or_a_proof_is_set_by_its_own_action(to: str) -> None:
    assert asked("03", to, has_reason=True) is Step.NOT_YOURS


@pytest.mark.parametrize("at", ["01", "03", "04", "05"])
def test_a_document_may_be_returned_after_its_entry_with_a_ground(at: str) -> None:
    assert step(SHIPPED, at, "02", Setter.SYSTEM) is Step.NEEDS_REASON
    assert step(SHIPPED, at, "02", Setter.SYSTEM, has_reason=True) is Step.MOVES


@pytest.mark.parametrize("at", ["06", "15", "xoa"])
def test_what_is_done_or_gone_is_not_returned(at: str) -> None:
    assert step(SHIPPED, at, "02", Setter.SYSTEM, has_reason=True) is Step.UNLAWFUL


def test_a_status_is_named_by_code_or_by_word() -> None:
    assert SHIPPED.find("Hoan-Thanh") is SHIPPED.find(" 06 ")
    assert asked("04", "05") is asked("04", "dang-xu-ly")
    assert asked("03", "lam-gi-do") is Step.UNKNOWN


def test_a_code_that_nobody_defined_is_shown_as_it_came() -> None:
    assert SHIPPED.label("07") == "Trạng thái khác (07)"
    assert SHIPPED.label("04") == "Đã chuyển xử lý"
    assert not SHIPPED.ends("07")


@given(st.lists(CODES, max_size=12))
def test_no_history_brings_a_recalled_document_back(history: list[str]) -> None:
    assert present(SHIPPED, ["03", "15", *history]) in {"15", "xoa"}


@given(st.lists(CODES, max_size=12))
def test_what_was_returned_is_never_done(history: list[str]) -> None:
    assert present(SHIPPED, ["03", "02", *history]) in {"02", "15", "xoa"}


@given(st.lists(CODES, max_size=12))
def test_a_document_stands_where_its_last_lawful_step_led(history: list[str]) -> None:
    at = ""
    for code in history:
        row = next((one for one in SHIPPED.rows if one.code == code), None)
        if row and step(SHIPPED, at, code, row.setter, has_reason=True) is Step.MOVES:
            at = code
    assert present(SHIPPED, history) == at


@given(st.lists(CODES, max_size=12))
def test_done_is_never_reached_without_an_entry(history: list[str]) -> None:
    if present(SHIPPED, history) == "06":
        assert "03" in history[: history.index("06")]


@given(CODES, CODES)
def test_the_same_status_twice_is_no_step(at: str, to: str) -> None:
    found = SHIPPED.find(to)
    if found is not None:
        assert step(SHIPPED, found.code, to, found.setter, has_reason=True) is Step.SAME
    assert asked(at, at) is not Step.MOVES


def test_an_office_adds_a_status_of_its_own() -> None:
    paused = Status("07", "tam-dung", "Tạm dừng", Setter.OFFICE, after=("05",), reason=True)
    mine = Catalogue((*SHIPPED.rows, paused))
    assert step(mine, "05", "tam-dung", Setter.OFFICE) is Step.NEEDS_REASON
    assert step(mine, "05", "07", Setter.OFFICE, has_reason=True) is Step.MOVES
    assert faults(mine.rows, TOLD) == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"code": "05", "told": True, "name": "khac"}, "05: ghi hai lần"),
        ({"code": "07", "name": "tiep-nhan"}, "tiep-nhan: ghi hai lần"),
        ({"code": "07", "name": "khac", "told": True}, "không có mẫu thư"),
        ({"code": "07", "name": "khac", "after": ("88",)}, "mã 88"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_told(change: dict[str, Any], named: str) -> None:
    row = replace(replace(SHIPPED.rows[4], told=False), **change)
    assert named in "; ".join(faults((*SHIPPED.rows, row), TOLD))


def test_nobody_may_hand_out_the_status_of_an_entry() -> None:
    rows = tuple(replace(row, setter=Setter.OFFICE) for row in SHIPPED.rows)
    assert any(one.startswith("03: setter") for one in faults(rows, TOLD))
    assert "thiếu mã 03" in faults(rows[:2], TOLD)


def test_people_are_offered_what_they_may_set() -> None:
    assert [row.code for row in SHIPPED.settable()] == ["04", "05", "06"]
