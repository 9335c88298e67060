"""What one list or one OCSP answer says of one certificate."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

# RFC 3161 §4: what such an authority stamped before it ended stays good.
_HARMLESS = {
    x509.ReasonFlags.unspecified,
    x509.ReasonFlags.affiliation_changed,
    x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Said at one time and good until another; revoked where `since` is given."""

    said: datetime
    until: datetime
    since: datetime | None = None
    reason: x509.ReasonFlags | None = None

    @property
    def is_final(self) -> bool:
        """Tell whether it is a revocation that no later word takes back (RFC 5280 §5.3.1)."""
        return self.since is not None and self.reason is not x509.ReasonFlags.certificate_hold

    @property
    def taints_the_past(self) -> bool:
        """Tell whether what the key made before is not to be believed either (RFC 3161 §4)."""
        return self.since is not None and self.reason not in _HARMLESS
