"""Fields of one paper from its pages, with source and confidence (399-QĐ/TW; NĐ 30/2020)."""

from dataclasses import dataclass, field
from datetime import date

from mailbridge.mime import syllables
from mailbridge.model.reading import Field, FieldName, Urgency
from mailbridge.reading import addressees, appendices, deadlines, kinds, stamps
from mailbridge.reading.endings import PAGES_READ, Ending, ending_of
from mailbridge.reading.heads import Head, agency_of
from mailbridge.reading.lines import Pages
from mailbridge.reading.recipients import recipients_of
from mailbridge.reading.rows import Page
from mailbridge.reading.titles import Title

Found = dict[FieldName, Field]

# Text from before Unicode was turned by a guess.
_OLD = 0.7
_LISTED = 1000
# Text by which a language can be told.
_SOME = 100


@dataclass(slots=True)
class Paper:
    """What was read of one paper."""

    source: str
    found: Found = field(default_factory=dict)
    urgency: Urgency = Urgency.NORMAL
    notes: list[str] = field(default_factory=list)
    # How surely it is an official document, to choose the main one by.
    weight: int = 0

    def put(self, name: FieldName, value: str | None, confidence: float) -> None:
        """Keep a value, unless there is none."""
        if value:
            self.found.setdefault(name, Field(value, self.source, round(confidence, 2)))


def read_paper(pages: Pages, source: str) -> Paper:
    """Read all fields that the pages of a paper give."""
    paper = Paper(source)
    first = pages.first
    head, title = pages.head, pages.title
    _symbol(paper, head)
    issued = _day(paper, head)
    _agency(paper, head)
    _title(paper, head, title)
    _urgency(paper, first)
    paper.put(FieldName.ADDRESSEES, _listed(addressees.addressees_of(first)), 0.9)
    end = ending_of(pages)
    _signature(paper, end)
    _recipients(paper, end)
    _appendices(paper, end)
    _deadline(paper, end, issued)
    if first.rows and pages.counted:
        paper.put(FieldName.PAGES, str(end.pages), 0.95 if end.sure else 0.7)
    paper.weight = weight_of(head, title)
    _legible(paper, first)
    if any(word.old for row in first.rows[:1] for word in row.words):
        _doubt(paper)
    return paper


def weight_of(head: Head, title: Title) -> int:
    """Tell how surely this begins an official document: number, motto, day, kind."""
    signs = (head.symbol is not None, head.symbol is not None and bool(head.symbol.number),
             head.family is not None, head.day is not None, title.kind is not None)  # fmt: skip
    return sum(signs)


def _legible(paper: Paper, first: Page) -> None:
    """Say where letters are none of Vietnamese: fonts without a map to Unicode give such."""
    text = " ".join(first.lines)
    if not paper.weight and len(text) > _SOME and not syllables.share(text).good:
        paper.notes.append("Chữ trong tệp không phải chữ Việt đọc được (phông không có bảng mã?).")


def _doubt(paper: Paper) -> None:
    paper.notes.append("Văn bản dùng phông chữ cũ (TCVN3, VNI); chữ được chuyển mã tự động.")
    for name, each in paper.found.items():
        paper.found[name] = Field(each.value, each.source, round(each.confidence * _OLD, 2))


def _symbol(paper: Paper, head: Head) -> None:
    symbol = head.symbol
    if symbol is None:
        return
    sure = 0.95 if symbol.sure and head.family else 0.75
    paper.put(FieldName.NUMBER, symbol.number, sure)
    paper.put(FieldName.NOTATION, symbol.notation, sure)
    paper.put(FieldName.SYMBOL, symbol.text, sure)
    if symbol.number is None:
        paper.notes.append("Số văn bản để trống.")


def _day(paper: Paper, head: Head) -> date | None:
    day = head.day
    if day is None:
        return None
    paper.put(FieldName.PLACE, day.place, 0.9)
    if day.impossible:
        paper.notes.append(f"Ngày ban hành in là “{day.impossible}”, không có trong lịch.")
    elif day.day is None:
        paper.notes.append("Ngày ban hành để trống.")
    else:
        paper.put(FieldName.DATE, day.day.isoformat(), 0.95)
    return day.day


