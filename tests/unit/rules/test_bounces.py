"""A report of a mail server counts under four conditions, and is about transport alone."""

from dataclasses import replace

import pytest

from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.sending import StrayKind
from mailbridge.model.statement import Accepted, Ignored, Match, Sender, Statement, Strayed, Way
from mailbridge.rules.acceptance import judge
from tests.unit.rules.answering import (
    BY_FILES,
    EXCHANGE,
    NOW,
    PLAIN,
    REPORT,
    SENT,
    SERVER,
    THEM,
)

BY_ENVELOPE = Match(Way.ENVELOPE, (EXCHANGE,))


def kind(
    statement: Statement = REPORT, sender: Sender = SERVER, match: Match = BY_ENVELOPE
) -> StrayKind | None:
    found = judge(statement, sender, match, SENT, NOW)
    return found.kind if isinstance(found, Strayed) else None


def test_a_report_under_all_four_conditions_bounces_the_letter() -> None:
    assert judge(REPORT, SERVER, BY_ENVELOPE, SENT, NOW) == Accepted(
        Fact(FactKind.BOUNCED, NOW, Weight.WEAK, reason=REPORT.reason), REPORT.key
    )


def test_a_report_that_no_server_wrote_is_forged() -> None:
    assert kind(sender=PLAIN) is StrayKind.FORGED


def test_a_report_that_names_no_letter_of_ours_is_an_orphan() -> None:
    assert kind(match=BY_FILES) is StrayKind.ORPHAN


def test_a_report_about_another_recipient_is_an_orphan() -> None:
    assert kind(replace(REPORT, by=("", "khac@vidu.vn"))) is StrayKind.ORPHAN


def test_the_recipient_may_be_an_alias_of_whom_we_named() -> None:
    behind = replace(REPORT, by=("", "alias@may.vidu.vn"), to=("", THEM.address))
    assert isinstance(judge(behind, SERVER, BY_ENVELOPE, SENT, NOW), Accepted)


@pytest.mark.parametrize("state", [ExchangeState.ARRIVED, ExchangeState.DONE])
def test_a_report_after_an_answer_changes_nothing(state: ExchangeState) -> None:
    sent = replace(SENT, exchange=replace(EXCHANGE, state=state))
    assert judge(REPORT, SERVER, BY_ENVELOPE, sent, NOW) == Ignored()


def test_a_report_that_comes_again_changes_nothing() -> None:
    sent = replace(SENT, known=frozenset({REPORT.key}))
    assert judge(REPORT, SERVER, BY_ENVELOPE, sent, NOW) == Ignored()


def test_a_report_in_words_alone_is_given_to_a_person() -> None:
    words = replace(REPORT, kind=None, by=("", ""), reason="")
    assert kind(words) is StrayKind.WORDS


def test_a_server_that_took_it_shows_that_it_left_and_no_more() -> None:
    taken = replace(REPORT, kind=FactKind.SUBMITTED, key="delivery:taken")
    found = judge(taken, SERVER, BY_ENVELOPE, SENT, NOW)
    assert isinstance(found, Accepted)
    assert (found.fact.kind, found.fact.weight) == (FactKind.SUBMITTED, Weight.WEAK)
