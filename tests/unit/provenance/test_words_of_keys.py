"""The words about certificates name the signer whom they speak of."""

from mailbridge.provenance.codes import Code
from mailbridge.provenance.words import finding
from mailbridge.provenance.words_of_keys import OF_KEYS


def test_whoever_is_spoken_of_is_named() -> None:
    named = [code for code, (_, _, words) in OF_KEYS.items() if "{signer}" in words]
    assert Code.REVOKED in named
    assert all("Nguyễn Văn A" in finding(code, signer="Nguyễn Văn A").text for code in named)
