"""Pieces are the whole list in its order, and none is larger than a statement takes."""

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.registry.pieces import AT_ONCE, pieces


@given(st.lists(st.integers()), st.integers(1, 9))
def test_pieces_are_the_whole_in_its_order(every: list[int], most: int) -> None:
    found = list(pieces(every, most))
    assert [one for piece in found for one in piece] == every
    assert all(0 < len(piece) <= most for piece in found)


def test_a_statement_may_name_a_piece_many_times() -> None:
    # The smaller limit of both engines: the Bind message of PostgreSQL counts in 16 bits.
    assert max(map(len, pieces(range(70_000)))) == AT_ONCE < 65_535 / 10
