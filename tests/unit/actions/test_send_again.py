"""Whatever a person decides about a sending is done once, and stays with his name."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.actions.exchanging import learn, posted
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.actions.send_again import (
    CannotSendAgainError,
    add_recipients,
    confirm_sent,
    on_paper,
    resend,
    update,
)
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import DocumentFacts, Letter, LetterKind, LetterState
from mailbridge.model.sending import Exchange, Sent
from mailbridge.registry import (
    agencies,
    claiming,
    documents,
    exchanges,
    outbox,
    paper_tracker,
    tasks_of_people,
)
from mailbridge.registry.withdrawn import withdraw
from tests.unit.actions.drafts import NEIGHBOUR, NOW, SENDER, drafted, printed, signed

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def document(house: House, tmp_path: Path) -> Document:
    done = send(house, drafted(house, tmp_path, signed(printed())), "An", NOW)
    assert isinstance(done, Sent)
    with house.database.reading() as tx:
        found = documents.get(tx, done.document)
    assert found is not None
    return found


def _exchanges(house: House, document: Document) -> tuple[Exchange, ...]:
    with house.database.reading() as tx:
        return exchanges.of_document(tx, document.id)


def _letters(house: House) -> list[Letter]:
    with house.database.reading() as tx:
        return [x for x in outbox.letters(tx) if x.kind is LetterKind.DOCUMENT]


def _uncertain(house: House, document: Document) -> Exchange:
    with house.database.transaction() as tx:
        (claimed,) = claiming.take(tx, NOW, ("vanthu",)).letters
        outbox.uncertain(tx, (claimed.id,), "cut", NOW)
    return _exchanges(house, document)[0]


def test_a_new_recipient_gets_the_same_files(house: House, document: Document) -> None:
    (new,) = add_recipients(house, document, (SENDER.code, NEIGHBOUR.code), "An", LATER)
    assert new.agency == SENDER.code
    first, second = (x.facts for x in reversed(_letters(house)))
    assert isinstance(first, DocumentFacts)
    assert isinstance(second, DocumentFacts)
    assert first.files == second.files
    assert {party.agency for party in second.recipients} == {SENDER.code, NEIGHBOUR.code}


def test_who_had_it_does_not_get_it_again(house: House, document: Document) -> None:
    with pytest.raises(CannotSendAgainError):
        add_recipients(house, document, (NEIGHBOUR.code,), "An", LATER)
    with pytest.raises(CannotSendAgainError, match="không có trong danh bạ"):
        add_recipients(house, document, ("DEMO.99",), "An", LATER)
    assert len(_letters(house)) == 1


def _moved(house: House, mailbox: str) -> None:
    """Let the directory name another mailbox of the recipient."""
    with house.database.transaction() as tx:
        every = agencies.directory(tx).agencies
        changed = [
            replace(one, mailboxes=(mailbox,)) if one.code == NEIGHBOUR.code else one
            for one in every
        ]
        agencies.load(tx, Directory(tuple(changed)), NOW)


def test_a_document_that_was_given_back_reaches_a_corrected_address(
    house: House, document: Document
) -> None:
    (before,) = _exchanges(house, document)
    with house.database.transaction() as tx:
        (letter,) = claiming.take(tx, NOW, ("vanthu",)).letters
        outbox.failed(tx, (letter.id,), "550 no such user", NOW)
        posted(tx, letter, FactKind.BOUNCED, "550 no such user", NOW)
        assert tasks_of_people.undone(tx, document.office)
    # The address is the same still: that is what `resend` is for.
    with pytest.raises(CannotSendAgainError, match="đúng địa chỉ"):
        add_recipients(house, document, (NEIGHBOUR.code,), "An", LATER)
    _moved(house, "moi@hungyen.gov.vn")
    (new,) = add_recipients(house, document, (NEIGHBOUR.code,), "An", LATER)
    assert (new.agency, new.address) == (NEIGHBOUR.code, "moi@hungyen.gov.vn")
    letter = _letters(house)[0]
    assert isinstance(letter.facts, DocumentFacts)
    assert (letter.to, letter.facts.recipients) == ("moi@hungyen.gov.vn", (new,))
    with house.database.reading() as tx:
        assert tasks_of_people.undone(tx, document.office) == ()
        assert exchanges.get(tx, before.id) is not None


def test_whose_mail_was_taken_is_sent_nothing_more_by_another_address(
    house: House, document: Document
) -> None:
    _moved(house, "moi@hungyen.gov.vn")
    with pytest.raises(CannotSendAgainError):
        add_recipients(house, document, (NEIGHBOUR.code,), "An", LATER)


def test_a_mail_leaves_again_for_a_reason_alone(house: House, document: Document) -> None:
    with pytest.raises(CannotSendAgainError, match="lý do"):
        resend(house, _uncertain(house, document), "An", " ", LATER)
    with pytest.raises(CannotSendAgainError, match="căn cứ"):
        confirm_sent(house, _exchanges(house, document)[0], "An", "", LATER)


def test_news_of_a_document_is_an_update_of_the_same_exchange(
    house: House, document: Document
) -> None:
    update(house, document, "sửa trích yếu", "An", LATER)
    update(house, document, "sửa lần nữa", "An", LATER)
    letters = _letters(house)
    kinds = [x.facts.business for x in letters if isinstance(x.facts, DocumentFacts)]
    assert kinds == ["2", "2", "0"]
    assert len({x.id for x in letters}) == 3
    assert len({x.exchange for x in letters}) == 1


def test_an_update_without_a_word_is_none(house: House, document: Document) -> None:
    with pytest.raises(CannotSendAgainError):
        update(house, document, " ", "An", LATER)


def test_an_uncertain_mail_leaves_again_under_its_own_name(
    house: House, document: Document
) -> None:
    exchange = _uncertain(house, document)
    (before,) = _letters(house)
    resend(house, exchange, "An", "nơi nhận báo chưa có", LATER)
    (after,) = _letters(house)
    assert (after.id, after.state) == (before.id, LetterState.OWED)
    with pytest.raises(CannotSendAgainError):
        resend(house, exchange, "An", "lần nữa", LATER)


def test_a_person_may_know_that_an_uncertain_mail_arrived(house: House, document: Document) -> None:
    exchange = _uncertain(house, document)
    confirm_sent(house, exchange, "An", "đã gọi điện", LATER)
    assert _exchanges(house, document)[0].state is ExchangeState.SUBMITTED
    with pytest.raises(CannotSendAgainError):
        confirm_sent(house, exchange, "An", "lần nữa", LATER)


def test_silence_alone_is_no_ground_for_paper(house: House, document: Document) -> None:
    (exchange,) = _exchanges(house, document)
    with pytest.raises(CannotSendAgainError, match="không là căn cứ"):
        on_paper(house, exchange, "An", "  ", LATER)
    on_paper(house, exchange, "An", "bên nhận chưa có máy đọc", LATER)
    with house.database.reading() as tx:
        (track,) = paper_tracker.of_document(tx, document.id)
    assert (track.outgoing, track.recipient, track.code) == (True, NEIGHBOUR.code, "7.4")


def _called_back(house: House, document: Document) -> Exchange:
    (exchange,) = _exchanges(house, document)
    with house.database.transaction() as tx:
        learn(tx, exchange, "13", Fact(FactKind.RECALL_ASKED, NOW, Weight.OWN), None, NOW)
        withdraw(tx, [x.id for x in outbox.of_exchange(tx, exchange.id)], "đã thu hồi")
    return exchange


def test_what_was_called_back_leaves_to_nobody(house: House, document: Document) -> None:
    """Điều 9.2."""
    stale = _called_back(house, document)
    with pytest.raises(CannotSendAgainError, match="thu hồi"):
        resend(house, stale, "An", "gửi lại", LATER)
    with pytest.raises(CannotSendAgainError, match="thu hồi"):
        add_recipients(house, document, (SENDER.code,), "An", LATER)
    assert {letter.state for letter in _letters(house)} == {LetterState.FAILED}


def test_who_is_added_later_has_the_whole_time_to_answer(house: House, document: Document) -> None:
    after = NOW + timedelta(days=5)
    add_recipients(house, document, (SENDER.code,), "An", after)
    times = [one.answer_by for one in _exchanges(house, document)]
    assert all(times)
    assert max(filter(None, times)) > after
