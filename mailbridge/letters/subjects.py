"""Subjects of letters: what became of which document, in one line."""

from mailbridge.letters import several_receipts
from mailbridge.letters.words import brief, day
from mailbridge.mime.build import flat
from mailbridge.model.letter import (
    AlertFacts,
    AnswerFacts,
    DigestFacts,
    DocumentFacts,
    Letter,
    LetterFacts,
    NoticeFacts,
    RecallFacts,
    ReceiptFacts,
    ReminderFacts,
    ReminderStage,
    Stage,
)
from mailbridge.model.reading import Urgency

# Screens show some sixty letters of a subject; the rest is in the letter.
_TITLE_LENGTH = 80
# What becomes of a document after its entry.
_WITHOUT_NUMBER = {
    Stage.ARRIVED: "Đã đến:",
    Stage.REFUSED: "Trả lại (từ chối nhận)",
    Stage.RECALLED: "Đã hủy bỏ theo yêu cầu thu hồi:",
    Stage.RECALL_REFUSED: "Không thực hiện được yêu cầu thu hồi",
}
_LATER = {
    Stage.ASSIGNED: "Đã chuyển xử lý",
    Stage.PROCESSING: "Đang xử lý",
    Stage.DONE: "Đã hoàn thành xử lý",
}


def subject(letters: tuple[Letter, ...]) -> str:
    """Write the subject of the mail that holds these letters."""
    facts = letters[0].facts
    if isinstance(facts, ReceiptFacts):
        every = several_receipts.facts_of(letters)
        return several_receipts.subject(every) if len(every) > 1 else _of_receipt(facts)
    if isinstance(facts, NoticeFacts):
        return _of_notices(letters)
    if isinstance(facts, AlertFacts) and len(letters) > 1:
        return f"{len(letters)} việc cần xử lý: {_cut(facts.title)}; …"
    return _of_one(facts)


def _of_one(facts: LetterFacts) -> str:
    match facts:
        case DocumentFacts():
            said = _of_document(facts)
        case RecallFacts():
            said = f"[THU HỒI] Yêu cầu hủy bỏ văn bản điện tử {_cut(facts.symbol or facts.summary)}"
        case ReminderFacts():
            said = _of_reminder(facts)
        case DigestFacts():
            said = facts.headline
        case AnswerFacts(subject=asked):
            said = f"{facts.title}: {_cut(asked)}" if asked else facts.title
        case AlertFacts():
            said = facts.title
        case _:
            said = "Thông báo về một thư không được tiếp nhận (Điều 5.1)"
    return flat(said)


def _of_reminder(facts: ReminderFacts) -> str:
    about = _cut(facts.symbol or facts.summary)
    if facts.stage is ReminderStage.OVERDUE:
        again = f" (nhắc lần {facts.round})" if facts.round > 1 else ""
        return f"Đề nghị phản hồi về văn bản {about}{again}"
    what = f"văn bản {about}"
    if facts.also:
        what = f"{len(facts.also) + 1} văn bản ({about}, …)"
    first = min((facts.due, *(one.due for one in facts.also)))
    if facts.stage is ReminderStage.HANDLE_SOON:
        return f"Sắp đến hạn xử lý {what}: {day(first)}"
    return f"Sắp đến hạn phản hồi {what}: {brief(first)}"


def _of_document(facts: DocumentFacts) -> str:
    """Say urgency first (Điều 6.3), then what it does, number and notation, and the summary."""
    urgent = facts.urgency is not Urgency.NORMAL
    mark = f"[{facts.urgency.value.upper()}] " if urgent else ""
    does = {"2": "[CẬP NHẬT] ", "3": "[THAY THẾ] "}.get(facts.business, "")
    about = f"V/v {_cut(facts.summary)}" if facts.summary else facts.type or ""
    return f"{mark}{does}{facts.symbol or ''} {about}"


def _of_receipt(facts: ReceiptFacts) -> str:
    what = f"văn bản {_cut(facts.symbol)}" if facts.symbol else f"thư “{_cut(facts.subject)}”"
    if facts.stage is Stage.REGISTERED:
        return f"Đã tiếp nhận {what}, số đến {facts.number}"
    if facts.stage in _LATER:
        return f"{_LATER[facts.stage]} {what}, số đến {facts.number}"
    return f"{_WITHOUT_NUMBER[facts.stage]} {what}"


def _of_notices(letters: tuple[Letter, ...]) -> str:
    facts = [one.facts for one in letters if isinstance(one.facts, NoticeFacts)]
    urgency = max((one.urgency for one in facts), key=lambda found: found.rank)
    mark = "" if urgency is Urgency.NORMAL else f"[{urgency.value.upper()}] "
    if len(facts) > 1:
        return f"{mark}Chuyển {len(facts)} văn bản đến để xử lý"
    first = facts[0]
    again = f" (nhắc lần {first.repeated})" if first.repeated else ""
    about = _cut(first.summary or first.type or "")
    number = f"Văn bản đến số {first.number}" if first.number else "Văn bản đến"
    return f"{mark}{number}{again}: {_cut(first.symbol or '')} {about}".rstrip(": ")


def _cut(text: str) -> str:
    shown = flat(text)
    return shown if len(shown) <= _TITLE_LENGTH else shown[:_TITLE_LENGTH].rstrip() + "…"
