"""Which numbers did not come is a table of its own, and no row of it is an alarm."""

from dataclasses import replace

from mailbridge.letters.digest_gaps import count, section, shown_tasks
from mailbridge.letters.digest_sections import sections
from mailbridge.letters.digests import facts
from mailbridge.model.digested import Material, Missing
from mailbridge.model.sending import Task, TaskKind
from tests.unit.letters.sample import DOCUMENT, NOW

GAP = Missing("Tỉnh ủy Ví Dụ", "CV/TU", 2026, 124, 127, (125, 126), (4, 5), NOW, DOCUMENT)
TASKS = tuple(Task(at, "H28.02", TaskKind.GAP, f"thiếu số {at}", NOW) for at in (4, 5, 6))
TOLD = Material(NOW, NOW, tasks=TASKS, missing=(GAP,))


def test_a_row_says_between_what_a_number_is_missing_and_what_showed_it() -> None:
    (made,) = section(TOLD)
    (row,) = made.rows
    assert row[:3] == ("Tỉnh ủy Ví Dụ", "CV/TU, 2026", "124, 127: chưa thấy 125, 126")
    assert "số đến 431/2026" in row[3]
    assert row[5] == "4, 5"
    assert made.alarms == ()


def test_nobody_is_told_of_gaps_where_nobody_watches_for_them() -> None:
    titles = [one.title for one in sections(Material(NOW, NOW))]
    assert "Số văn bản còn thiếu" not in titles
    (last,) = [one for one in sections(Material(NOW, NOW)) if one.title == "Không phát sinh"]
    assert "còn thiếu" not in last.none
    (calm,) = [
        one for one in sections(Material(NOW, NOW, missing=())) if one.title == "Không phát sinh"
    ]
    assert "số văn bản còn thiếu" in calm.none


def test_a_task_that_the_table_tells_of_is_not_told_twice() -> None:
    tables = {one.title: one for one in sections(TOLD)}
    assert [row[0] for row in tables["Việc chờ người xử lý"].rows] == ["6"]
    assert shown_tasks(TOLD) == {4, 5}


def test_the_subject_counts_numbers_and_not_rows() -> None:
    assert count(TOLD) == 2
    made = facts(TOLD, "Huyện ủy Mẫu", "morning", sheet=False)
    assert "2 số văn bản còn thiếu" in made.headline


def test_what_showed_a_gap_is_named_as_a_document_of_the_digest() -> None:
    assert facts(TOLD, "x", "morning", sheet=False).documents == (DOCUMENT.id,)
    unknown = replace(TOLD, missing=(replace(GAP, shown_by=None),))
    assert facts(unknown, "x", "morning", sheet=False).documents == ()