def _agency(paper: Paper, head: Head) -> None:
    agency = agency_of(head) if head.is_one else None
    if agency is not None:
        paper.put(FieldName.ISSUER, agency.issuer, agency.confidence)
        paper.put(FieldName.SUPERIOR, agency.superior, agency.confidence)


def _title(paper: Paper, head: Head, title: Title) -> None:
    sure = 0.9 if title.closed else 0.75
    if title.kind is not None:
        paper.put(FieldName.TYPE, title.kind, 0.95 if title.exact else 0.85)
        paper.put(FieldName.SUMMARY, title.summary, sure)
        return
    notation = head.symbol.notation if head.symbol else ""
    coded = kinds.kind_of_notation(notation) if notation else None
    if coded in {None, "Công văn"}:
        if head.symbol is not None:
            # Only a letter prints no kind (NĐ 30, PL I; 36-HD/VPTW).
            surely = bool(title.summary) or coded is not None
            paper.put(FieldName.TYPE, "Công văn", 0.9 if surely else 0.6)
    else:
        paper.put(FieldName.TYPE, coded, 0.6)
        paper.notes.append("Không thấy tên loại văn bản; thể loại suy từ ký hiệu.")
    paper.put(FieldName.SUMMARY, title.summary, sure)


def _urgency(paper: Paper, first: Page) -> None:
    paper.urgency = stamps.urgency_in((*first.left, *first.right, *first.lines, *first.marks))
    if paper.urgency is not Urgency.NORMAL:
        paper.put(FieldName.URGENCY, paper.urgency.value, 0.9)
    elif first.rows:
        # A stamp may be a picture: that there is none is never sure.
        paper.put(FieldName.URGENCY, paper.urgency.value, 0.7)


def _listed(items: tuple[str, ...]) -> str:
    return "; ".join(items)[:_LISTED]


def _signature(paper: Paper, end: Ending) -> None:
    if end.other is not None:
        paper.notes.append(f"Tệp có một văn bản khác, bắt đầu ở trang {end.other + 1}.")
    if end.signed is None or end.page is None:
        paper.notes.append("Không thấy phần ký trong các trang đã đọc.")
        return
    signed = end.signed.signers
    sure = 0.9 if end.sure and end.signed.framed else 0.65
    if len(signed) > 1:
        paper.notes.append("Văn bản có nhiều người ký.")
        sure = min(sure, 0.75)
    paper.put(FieldName.SIGNER, "; ".join(one.name for one in signed), sure)
    paper.put(FieldName.POSITION, "; ".join(one.position or "" for one in signed).strip("; "), sure)
    paper.put(
        FieldName.COMPETENCE, "; ".join(line for one in signed for line in one.competence), sure
    )


def _recipients(paper: Paper, end: Ending) -> None:
    """Read the list beside the signature; where none was found, the last of the pages read."""
    pages = [end.page] if end.page else sorted(end.seen, key=lambda one: -one.number)
    found = next((listed for page in pages if (listed := recipients_of(page))), ())
    paper.put(FieldName.RECIPIENTS, _listed(found), 0.85 if end.page and end.sure else 0.65)


def _appendices(paper: Paper, end: Ending) -> None:
    last = end.page.number if end.page else 0
    behind = sorted((page for page in end.seen if page.number > last), key=lambda one: one.number)
    titles = [appendices.appendix_on(page) for page in behind]
    paper.put(FieldName.ENCLOSURES, _listed(tuple(each for each in titles if each)), 0.8)


def _deadline(paper: Paper, end: Ending, issued: date | None) -> None:
    last = end.page.number if end.page else PAGES_READ
    text = " ".join(
        line for page in sorted(end.seen, key=lambda one: one.number)
        if page.number <= last for line in page.lines
    )  # fmt: skip
    found = deadlines.deadlines_in(text, issued)
    if found:
        others = tuple(f"{day.isoformat()} ({paper.source})" for day in found[1:])
        name = FieldName.DEADLINE
        paper.found[name] = Field(found[0].isoformat(), paper.source, 0.6, others)
