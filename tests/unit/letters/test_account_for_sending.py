import pytest

from mailbridge.letters.account import connected
from mailbridge.model.errors import TryLaterError
from tests.simulators.smtp import Fault, SmtpSimulator


def test_secret_is_not_shown_with_the_account() -> None:
    with SmtpSimulator() as server:
        assert "secret" not in repr(server.login())


def test_unwelcome_connection_is_closed() -> None:
    with SmtpSimulator(faults=[Fault("GREETING", "421 busy", times=1)]) as server:
        with pytest.raises(TryLaterError):
            connected(server.account())
        connected(server.account()).quit()
        assert server.connections == 2


def test_host_name_is_not_looked_up_for_the_greeting() -> None:
    with SmtpSimulator() as server:
        connected(server.login()).quit()
        assert server.commands[0] == "ehlo hungyen.gov.vn"
