"""What a word on a certificate means for what was signed before."""

import pytest
from cryptography.x509 import ReasonFlags

from mailbridge.provenance.statements import Statement
from tests.unit.provenance.samples import NOW


@pytest.mark.parametrize(
    ("reason", "final", "taints"),
    [
        (None, True, True),
        (ReasonFlags.key_compromise, True, True),
        (ReasonFlags.ca_compromise, True, True),
        (ReasonFlags.certificate_hold, False, True),
        (ReasonFlags.superseded, True, False),
        (ReasonFlags.cessation_of_operation, True, False),
    ],
)
def test_a_reason_weighs(reason: ReasonFlags | None, final: bool, taints: bool) -> None:
    said = Statement(NOW, NOW, NOW, reason)
    assert (said.is_final, said.taints_the_past) == (final, taints)


def test_a_good_word_ends_nothing() -> None:
    assert not Statement(NOW, NOW).is_final
    assert not Statement(NOW, NOW).taints_the_past
