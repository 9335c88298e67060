import pytest

from mailbridge.letters.endings import AuthenticationFailedError, refuse_or_wait
from mailbridge.model.errors import RefusedError, TryLaterError


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-1, TryLaterError),
        (421, TryLaterError),
        (450, TryLaterError),
        (503, TryLaterError),
        (535, AuthenticationFailedError),
        (550, RefusedError),
        (554, RefusedError),
    ],
)
def test_code_alone_decides(code: int, kind: type[Exception]) -> None:
    assert type(refuse_or_wait(code)) is kind
