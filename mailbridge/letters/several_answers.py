"""What a person reads after a reply about several documents: line by line what became of it.

It belongs to no one document, and so bears no words of any (Điều 5.1): codes and numbers alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mailbridge.letters.reply_answers import REASON
from mailbridge.model.document import Document
from mailbridge.model.letter import AnswerFacts

HOW = (
    "Cách ghi: trả lời lại bản tổng hợp hoặc thư báo đó (không phải thư này), mỗi dòng một việc:",
    "- “nhận <mã>”",
    "- “chuyển <mã> <đơn vị> hạn <ngày/tháng>”",
    "- “xong <mã>”",
    "- “trả lại <mã>: <lý do>” (chỉ văn thư hoặc lãnh đạo)",
    REASON,
)
UNCLEAR = "Thư được trả lời gồm nhiều văn bản, và không có dòng nào ghi lời kèm mã của văn bản."
NOT_OFFERED = "Mã này không có trong thư được trả lời."
_STALE = "Thư được trả lời không còn nhận lời qua thư; đề nghị trả lời thư mới hơn của hệ thống."
_NOTHING = "Thư trả lời chưa được thực hiện, không có gì thay đổi"
# Lines of a quotation that nothing marks may look like orders: no more than so many are told, but
# for what was done, which always is.
_LINES = 60
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one line; `document` is what it acted on, None where nothing changed."""

    said: str
    lines: tuple[str, ...]
    document: Document | None = None
    # Nothing is wrong with how it was written.
    is_clear: bool = False


def too_many(most: int) -> str:
    """Say that a reply asks for more than one mail may."""
    return f"Thư có quá {most} dòng việc; đề nghị chia thành nhiều thư."


def told(
    lines: tuple[Told, ...],
    offered: tuple[tuple[str, Document], ...],
    message_id: str | None,
    subject: str,
) -> AnswerFacts:
    """Answer each line, and show the codes again where one of them was not clear."""
    done = sum(one.document is not None for one in lines)
    lists = not all(one.is_clear for one in lines)
    shown = _shown(lines, _LINES - done)
    said = [_line(one) for one in shown]
    if len(lines) > len(shown):
        said.append(f"… và {len(lines) - len(shown)} dòng khác, không thực hiện.")
    return AnswerFacts(
        _title(done, len(lines)),
        (*said, *(_codes(offered) if lists else ())),
        accepted=done == len(lines),
        message_id=message_id,
        subject=subject,
    )


def not_done(
    why: str, offered: tuple[tuple[str, Document], ...], message_id: str | None, subject: str
) -> AnswerFacts:
    """Say why nothing was changed, and what to write."""
    lines = (why, *_codes(offered))
    return AnswerFacts(_NOTHING, lines, accepted=False, message_id=message_id, subject=subject)


def stale(message_id: str | None, subject: str) -> AnswerFacts:
    """Say that the letter is no more, whatever the reason: one may have told of a secret."""
    return AnswerFacts(_NOTHING, (_STALE,), accepted=False, message_id=message_id, subject=subject)


def _shown(lines: tuple[Told, ...], room: int) -> list[Told]:
    """Choose what is told, as it was written: what was done, and of the rest what has room."""
    rest = [at for at, one in enumerate(lines) if one.document is None]
    cut = set(rest[max(room, 0) :])
    return [one for at, one in enumerate(lines) if at not in cut]


def _title(done: int, of: int) -> str:
    if not done:
        return _NOTHING
    return f"Đã thực hiện {done} dòng" if done == of else f"Đã thực hiện {done} trong {of} dòng"


def _line(one: Told) -> str:
    what = " ".join(one.lines)
    if one.document is None:
        return f"- KHÔNG thực hiện “{one.said}”: {what}"
    return f"- “{one.said}”, văn bản đến số {one.document.number}: {what}"


def _codes(offered: tuple[tuple[str, Document], ...]) -> Iterator[str]:
    """List what the person may act on still by the same letter, and how."""
    if not offered:
        yield "Không còn văn bản nào trong thư đó xử lý được bằng thư trả lời."
        return
    yield ""
    yield "Mã của các văn bản còn xử lý được:"
    # No more words of a document than its number: one of many may be found to be secret later.
    yield from (f"- {code}: số đến {one.number}" for code, one in offered[:_LISTED])
    if len(offered) > _LISTED:
        yield f"- … và {len(offered) - _LISTED} văn bản khác."
    yield ""
    yield from HOW
