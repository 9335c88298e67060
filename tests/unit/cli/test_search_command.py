"""Search at the command line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.cli.conftest import Run


@pytest.mark.parametrize("typed", [["123-CV/VPTU"], ["1"], ["1/2026"], ["123", "cv", "vptu"]])
def test_what_was_received_is_found_by_number_and_symbol(
    ask: Callable[..., Any], typed: list[str]
) -> None:
    exact = [hit for hit in ask("search", *typed)["hits"] if hit["exact"]]
    assert exact[-1]["document"]["number"] == {
        "book": "den",
        "year": 2026,
        "ordinal": 1,
        "series": "",
    }


def test_the_text_of_the_paper_and_the_signer_are_found(ask: Callable[..., Any]) -> None:
    found = ask("search", "dang cong san viet nam")["hits"]
    assert {hit["matches"][0]["part"] for hit in found} <= {"text", "field"}
    assert len(found) == 2


def test_pages_follow_each_other(ask: Callable[..., Any]) -> None:
    first = ask("search", "--limit", "1")
    second = ask("search", "--limit", "1", "--after", first["after"])
    ids = [page["hits"][0]["document"]["id"] for page in (first, second)]
    assert ids == sorted(ids, reverse=True)
    assert second["after"] is None


def test_filters_are_taken(ask: Callable[..., Any]) -> None:
    asked = ("--verdict", "legal", "--from", "2026-01-01", "--until", "2026-12-31", "--first", "1")
    assert len(ask("search", *asked)["hits"]) == 1
    assert ask("search", "--urgent", "--agency", "KHÔNG")["hits"] == []


def test_a_table_says_where_it_was_found(run: Run) -> None:
    shown = run("search", "van ban").stdout
    assert "Kết quả tìm kiếm" in shown
    assert run("search", "khongcogiketqua").exit_code == 0


def test_what_is_no_cursor_is_a_fault_of_usage(run: Run) -> None:
    assert run("search", "x", "--after", "khong").exit_code == 2


def test_the_index_can_be_made_anew(run: Run, ask: Callable[..., Any]) -> None:
    before = ask("search", "cong van")
    assert run("search", "--rebuild").exit_code == 0
    assert ask("search", "cong van") == before
