from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.errors import TryLaterError


def test_what_cannot_be_signed_waits_like_all_that_may_pass_later() -> None:
    error = UnsignedError(KeyFault.PIN, "token 'a' refused the PIN")
    assert isinstance(error, TryLaterError)
    assert (error.fault, error.detail) == (KeyFault.PIN, str(error))
