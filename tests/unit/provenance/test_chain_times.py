"""From a certificate to a root."""

from datetime import timedelta
from typing import Any

from mailbridge.model.evidence import Trust
from mailbridge.provenance import chain, trust
from mailbridge.provenance.codes import Code


def _judge(tmp_path: Any, keys: Any, who: Any, at: Any, claimed: Any = None) -> Any:
    keys.write_trust(tmp_path)
    return chain.judge(who.certificate, (), trust.load(tmp_path), at, claimed, document=True)


def test_expired_is_not_excused_by_a_claim(tmp_path: Any, keys: Any) -> None:
    end = keys.expired.certificate.not_valid_after_utc
    assert _judge(tmp_path, keys, keys.expired, keys.now).codes[0][0] is Code.EXPIRED
    claimed = _judge(tmp_path, keys, keys.expired, keys.now, end - timedelta(days=1))
    assert claimed.codes[0][0] is Code.EXPIRED_CLAIMED_EARLIER
    assert claimed.trust is Trust.UNTRUSTED


def test_a_namesake_of_the_issuer_leads_nowhere(tmp_path: Any, keys: Any) -> None:
    assert _judge(tmp_path, keys, keys.rogue_seal, keys.now).trust is Trust.UNTRUSTED
