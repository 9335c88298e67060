"""A document leaves checked, numbered and followed, or nothing is written."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.actions.entering import Wish
from mailbridge.actions.house import House
from mailbridge.actions.reserve import reserve
from mailbridge.actions.send import send
from mailbridge.demo import seals
from mailbridge.model.document import DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import DocumentFacts, LetterKind
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.sending import Business, Draft, NotSent, NumberWish, Sent
from mailbridge.registry import (
    documents,
    entries,
    evidence,
    exchanges,
    outbox,
    paper_tracker,
    replacements,
    statuses,
)
from tests.unit.actions.drafts import NEIGHBOUR, NOW, OWN, SENDER, drafted, printed, signed
from tests.unit.provenance.samples import keys


def _sent(house: House, draft: Draft) -> Sent:
    done = send(house, draft, "An", NOW)
    assert isinstance(done, Sent), done
    return done


def _codes(house: House, draft: Draft) -> list[str]:
    done = send(house, draft, "An", NOW)
    assert isinstance(done, NotSent), done
    return [one.code for one in done.hindrances]


def _nothing_was_written(house: House) -> bool:
    with house.database.reading() as tx:
        return not (outbox.letters(tx) or entries.of_book(tx, None, None))


def test_a_signed_document_is_entered_and_owed_to_each_recipient(
    house: House, tmp_path: Path
) -> None:
    to = (NEIGHBOUR.code, SENDER.mailbox)
    done = _sent(house, drafted(house, tmp_path, signed(printed()), to=to))
    assert (str(done.number), done.symbol) == ("1/2026", "1-CV/ĐU")
    with house.database.reading() as tx:
        document = documents.get(tx, done.document)
        begun = exchanges.of_document(tx, done.document)
        letters = [one for one in outbox.letters(tx) if one.kind is LetterKind.DOCUMENT]
        (proof,) = evidence.of_document(tx, done.document)
    assert document is not None
    assert (document.direction, document.state) == (Direction.OUT, DocumentState.REGISTERED)
    assert (document.verdict, proof.verdict) == (Verdict.LEGAL, Verdict.LEGAL)
    assert {one.to.address for one in begun} == {NEIGHBOUR.mailbox, SENDER.mailbox}
    assert {one.exchange for one in letters} == {one.id for one in begun}
    facts = letters[0].facts
    assert isinstance(facts, DocumentFacts)
    assert facts.files[0].type == "application/pdf"
    assert (facts.number, facts.notation) == ("1", "CV/ĐU")


def test_nobody_here_has_to_handle_what_we_send(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed()), urgency=Urgency.EXPRESS)
    _sent(house, draft)
    with house.database.reading() as tx:
        assert statuses.tasks(tx, OWN.code) == ()
        assert documents.urgent_unacknowledged(tx, OWN.code) == ()
        assert all(one.urgent for one in outbox.letters(tx) if one.kind is LetterKind.DOCUMENT)


def test_an_unsigned_document_leaves_only_when_a_person_says_so(
    house: House, tmp_path: Path
) -> None:
    draft = drafted(house, tmp_path, printed())
    assert _codes(house, draft) == ["unsigned"]
    assert _nothing_was_written(house)
    done = _sent(house, replace(draft, overrule="lãnh đạo đồng ý"))
    assert [one.code for one in done.overruled] == ["unsigned"]
    with house.database.reading() as tx:
        # Điều 5.2: what is not signed also goes on paper.
        tracks = paper_tracker.of_document(tx, done.document)
    assert [(track.outgoing, track.recipient) for track in tracks] == [(True, NEIGHBOUR.code)]


def test_a_marked_document_is_blocked_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed(secrecy="MẬT")), overrule="vẫn gửi")
    assert _codes(house, draft) == ["secrecy-mark"]
    assert not house.blobs.path(draft.files[0].sha256).exists()
    with house.database.reading() as tx:
        (told,) = outbox.letters(tx)
        assert told.kind is LetterKind.ALERT
        assert entries.of_book(tx, None, None) == ()


def test_a_changed_document_is_blocked_whoever_overrules_it(house: House, tmp_path: Path) -> None:
    broken = signed(printed()).replace(b"/Producer", b"/Producex", 1)
    assert broken != signed(printed())
    draft = drafted(house, tmp_path, broken, overrule="vẫn gửi")
    assert "signature-failed" in _codes(house, draft)


def test_a_seal_of_another_agency_is_no_signature_of_ours(house: House, tmp_path: Path) -> None:
    foreign = seals.seal_pdf(printed(), keys().seal, NOW)
    assert "signature-failed" in _codes(house, drafted(house, tmp_path, foreign))


def test_a_reserved_number_that_is_printed_is_used(house: House, tmp_path: Path) -> None:
    reserve(house, OWN.code, Wish(type="Công văn"), "An", NOW)
    held = reserve(house, OWN.code, Wish(type="Công văn"), "An", NOW)
    done = _sent(house, drafted(house, tmp_path, signed(printed("2"))))
    assert done.number == held.number


def test_a_printed_number_that_the_book_does_not_give_blocks(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed("7")))
    assert _codes(house, draft) == ["number-differs"]
    assert _nothing_was_written(house)
    done = _sent(house, replace(draft, number=NumberWish.PRINTED))
    assert (done.number, done.symbol) == (None, "7-CV/ĐU")


def test_a_field_that_the_text_contradicts_blocks(house: House, tmp_path: Path) -> None:
    fields = {FieldName.SYMBOL: "9-CV/ĐU"}
    assert "symbol-differs" in _codes(
        house, drafted(house, tmp_path, signed(printed()), fields=fields)
    )


def test_the_same_document_is_not_sent_twice(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed()))
    _sent(house, draft)
    assert _codes(house, draft) == ["already-sent"]
    with house.database.reading() as tx:
        assert len([x for x in outbox.letters(tx) if x.kind is LetterKind.DOCUMENT]) == 1
        assert len(entries.of_book(tx, OWN.code, "di")) == 1


def test_a_stranger_and_ourselves_are_no_recipients(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed()), to=("DEMO.99", OWN.code))
    assert set(_codes(house, draft)) == {"recipient-unknown", "recipient-own"}


def test_our_own_mailbox_must_be_known_to_others(house: House, tmp_path: Path) -> None:
    ours = replace(house.parties["vanthu"], address="vanthu-moi@hungyen.gov.vn")
    elsewhere = replace(house, parties={"vanthu": ours})
    draft = drafted(house, tmp_path, signed(printed()))
    assert _codes(elsewhere, draft) == ["own-mailbox"]


def test_what_is_sent_late_wants_a_reason(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed()))
    done = send(house, draft, "An", NOW + timedelta(days=9))
    assert isinstance(done, NotSent)
    assert "sent-late" in [one.code for one in done.hindrances]


def test_a_replacement_names_what_it_replaces(house: House, tmp_path: Path) -> None:
    old = _sent(house, drafted(house, tmp_path, signed(printed())))
    draft = drafted(
        house,
        tmp_path,
        signed(printed("2", "về việc thử, sửa")),
        business=Business.REPLACE,
        replaces=(old.document,),
        reason="sai căn cứ",
    )
    new = _sent(house, draft)
    with house.database.reading() as tx:
        (made,) = replacements.of_document(tx, old.document)
        facts = next(x.facts for x in outbox.letters(tx) if x.document == new.document)
    assert (made.document, made.why) == (new.document, "sai căn cứ")
    assert isinstance(facts, DocumentFacts)
    assert (facts.business, len(facts.replaces)) == ("3", 1)


def test_a_replacement_of_nothing_is_hindered(house: House, tmp_path: Path) -> None:
    draft = drafted(
        house, tmp_path, signed(printed()), business=Business.REPLACE, replaces=(77,), reason="x"
    )
    assert _codes(house, draft) == ["replaces"]


@pytest.mark.parametrize("octets", [b"", b"not a document", b"%PDF-1.7 broken"])
def test_what_is_no_document_is_not_sent(house: House, tmp_path: Path, octets: bytes) -> None:
    assert _codes(house, drafted(house, tmp_path, octets))
    assert _nothing_was_written(house)


def test_the_draft_itself_leaves_no_blob(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, printed())
    kept = house.blobs.path(draft.files[0].sha256)
    send(house, draft, "An", NOW)
    assert [path for path in kept.parent.iterdir() if path.is_file()] == [kept]
