"""One round trip or four: the server is told the same, and every refusal means the same."""

from collections.abc import Iterator

import pytest

from mailbridge.letters.compose import Composed
from mailbridge.letters.endings import UncertainError
from mailbridge.letters.smtp import Post
from mailbridge.model.errors import RefusedError, TryLaterError
from tests.simulators.smtp import CUT, STALL, Fault, SmtpSimulator

OCTETS = b"Subject: a\r\n\r\nb\r\n"
MAIL = Composed(OCTETS, "<mb.abc@hungyen.gov.vn>", "to@vidu.gov.vn", "van.thu@hungyen.gov.vn")


@pytest.fixture(params=[("PIPELINING", "DSN", "SIZE 60000000"), ("DSN", "SIZE 60000000"), ()])
def server(request: pytest.FixtureRequest) -> Iterator[SmtpSimulator]:
    with SmtpSimulator(extensions=request.param) as started:
        yield started


@pytest.fixture
def way_out(server: SmtpSimulator) -> Iterator[Post]:
    post = Post(server.account(timeout=0.3))
    yield post
    post.close()


def _send(way_out: Post, mail_from: str = MAIL.sender) -> None:
    way_out.post(MAIL, mail_from=mail_from)


def test_each_mail_is_offered_once_and_whole(server: SmtpSimulator, way_out: Post) -> None:
    for _ in range(3):
        _send(way_out)
    assert [mail.octets for mail in server.mails] == [OCTETS] * 3
    verbs = [command.partition(" ")[0].upper() for command in server.commands]
    assert verbs == ["EHLO", "MAIL", "RCPT", "DATA", *["RSET", "MAIL", "RCPT", "DATA"] * 2]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["550 never", "450 later"])
def test_a_refusal_leaves_the_connection_in_step(
    server: SmtpSimulator, way_out: Post, verb: str, answer: str
) -> None:
    _send(way_out)
    server.faults.append(Fault(verb, answer, times=1))
    with pytest.raises(RefusedError if answer[0] == "5" else TryLaterError) as caught:
        _send(way_out)
    assert not isinstance(caught.value, UncertainError)
    _send(way_out)
    assert (len(server.mails), server.connections) == (2, 1)


def test_a_server_that_wants_a_mail_for_nobody_gets_an_empty_one() -> None:
    refused = Fault("RCPT", "550 unknown", times=1)
    with SmtpSimulator(faults=[refused], obliging=True) as server:
        way_out = Post(server.account())
        with pytest.raises(RefusedError):
            _send(way_out)
        _send(way_out)
        way_out.close()
        assert (server.empty, len(server.mails), server.connections) == ([b""], 1, 1)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", [CUT, STALL])
def test_a_connection_that_ends_in_the_talk_is_not_tried_at_once_again(
    server: SmtpSimulator, way_out: Post, verb: str, fault: str
) -> None:
    _send(way_out)
    server.faults.append(Fault(verb, fault, times=1))
    with pytest.raises(TryLaterError) as caught:
        _send(way_out)
    assert not isinstance(caught.value, UncertainError)
    assert len(server.mails) == 1
    _send(way_out)
    assert (len(server.mails), server.connections) == (2, 2)


@pytest.mark.parametrize("answer", ["421 idle for too long", CUT, STALL])
def test_a_connection_that_does_not_answer_to_rset_is_opened_anew(
    server: SmtpSimulator, way_out: Post, answer: str
) -> None:
    _send(way_out)
    server.faults.append(Fault("RSET", answer, times=1))
    _send(way_out)
    assert (len(server.mails), server.connections) == (2, 2)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_our_address_stands_in_for_a_null_sender_that_is_refused(
    server: SmtpSimulator, way_out: Post, verb: str
) -> None:
    server.faults.append(Fault(verb, "553 sender must match login", when="<>"))
    _send(way_out, "")
    assert server.mails[-1].mail_from == MAIL.sender
    assert server.connections == 1
