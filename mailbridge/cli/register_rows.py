"""Rows of `register list`: what stands in the book, and where it stands."""

from collections import Counter
from typing import TYPE_CHECKING

from mailbridge.cli import read_fields
from mailbridge.cli.exchanges import STATES
from mailbridge.cli.output import Narrow, day
from mailbridge.cli.words import SHORT_VERDICTS, VERDICTS
from mailbridge.model.document import DocumentState, Medium
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.reading import FieldName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailbridge.model.document import Document
    from mailbridge.model.sending import Exchange
    from mailbridge.rules.statuses import Catalogue

HEADINGS = (
    "Tác giả",
    Narrow("Số, ký hiệu"),
    Narrow("Ngày VB"),
    "Trích yếu",
    "Giá trị",
    "Trạng thái",
)
_PAPER = "Văn bản giấy"
_VOID = "Đã hủy số"


def worth(document: "Document", *, is_short: bool = False) -> str:
    """Say what it is worth; paper is no electronic document, and was not checked (Điều 4)."""
    verdicts = SHORT_VERDICTS if is_short else VERDICTS
    words = _PAPER if document.medium is Medium.PAPER else verdicts[document.verdict]
    return f"{_VOID}; {words}" if document.state is DocumentState.VOID else words


def row(document: "Document") -> tuple[object, ...]:
    """Give the cells of a document but its status."""
    reading = document.reading
    return (
        day(document.entered_at),
        document.number,
        document.author,
        document.key.symbol or reading.value(FieldName.SYMBOL) or "",
        read_fields.day(reading.value(FieldName.DATE)),
        reading.value(FieldName.SUMMARY) or document.subject,
        worth(document, is_short=True),
    )


def stands(
    document: "Document",
    exchanges: "Mapping[int, Sequence[Exchange]]",
    statuses: "Catalogue",
) -> str:
    """Say where it stands; of what we sent its recipients say it, and paper has none."""
    of = exchanges.get(document.id, ())
    return sent(of) if of else statuses.label(document.status)


def sent(exchanges: "Sequence[Exchange]") -> str:
    """Say where a document that we sent stands with its recipients, together."""
    said = Counter(_stands(one) for one in exchanges)
    if len(said) == 1:
        return next(iter(said))
    return "; ".join(f"{words}: {count}" for words, count in said.items())


def _stands(one: "Exchange") -> str:
    if one.recall_asked:
        done = one.state is ExchangeState.RECALLED
        return STATES[one.state] if done else "Đã yêu cầu thu hồi"
    return "Trả lại" if one.is_return else STATES[one.state]
