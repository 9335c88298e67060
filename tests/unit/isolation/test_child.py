"""What crosses to a child and back is typed JSON."""

import pytest

from mailbridge.isolation.child import Failure, Role
from mailbridge.model import codec
from mailbridge.model.errors import Reason


def test_roles_and_replies_cross_unchanged() -> None:
    role = Role("a.b:c", "/scratch", ("/blobs",), 1, 2, 3)
    assert codec.decode(Role, codec.encode(Role, role)) == role
    reply = Failure(refused=Reason.BOMB, detail="x")
    assert codec.decode(Failure, codec.encode(Failure, reply)) == reply


def test_a_reply_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="refused"):
        codec.decode(Failure, b'{"refused": "no such reason"}')
