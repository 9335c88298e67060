"""The embedded mail server is good enough to be believed."""

import select
import smtplib
import time

import imapclient
import pytest

from mailbridge.demo.server import HOST, MailServer

ONE, TWO = "a@hungyen.gov.vn", "b@hungyen.gov.vn"
MAIL = b"From: <x@hungyen.gov.vn>\r\nSubject: a\r\n\r\n.dot \r\n\t\xe1\xbb\xa7 --\r\n\r\n"


def _send(server: MailServer, *to: str) -> None:
    with smtplib.SMTP(HOST, server.smtp_port, timeout=10) as line:
        line.sendmail("x@hungyen.gov.vn", to, MAIL, mail_options=["BODY=8BITMIME"])


def _open(server: MailServer, user: str) -> imapclient.IMAPClient:
    client = imapclient.IMAPClient(HOST, server.imap_port, ssl=False, timeout=10)
    client.login(user, server.password)
    client.select_folder("INBOX")
    return client


def test_each_recipient_gets_the_very_octets() -> None:
    with MailServer((ONE, TWO), "secret") as server:
        _send(server, ONE, TWO)
        for user in (ONE, TWO):
            client = _open(server, user)
            (uid,) = client.search()
            found = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
            assert found.split(b"\r\n", 1)[1] == MAIL
            client.logout()


def test_who_idles_is_woken() -> None:
    with MailServer((ONE,), "secret") as server:
        client = _open(server, ONE)
        client.idle()
        began = time.monotonic()
        _send(server, ONE)
        ready, _, _ = select.select([client.socket()], [], [], 10)
        assert ready
        assert time.monotonic() - began < 5
        client.idle_done()
        assert len(client.search()) == 1
        client.logout()


def test_strangers_are_unknown() -> None:
    with MailServer((ONE,), "secret") as server:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            _send(server, "nobody@hungyen.gov.vn")
        assert refused.value.recipients["nobody@hungyen.gov.vn"][0] == 550


def test_a_wrong_password_opens_nothing() -> None:
    with MailServer((ONE,), "secret") as server:
        client = imapclient.IMAPClient(HOST, server.imap_port, ssl=False, timeout=10)
        with pytest.raises(imapclient.exceptions.LoginError):
            client.login(ONE, "other")
        client.shutdown()
