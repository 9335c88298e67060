from collections.abc import Iterator
from dataclasses import replace

import pytest

from mailbridge.letters.account import Account, Auth, Security
from mailbridge.letters.compose import Composed
from mailbridge.letters.endings import AuthenticationFailedError, UncertainError
from mailbridge.letters.smtp import Post
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from tests.simulators.smtp import CUT, CUT_AFTER, STALL, Fault, SmtpSimulator
from tests.unit.letters.keyring import Keyring

OCTETS = b"Subject: a\r\n\r\n.hidden dot\r\n..two\r\n"
MAIL = Composed(OCTETS, "<mb.abc@hungyen.gov.vn>", "to@vidu.gov.vn", "van.thu@hungyen.gov.vn")


@pytest.fixture
def server() -> Iterator[SmtpSimulator]:
    with SmtpSimulator() as started:
        yield started


def _post(account: Account, mail: Composed = MAIL, mail_from: str = MAIL.sender) -> None:
    way_out = Post(account)
    try:
        way_out.post(mail, mail_from=mail_from)
    finally:
        way_out.close()


def _ending(account: Account, mail_from: str = MAIL.sender) -> BaseException:
    with pytest.raises((RefusedError, TryLaterError)) as caught:
        _post(account, mail_from=mail_from)
    return caught.value


def test_octets_arrive_as_they_were_composed(server: SmtpSimulator) -> None:
    _post(server.login())
    assert [mail.octets for mail in server.mails] == [OCTETS]
    assert server.mails[0].rcpt_to == MAIL.envelope_to


def test_large_mail_arrives_whole(server: SmtpSimulator) -> None:
    octets = b"Subject: a\r\n\r\n" + b"x" * 70 + b"\r\n" + b".line\r\n" * 500_000
    _post(server.account(), replace(MAIL, octets=octets))
    assert server.mails[0].octets == octets


def test_one_connection_serves_many_letters(server: SmtpSimulator) -> None:
    way_out = Post(server.login())
    for _ in range(3):
        way_out.post(MAIL, mail_from="")
    assert (len(server.mails), server.connections) == (3, 1)
    way_out.close()


def test_idle_connection_that_was_cut_is_opened_anew(server: SmtpSimulator) -> None:
    way_out = Post(server.account())
    way_out.post(MAIL, mail_from="")
    server.cut_all()
    way_out.post(MAIL, mail_from="")
    assert (len(server.mails), server.connections) == (2, 2)
    way_out.close()


def test_bounces_are_asked_for_with_our_token(server: SmtpSimulator) -> None:
    _post(server.account())
    assert any("RET=HDRS ENVID=mb.abc" in one for one in server.commands)
    assert any(one.endswith("NOTIFY=FAILURE,DELAY") for one in server.commands)


def test_server_without_dsn_is_not_asked_for_it() -> None:
    with SmtpSimulator(extensions=("8BITMIME",)) as server:
        _post(server.account())
        assert len(server.mails) == 1
        assert not any("ENVID" in one or "NOTIFY" in one for one in server.commands)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "END"])
@pytest.mark.parametrize("answer", ["550 never", "552 5.3.4 too large", "554 no"])
def test_5xx_to_a_letter_is_for_good(verb: str, answer: str) -> None:
    with SmtpSimulator(faults=[Fault(verb, answer)]) as server:
        ended = _ending(server.account())
    assert isinstance(ended, RefusedError)
    assert ended.reason is Reason.UNDELIVERABLE


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        *((verb, "451 later") for verb in ("GREETING", "MAIL", "RCPT", "DATA", "END")),
        ("GREETING", "554 no service"),
        ("MAIL", "503 out of order"),
        ("RCPT", "421 closing"),
        *((verb, CUT) for verb in ("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "BODY")),
    ],
)
def test_fault_before_the_mail_is_whole_may_pass_later(verb: str, answer: str) -> None:
    with SmtpSimulator(faults=[Fault(verb, answer)]) as server:
        big = replace(MAIL, octets=OCTETS + b"x" * 20_000_000) if verb == "BODY" else MAIL
        with pytest.raises(TryLaterError) as caught:
            _post(server.account(), big)
        assert server.mails == []
    assert not isinstance(caught.value, UncertainError | AuthenticationFailedError)


@pytest.mark.parametrize("fault", [CUT, CUT_AFTER, STALL, "nonsense"])
def test_lost_answer_to_the_mail_is_uncertain(fault: str) -> None:
    with SmtpSimulator(faults=[Fault("END", fault)]) as server:
        assert isinstance(_ending(server.account(timeout=0.3)), UncertainError)


def test_stalled_server_is_left_alone(server: SmtpSimulator) -> None:
    server.faults.append(Fault("RCPT", STALL))
    assert type(_ending(server.account(timeout=0.3))) is TryLaterError


