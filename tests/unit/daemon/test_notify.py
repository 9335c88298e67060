"""systemd hears of us where it listens, and nothing happens where it does not."""

import socket
from pathlib import Path

import pytest

from mailbridge.daemon.notify import tell_systemd, watchdog_seconds


def test_systemd_hears_that_the_service_is_ready(
    short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = short_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(address))
        monkeypatch.setenv("NOTIFY_SOCKET", str(address))
        tell_systemd("READY=1")
        systemd.settimeout(5)
        assert systemd.recv(64) == b"READY=1"


def test_without_systemd_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell_systemd("READY=1")


def test_the_watchdog_is_told_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "120000000")
    assert watchdog_seconds() == 120.0
    monkeypatch.delenv("WATCHDOG_USEC")
    assert watchdog_seconds() is None
