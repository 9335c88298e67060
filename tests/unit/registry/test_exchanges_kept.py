"""Exchanges and their facts: found by everything that an answer may name, and never changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.model.document import Document
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Standing, Weight
from mailbridge.model.letter import LetterKind, Party
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import Exchange
from mailbridge.registry import documents, exchanges, outbox
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.registry.conftest import NOW, OFFICE
from tests.unit.registry.plans import plans

TO = Party("DEMO.01", "Văn phòng Tỉnh ủy Ví Dụ", "vptu@hungyen.gov.vn")
ARRIVED = Fact(FactKind.ARRIVED, NOW, Weight.PROVEN, 1)


@pytest.fixture
def exchange(database: Database, document: Callable[..., Document]) -> int:
    """A document that was sent to one agency, with its letter."""
    with database.transaction() as tx:
        made = replace(document(0), direction=Direction.OUT)
        of = documents.add(tx, made)
        given = exchanges.add(tx, Exchange(0, OFFICE, of, TO, NOW, NOW + timedelta(days=1)))
        outbox.owe(tx, sent.letter(LetterKind.DOCUMENT, document=of, exchange=given))
    return given


def test_an_exchange_is_found_by_all_that_an_answer_may_name(
    database: Database, exchange: int
) -> None:
    with database.reading() as tx:
        found = exchanges.get(tx, exchange)
        assert found is not None
        assert (found.to, found.state) == (TO, ExchangeState.OWED)
        assert exchanges.by_token(tx, "mb." + "a" * 52, OFFICE) == found
        assert exchanges.by_document_key(tx, OFFICE, "12-CV/VPTU", "2026-11-23") == (found,)
        assert exchanges.by_files(tx, OFFICE, ("a" * 64, "f" * 64)) == (found,)
        assert exchanges.of_document(tx, found.document) == (found,)


def test_another_office_finds_nothing_of_it(database: Database, exchange: int) -> None:
    del exchange
    with database.reading() as tx:
        assert exchanges.by_token(tx, "mb." + "a" * 52, "DEMO.99") is None
        assert exchanges.by_document_key(tx, "DEMO.99", "12-CV/VPTU", None) == ()
        assert exchanges.by_files(tx, "DEMO.99", ("a" * 64,)) == ()


def test_the_same_fact_again_is_one_fact(database: Database, exchange: int) -> None:
    with database.transaction() as tx:
        exchanges.add_fact(tx, exchange, "r1", ARRIVED, None, NOW)
        exchanges.add_fact(tx, exchange, "r1", ARRIVED, None, NOW)
    with database.reading() as tx:
        assert exchanges.facts(tx, exchange) == (ARRIVED,)
        assert exchanges.keys(tx, exchange) == {"r1"}


def test_a_fact_is_never_changed(database: Database, exchange: int) -> None:
    with database.transaction() as tx:
        exchanges.add_fact(tx, exchange, "r1", ARRIVED, None, NOW)
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(text("UPDATE fact SET kind = '06'"))


def test_what_waits_for_an_answer_is_listed_until_it_comes(
    database: Database, exchange: int
) -> None:
    late = NOW + timedelta(days=2)
    with database.reading() as tx:
        assert [one.id for one in exchanges.unanswered(tx, OFFICE, late, 9)] == [exchange]
        assert exchanges.unanswered(tx, OFFICE, NOW, 9) == ()
    with database.transaction() as tx:
        exchanges.stand(tx, exchange, Standing(ExchangeState.REGISTERED, "431/2026"))
    with database.reading() as tx:
        assert exchanges.unanswered(tx, OFFICE, late, 9) == ()
        (found,) = exchanges.listed(tx, OFFICE, (ExchangeState.REGISTERED,))
    assert found.number == "431/2026"


def test_a_reminder_is_counted_and_moves_the_deadline(database: Database, exchange: int) -> None:
    with database.transaction() as tx:
        exchanges.reminded(tx, exchange, NOW + timedelta(days=3))
    with database.reading() as tx:
        found = exchanges.get(tx, exchange)
    assert found is not None
    assert (found.reminders, found.answer_by) == (1, NOW + timedelta(days=3))


def test_one_recipient_has_one_exchange_a_document(database: Database, exchange: int) -> None:
    with database.reading() as tx:
        found = exchanges.get(tx, exchange)
    assert found is not None
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        exchanges.add(tx, found)


@pytest.mark.parametrize("issued", [None, "2026-11-23"])
def test_a_symbol_is_looked_up_among_what_was_sent_alone(
    database: Database, issued: str | None
) -> None:
    with plans(database) as (tx, found):
        exchanges.by_document_key(tx, OFFICE, "12-CV/VPTU", issued)
    assert "ix_document_sent" in found[0]
    assert "SCAN" not in found[0]
