"""What hinders a document from leaving: every check before anything is written (Điều 4 to 8).

Blocks stand: a mark of secrecy, a broken signature, a number that the text contradicts, a
recipient who does not exist. Warnings can be overruled by a named person with a reason, which
stays on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mailbridge.clock import in_vietnam
from mailbridge.model.codes import Code
from mailbridge.model.directory import Agency
from mailbridge.model.evidence import Level, Verdict
from mailbridge.model.examination import Examination
from mailbridge.model.incident import Incident
from mailbridge.model.reading import FieldName, Reading
from mailbridge.model.sending import Draft, Hindrance, Weigh
from mailbridge.rules import channel, form
from mailbridge.rules.recipients import Recipients
from mailbridge.rules.regulation import Regulation
from mailbridge.rules.sending import send_by
from mailbridge.rules.wording import folded

# What the text of the document says is believed against a person from here on.
_SURE = 0.8
# The code of the one hindrance whose draft leaves no trace.
MARKED = "secrecy-mark"
# base64 in lines of 76 letters, beside cover, header and signature.
_GROWS = 1.38
_BESIDE = 64 * 1024
# Remarks about the form of a document that its own office should see before others do.
_REMARKS = {
    Code.FORM_KIND_DIFFERS: "Ký hiệu không khớp với thể loại in trên văn bản",
    Code.FORM_AUTHORITY: "Thẩm quyền ban hành cần xem lại",
    Code.FORM_DATE_AHEAD: "Ngày ban hành ở sau hôm nay",
    Code.FORM_ISSUER_DIFFERS: "Cơ quan ban hành in trên văn bản khác cơ quan gửi",
    Code.FORM_UNREAD: "Không đọc được trên văn bản",
}


@dataclass(frozen=True, slots=True)
class Standards:
    """Against what a draft is held."""

    own: Agency
    regulation: Regulation
    incidents: tuple[Incident, ...]
    # Largest mail that a recipient's server takes, octets.
    mail_size: int
    now: datetime


def hindrances(
    draft: Draft, found: Examination, to: Recipients, standards: Standards
) -> tuple[Hindrance, ...]:
    """List what stands in the way, the gravest first; nothing of a marked document is repeated."""
    if found.reading.secrecy is not None:
        return (
            _block(
                MARKED,
                "Văn bản có dấu hiệu mật: không được gửi qua kênh này (Điều 5.1). Dùng sản phẩm "
                "của cơ yếu hoặc văn bản giấy.",
            ),
        )
    every = (
        *_files(draft, found),
        *_signatures(found),
        *_key(draft, found.reading),
        *to.hindrances,
        *_channels(draft, to, standards),
        *_size(draft, standards.mail_size),
        *_form(draft, found, standards),
        *_time(draft, found, standards),
    )
    return tuple(sorted(every, key=lambda one: one.weigh is not Weigh.BLOCK))


def ground(draft: Draft, to: Recipients, standards: Standards) -> str:
    """Say why mail is used, for each ground once (Điều 5.3)."""
    return "; ".join(dict.fromkeys(way.why for _, way in _ways(draft, to, standards) if way.why))


def stated(draft: Draft, reading: Reading, name: FieldName) -> str | None:
    """Give a field as it leaves: what the person said, else what the text says."""
    said = " ".join(draft.fields.get(name, "").split())
    return said or reading.value(name)


def _files(draft: Draft, found: Examination) -> Iterator[Hindrance]:
    opened = found.opened
    if not draft.files:
        yield _block("no-file", "Chưa có tệp văn bản nào.")
    if any(not lock.opened for lock in opened.evidence.locks):
        words = "Có tệp đặt mật khẩu hoặc mã hóa: không kiểm tra được độ mật. Bỏ khóa rồi gửi lại."
        yield _block("locked", words)
    refused = [file.name for file in opened.files if file.refused]
    if refused or opened.unsupported:
        names = ", ".join(dict.fromkeys(refused)) or ", ".join(
            form for _, form in opened.unsupported
        )
        words = f"Tệp không mở được để kiểm tra: {names}. Gửi tệp PDF đã ký số, không nén."
        yield _block("unreadable", words)


def _signatures(found: Examination) -> Iterator[Hindrance]:
    """Hold the document to Điều 4: our own signature must be valid before others judge it."""
    evidence = found.opened.evidence
    on_files = [seal for seal in evidence.seals if seal.on_file]
    words = _weightiest(found)
    if evidence.verdict is Verdict.LEGAL:
        return
    if evidence.verdict is Verdict.FAILED:
        yield _block("signature-failed", f"Chữ ký số không bảo đảm: {words} Ký số lại rồi gửi.")
    elif not on_files:
        yield _warn(
            "unsigned",
            "Văn bản chưa ký số: nơi nhận chỉ coi là bản tham khảo (Điều 4.2) và vẫn phải gửi "
            "bản giấy (Điều 5.2).",
        )
    elif evidence.verdict is Verdict.REFERENCE:
        words = f"Văn bản còn thiếu chữ ký số phải có (Điều 4.1): {words}"
        yield _block("signature-missing", words)
    else:
        yield _warn("signature-unchecked", f"Chưa kiểm tra được hết chữ ký số: {words}")


def _weightiest(found: Examination) -> str:
    for level in (Level.FAIL, Level.UNCHECKED, Level.WARN):
        texts = [one.text for one in found.opened.evidence.findings if one.level is level]
        if texts:
            return " ".join(dict.fromkeys(texts[:3]))
    return ""


def _key(draft: Draft, reading: Reading) -> Iterator[Hindrance]:
    """Want number, notation and date, the same as in the text (Điều 11.2, 11.3)."""
    for name, what in (
        (FieldName.SYMBOL, "số và ký hiệu"),
        (FieldName.DATE, "ngày ban hành"),
    ):
        said, read = draft.fields.get(name, "").strip(), reading.fields.get(name)
        if read is not None and read.confidence >= _SURE and said and not _same(said, read.value):
            words = f"Trường {what} ghi “{said}” nhưng trên văn bản là “{read.value}”."
            yield _block(f"{name}-differs", words)
    if not stated(draft, reading, FieldName.DATE):
        yield _block("date-missing", "Không có ngày ban hành.")
    elif _day(stated(draft, reading, FieldName.DATE)) is None:
        yield _block("date-missing", "Ngày ban hành không phải một ngày.")
    if not stated(draft, reading, FieldName.SUMMARY):
        yield _block("summary-missing", "Không có trích yếu.")


def _channels(draft: Draft, to: Recipients, standards: Standards) -> Iterator[Hindrance]:
    """Want a ground for mail (Điều 5.3); with state agencies the axis is the rule (Điều 7.3)."""
    ways = _ways(draft, to, standards)
    without = [agency.name for agency, way in ways if way.ground is None]
    if without:
        yield _block(
            "no-ground",
            f"Cả hai bên có mạng diện rộng và không có sự cố: {', '.join(without[:5])} (Điều 5.3).",
        )
    axis = [agency.name for agency, way in ways if way.rule is channel.Rule.AXIS]
    if axis:
        yield _warn(
            "axis",
            f"Với cơ quan nhà nước, trục liên thông là kênh chính (Điều 7.3): "
            f"{', '.join(axis[:5])}.",
        )


def _ways(
    draft: Draft, to: Recipients, standards: Standards
) -> tuple[tuple[Agency, channel.Channel], ...]:
    own, incidents, now = standards.own, standards.incidents, standards.now
    return tuple(
        (agency, channel.channel(own, agency, incidents, now, draft.ground))
        for agency, _ in to.agencies
    )


def _size(draft: Draft, limit: int) -> Iterator[Hindrance]:
    # What is locked is written in base64 once more (RFC 8551 §3.3).
    grows = _GROWS**2 if draft.encrypt else _GROWS
    size = int(sum(file.size for file in draft.files) * grows) + _BESIDE
    if size > limit:
        mib = 1024 * 1024
        yield _block(
            "too-large",
            f"Thư sẽ nặng khoảng {size // mib + 1} MB, quá giới hạn {limit // mib} MB của máy chủ "
            "nơi nhận: tách phụ lục thành lần gửi khác hoặc giảm dung lượng tệp.",
        )


def _form(draft: Draft, found: Examination, standards: Standards) -> Iterator[Hindrance]:
    del draft
    day = in_vietnam(standards.now).date()
    every = form.remarks(found.reading, standards.own, day, standards.regulation.authority)
    for code, what in every:
        yield _warn(code.value, f"{_REMARKS[code]}: {what}.")


def _time(draft: Draft, found: Examination, standards: Standards) -> Iterator[Hindrance]:
    """Sent on the day of issue, at the latest the next working morning (Điều 6.3)."""
    today = in_vietnam(standards.now).date()
    if draft.due is not None and draft.due < today:
        yield _block("due-past", f"Thời hạn xử lý {draft.due:%d/%m/%Y} đã qua: ghi ngày khác.")
    issued = _day(stated(draft, found.reading, FieldName.DATE))
    if issued is None:
        return
    urgency = draft.urgency or found.reading.urgency
    times = [seal.time for seal in found.opened.evidence.seals if seal.on_file and seal.time]
    if not times and today == issued:
        # Nobody knows at what hour it was signed: on its day it is not called late.
        return
    regulation = standards.regulation
    signed = max(times, default=None)
    until = send_by(issued, regulation.calendar, urgency, signed, regulation.minutes)
    if standards.now > until.deadline:
        words = f"Quá thời hạn gửi của Điều 6.3 (văn bản ban hành ngày {issued:%d/%m/%Y})."
        yield _warn("sent-late", words)


def _same(one: str, other: str) -> bool:
    """Compare as people read: 05-CV/TU is 5-CV/TU, in whatever case and spacing."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return "".join(folded(text).split()).lstrip("0")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _block(code: str, words: str) -> Hindrance:
    return Hindrance(code, Weigh.BLOCK, words)


def _warn(code: str, words: str) -> Hindrance:
    return Hindrance(code, Weigh.WARN, words)
