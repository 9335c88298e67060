"""Wants become answers within one time, and a silent server is asked once a minute."""

import base64
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.demo import pki
from mailbridge.demo.hierarchy import hierarchy
from mailbridge.model.examination import Got, Want, WantKind
from mailbridge.network.asking import Asking
from mailbridge.network.cache import Cache
from tests.simulators.network import SERVFAIL, SILENT, FetcherSimulator, ResolverSimulator

START = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
KEY = Want(WantKind.TXT, "k._domainkey.b.vn")
LIST = Want(WantKind.CRL, "http://crl.b.vn/a.crl")
OCSP = Want(WantKind.OCSP, "http://ocsp.b.vn/", "AAAA")


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **by: float) -> None:
        self.time += timedelta(**by)


def crl(days: int = 7) -> bytes:
    return pki.crl(hierarchy(START).root, START, START + timedelta(days=days))


def asking(
    resolver: ResolverSimulator | None = None,
    fetcher: FetcherSimulator | None = None,
    now: Callable[[], datetime] | None = None,
) -> Asking:
    return Asking(resolver, fetcher, Cache(), now or Clock(), seconds=1.0)


def failed(*wants: Want) -> tuple[Got, ...]:
    return tuple(Got(want, failed=True) for want in wants)


def test_each_want_is_answered_in_its_place() -> None:
    made = asking(ResolverSimulator({KEY.name: ("v=DKIM1",)}), FetcherSimulator({LIST.name: crl()}))
    texts = Got(KEY, ("v=DKIM1",))
    octets = Got(LIST, (base64.b64encode(crl()).decode(),))
    assert made.ask((LIST, KEY, OCSP)) == (octets, texts, *failed(OCSP))


def test_no_such_name_is_an_answer_and_a_failing_server_is_none() -> None:
    assert asking(ResolverSimulator()).ask((KEY,)) == (Got(KEY),)
    assert asking(ResolverSimulator({KEY.name: SERVFAIL})).ask((KEY,)) == failed(KEY)


def test_silent_servers_are_waited_for_together_and_not_beyond_the_time() -> None:
    started = time.monotonic()
    fetcher = FetcherSimulator({LIST.name: 3.0, OCSP.name: 3.0})
    made = asking(ResolverSimulator({KEY.name: ("v=DKIM1",)}), fetcher)
    assert made.ask((LIST, OCSP, KEY)) == (*failed(LIST, OCSP), Got(KEY, ("v=DKIM1",)))
    assert time.monotonic() - started < 2.5


def test_a_server_that_was_silent_is_let_be_for_a_minute_whatever_is_asked() -> None:
    now, fetcher = Clock(), FetcherSimulator({OCSP.name: SILENT})
    made = asking(None, fetcher, now)
    made.ask((OCSP,))
    made.ask((OCSP, Want(WantKind.OCSP, OCSP.name, "AQAA")))
    assert len(fetcher.asked) == 1
    now.passes(minutes=2)
    made.ask((OCSP,))
    assert len(fetcher.asked) == 2


@pytest.mark.parametrize("garbage", [b"", b"<html>", b"\x30\x03\x0a\x01\x03"])
def test_garbage_is_no_answer_and_silences_no_server(garbage: bytes) -> None:
    fetcher = FetcherSimulator({OCSP.name: garbage})
    made = asking(None, fetcher)
    assert made.ask((OCSP,)) == failed(OCSP)
    made.ask((Want(WantKind.OCSP, OCSP.name, "AQAA"),))
    assert [body for _, body in fetcher.asked] == [b"\0\0\0", b"\1\0\0"]


def test_an_answer_is_kept_as_long_as_it_is_fresh() -> None:
    now, resolver = Clock(), ResolverSimulator({KEY.name: ("v=DKIM1",)})
    fetcher = FetcherSimulator({LIST.name: crl()})
    made = asking(resolver, fetcher, now)
    for _ in range(2):
        made.ask((KEY, LIST))
    assert (len(resolver.asked), len(fetcher.asked)) == (1, 1)
    now.passes(hours=25)
    made.ask((KEY, LIST))
    assert (len(resolver.asked), len(fetcher.asked)) == (2, 2)


def test_a_list_that_cannot_be_fetched_anew_is_given_overdue() -> None:
    now, fetcher = Clock(), FetcherSimulator({LIST.name: crl()})
    made = asking(None, fetcher, now)
    (first,) = made.ask((LIST,))
    fetcher.urls[LIST.name] = SILENT
    now.passes(days=9)
    assert made.ask((LIST,)) == (first,)


def test_a_key_that_cannot_be_asked_for_anew_is_not_believed() -> None:
    now, resolver = Clock(), ResolverSimulator({KEY.name: ("v=DKIM1",)})
    made = asking(resolver, None, now)
    made.ask((KEY,))
    resolver.names[KEY.name] = SILENT
    now.passes(hours=1)
    assert made.ask((KEY,)) == failed(KEY)


def test_what_the_settings_forbid_is_not_asked() -> None:
    resolver, fetcher = ResolverSimulator(), FetcherSimulator({LIST.name: crl()})
    assert asking(None, fetcher).ask((KEY,)) == failed(KEY)
    assert asking(resolver, None).ask((LIST,)) == failed(LIST)
    assert (resolver.asked, fetcher.asked) == ([], [])


@pytest.mark.parametrize(
    "want",
    [
        Want(WantKind.TXT, "bi-mat-cua-thu.ke-gian.vn"),
        Want(WantKind.TXT, ""),
        Want(WantKind.TXT, "a._domainkey." + "x" * 3000),
        Want(WantKind.OCSP, OCSP.name, "no base64!"),
        Want(WantKind.CRL, "http://b.vn/" + "x" * 3000),
    ],
)
def test_a_child_that_was_taken_over_cannot_ask_for_anything(want: Want) -> None:
    resolver, fetcher = ResolverSimulator(), FetcherSimulator()
    assert asking(resolver, fetcher).ask((want,)) == failed(want)
    assert (resolver.asked, fetcher.asked) == ([], [])


def test_a_list_too_large_is_not_taken_and_one_mail_is_not_given_all() -> None:
    large = crl() + b"\0" * (9 * 1024 * 1024)
    assert asking(None, FetcherSimulator({LIST.name: large})).ask((LIST,)) == failed(LIST)


def test_what_is_known_is_told_unasked() -> None:
    made = asking(ResolverSimulator({KEY.name: ("v=DKIM1",)}))
    assert made.known() == ()
    made.ask((KEY,))
    assert made.known() == (Got(KEY, ("v=DKIM1",)),)
