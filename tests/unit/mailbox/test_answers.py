from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbridge.mailbox.answers import Untagged, arrival, fetched, numbers, uid_set
from mailbridge.model.slot import Slot

SLOT = Slot("van-thu", 1, 7)


def test_the_order_and_case_of_items_do_not_matter() -> None:
    answer = Untagged([b"* 3 fetch (body[]<0> {2}", b" FLAGS (\\Seen $A (x)) uid 7)"], [b"ab"])
    assert fetched([answer]) == {
        7: {"BODY[]<0>": b"ab", "FLAGS": b"\\Seen $A x", "UID": b"7"},
    }


def test_what_a_mail_holds_is_no_answer() -> None:
    answer = Untagged([b'* 3 FETCH (BODY[]<0> "\\") UID 9 (" UID 7)'])
    assert fetched([answer]) == {7: {"BODY[]<0>": b'") UID 9 (', "UID": b"7"}}


@pytest.mark.parametrize(
    "line",
    [
        b"* 3 FETCH (UID 7) junk",
        b"* 3 FETCH (UID 7",
        b'* 3 FETCH (UID "7',
        b"* 3 FETCH (FLAGS ())",
        b"* 3 EXISTS",
        b"* 3 FETCH (UID 99999999999)",
    ],
)
def test_half_an_answer_is_none(line: bytes) -> None:
    assert fetched([Untagged([line])]) == {}


def test_header_names_with_quotes_are_one_item() -> None:
    answer = Untagged(
        [b'* 1 FETCH (BODY[HEADER.FIELDS ("SUBJECT" "PRIORITY")]<0> {14}', b" UID 7)"],
        [b"Subject: a\r\n\r\n"],
    )
    assert arrival(SLOT, fetched([answer])[7]).subject == "a"


def test_search_answers_are_added_up() -> None:
    lines = [b"* SEARCH 3 1", b"* search", b"* SEARCH 2 x", b"* SORT 9"]
    assert numbers([Untagged([line]) for line in lines]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        (b" 1-Nov-2026 08:30:00 +0700", datetime(2026, 11, 1, 1, 30, tzinfo=UTC)),
        (b"01-nov-2026 08:30:00 -0030", datetime(2026, 11, 1, 9, 0, tzinfo=UTC)),
        (b"31-Feb-2026 08:30:00 +0700", datetime(1970, 1, 1, tzinfo=UTC)),
        (b"01-Nov-2026 08:30:00 +9900", datetime(1970, 1, 1, tzinfo=UTC)),
        (b"", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_nonsensical_date_is_long_past(date: bytes, moment: datetime) -> None:
    assert arrival(SLOT, {"INTERNALDATE": date}).internal_date == moment


def test_uids_are_written_as_ranges() -> None:
    assert uid_set([5, 1, 2, 3, 9, 2]) == "1:3,5,9"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=80), min_size=1, max_size=4), st.binary(max_size=20))
def test_any_octets_are_an_answer_or_none(texts: list[bytes], literal: bytes) -> None:
    answer = Untagged([b"* 1 FETCH (" + texts[0], *texts[1:]], [literal] * 3)
    for items in fetched([answer]).values():
        arrival(SLOT, items)
    numbers([Untagged(texts)])
