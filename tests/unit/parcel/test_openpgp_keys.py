"""Which key or word opens a lock, and what is said where none does."""

from pathlib import Path

import pytest

from mailbridge.model.parcel import LockWhy
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.openpgp_keys import words
from tests.simulators import pgp
from tests.simulators.pgp import Correspondents, Desk

WORD = "mật khẩu đúng"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((), LockWhy.NEEDS_WORD),
        ((("*", "sai"),), LockWhy.WRONG_WORD),
        ((("a.txt.gpg", "sai"), ("*", WORD)), None),
        ((("a.txt.gpg", WORD),), None),
        ((("khac.gpg", WORD),), LockWhy.NEEDS_WORD),
    ],
)
def test_a_lock_of_words(
    people: Correspondents,
    pgp_desk: Desk,
    given: tuple[tuple[str, str], ...],
    why: LockWhy | None,
) -> None:
    entity = pgp.attached("a.txt.gpg", people.lock_by_word(b"noi dung", WORD))
    parcel = pgp_desk.opened(pgp.mail(entity), given)
    (lock,) = parcel.locks
    assert (lock.why, lock.opened) == (why, why is None)
    assert ("a.txt" in [file.name for file in parcel.files]) is (why is None)


def test_a_key_of_ours_may_be_locked_by_a_word_of_its_own(
    people: Correspondents, pgp_desk: Desk
) -> None:
    key = people.new("kin@hungyen.gov.vn", word=WORD)
    pgp_desk.trust(secret=people.secret(key, WORD), name="kin.asc")
    mail = pgp.mail(pgp.encrypted(people.lock(pgp.text(), key)))
    assert [lock.why for lock in pgp_desk.opened(mail).locks] == [LockWhy.NEEDS_WORD]
    wrong = pgp_desk.opened(mail, (("*", "sai"),))
    assert [lock.why for lock in wrong.locks] == [LockWhy.WRONG_WORD]
    right = pgp_desk.opened(mail, (("kin.asc", WORD),))
    assert [lock.opened for lock in right.locks] == [True]


def test_words_named_for_a_thing_come_first_and_each_is_tried_once(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "own.asc").touch()
    given = (("*", "chung"), ("own.asc", "khoa"), ("a.gpg", "tep"), ("*", "tep"), ("*", ""))
    assert words(Keyring(tmp_path, given), "a.gpg") == ("tep", "khoa", "chung")
    assert words(Keyring(None, given), "*") == ("chung", "tep")
