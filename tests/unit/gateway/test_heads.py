"""A header says its subjects, all of them, and nothing that is not a header says anything."""

from mailbridge.gateway.heads import read


def test_subjects_are_decoded_and_a_second_one_is_not_overlooked() -> None:
    head = read(
        b"From: a@b\r\nSubject: =?utf-8?b?VuG7gSB2aeG7h2M=?=\r\nX-Priority: 1\r\n"
        b"subject: hai\r\nMessage-ID: <x@y>\r\n\r\nSubject: ba\r\n"
    )
    assert head.subjects == ("Về việc", "hai")
    assert (head.subject, head.priority, head.message_id) == ("Về việc", "1", "<x@y>")


def test_octets_that_are_no_mail_say_nothing() -> None:
    assert read(b"").subjects == ()
    assert read(b"\x00\xff" * 1000).message_id is None
