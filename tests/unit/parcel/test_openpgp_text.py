"""Inside a text, what is sealed or locked stands apart from what is neither."""

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockWhy
from tests.simulators import pgp
from tests.simulators.pgp import Correspondents, Desk


def shown(words: str) -> bytes:
    return pgp.mail(pgp.text(words))


def test_a_text_is_cut_at_its_blocks(
    people: Correspondents, sender: str, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    signed = people.clear("đã ký".encode(), sender).decode()
    locked = people.lock("đã khóa".encode(), own).decode()
    parcel = pgp_desk.opened(shown(f"trước\n{signed}giữa\n{locked}sau\n"))
    assert [(text.text.strip(), text.unlocked_by) for text in parcel.texts] == [
        ("trước", ()),
        ("đã ký", ()),
        ("giữa", ()),
        ("đã khóa", (0,)),
        ("sau", ()),
    ]
    assert len({text.path for text in parcel.texts}) == 5
    (claim,) = parcel.claims
    assert claim.covers == (parcel.texts[1].path,)
    assert not claim.whole
    assert [lock.coverage for lock in parcel.locks] == ["part"]


def test_several_text_parts_are_each_opened(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    parts = [pgp.text(people.clear(words, sender).decode()) for words in (b"mot", b"hai")]
    parcel = pgp_desk.opened(pgp.mail(pgp.multipart("mixed", *parts)))
    assert [text.text.strip() for text in parcel.texts] == ["mot", "hai"]
    assert [claim.whole for claim in parcel.claims] == [False, False]


def test_a_locked_block_that_stays_closed_is_shown_as_it_is(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    parcel = pgp_desk.opened(shown(people.lock(b"kin", own).decode()))
    assert [lock.opened for lock in parcel.locks] == [False]
    assert "BEGIN PGP MESSAGE" in parcel.texts[0].text


def test_ciphertext_in_html_is_not_opened(people: Correspondents, own: str, pgp_desk: Desk) -> None:
    pgp_desk.trust(secret=people.secret(own))
    block = people.lock(b"bi mat", own)
    html = b'Content-Type: text/html\r\n\r\n<img src="http://x/' + pgp.crlf(block) + b'">'
    parcel = pgp_desk.opened(pgp.mail(html))
    assert not any("bi mat" in text.text for text in parcel.texts)
    assert [(lock.why, lock.coverage) for lock in parcel.locks] == [(LockWhy.UNSUPPORTED, "part")]
    assert parcel.unsupported == (("1", "openpgp-html"),)


def test_the_old_type_of_its_own_is_read_as_a_text(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    head = b"Content-Type: application/pgp; x-action=sign\r\n\r\n"
    parcel = pgp_desk.opened(pgp.mail(head + pgp.crlf(people.clear(b"noi dung", sender))))
    assert [text.text.strip() for text in parcel.texts] == ["noi dung"]
    assert [claim.whole for claim in parcel.claims] == [True]


def test_a_file_that_was_locked_inline_becomes_a_file(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    parcel = pgp_desk.opened(shown(people.lock(b"%PDF-1.4\n%%EOF\n", own).decode()))
    assert [(file.type, file.unlocked_by) for file in parcel.files] == [("application/pdf", (0,))]


def test_dashes_are_taken_off_and_a_signature_is_no_text(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    words = b"- mot\n-----BEGIN PGP MESSAGE-----\n-- \nky ten"
    (text,) = pgp_desk.opened(shown(people.clear(words, sender).decode())).texts
    assert text.text.strip() == words.decode()


def test_a_thousand_blocks_are_too_many(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    block = people.clear(b"a", sender).decode()
    with pytest.raises(RefusedError) as refusal:
        pgp_desk.opened(shown(block * 1000))
    assert refusal.value.reason is Reason.TOO_MANY


def test_a_key_in_a_text_is_a_text(people: Correspondents, sender: str, pgp_desk: Desk) -> None:
    parcel = pgp_desk.opened(shown("Khóa của tôi:\n" + people.public(sender).decode()))
    assert len(parcel.texts) == 1
    assert (parcel.claims, parcel.locks) == ((), ())
