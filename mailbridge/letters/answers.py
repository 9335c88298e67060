"""Answers to our own people: what became of what they handed in by mail."""

from datetime import datetime

from mailbridge.letters.ids import message_id
from mailbridge.model.letter import AnswerFacts, Letter, LetterKind
from mailbridge.model.sending import NotSent, Sent, Weigh

# A mail that lists hundreds of recipients is not read; `mailbridge exchange list` has them.
_LISTED = 30


def sent(done: Sent, original: str | None, subject: str) -> AnswerFacts:
    """Say that a document is entered and leaves, to whom, and under which number."""
    number = f"Số đi: {done.number}" if done.number else "Số và ký hiệu do hệ thống khác cấp."
    names = [f"- {party.name or party.agency}" for party in done.recipients[:_LISTED]]
    more = len(done.recipients) - _LISTED
    lines = [number, f"Nơi nhận ({len(done.recipients)}):", *names]
    lines += [f"… và {more} nơi khác."] if more > 0 else []
    lines += [f"Đã bỏ qua cảnh báo: {one.words}" for one in done.overruled]
    lines.append(f"Theo dõi: mailbridge exchange list --document sent:{done.document}")
    title = f"Đã ghi gửi văn bản {done.symbol}"
    return AnswerFacts(title, tuple(lines), accepted=True, message_id=original, subject=subject)


def not_sent(
    done: NotSent, original: str | None, subject: str, odd: tuple[str, ...] = ()
) -> AnswerFacts:
    """Say each reason why nothing left, and how to mend it."""
    weighs = {Weigh.BLOCK: "Phải sửa", Weigh.WARN: "Cảnh báo"}
    lines = [f"- {weighs[one.weigh]}: {one.words}" for one in done.hindrances]
    lines += [f"- Không hiểu dòng: {one}" for one in odd]
    if done.hindrances and all(one.weigh is Weigh.WARN for one in done.hindrances):
        lines.append("Nếu vẫn gửi, gửi lại thư này với dòng đầu: Vẫn gửi: (lý do).")
    title = "Văn bản chưa được gửi, chưa ghi gì vào sổ"
    return AnswerFacts(title, tuple(lines), accepted=False, message_id=original, subject=subject)


def answer(
    facts: AnswerFacts, cause: str, to: str, mailbox: str, secret: bytes, now: datetime
) -> Letter:
    """Make the one answer to a submission."""
    return Letter(
        id=message_id(secret, "answer", cause),
        kind=LetterKind.ANSWER,
        mailbox=mailbox,
        to=to,
        facts=facts,
        owed_at=now,
        not_before=now,
        urgent=True,
    )
