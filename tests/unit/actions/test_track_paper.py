"""A person says what became of the paper; what changes nothing is told so and written nowhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.track_paper import OWN_GROUND, Mark, track_paper
from mailbridge.actions.tracking import CannotTrackError
from mailbridge.model.paper import Channel, PaperState, PaperTrack
from mailbridge.registry import also, journal, paper_tracker
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed, signed_mail

Say = Callable[..., None]


@pytest.fixture
def say(house: House) -> Say:
    def call(to: PaperState, reference: str = "", why: str = "", document: int = 1) -> None:
        track_paper(house, document, to, Mark("Văn thư A", NOW, reference, why), NOW)

    return call


def track(house: House) -> PaperTrack:
    with house.database.reading() as tx:
        return paper_tracker.of_document(tx, 1)[-1]


def events(house: House) -> list[str]:
    with house.database.reading() as tx:
        lines = journal.lines(tx, house.chanceries[0].code)
    return [line.event for line in reversed(lines) if line.event.startswith(("paper", "also"))]


def test_paper_is_expected_sent_and_received_under_the_same_number(
    house: House, lead: Lead, say: Say
) -> None:
    lead(signed_mail(keys().mailbox))
    say(PaperState.SENT, "EA123")
    assert track(house).state is PaperState.SENT
    say(PaperState.RECEIVED, "EA123")
    assert (track(house).state, track(house).reference) == (PaperState.RECEIVED, "EA123")
    with house.database.reading() as tx:
        (way,) = also.of_documents(tx, (1,))[1]
    assert (way.channel, way.reference, way.by) == (Channel.PAPER, "EA123", "Văn thư A")
    assert events(house) == ["paper-expected", "paper-sent", "also-received", "paper-received"]


@pytest.mark.parametrize("to", [PaperState.RECEIVED, PaperState.SENT, PaperState.WAIVED])
def test_what_is_there_is_not_written_again(
    house: House, lead: Lead, say: Say, to: PaperState
) -> None:
    lead(signed_mail(keys().mailbox))
    say(PaperState.RECEIVED)
    before = events(house)
    with pytest.raises(CannotTrackError):
        say(to, why="x")
    assert events(house) == before


def test_paper_that_nobody_waited_for_any_more_may_still_come(
    house: House, lead: Lead, say: Say
) -> None:
    lead(signed_mail(keys().mailbox))
    say(PaperState.WAIVED, why="đã có bản ký số")
    assert track(house).why == "đã có bản ký số"
    say(PaperState.RECEIVED)
    assert track(house).state is PaperState.RECEIVED


def test_paper_that_no_rule_asked_for_is_another_way_and_no_track(
    house: House, lead: Lead, say: Say
) -> None:
    lead(mail_with(sealed()))
    say(PaperState.RECEIVED, "EA9")
    assert events(house) == ["also-received"]
    with pytest.raises(CannotTrackError, match="không có bản giấy"):
        say(PaperState.SENT)


def test_a_person_asks_for_paper_on_a_ground_of_his_own(house: House, lead: Lead, say: Say) -> None:
    lead(mail_with(sealed()))
    with pytest.raises(CannotTrackError):
        say(PaperState.EXPECTED)
    say(PaperState.EXPECTED, why="hồ sơ nhân sự")
    assert (track(house).code, track(house).ground) == (OWN_GROUND, "hồ sơ nhân sự")
    with pytest.raises(CannotTrackError):
        say(PaperState.EXPECTED, why="hồ sơ nhân sự")


def test_a_document_that_is_not_there_is_told(say: Say) -> None:
    with pytest.raises(CannotTrackError):
        say(PaperState.RECEIVED, document=77)


def test_paper_that_goes_is_followed_for_each_recipient(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))

    def say(to: PaperState, recipient: str, why: str = "") -> None:
        mark = Mark("Văn thư A", NOW, "EA1", why, recipient)
        track_paper(house, 1, to, mark, NOW)

    say(PaperState.EXPECTED, "DEMO.01", "nhân sự")
    say(PaperState.EXPECTED, "DEMO.03", "nhân sự")
    say(PaperState.SENT, "DEMO.01")
    say(PaperState.RECEIVED, "DEMO.01")
    with house.database.reading() as tx:
        one, other = paper_tracker.of_document(tx, 1)
        assert also.of_documents(tx, (1,)) == {}, "what goes is no way by which it came"
    assert (one.outgoing, one.state) == (True, PaperState.RECEIVED)
    assert other.state is PaperState.EXPECTED
    with pytest.raises(CannotTrackError):
        say(PaperState.SENT, "DEMO.09")


def test_the_journal_tells_when_it_was_written_and_not_when_it_is_said_to_have_been(
    house: House, lead: Lead
) -> None:
    lead(signed_mail(keys().mailbox))
    early = NOW - timedelta(days=2)
    track_paper(house, 1, PaperState.SENT, Mark("A", early), NOW + timedelta(hours=1))
    assert track(house).changed_at == early
    with house.database.reading() as tx:
        line = journal.lines(tx, house.chanceries[0].code, 1)[0]
    assert (line.event, line.at) == ("paper-sent", NOW + timedelta(hours=1))
