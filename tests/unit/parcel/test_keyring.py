"""Passwords by file name."""

from mailbridge.parcel.keyring import Keyring


def test_the_password_of_a_file_is_tried_before_those_for_all() -> None:
    ring = Keyring(passwords=(("*", "all"), ("a.zip", "own"), ("b.zip", "other")))
    assert ring.passwords_for("a.zip") == ("own", "all")


def test_a_password_is_never_shown() -> None:
    assert "geheim" not in repr(Keyring(passwords=(("a.zip", "geheim"),)))