def test_same_way_out_works_after_every_fault(server: SmtpSimulator) -> None:
    way_out = Post(server.account(timeout=0.3))
    for fault in (Fault("RCPT", "550 no", 1), Fault("END", CUT, 1), Fault("DATA", STALL, 1)):
        server.faults.append(fault)
        with pytest.raises((RefusedError, TryLaterError)):
            way_out.post(MAIL, mail_from=MAIL.sender)
        way_out.post(MAIL, mail_from=MAIL.sender)
    assert len(server.mails) == 3
    way_out.close()


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_refused_null_sender_gives_way_to_our_own_address(verb: str) -> None:
    with SmtpSimulator(faults=[Fault(verb, "553 sender must match login", when="<>")]) as server:
        way_out = Post(server.account())
        way_out.post(MAIL, mail_from="")
        way_out.post(MAIL, mail_from="")
        way_out.close()
        assert [mail.mail_from for mail in server.mails] == [MAIL.sender] * 2
        assert sum("MAIL FROM:<>" in one.upper() for one in server.commands) == 1


def test_null_sender_is_kept_where_it_is_taken(server: SmtpSimulator) -> None:
    _post(server.account(), mail_from="")
    assert server.mails[0].mail_from == ""


def test_refused_recipient_does_not_blame_the_null_sender() -> None:
    with SmtpSimulator(faults=[Fault("RCPT", "550 unknown", times=2)]) as server:
        way_out = Post(server.account())
        with pytest.raises(RefusedError):
            way_out.post(MAIL, mail_from="")
        way_out.post(MAIL, mail_from="")
        way_out.close()
        assert server.mails[0].mail_from == ""


def test_wrong_password_suspends_and_is_tried_once(server: SmtpSimulator) -> None:
    ended = _ending(server.login(secret=lambda: "sai-mat-khau"))
    assert isinstance(ended, AuthenticationFailedError)
    assert server.commands.count("AUTH") == 1
    assert "sai-mat-khau" not in f"{ended!r} {ended.__cause__!r}"


def test_login_that_fails_for_now_does_not_suspend() -> None:
    with SmtpSimulator(faults=[Fault("AUTH", "454 try later")]) as server:
        assert type(_ending(server.login())) is TryLaterError


def test_server_without_a_login_we_know_does_not_suspend() -> None:
    with SmtpSimulator(faults=[Fault("EHLO", "451 later")]) as server:
        assert type(_ending(server.login())) is TryLaterError


def test_login_wanted_at_mail_suspends() -> None:
    with SmtpSimulator(faults=[Fault("MAIL", "530 authenticate first")]) as server:
        assert isinstance(_ending(server.account()), AuthenticationFailedError)


def test_password_beyond_ascii_is_said_without_showing_it(server: SmtpSimulator) -> None:
    ended = _ending(server.login(secret=lambda: "mật-khẩu"))
    assert isinstance(ended, AuthenticationFailedError)
    assert ended.__cause__ is None
    assert "khẩu" not in str(ended)


def test_token_logs_in(server: SmtpSimulator) -> None:
    _post(server.login(auth=Auth.XOAUTH2))
    assert len(server.mails) == 1


def test_password_does_not_cross_a_network_in_clear(server: SmtpSimulator) -> None:
    # 127.1 is loopback under a name that the rule does not know.
    ended = _ending(server.login(host="127.1"))
    assert isinstance(ended, AuthenticationFailedError)
    assert "AUTH" not in server.commands


@pytest.mark.parametrize("starttls", [True, False])
def test_verified_tls_carries_the_mail(keyring: Keyring, starttls: bool) -> None:
    with SmtpSimulator(tls=keyring.server, starttls=starttls) as server:
        _post(server.login(ca_file=keyring.root))
        assert len(server.mails) == 1


@pytest.mark.parametrize("starttls", [True, False])
def test_unverified_server_gets_neither_password_nor_mail(keyring: Keyring, starttls: bool) -> None:
    with SmtpSimulator(tls=keyring.server, starttls=starttls) as server:
        assert type(_ending(server.login())) is TryLaterError
        assert "AUTH" not in server.commands


def test_server_without_starttls_gets_nothing(server: SmtpSimulator, keyring: Keyring) -> None:
    account = replace(server.login(ca_file=keyring.root), security=Security.STARTTLS)
    assert type(_ending(account)) is TryLaterError
    assert "AUTH" not in server.commands


def test_mail_over_the_announced_size_is_not_sent() -> None:
    with SmtpSimulator(extensions=("SIZE 10",)) as server:
        ended = _ending(server.account())
    assert isinstance(ended, RefusedError)
    assert ended.reason is Reason.TOO_LARGE


def test_server_that_is_away_is_tried_later(server: SmtpSimulator) -> None:
    account = server.account(port=1)
    assert type(_ending(account)) is TryLaterError


def test_address_with_a_line_end_never_reaches_the_server(server: SmtpSimulator) -> None:
    assert isinstance(_ending(server.account(), "a@b.vn>\r\nRCPT TO:<x@y.vn"), RefusedError)
    assert not any("x@y.vn" in one for one in server.commands)
