"""The tables of a digest below the first: what came, what waits, what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from mailbridge.letters import digest_gaps, digest_sent, digest_standing
from mailbridge.letters.digest_sent import reason_words
from mailbridge.letters.due import papers
from mailbridge.letters.words import VERDICTS, brief
from mailbridge.model.digested import Material
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import LetterState, Section
from mailbridge.model.reading import FieldName, Urgency

# A table that is longer is not read in a mail; its command shows the rest.
ROWS = 40
_GONE = {DocumentState.WITHHELD, DocumentState.DESTROYED}
_RECALLED = {"13": "yêu cầu thu hồi", "15": "đã hủy bỏ", "16": "không thực hiện được"}


def sections(material: Material) -> tuple[Section, ...]:
    """Write all tables in their order; the empty ones are told in one line together."""
    every = [
        digest_sent.section(material),
        _came(material),
        _urgent(material),
        _overdue(material),
        _held(material),
        _tasks(material),
        _strays(material),
        _returned(material),
        _recalled(material),
        _papers(material),
        *digest_gaps.section(material),
        _letters(material),
        _quarantined(material),
        *digest_standing.sections(material),
    ]
    first, rest = every[0], every[1:]
    empty = "; ".join(one.title[:1].lower() + one.title[1:] for one in rest if not one.rows)
    filled = tuple(map(cut, (first, *(one for one in rest if one.rows))))
    if not empty:
        return filled
    return (*filled, Section(title="Không phát sinh", columns=("",), none=f"{empty}."))


def cut(section: Section) -> Section:
    """Leave out what nobody would read, and say how much it was."""
    more = max(0, len(section.rows) - ROWS)
    alarms = tuple(at for at in section.alarms if at < ROWS)
    return replace(
        section,
        rows=section.rows[:ROWS],
        alarms=alarms,
        codes=section.codes[:ROWS],
        more=section.more + more,
    )


def _codes(found: Sequence[Document], material: Material) -> tuple[str, ...]:
    """Give the code of each row, where any has one."""
    codes = tuple(material.codes.get(one.id, "") for one in found)
    return codes if any(codes) else ()


def _came(material: Material) -> Section:
    return Section(
        title="Văn bản đến đã vào sổ",
        columns=("Số đến", "Cơ quan gửi", "Số, ký hiệu", "Trích yếu", "Giá trị", "Chuyển tới"),
        rows=tuple(
            (*_named(one), VERDICTS[one.verdict], one.handler or one.unit) for one in material.came
        ),
        command="mailbridge register list",
        codes=_codes(material.came, material),
    )


def _urgent(material: Material) -> Section:
    found = _documents(
        "Văn bản khẩn chưa có người xác nhận",
        material.urgent,
        "Mức độ khẩn",
        lambda one: one.urgency.value,
        "mailbridge register list",
    )
    return replace(found, codes=_codes(material.urgent, material))


def _overdue(material: Material) -> Section:
    found = _documents(
        "Văn bản đến quá hạn xử lý",
        material.overdue,
        "Thời hạn, người xử lý",
        lambda one: ", ".join(filter(None, (brief(one.deadline), one.handler or one.unit))),
        "mailbridge tasks --overdue",
    )
    return replace(found, codes=_codes(material.overdue, material))


def _returned(material: Material) -> Section:
    return _documents(
        "Văn bản đến đã trả lại",
        material.refused,
        "Nơi gửi",
        lambda one: one.sender,
        "mailbridge ledger",
        alarms=False,
    )


def _documents(
    title: str,
    found: Sequence[Document],
    last: str,
    said: Callable[[Document], str],
    command: str,
    *,
    alarms: bool = True,
) -> Section:
    return Section(
        title=title,
        columns=("Số đến", "Cơ quan gửi", "Số, ký hiệu", "Trích yếu", last),
        rows=tuple((*_named(one), said(one)) for one in found),
        command=command,
        alarms=tuple(range(len(found))) if alarms else (),
    )


def _named(one: Document) -> tuple[str, str, str, str]:
    mark = "" if one.urgency is Urgency.NORMAL else f" [{one.urgency.value}]"
    number = f"{one.number}{mark}" if one.number else mark.strip()
    summary = one.reading.value(FieldName.SUMMARY) or one.subject
    if one.state in _GONE:
        # Điều 10.2: what is called back is not told of again.
        summary = "(đã thu hồi)"
    return number, one.agency_name or one.sender, one.key.symbol or "", summary


def _held(material: Material) -> Section:
    limit = material.at - timedelta(hours=24)
    return Section(
        title="Thư chờ văn thư xử lý",
        columns=("Sổ thư", "Người gửi", "Đến lúc", "Vì sao chưa vào sổ"),
        rows=tuple(
            (
                str(row.id),
                row.sender,
                brief(row.first_seen),
                row.detail or reason_words(row.reason),
            )
            for row in material.held
        ),
        command="mailbridge held",
        alarms=tuple(at for at, row in enumerate(material.held) if row.first_seen < limit),
    )


def _tasks(material: Material) -> Section:
    told = digest_gaps.shown_tasks(material)
    tasks = tuple(one for one in material.tasks if one.id not in told)
    return Section(
        title="Việc chờ người xử lý",
        columns=("Mã", "Nội dung", "Thời hạn", "Từ lúc"),
        rows=tuple((str(one.id), one.words, brief(one.due), brief(one.opened_at)) for one in tasks),
        command="mailbridge task list",
        alarms=tuple(at for at, one in enumerate(tasks) if one.due and one.due < material.at),
    )


def _strays(material: Material) -> Section:
    return Section(
        title="Phản hồi không được ghi nhận, mâu thuẫn hoặc giả mạo",
        columns=("Mã", "Sổ thư", "Lý do", "Lúc"),
        rows=tuple(
            (str(one.id), str(one.ledger), one.why, brief(one.at)) for one in material.strays
        ),
        command="mailbridge exchange strays",
    )


def _recalled(material: Material) -> Section:
    return Section(
        title="Văn bản đến bị thu hồi",
        columns=("Số đến", "Cơ quan gửi", "Số, ký hiệu", "Trích yếu", "Trạng thái"),
        rows=tuple(
            (*_named(document), f"{_RECALLED.get(change.code, change.code)}, {brief(change.at)}")
            for change, document in material.recalled
        ),
        command="mailbridge recall pending",
        alarms=tuple(at for at, (change, _) in enumerate(material.recalled) if change.code == "13"),
    )


def _papers(material: Material) -> Section:
    return Section(
        title="Bản giấy đến hạn",
        columns=("Nội dung",),
        rows=tuple((line,) for line in papers(material.papers)),
        command="mailbridge paper list",
    )


def _letters(material: Material) -> Section:
    said = {LetterState.FAILED: "không gửi được", LetterState.UNCERTAIN: "chưa rõ đã gửi"}
    return Section(
        title="Thư của cơ quan ta chưa đi được",
        columns=("Nơi nhận", "Trạng thái", "Lý do", "Từ lúc"),
        rows=tuple(
            (one.to, said.get(one.state, one.state.value), one.last_error, brief(one.owed_at))
            for one in material.letters
        ),
        command="mailbridge outbox",
        alarms=tuple(range(len(material.letters))),
    )


def _quarantined(material: Material) -> Section:
    return Section(
        title="Thư không kiểm tra được, đã cách ly",
        columns=("Sổ thư", "Hộp thư", "Đến lúc"),
        rows=tuple(
            (str(row.id), row.mailbox, brief(row.first_seen)) for row in material.quarantined
        ),
        command="mailbridge quarantine",
    )
