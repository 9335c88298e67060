"""A door that cannot be opened says so before the service says that it is ready."""

import socket

import pytest

from mailbridge.gateway.gateway import Gateway
from mailbridge.model.errors import TryLaterError
from tests.unit.gateway.conftest import Open


def test_a_port_that_is_taken_is_named(service: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        running = service(f"\n[gateway.lmtp]\nport = {port}\n")
        with pytest.raises(TryLaterError, match=str(port)):
            running.start()


def test_a_folder_that_is_not_there_is_named(service: Open) -> None:
    with pytest.raises(TryLaterError, match="khong-co"):
        service('\n[gateway.lmtp]\nsocket = "/khong-co/lmtp"\n').start()


def test_without_a_door_nothing_runs() -> None:
    closed = Gateway(None, None)
    closed.stop()
    assert closed.is_alive()
    assert closed.ports == {}
