"""A key is tried before a letter needs it, and a refused PIN once."""

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.try_key import try_key
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signer import KeySigner
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.errors import TryLaterError
from mailbridge.registry import mailboxes, waiting
from tests.unit.provenance.samples import NOW, keys


def _lost(fault: KeyFault, asked: list[int]) -> KeySigner:
    def open_() -> SigningKey:
        asked.append(1)
        raise UnsignedError(fault, "away")

    return KeySigner(open_, lambda: NOW)


def test_a_key_that_signs_tells_whose_it_is_and_lets_letters_leave(house: House) -> None:
    own = keys().own_mailbox
    with house.database.transaction() as tx:
        waiting.key_is_away(tx, "vanthu", "away", NOW, for_person=False)
    signer = KeySigner(lambda: SigningKey(own.key, own.certificate), lambda: NOW)
    done = try_key(house.database, "vanthu", signer, NOW)
    assert done.until == own.certificate.not_valid_after_utc
    assert done.size > 500
    with house.database.reading() as tx:
        assert not waiting.may_leave(tx, ("vanthu",), NOW)["without"]


def test_a_refused_pin_is_not_tried_again(house: House) -> None:
    asked: list[int] = []
    signer = _lost(KeyFault.PIN, asked)
    for _ in range(3):
        with pytest.raises(TryLaterError):
            try_key(house.database, "vanthu", signer, NOW)
    assert asked == [1]
    with house.database.reading() as tx:
        assert list(mailboxes.suspended(tx)) == ["key:vanthu"]


def test_a_token_that_is_away_may_be_tried_again(house: House) -> None:
    asked: list[int] = []
    signer = _lost(KeyFault.UNPLUGGED, asked)
    for _ in range(2):
        with pytest.raises(UnsignedError):
            try_key(house.database, "vanthu", signer, NOW)
    assert asked == [1, 1]
    with house.database.reading() as tx:
        assert mailboxes.suspended(tx) == {}
