"""Numbers as 36-HD and NĐ 30/2020 print them, and what counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.rules.numbering import (
    Counter,
    Form,
    NumberingError,
    Policy,
    Reset,
    abbreviation,
    counter,
    symbol,
)

TERMS = (date(2020, 7, 15), date(2025, 7, 20))
BY_TERM = Policy(reset=Reset.TERM, per_type=True, terms=TERMS, secret_shares_series=True)
DAY = date(2026, 11, 24)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
TYPES = st.sampled_from(["Quyết định", "Công văn", "Nghị quyết", "Tờ trình", "BC", "QUY ĐỊNH"])


@pytest.mark.parametrize(
    ("form", "organisation", "type_", "ordinal", "drafter", "printed"),
    [
        (Form.PARTY, "ĐU", "Quyết định", 5, "", "05-QĐ/ĐU"),
        (Form.PARTY, "TW", "Quy định", 399, "", "399-QĐ/TW"),
        (Form.PARTY, "UBKTTU", "Công văn", 134, "", "134-CV/UBKTTU"),
        (Form.PARTY, "ĐU", "cong van", 79, "", "79-CV/ĐU"),
        (Form.STATE, "UBND", "Quyết định", 12, "", "12/QĐ-UBND"),
        (Form.STATE, "BNV", "Công văn", 15, "VP", "15/BNV-VP"),
        (Form.STATE, "UBND", "Công văn", 7, "", "07/UBND"),
        (Form.PARTY, "", "Quyết định", 5, "", None),
        (Form.PARTY, "ĐU", "Bức tranh", 5, "", None),
    ],
)
def test_numbers_are_printed_as_each_form_wants(
    form: Form, organisation: str, type_: str, ordinal: int, drafter: str, printed: str | None
) -> None:
    assert symbol(form, organisation, type_, ordinal, drafter=drafter) == printed


def test_an_abbreviation_stands_for_itself() -> None:
    assert abbreviation("TTr", Form.PARTY) == "TTr"
    assert abbreviation("Quy định", Form.STATE) == "QyĐ"
    assert abbreviation("", Form.PARTY) is None


def test_a_term_is_named_by_the_year_it_began_in() -> None:
    assert counter(BY_TERM, Form.PARTY, "Quyết định", DAY) == Counter("QĐ", 2025)
    assert counter(BY_TERM, Form.PARTY, "CV", date(2025, 7, 19)) == Counter("CV", 2020)


def test_one_series_a_year_is_the_plain_policy() -> None:
    assert counter(Policy(), Form.STATE, "whatever", DAY) == Counter("", 2026)


@pytest.mark.parametrize(
    ("policy", "type_", "day", "secret", "told"),
    [
        (BY_TERM, "Quyết định", date(2019, 1, 1), False, "nhiệm kỳ"),
        (BY_TERM, "", DAY, False, "chữ viết tắt"),
        (BY_TERM, "Bức tranh", DAY, False, "Bức tranh"),
        (Policy(), "Quyết định", DAY, True, "sổ riêng"),
    ],
)
def test_what_cannot_be_numbered_is_said(
    policy: Policy, type_: str, day: date, secret: bool, told: str
) -> None:
    with pytest.raises(NumberingError, match=told):
        counter(policy, Form.PARTY, type_, day, secret=secret)


def test_a_secret_document_shares_the_series_where_the_party_rule_holds() -> None:
    open_one = counter(BY_TERM, Form.PARTY, "Quyết định", DAY)
    assert counter(BY_TERM, Form.PARTY, "Quyết định", DAY, secret=True) == open_one


@given(type_=TYPES, day=DAYS)
def test_a_series_never_begins_anew_within_its_year_or_term(type_: str, day: date) -> None:
    yearly = Policy(per_type=True)
    tomorrow = day + timedelta(days=1)
    same = counter(yearly, Form.PARTY, type_, day) == counter(yearly, Form.PARTY, type_, tomorrow)
    assert same == (day.year == tomorrow.year)
    if day >= TERMS[0]:
        same = counter(BY_TERM, Form.PARTY, type_, day) == counter(
            BY_TERM, Form.PARTY, type_, tomorrow
        )
        assert same == (tomorrow not in TERMS)


@given(form=st.sampled_from(list(Form)), type_=TYPES, one=st.integers(1, 10**6), by=st.integers(1))
def test_no_two_numbers_of_a_series_print_the_same(
    form: Form, type_: str, one: int, by: int
) -> None:
    printed = symbol(form, "ĐU", type_, one)
    assert printed is not None
    assert printed != symbol(form, "ĐU", type_, one + by)
    assert int(printed.split("-")[0].split("/")[0]) == one
