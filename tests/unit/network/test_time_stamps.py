"""An authority is asked as RFC 3161 says, wherever it stands."""

import pytest

from mailbridge.network.errors import UnansweredError
from mailbridge.network.time_stamps import asking
from tests.simulators.web_server import Page, WebServer


def test_a_question_is_posted_to_the_host_that_the_settings_name() -> None:
    with WebServer({"/tsa": Page(made=lambda body: b"to " + body)}) as server:
        assert asking(server.url("/tsa"))(b"question") == b"to question"
        assert b"application/timestamp-query" in server.headers[0]


def test_an_authority_that_is_away_or_refuses_is_no_answer() -> None:
    with WebServer({"/tsa": Page(b"x", status=503)}) as server:
        url = server.url("/tsa")
        with pytest.raises(UnansweredError):
            asking(url)(b"question")
    with pytest.raises(UnansweredError):
        asking(url)(b"question")
