"""Subjects of letters: what became of which document, in one line."""

from mailbridge.mime.build import flat
from mailbridge.model.letter import Letter, NoticeFacts, ReceiptFacts, Stage, WarningFacts
from mailbridge.model.reading import Urgency

# Screens show some sixty letters of a subject; the rest is in the letter.
_TITLE_LENGTH = 80
# What becomes of a document after its entry.
_LATER = {
    Stage.ASSIGNED: "Đã chuyển xử lý",
    Stage.PROCESSING: "Đang xử lý",
    Stage.DONE: "Đã hoàn thành xử lý",
}


def subject(letters: tuple[Letter, ...]) -> str:
    """Write the subject of the mail that holds these letters."""
    facts = letters[0].facts
    if isinstance(facts, ReceiptFacts):
        return _of_receipt(facts)
    if isinstance(facts, NoticeFacts):
        return _of_notices(letters)
    if isinstance(facts, WarningFacts):
        return "Thông báo về một thư không được tiếp nhận (Điều 5.1)"
    if len(letters) > 1:
        return f"{len(letters)} việc cần xử lý: {_cut(facts.title)}; …"
    return flat(facts.title)


def _of_receipt(facts: ReceiptFacts) -> str:
    what = f"văn bản {_cut(facts.symbol)}" if facts.symbol else f"thư “{_cut(facts.subject)}”"
    if facts.stage is Stage.REGISTERED:
        return f"Đã tiếp nhận {what}, số đến {facts.number}"
    if facts.stage is Stage.REFUSED:
        return f"Trả lại (từ chối nhận) {what}"
    if facts.stage in _LATER:
        return f"{_LATER[facts.stage]} {what}, số đến {facts.number}"
    return f"Đã đến: {what}"


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
