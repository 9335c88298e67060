"""Each table shows what waits; the whole office is for who reads all of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.letters.digest_sections import ROWS, cut, sections
from mailbridge.model.digested import Material
from mailbridge.model.document import DocumentState
from mailbridge.model.letter import Section
from mailbridge.model.sending import Stray, StrayKind, Task, TaskKind
from mailbridge.model.status import StatusChange
from tests.unit.letters.sample import DOCUMENT, NOW


def _by_title(material: Material) -> dict[str, Section]:
    return {one.title: one for one in sections(material)}


def test_an_empty_day_says_the_empty_tables_in_one_line() -> None:
    first, last = sections(Material(NOW, NOW))
    assert first.none
    assert last.title == "Không phát sinh"
    assert "thư chờ văn thư xử lý" in last.none


def test_what_came_is_told_with_number_and_value() -> None:
    (row,) = _by_title(Material(NOW, NOW, came=(DOCUMENT,)))["Văn bản đến đã vào sổ"].rows
    assert DOCUMENT.agency_name in row
    assert DOCUMENT.key.symbol in row


def test_what_a_sender_asked_back_is_an_alarm_until_it_is_done() -> None:
    changes = tuple((StatusChange(7, code, NOW, "An"), DOCUMENT) for code in ("13", "15"))
    found = _by_title(Material(NOW, NOW, recalled=changes))["Văn bản đến bị thu hồi"]
    assert found.alarms == (0,)
    assert "đã hủy bỏ" in found.rows[1][-1]


def test_a_task_past_its_time_is_an_alarm() -> None:
    task = Task(1, "H28.02", TaskKind.GAP, "thiếu số 125", NOW, due=NOW)
    late = Material(NOW + timedelta(hours=1), NOW, tasks=(task,))
    assert _by_title(late)["Việc chờ người xử lý"].alarms == (0,)
    assert _by_title(Material(NOW, NOW, tasks=(task,)))["Việc chờ người xử lý"].alarms == ()


def test_a_stray_is_told_with_its_reason() -> None:
    stray = Stray(4, "H28.02", 9, StrayKind.FORGED, "chữ ký của cơ quan khác", NOW)
    found = _by_title(Material(NOW, NOW, strays=(stray,)))
    assert found["Phản hồi không được ghi nhận, mâu thuẫn hoặc giả mạo"].rows[0][2] == stray.why


def test_what_is_cut_is_counted_and_marks_no_row_that_is_not_there() -> None:
    rows = tuple((str(at),) for at in range(ROWS + 3))
    short = cut(Section("x", ("a",), rows, alarms=(0, ROWS + 1)))
    assert (len(short.rows), short.more, short.alarms) == (ROWS, 3, (0,))


@pytest.mark.parametrize("state", [DocumentState.WITHHELD, DocumentState.DESTROYED])
def test_of_what_was_called_back_the_summary_is_not_told(state: DocumentState) -> None:
    """Điều 10.2."""
    gone = replace(DOCUMENT, state=state)
    change = StatusChange(7, "13", NOW, "An")
    material = Material(NOW, NOW, came=(gone,), recalled=((change, gone),))
    told = [cell for one in sections(material) for row in one.rows for cell in row]
    assert not any("báo cáo công tác" in cell for cell in told)
