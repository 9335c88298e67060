"""A name from a mail is made fit for display and storage."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.names import climbs, safe_name
from mailbridge.model.limits import Limits

LIMITS = Limits()


@given(st.text(max_size=400))
def test_no_name_climbs_hides_or_is_empty(name: str) -> None:
    made = safe_name(name, LIMITS)
    assert made
    assert len(made) <= LIMITS.name_length
    assert not set(made) & set('/\\\0<>:"|?*')
    assert made not in {".", ".."}
    assert not any(unicodedata.category(letter) == "Cc" for letter in made)


@pytest.mark.parametrize(
    ("sent", "made"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("Công văn số 5.pdf", "Công văn số 5.pdf"),
        (unicodedata.normalize("NFD", "Công văn.pdf"), "Công văn.pdf"),
        ("cong\u202efdp.exe", "congfdp.exe"),
        ("a\0b.pdf", "ab.pdf"),
        ("CON.pdf", "tep_CON.pdf"),
        ("", "tep"),
        ("...", "tep"),
        ("so\\a.pdf", "so_a.pdf"),
        ("..\\a.pdf", "a.pdf"),
    ],
)
def test_a_hostile_name_is_tamed(sent: str, made: str) -> None:
    assert safe_name(sent, LIMITS) == made


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_name("a" * 400 + ".pdf", LIMITS).endswith("a.pdf")


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a/../b", "C:a", "\\\\server\\a", "%2e%2e/a", ".. /a"]
)
def test_a_name_that_leads_out_is_known(name: str) -> None:
    assert climbs(name)


@pytest.mark.parametrize("name", ["a..b/c", "so/a.pdf", "...", "~$a.docx", "50%.pdf"])
def test_a_name_that_only_looks_so_is_not(name: str) -> None:
    assert not climbs(name)
