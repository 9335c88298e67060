"""Words and marks under which a document stands in the index."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.directory import Agency
from mailbridge.model.document import Document
from mailbridge.model.search import ASKED, WORD, Filters, Span, compact, words
from mailbridge.registry.search_words import Source, entry_of, groups, marks_of, symbol, wanted


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường  ĐẮK LẮK", ("duong", "dak", "lak")),
        ("Hoả tốc; HỎA TỐC", ("hoa", "toc")),
        ("123-CV/VPTU", ("123", "cv", "vptu")),
        ("ﬁle ½ １２", ("file", "1", "2", "12")),
        ("bảo\u200bmật u\u031b\u0301", ("baomat", "u")),
        ("_\0'\"\ud800", ()),
        ("x" * 99, ("x" * WORD,)),
    ],
)
def test_words_are_letters_and_digits_alone(text: str, folded: tuple[str, ...]) -> None:
    assert words(text) == folded


@given(text=st.text())
def test_words_of_words_are_themselves(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once
    assert all(word.isalnum() and word == word.lower() for word in once)
    assert compact(compact(text)) == compact(text)


def test_no_more_words_are_asked_than_a_person_types() -> None:
    assert len(words(" ".join(map(str, range(1000))), ASKED)) == ASKED


@given(typed=st.text(), value=st.text())
def test_nobody_types_a_mark(typed: str, value: str) -> None:
    (mark,), (agency,) = [(symbol(value),), *groups(Filters(agency=value))]
    assert not {mark, agency} & set(words(typed))
    # The index splits at ASCII signs, and nowhere else.
    assert all(one.isalnum() or ord(one) > 127 for one in mark + agency)
    # PostgreSQL takes no longer word.
    assert max(len(mark.encode()), len(agency.encode())) < 2_000


def test_each_office_has_words_of_its_own() -> None:
    ours, theirs = (wanted(office, [("a", "b"), ("c",)]) for office in ("DEMO.1", "DEMO.2"))
    assert not {word for group in ours for word in group} & {
        word for group in theirs for word in group
    }
    assert wanted("DEMO.1", []) != wanted("DEMO.2", [])


def test_a_document_stands_under_words_and_marks_once_each(
    document: Callable[..., Document],
) -> None:
    agency = Agency("DEMO.01", "Văn phòng", symbol="VPTU-KH")
    source = Source(document(1), agency, "văn bản VĂN BẢN", ("Trần A",))
    entry = entry_of(source)
    assert len(entry) == len(set(entry))
    said = ["van", "ban", "tran", "a", "kh", "hungyen", "demo", "tep", *marks_of(source)]
    assert set(wanted(source.document.office, [tuple(said)])[0]) <= set(entry)
    assert set(wanted(source.document.office, [])[0]) <= set(entry)


def test_filters_ask_for_marks_that_the_document_has(document: Callable[..., Document]) -> None:
    source = Source(document(1), None, "", ("Trần Đào",))
    received = Span(date(2026, 1, 5), date(2026, 11, 24))
    issued = Span(date(2026, 11, 23), date(2026, 11, 23))
    filters = Filters(agency="demo.01", signer="đào", received=received, issued=issued)
    asked = list(groups(filters))
    assert [len(group) for group in asked] == [1, 1, 11, 1]
    assert all(set(group) & set(marks_of(source)) for group in asked)


def test_a_span_without_end_or_of_many_years_asks_for_no_months() -> None:
    long = Span(date(2000, 1, 1), date(2026, 1, 1))
    assert list(groups(Filters(received=long, issued=Span(date(2026, 1, 1))))) == []
