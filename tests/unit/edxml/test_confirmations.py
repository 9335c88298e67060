"""Answers of the operations system, in either form."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.edxml import confirmations, status
from mailbridge.model.errors import RefusedError
from mailbridge.model.handover import Confirmation, HandoverState
from mailbridge.model.letter import Stage
from tests.unit.edxml.test_status import FACTS


def _table(folder: Path, text: str) -> tuple[Confirmation, ...]:
    path = folder / confirmations.TABLE
    path.write_text(text, encoding="utf-8")
    return confirmations.read(path)


def test_a_status_message_gives_the_number(tmp_path: Path) -> None:
    path = tmp_path / "1.edxml"
    path.write_bytes(status.write(FACTS))
    (one,) = confirmations.read(path)
    assert (one.document_id, one.state) == (FACTS.document_key, HandoverState.CONFIRMED)
    assert one.number == "215/2026"


def test_a_refusal_keeps_its_words(tmp_path: Path) -> None:
    path = tmp_path / "1.edxml"
    path.write_bytes(status.write(replace(FACTS, stage=Stage.REFUSED, words="trùng")))
    (one,) = confirmations.read(path)
    assert one.state is HandoverState.RETURNED
    assert "trùng" in one.words


def test_that_it_arrived_confirms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "1.edxml"
    path.write_bytes(status.write(replace(FACTS, stage=Stage.ARRIVED)))
    assert confirmations.read(path) == ()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("comma", [",", ";"])
def test_a_table_as_spreadsheets_write_it(tmp_path: Path, mark: str, comma: str) -> None:
    head = comma.join(("document_id", "number", "date"))
    text = f'{mark}{head}\n"A,2026/11/20,1"{comma}77{comma}2026-11-25\n'
    assert _table(tmp_path, text) == (
        Confirmation("A,2026/11/20,1", HandoverState.CONFIRMED, "77", date(2026, 11, 25)),
    )


def test_a_refused_line_needs_no_number(tmp_path: Path) -> None:
    (one,) = _table(tmp_path, "document_id,number,refused\nA,,sai nơi nhận\n")
    assert (one.state, one.words) == (HandoverState.RETURNED, "sai nơi nhận")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("id,so\nA,1\n", "confirmations.csv: 1"),
        ("", "confirmations.csv: 1"),
        ("document_id,number\nA,1\n,2\n", "confirmations.csv: 3"),
        ("document_id,number\nA,\n", "confirmations.csv: 2"),
        ("document_id,number,date\nA,1,31/02/2026\n", "confirmations.csv: 2"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        _table(tmp_path, text)
    assert refusal.value.detail == where


def test_our_own_packets_beside_answers_are_no_answers(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    assert confirmations.read(tmp_path / "manifest.json") == ()


@given(text=st.text(max_size=300))
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("t")
    with suppress(RefusedError):
        assert all(one.document_id for one in _table(folder, "document_id,number\n" + text))


def test_a_field_beyond_all_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        _table(tmp_path, "document_id,number\n" + "A" * 200_000 + ",1\n")
