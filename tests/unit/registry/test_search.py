"""Search: what is found, in which order, page by page, and in whose office."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import BookName
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.search import Filters, Hit, Part, Question, Span
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, ledger, search_index
from mailbridge.registry.database import Database
from mailbridge.registry.search import CursorError, find
from tests.unit.registry.conftest import CAUSE, DEN, NOW, OFFICE
from tests.unit.registry.plain_search import plainly_found

OTHER = "DEMO.02.08"
Make = Callable[..., Document]


@dataclass
class Shelf:
    """A register that documents are put on, and asked for."""

    database: Database
    make: Make
    row: int
    texts: dict[int, str] = field(default_factory=dict)

    def put(
        self,
        summary: str,
        symbol: str | None = "1-CV/VPTU",
        *,
        text: str = "",
        book: BookName | None = DEN,
        **changes: Any,
    ) -> int:
        """Store, enter and index a document; gives its id."""
        office = str(changes.get("office", OFFICE))
        one = self.make(self.row, symbol=symbol, office=office)
        fields = {FieldName.SUMMARY: Field(summary, "pdf", 0.9)}
        one = replace(one, reading=Reading(fields), **changes)
        with self.database.transaction() as tx:
            one = replace(one, id=documents.add(tx, one))
            if book is not None:
                books.enter(tx, BookName(office, book.book), one.id, NOW.date(), NOW)
                documents.set_state(tx, one.id, DocumentState.REGISTERED)
            search_index.index(tx, one, text, ("NGUYỄN VĂN CHỨNG THƯ",))
        self.texts[one.id] = text
        return one.id

    def hits(self, text: str = "", office: str = OFFICE, **filters: Any) -> list[Hit]:
        """Ask, and give all hits of one page."""
        with self.database.reading() as tx:
            page = find(tx, Question(office, text, Filters(**filters), 100))
        return list(page.hits)

    def found(self, text: str = "", office: str = OFFICE, **filters: Any) -> list[int]:
        """Ask, and give the ids in their order."""
        return [hit.document.id for hit in self.hits(text, office, **filters)]


@pytest.fixture
def shelf(database: Database, document: Make, arrival: Callable[..., Arrival]) -> Shelf:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
    return Shelf(database, document, row)


@pytest.mark.parametrize(
    "typed",
    [
        "phân bổ ngân sách", "phan bo ngan sach", "NGÂN SÁCH", "ngan-sach/phan", "đường", "duong",
        "Đường", "ngân sách", "hoả tốc", "hỏa tốc", "hoa toc",
    ],
)  # fmt: skip
def test_words_are_found_without_accents_in_any_order(shelf: Shelf, typed: str) -> None:
    one = shelf.put("Phân bổ ngân sách làm đường, hỏa tốc")
    shelf.put("Mời họp")
    assert shelf.found(typed) == [one]


@pytest.mark.parametrize(
    "typed",
    ["123-CV/VPTU", "123 cv vptu", "123/CV-VPTU", " 123 - cv / vptu ", "123cvvptu", "123–CV/VPTU"],
)
def test_a_symbol_is_exact_however_it_is_spaced(shelf: Shelf, typed: str) -> None:
    one = shelf.put("Về việc một", "123-CV/VPTU")
    shelf.put("Trả lời công văn 123-CV/VPTU", "124-CV/VPTU")
    first = shelf.hits(typed)[0]
    assert (first.document.id, first.exact) == (one, True)


@pytest.mark.parametrize("typed", ["123", "cv vptu", "123 CV", "VPTU"])
def test_parts_of_a_symbol_are_words(shelf: Shelf, typed: str) -> None:
    one = shelf.put("Về việc một", "123-CV/VPTU")
    assert shelf.found(typed) == [one]


@pytest.mark.parametrize("typed", ["2", "2/2026", " 2 / 2026 ", "den:2/2026", "den: 2"])
def test_the_number_of_the_book_comes_before_newer_ones(shelf: Shelf, typed: str) -> None:
    shelf.put("Một")
    two = shelf.put("Hai")
    shelf.put("Kỳ 2 năm 2026, đến: den 2")
    found = shelf.hits(typed)
    assert (found[0].document.id, found[0].exact) == (two, True)


def test_everything_that_is_said_of_a_document_is_searched(shelf: Shelf) -> None:
    one = shelf.put(
        "Tóm tắt", text="Toàn văn có từ kilômét", subject="Hỏi đáp", agency_name="Huyện ủy Văn Lâm"
    )
    for typed, part in (
        ("tom tat", Part.FIELD),
        ("kilomet", Part.TEXT),
        ("hoi dap", Part.SUBJECT),
        ("van lam", Part.AGENCY),
        ("DEMO.01", Part.AGENCY),
        ("chung thu", Part.CERTIFICATE),
        ("tep 0 pdf", Part.FILE),
    ):
        hit = shelf.hits(typed)[0]
        assert hit.document.id == one
        assert hit.matches[0].part is part, typed


def test_an_office_finds_its_own_alone(shelf: Shelf) -> None:
    ours = shelf.put("Ngân sách", "7-CV/TU")
    theirs = shelf.put("Ngân sách", "7-CV/TU", office=OTHER)
    for typed in ("ngan sach", "7-CV/TU", "1", "1/2026", ""):
        assert shelf.found(typed) == [ours], typed
        assert shelf.found(typed, OTHER) == [theirs], typed
    assert shelf.found("ngan sach", "") == []


def test_the_newest_is_first_and_pages_hold_while_others_come(shelf: Shelf) -> None:
    added = [shelf.put("Ngân sách", f"{n}-CV/TU") for n in range(7)]
    seen: list[int] = []
    after: str | None = None
    while True:
        with shelf.database.reading() as tx:
            page = find(tx, Question(OFFICE, "ngân sách", limit=3, after=after))
        seen += [hit.document.id for hit in page.hits]
        after = page.after
        if after is None:
            break
        shelf.put("Ngân sách", "8-CV/TU")
    assert seen == added[::-1]


def test_pages_go_on_between_exact_ones_and_others(shelf: Shelf) -> None:
    added = [shelf.put("Số 5", "5") for _ in range(3)] + [shelf.put("Số 5") for _ in range(3)]
    seen, after = [], None
    for _ in range(6):
        with shelf.database.reading() as tx:
            page = find(tx, Question(OFFICE, "5", limit=1, after=after))
        seen += [hit.document.id for hit in page.hits]
        after = page.after
    # The fifth number of the book is exact, too.
    assert seen == [added[4], added[2], added[1], added[0], added[5], added[3]]
    assert after is None


@pytest.mark.parametrize("cursor", ["x", "", "é", "MC4", "MC5h", "Mi4x", "=="])
def test_what_is_no_cursor_is_refused(shelf: Shelf, cursor: str) -> None:
    with shelf.database.reading() as tx, pytest.raises(CursorError):
        find(tx, Question(OFFICE, "x", after=cursor))


def test_what_was_superseded_is_found_as_its_successor(shelf: Shelf) -> None:
    old = shelf.put("Ngân sách")
    new = shelf.put("Ngân sách", book=None)
    with shelf.database.transaction() as tx:
        documents.supersede(tx, old, new, CAUSE)
    assert shelf.found("ngan sach") == [new]
    assert shelf.found("1/2026") == [new]


def test_what_is_only_held_is_found_too(shelf: Shelf) -> None:
    held = shelf.put("Ngân sách", book=None)
    assert shelf.found("ngan sach") == [held]
    assert shelf.found("ngan sach", state=frozenset({DocumentState.REGISTERED})) == []


FILTERS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"agency": "demo.09"}, {"key": DocumentKey("DEMO.09", "1-CV/VPTU", "2026-11-23")}),
    ({"urgency": frozenset({Urgency.EXPRESS})}, {"urgency": Urgency.EXPRESS}),
    ({"verdict": frozenset({Verdict.FAILED})}, {"verdict": Verdict.FAILED}),
    ({"handler": "Phòng Tổng hợp"}, {"handler": None}),
    ({"has_files": False}, {"files": ()}),
    (
        {"issued": Span(date(2026, 12, 1), date(2026, 12, 31))},
        {"key": DocumentKey("DEMO.01", "1-CV/VPTU", "2026-12-31")},
    ),
    ({"issued": Span(date(2026, 12, 1))}, {"key": DocumentKey("A", None, "2026-12-31")}),
    ({"received": Span(date(2026, 11, 25))}, {"received_at": NOW + timedelta(hours=16)}),
    (
        {"received": Span(date(2025, 11, 1), date(2026, 11, 23))},
        {"received_at": NOW - timedelta(hours=10)},
    ),
]


@pytest.mark.parametrize(("filters", "changes"), FILTERS)
def test_filters_let_one_of_two_through(
    shelf: Shelf, filters: dict[str, Any], changes: dict[str, Any]
) -> None:
    one = shelf.put("Ngân sách", **changes)
    shelf.put("Ngân sách")
    if "handler" in changes:
        with shelf.database.transaction() as tx:
            documents.assign(tx, one, "Phòng Tổng hợp")
    assert shelf.found("ngan sach", **filters) == [one]
    assert shelf.found("", **filters) == [one]
    assert shelf.found("lụt", **filters) == []


def test_filters_of_the_book_ask_the_entry(shelf: Shelf) -> None:
    added = [shelf.put("Ngân sách") for _ in range(4)]
    shelf.put("Ngân sách", book=BookName(OFFICE, "mat"))
    assert shelf.found("", book="den", ordinals=(2, 3)) == [added[2], added[1]]
    assert shelf.found("", book="den", year=2026, ordinals=(None, 1)) == [added[0]]
    assert shelf.found("", year=2025) == []
    today = Span(date(2026, 11, 24), date(2026, 11, 24))
    assert len(shelf.found("", entered=today)) == 5
    assert shelf.found("", entered=Span(date(2026, 11, 25))) == []


def test_type_and_signer_are_compared_folded(shelf: Shelf) -> None:
    one = shelf.put("Một")
    fields = {
        FieldName.TYPE: Field("Công văn", "pdf", 0.9),
        FieldName.SIGNER: Field("Trần Thị Đào", "pdf", 0.9),
    }
    with shelf.database.transaction() as tx:
        old = documents.get(tx, one)
        assert old is not None
        search_index.index(tx, replace(old, reading=Reading(fields)))
    shelf.put("Đào tạo, Trần, công văn")
    assert shelf.found("", type="cong van") == [one]
    assert shelf.found("", type="công") == []
    assert shelf.found("", signer="đào trần") == [one]
    assert shelf.found("", signer="chung thu van") != []


@pytest.mark.parametrize(
    "typed",
    [
        '"', "'", "*", "-", "a OR b", "NEAR(a b)", "words: x", "^a", "a AND", "(", "a*", "{words}",
        "a:b", "NOT a", "a & b", "a | !b", "\\", "%", "_", "\0", "\ud800", "a' OR 1 --", "§o·demo",
        "💥", "½", "ﬁ", "\u0301", "x" * 5000, "a b " * 5000, "search_index MATCH 'a'",
    ],
)  # fmt: skip
def test_nothing_typed_is_syntax(shelf: Shelf, typed: str) -> None:
    shelf.put("Một a b")
    found = shelf.hits(typed)
    assert all(hit.document.office == OFFICE for hit in found)


LETTERS = "aAăẮ đĐ1-2/:'\"*()ß²\u0301§·İﬁ\n"
TYPED = st.text(st.sampled_from(LETTERS) | st.characters(), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_any_words_find_what_a_slow_search_finds(shelf: Shelf, data: st.DataObject) -> None:
    for _ in range(3):
        shelf.put(
            data.draw(TYPED),
            data.draw(st.none() | TYPED),
            text=data.draw(TYPED),
            book=data.draw(st.sampled_from([None, DEN])),
            verdict=data.draw(st.sampled_from(Verdict)),
        )
    typed = data.draw(TYPED)
    verdicts = data.draw(st.frozensets(st.sampled_from(Verdict), max_size=2))
    with shelf.database.reading() as tx:
        stored = [documents.get(tx, one) for one in shelf.texts]
    expected = plainly_found(
        [(one, shelf.texts[one.id]) for one in stored if one is not None], typed, verdicts
    )
    assert [(hit.document.id, hit.exact) for hit in shelf.hits(typed, verdict=verdicts)][:100] == (
        expected[:100]
    )
