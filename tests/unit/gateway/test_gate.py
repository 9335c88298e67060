"""After too many wrong passwords not even the right one opens."""

import asyncio

from mailbridge.gateway import attempts
from mailbridge.gateway.gate import CHECKS, Gate
from mailbridge.gateway.people import People, Person

LAN = Person("Lan", "lan@hungyen.gov.vn", "A", lambda: "mat khau")


def test_a_locked_account_stays_shut_and_its_neighbour_open() -> None:
    hoa = Person("Hoa", "hoa@hungyen.gov.vn", "A", lambda: "khac")
    gate = Gate(People((LAN, hoa)))
    for _ in range(attempts.ACCOUNT_FAILURES):
        gate._accounts.failed("lan@hungyen.gov.vn")
    locked = asyncio.run(gate.login(b"Lan@hungyen.gov.vn", b"mat khau", "client"))
    assert (locked.is_locked, locked.person) == (True, None)
    assert asyncio.run(gate.login(b"hoa@hungyen.gov.vn", b"khac", "client")).person == hoa


def test_a_client_that_tries_many_accounts_is_locked_too() -> None:
    gate = Gate(People((LAN,)))
    for _ in range(attempts.CLIENT_FAILURES):
        gate._clients.failed("10.0.0.1")
    assert asyncio.run(gate.login(b"lan@hungyen.gov.vn", b"mat khau", "10.0.0.1")).is_locked
    assert asyncio.run(gate.login(b"lan@hungyen.gov.vn", b"mat khau", "10.0.0.2")).person == LAN


def test_a_wrong_password_is_answered_late() -> None:
    async def seconds() -> float:
        loop = asyncio.get_running_loop()
        gate = Gate(People((LAN,)))
        before = loop.time()
        assert (await gate.login(b"lan@hungyen.gov.vn", b"sai", "client")).person is None
        return loop.time() - before

    assert asyncio.run(seconds()) > attempts.FIRST_PAUSE_SECONDS


def test_guesses_at_once_are_no_more_than_guesses_one_by_one() -> None:
    gate = Gate(People((LAN,)))
    for _ in range(attempts.ACCOUNT_FAILURES - 1):
        gate._accounts.failed("lan@hungyen.gov.vn")

    async def guess() -> list[bool]:
        wrong = [gate.login(LAN.address.encode(), b"sai", str(n)) for n in range(5)]
        right = gate.login(LAN.address.encode(), b"mat khau", "cuoi")
        return [found.is_locked for found in await asyncio.gather(*wrong, right)]

    locked = asyncio.run(guess())
    assert locked.count(True) >= 6 - CHECKS
    assert locked[-1]
