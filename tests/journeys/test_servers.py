"""The servers of the journeys do what the journeys take for granted."""

import smtplib
import ssl

import pytest
from imapclient import IMAPClient

from tests.journeys.servers.mailhost import MailHost
from tests.journeys.servers.process import answers

MAIL = (
    b"From: =?utf-8?q?S=E1=BB=9F_N=E1=BB=99i_v=E1=BB=A5?= <snv@noi-khac.example>\r\n"
    b"To: nobody in particular\r\n"
    b"Subject:  two spaces,\r\n\tfolded\r\n"
    b"X-Raw: C\xc3\xb4ng v\xc4\x83n\r\n"
    b"\r\n"
    b"C\xc3\xb4ng v\xc4\x83n s\xe1\xbb\x91 1 \r\n"
    b".a line that begins with a dot\r\n"
    b"\r\n"
)


def _without_trace(octets: bytes) -> bytes:
    """Cut what relays put on top: everything above our first own line."""
    return octets[octets.index(b"From: =?utf-8?q?") :]


def test_mail_through_the_mx_arrives_octet_for_octet(mailhost: MailHost, mailbox: str) -> None:
    mailhost.deliver(MAIL, mailbox)
    (arrived,) = mailhost.await_mails(mailbox, 1)
    assert _without_trace(arrived) == MAIL
    assert b"Received: from " in arrived[: -len(MAIL)]


def test_a_big_mail_arrives_octet_for_octet(mailhost: MailHost, mailbox: str) -> None:
    big = MAIL + b"0123456789abcdef\r\n" * 120_000
    mailhost.deliver(big, mailbox)
    assert _without_trace(mailhost.await_mails(mailbox, 1)[0]) == big


def test_lmtp_has_delivered_when_it_returns(mailhost: MailHost, mailbox: str) -> None:
    mailhost.hand_over(MAIL, mailbox)
    assert [_without_trace(octets) for octets in mailhost.mails(mailbox)] == [MAIL]


def test_submission_takes_mail_of_who_logs_in(mailhost: MailHost, mailbox: str) -> None:
    sender = mailhost.new_mailbox("van-thu")
    mailhost.submit(MAIL, mailbox, sender=sender)
    (arrived,) = mailhost.await_mails(mailbox, 1)
    assert f"Return-Path: <{sender}>".encode() in arrived


def test_submission_refuses_a_wrong_password_and_mail_without_one(
    mailhost: MailHost, mailbox: str
) -> None:
    with smtplib.SMTP(
        mailhost.host, mailhost.submission_port, local_hostname="localhost", timeout=30
    ) as smtp:
        assert "auth" not in _extensions(smtp)
        smtp.starttls(context=mailhost.trust())
        assert "auth" in _extensions(smtp)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            smtp.login(mailbox, "sai")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            smtp.sendmail(mailbox, [mailbox], MAIL)


def _extensions(smtp: smtplib.SMTP) -> dict[str, str]:
    smtp.ehlo()
    return smtp.esmtp_features


def test_unknown_mailbox_is_refused_or_bounced(mailhost: MailHost, mailbox: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mailhost.deliver(MAIL, f"absent@{mailhost.domain}")
    mailhost.deliver(MAIL, f"da-nghi-huu@{mailhost.domain}", sender=mailbox)
    (bounce,) = mailhost.await_mails(mailbox, 1)
    assert b"report-type=delivery-status" in bounce


def test_tls_verifies_with_the_authority_and_with_no_other(
    mailhost: MailHost, mailbox: str
) -> None:
    with mailhost.mailbox(mailbox) as client:
        assert client.folder_exists("Sent")
    with pytest.raises(ssl.SSLCertVerificationError):
        IMAPClient(mailhost.host, mailhost.imaps_port, timeout=30)
    client = IMAPClient(mailhost.host, mailhost.imap_port, ssl=False, timeout=30)
    client.starttls(mailhost.trust())
    client.login(mailbox, mailhost.passwords[mailbox])
    client.logout()


def test_what_a_server_lacks_it_does_not_offer(
    mailhost: MailHost, plain_mailhost: MailHost, mailbox: str
) -> None:
    lacking = {b"MOVE", b"UIDPLUS", b"IDLE", b"CONDSTORE"}
    with mailhost.mailbox(mailbox) as client:
        assert lacking <= set(client.capabilities())
    with plain_mailhost.mailbox(plain_mailhost.new_mailbox()) as client:
        assert not lacking & set(client.capabilities())
        assert b"NAMESPACE" in client.capabilities()


def test_dbox_storage_works_alike_and_a_restart_keeps_mails() -> None:
    with MailHost(storage="sdbox") as host:
        address = host.new_mailbox()
        host.hand_over(MAIL, address)
        host.dovecot.stop()
        assert not answers(host.imap_port)
        host.dovecot.start()
        assert [_without_trace(octets) for octets in host.mails(address)] == [MAIL]
        ports = (host.imap_port, host.mx_port)
    assert not any(map(answers, ports))
    assert not host.dovecot.folder.exists()


def test_uidvalidity_can_be_rolled(mailhost: MailHost, mailbox: str) -> None:
    mailhost.hand_over(MAIL, mailbox)
    before = _uidvalidity(mailhost, mailbox)
    mailhost.dovecot.roll_uidvalidity(mailbox)
    assert _uidvalidity(mailhost, mailbox) != before
    assert len(mailhost.mails(mailbox)) == 1


def _uidvalidity(mailhost: MailHost, address: str) -> int:
    with mailhost.mailbox(address, None) as client:
        return int(client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"])
