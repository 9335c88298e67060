"""Words about mail servers name whose server it is, and none of them refuses a mail."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words import finding
from mailbridge.provenance.words_of_transport import OF_TRANSPORT


def test_the_domain_is_named() -> None:
    assert all("b.vn" in finding(code, what="b.vn").text for code in OF_TRANSPORT)


def test_no_word_of_a_server_decides_against_a_mail() -> None:
    # Servers change mails on the way; a seal of the agency is judged by itself.
    weights = {level for level, _, _ in OF_TRANSPORT.values()}
    assert not weights & {Level.FAIL, Level.UNCHECKED}
    praised = {code for code, (level, _, _) in OF_TRANSPORT.items() if level is Level.OK}
    assert praised == {Code.DKIM_ALIGNED, Code.AUTHENTICATION_ALIGNED}
