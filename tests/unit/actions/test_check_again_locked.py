"""A clerk's password opens what was held, once; its sender learns nothing of locks."""

import io
import json
from datetime import date

import pytest
import pyzipper

from mailbridge.actions.check_again import CannotCheckAgainError, check_again
from mailbridge.actions.house import House
from mailbridge.demo import mails
from mailbridge.demo.papers import Paper, pdf
from mailbridge.letters.canonical import canonical
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import ReceiptFacts
from mailbridge.model.outcome import Held, Impounded, OutcomeName, Registered
from mailbridge.registry import documents, ledger, outbox
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import HEAD, NOW, sealed

WORD = "mật-khẩu 1"


def locked(content: bytes) -> bytes:
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(WORD.encode())
        archive.writestr("123.pdf", content)
    return mails.mail(HEAD, mails.with_file("Kính gửi", made.getvalue(), "ho-so.zip"))


def _receipts(house: House) -> list[dict[str, object]]:
    with house.database.reading() as tx:
        facts = [letter.facts for letter in reversed(outbox.letters(tx))]
    return [json.loads(canonical(one)) for one in facts if isinstance(one, ReceiptFacts)]


def test_a_locked_document_waits_with_a_refusal_in_words(house: House, lead: Lead) -> None:
    outcome = lead(locked(sealed()))
    assert isinstance(outcome, Held)
    assert (outcome.reason, outcome.refusal) == (Reason.ENCRYPTED, Reason.ENCRYPTED)
    assert "mật khẩu" in outcome.detail


def test_a_receipt_bears_the_verdict_and_no_word_of_the_lock(house: House, lead: Lead) -> None:
    lead(locked(sealed()))
    check_again(house, 1, "A", NOW, password="sai")
    (receipt,) = _receipts(house)
    assert (receipt["edxml"], receipt["verdict"], receipt["reason"]) == ("01", "undetermined", None)
    told = json.dumps(receipt, ensure_ascii=False)
    assert "mật khẩu" not in told
    assert "password" not in told


def test_the_right_word_settles_what_was_held_anew(house: House, lead: Lead) -> None:
    lead(locked(sealed()))
    again = check_again(house, 1, "A", NOW, password=WORD)
    assert isinstance(again.outcome, Registered), again
    assert again.after.verdict is Verdict.LEGAL
    with house.database.reading() as tx:
        document = documents.by_ledger(tx, 1)
    assert document is not None
    names = {file.name for file in document.files}
    assert "123.pdf" in names
    assert all(house.blobs.path(f.sha256).exists() for f in document.files if f.stored)
    assert [one["verdict"] for one in _receipts(house)] == ["undetermined", "legal"]


@pytest.mark.parametrize("word", ["sai", ""])
def test_another_word_leaves_it_held_and_says_so(house: House, lead: Lead, word: str) -> None:
    lead(locked(sealed()))
    assert isinstance(check_again(house, 1, "A", NOW, password=word).outcome, Held)
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
    assert row is not None
    assert row.reason is Reason.ENCRYPTED


def test_a_mark_of_secrecy_behind_the_lock_takes_the_octets_away(house: House, lead: Lead) -> None:
    secret = Paper("123", "CV/VPTU", date(2026, 11, 20), "về việc thử", secrecy="MẬT")
    lead(locked(pdf(secret)))
    with house.database.reading() as tx:
        row, document = ledger.get(tx, 1), documents.by_ledger(tx, 1)
    assert row is not None
    assert document is not None
    assert row.fingerprint is not None
    names = [row.fingerprint, *(file.sha256 for file in document.files if file.stored)]
    again = check_again(house, 1, "A", NOW, password=WORD)
    assert again.outcome == Impounded("MẬT")
    assert not [name for name in names if house.blobs.path(name).exists()]
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
    assert row is not None
    assert (row.outcome, row.subject) == (OutcomeName.IMPOUNDED, "")
    with pytest.raises(CannotCheckAgainError):
        check_again(house, 1, "A", NOW)
