"""What an eye takes for another is told; what merely resembles is not."""

import time

import pytest

from mailbridge.model.directory import Agency, Directory
from mailbridge.provenance.look_alikes import hides, imitated, skeleton, turns

DIRECTORY = Directory((Agency("A", "Tỉnh ủy Hưng Yên", mailboxes=("vptu@hungyen.gov.vn",)),))


@pytest.mark.parametrize(
    "domain",
    [
        "hungуen.gov.vn",
        "hungyеn.gov.vn",
        "xn--hungyn-7of.gov.vn",
        "hưngyên.gov.vn",
        "hungyen.g0v.vn",
        "hungyen.gov.vn.evil.com",
        "hungyen-gov-vn.com",
        "hung\u200byen.gov.vn",
        "ｈungyen.gov.vn",
    ],
)
def test_a_domain_that_imitates_is_told(domain: str) -> None:
    assert imitated(f"vptu@{domain}", DIRECTORY) == "hungyen.gov.vn"


@pytest.mark.parametrize(
    "domain",
    ["hungyen.gov.vn", "vp.hungyen.gov.vn", "haiduong.gov.vn", "gov.vn", "gmail.com", "", "yen.vn"],
)
def test_a_domain_of_its_own_is_not(domain: str) -> None:
    assert imitated(f"vptu@{domain}", DIRECTORY) == ""


def test_a_name_is_one_without_case_marks_and_hidden_letters() -> None:
    assert skeleton("TỈNH\u200b ỦY Hưng Yên") == skeleton("Tinh uy Hung Yen")
    assert skeleton("Tỉnh ủy Hưng Yên") != skeleton("Tỉnh ủy Hưng Nguyên")


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\u200f"])
def test_what_turns_the_writing_is_told(letter: str) -> None:
    assert turns(f"cong van {letter}fdp.exe")
    assert hides(letter)


@pytest.mark.parametrize("text", ["Văn phòng Tỉnh ủy", "👨\u200d👩\u200d👧", "a\u0300"])
def test_what_is_seen_hides_nothing(text: str) -> None:
    assert not turns(text)
    assert not hides(text)


def test_a_long_domain_costs_little() -> None:
    started = time.process_time()
    imitated("a@" + "xn--a" * 100_000, DIRECTORY)
    assert time.process_time() - started < 1
