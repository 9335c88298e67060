"""A password opens for its own account alone, whether it lies as a hash or in a secret."""

import pytest

from mailbridge.gateway.people import PASSWORD_LENGTH, People, Person, hashed

HASH = hashed("đúng rồi")
PEOPLE = People(
    (
        Person("Lan", "lan@hungyen.gov.vn", "A", lambda: HASH),
        Person("Hoa", "hoa@hungyen.gov.vn", "A", lambda: "trong tệp"),
        Person("Trống", "trong@hungyen.gov.vn", "A", lambda: ""),
    )
)


@pytest.mark.parametrize(
    ("account", "password", "name"),
    [
        ("lan@hungyen.gov.vn", "đúng rồi", "Lan"),
        ("LAN@hungyen.gov.vn", "đúng rồi", "Lan"),
        ("hoa@hungyen.gov.vn", "trong tệp", "Hoa"),
        ("lan@hungyen.gov.vn", "sai", None),
        pytest.param("lan@hungyen.gov.vn", HASH, None, id="the hash itself"),
        ("hoa@hungyen.gov.vn", "đúng rồi", None),
        ("trong@hungyen.gov.vn", "", None),
        ("ai-do@hungyen.gov.vn", "đúng rồi", None),
        ("lan@hungyen.gov.vn", "x" * (PASSWORD_LENGTH + 1), None),
    ],
)
def test_only_the_right_password_of_the_account_opens(
    account: str, password: str, name: str | None
) -> None:
    person = PEOPLE.login(account.encode(), password.encode())
    assert (person.name if person else None) == name


def test_no_hash_is_like_another_and_none_shows_the_password() -> None:
    assert HASH.startswith("$argon2id$")
    assert hashed("đúng rồi") != HASH
    assert "đúng" not in repr(PEOPLE._people["lan@hungyen.gov.vn"])
