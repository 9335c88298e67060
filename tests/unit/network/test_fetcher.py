"""Small files come from where they may, within size and time."""

import time
from pathlib import Path

import pytest

from mailbridge.network.errors import UnansweredError
from mailbridge.network.fetcher import Fetcher
from tests.simulators.web_server import Page, WebServer
from tests.unit.letters import keyring

ALLOWED = Fetcher(("127.0.0.1", "localhost"))


def got(page: Page, body: bytes | None = None, seconds: float = 2.0) -> bytes:
    with WebServer({"/x?y=1": page}) as server:
        return ALLOWED.fetch(server.url("/x?y=1"), body, 1000, seconds)


def test_a_file_is_fetched() -> None:
    assert got(Page(b"danh sach")) == b"danh sach"


def test_a_file_whose_length_is_not_told_is_fetched() -> None:
    assert got(Page(b"danh sach", tells_length=False)) == b"danh sach"


def test_an_ocsp_request_is_posted() -> None:
    with WebServer({"/": Page(b"ok")}) as server:
        assert ALLOWED.fetch(server.url(""), b"hoi", 10, 2.0) == b"ok"
        assert server.requests == [("POST / HTTP/1.1", b"hoi")]
        assert b"application/ocsp-request" in server.headers[0]


@pytest.mark.parametrize(
    ("attack", "page"),
    [
        ("an error", Page(b"x", status=500)),
        ("nothing there", Page(b"x", status=404)),
        ("too large", Page(b"x" * 1001)),
        ("too large, and its length not told", Page(b"x" * 100_000, tells_length=False)),
        ("cut in the middle", Page(b"x" * 10, length=900)),
        ("no answer", Page(stalls=True)),
        ("octets in drips", Page(b"x" * 900, drip=(1, 0.2))),
        ("drips without a length", Page(b"x" * 900, drip=(1, 0.2), tells_length=False)),
        ("a header without end, in drips", Page(endless_header=True, drip=(1, 0.01))),
        ("another scheme", Page(status=302, location="file:///etc/passwd")),
        ("no place", Page(status=302)),
        ("itself", Page(status=302, location="/x?y=1")),
    ],
)
def test_what_is_not_a_whole_small_file_in_time_is_no_answer(attack: str, page: Page) -> None:
    started = time.monotonic()
    with pytest.raises(UnansweredError):
        got(page, seconds=1.0)
    assert time.monotonic() - started < 3, attack


def test_a_redirection_is_followed_and_held_to_the_same_rules() -> None:
    with WebServer({"/b": Page(b"moi")}) as server:
        server.pages["/a"] = Page(status=301, location="/b")
        assert ALLOWED.fetch(server.url("/a"), None, 10, 2.0) == b"moi"
        server.pages["/a"] = Page(status=301, location=server.url("/b", "localhost"))
        with pytest.raises(UnansweredError, match="port"):
            Fetcher(("127.0.0.1",)).fetch(server.url("/a"), None, 10, 2.0)
        assert [line for line, _ in server.requests][-1] == "GET /a HTTP/1.1"


@pytest.mark.parametrize(
    "url",
    [
        "ldap://127.0.0.1/cn=a",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a.crl",
        "//127.0.0.1/a",
        "http://u:p@127.0.0.1/a",
        "http://127.0.0.1:99999/a",
        "http://127.0.0.1:x/a",
        "http://[::1/a",
        "http:///a",
        "http://vi-dụ.vn/a",
        "http://localhost/a b\r\nX: y",
        "",
    ],
)
def test_an_address_that_is_none_is_not_asked(url: str) -> None:
    with pytest.raises(UnansweredError):
        ALLOWED.fetch(url, None, 10, 1.0)


def test_over_tls_the_host_must_be_who_it_says(tmp_path: Path) -> None:
    keys = keyring.make(tmp_path)
    with WebServer({"/": Page(b"ok")}, tls=keys.server) as server:
        knowing = Fetcher(ALLOWED.allowed_hosts, str(keys.root))
        assert knowing.fetch(server.url("/"), None, 10, 2.0) == b"ok"
        for fetcher, host in ((knowing, "localhost"), (ALLOWED, "127.0.0.1")):
            with pytest.raises(UnansweredError, match="verify failed"):
                fetcher.fetch(server.url("/", host), None, 10, 2.0)


def test_our_own_services_are_not_asked() -> None:
    with WebServer({"/": Page(b"ok")}) as server:
        for url in (server.url("/"), server.url("/", "localhost"), "http://127.0.0.1/"):
            with pytest.raises(UnansweredError):
                Fetcher().fetch(url, None, 10, 1.0)
        assert server.requests == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer({"/": Page(b"ok")}) as server, WebServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url("/"))
        assert ALLOWED.fetch(server.url("/"), None, 10, 2.0) == b"ok"
        assert proxy.requests == []
