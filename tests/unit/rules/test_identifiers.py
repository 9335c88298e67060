"""Identifiers: two schemes that never become one another, and successors that are only proposed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.directory import Agency, Directory
from mailbridge.model.identifier import Scheme, scheme
from mailbridge.rules.identifiers import Succession, succession

DAY = date(2026, 11, 24)
ENDED = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("000.00.00.H54", Scheme.OLD),
        ("000.00.15.h51", Scheme.OLD),
        ("H55.242", Scheme.QD20),
        ("H37.DN.001", Scheme.QD20),
        ("vxp.saas.03", Scheme.QD20),
        ("A" * 35, Scheme.QD20),
        ("A" * 36, None),
        ("", None),
        ("H55..242", None),
        ("../x", None),
        ("H55 242", None),
    ],
)
def test_schemes_are_told_apart(code: str, expected: Scheme | None) -> None:
    assert scheme(code) is expected


@given(st.text(max_size=50))
def test_any_text_is_an_identifier_or_none(text: str) -> None:
    if scheme(text) is not None:
        assert len(text) <= 35
        assert text.isascii()


def chain(*links: tuple[str, str | None, date | None]) -> Directory:
    return Directory(tuple(Agency(c, c, successor=s, valid_to=until) for c, s, until in links))


def test_who_is_there_has_no_succession() -> None:
    directory = chain(("A", None, None))
    assert succession(directory, directory.agencies[0], DAY) is None


def test_the_first_valid_successor_is_proposed() -> None:
    directory = chain(("A", "b", ENDED), ("B", "C", ENDED), ("C", None, None))
    a, _, c = directory.agencies
    assert succession(directory, a, DAY) == Succession(a, c)


@pytest.mark.parametrize(
    "links",
    [
        (("A", "A", ENDED),),
        (("A", "B", ENDED), ("B", "A", ENDED)),
        (("A", "X", ENDED),),
        tuple((f"A{n}", f"A{n + 1}", ENDED) for n in range(30)),
    ],
)
def test_circles_gaps_and_endless_chains_propose_nobody(
    links: tuple[tuple[str, str | None, date | None], ...],
) -> None:
    directory = chain(*links)
    found = succession(directory, directory.agencies[0], DAY)
    assert found is not None
    assert found.successor is None
