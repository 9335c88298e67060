"""The table of a digest that shows which numbers of a sender did not come."""

from collections.abc import Iterator

from mailbridge.letters.words import brief, day
from mailbridge.model.digested import Material, Missing
from mailbridge.model.letter import Section

_COLUMNS = (
    "Cơ quan gửi",
    "Sổ (ký hiệu, năm)",
    "Số còn thiếu",
    "Căn cứ",
    "Từ lúc",
    "Mã việc",
)


def section(material: Material) -> Iterator[Section]:
    """Write it where the office watches for gaps: a gap is no proof, so that no row is marked."""
    if material.missing is None:
        return
    yield Section(
        title="Số văn bản còn thiếu",
        columns=_COLUMNS,
        rows=tuple(map(_row, material.missing)),
        command="mailbridge task list",
    )


def count(material: Material) -> int:
    """Count the numbers that are missing."""
    return sum(len(one.numbers) for one in material.missing or ())


def shown_tasks(material: Material) -> frozenset[int]:
    """Give the tasks that this table tells of: no other need."""
    return frozenset(task for one in material.missing or () for task in one.tasks)


def _row(one: Missing) -> tuple[str, ...]:
    return (
        one.agency,
        f"{one.notation}, {one.year}",
        f"{one.low}, {one.high}: chưa thấy {', '.join(map(str, one.numbers))}",
        _shown(one),
        brief(one.since),
        ", ".join(map(str, one.tasks)),
    )


def _shown(one: Missing) -> str:
    document = one.shown_by
    if document is None:
        return ""
    number = f"số đến {document.number}" if document.number else "chưa vào sổ"
    return f"{document.key.symbol or ''} ({number}, nhận {day(document.received_at)})"
