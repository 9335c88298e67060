"""Every finding that can be made: the closed list of the check contract."""

from enum import StrEnum


class Code(StrEnum):
    """Codes of findings."""

    SEAL_GOOD = "seal-good"
    SEAL_BROKEN = "seal-broken"
    SEAL_UNVERIFIABLE = "seal-unverifiable"
    SEAL_PART = "seal-part"
    SEAL_OUTSIDE = "seal-outside"
    LATER_CHANGES = "later-changes"
    COUNTERSIGNED = "countersigned"
    NO_SIGNED_ATTRIBUTES = "no-signed-attributes"
    WEAK_ALGORITHM = "weak-algorithm"
    WEAK_KEY = "weak-key"
    WEAK_CHAIN = "weak-chain"
    MAILBOX_CERTIFICATE = "mailbox-certificate"
    EXPIRED = "expired"
    EXPIRED_CLAIMED_EARLIER = "expired-claimed-earlier"
    NOT_YET_VALID = "not-yet-valid"
    REVOKED = "revoked"
    REVOKED_LATER = "revoked-later"
    WRONG_USE = "wrong-use"
    NO_CHAIN = "no-chain"
    CHAIN_BAD = "chain-bad"
    UNKNOWN_ROOT = "unknown-root"
    REVOCATION_UNCHECKED = "revocation-unchecked"
    REVOCATION_STALE = "revocation-stale"
    SOMEONE_ELSES_SEAL = "someone-elses-seal"
    CERTIFICATE_UNKNOWN = "certificate-unknown"
    BOUND = "bound"
    CONTRADICTING_SENDERS = "contradicting-senders"
    ORIGIN_PROVEN = "origin-proven"
    ORIGIN_UNPROVEN = "origin-unproven"
    UNSIGNED_FILE = "unsigned-file"
    FORM_UNSUPPORTED = "form-unsupported"
    DATE_DIFFERS = "date-differs"
    PROTECTED_DIFFERS = "protected-differs"
    LOCKED = "locked"
    LOCK_WEAK = "lock-weak"
    LOCK_MALLEABLE = "lock-malleable"
    LOCK_OPENED = "lock-opened"
    FILE_REFUSED = "file-refused"
    CONTAINER_ODD = "container-odd"
    PART_REFUSED = "part-refused"
    TEXT_UNSIGNED = "text-unsigned"
    HTML_BADGE = "html-badge"
    HTML_HIDDEN = "html-hidden"
    HTML_OVERLAY = "html-overlay"
    HTML_ACTIVE = "html-active"
    REMOTE_CONTENT = "remote-content"
    HIDDEN_LETTERS = "hidden-letters"
    READ_DIFFERENTLY = "read-differently"
    LOOK_ALIKE_SENDER = "look-alike-sender"
    REPLY_ELSEWHERE = "reply-elsewhere"
    EXPIRED_SINCE = "expired-since"
    LOOK_ALIKE_ISSUER = "look-alike-issuer"
    REVOCATION_FETCH_FAILED = "revocation-fetch-failed"
    TIMESTAMP_GOOD = "timestamp-good"
    TIMESTAMP_BAD = "timestamp-bad"
    TIME_CLAIMED = "time-claimed"
    TIME_SHIFTED = "time-shifted"
    KEY_UNKNOWN = "key-unknown"
    KEY_INVALID = "key-invalid"
    DKIM_ALIGNED = "dkim-aligned"
    DKIM_OTHER_DOMAIN = "dkim-other-domain"
    DKIM_BROKEN = "dkim-broken"
    DKIM_PART = "dkim-part"
    DKIM_WEAK = "dkim-weak"
    DKIM_UNCHECKED = "dkim-unchecked"
    DKIM_INVALID = "dkim-invalid"
    DKIM_EXPIRED = "dkim-expired"
    DKIM_TESTING = "dkim-testing"
    DKIM_KEY_SHORT = "dkim-key-short"
    DKIM_TOO_MANY = "dkim-too-many"
    AUTHENTICATION_ALIGNED = "authentication-aligned"
    ARC_CHAIN = "arc-chain"
    PACKET_SEAL_BROKEN = "packet-seal-broken"
    FILLED_LATER = "filled-later"
    OFFICE_SIGNED = "office-signed"
    DOCUMENT_SEAL_MISSING = "document-seal-missing"
    SIGNER_NAME_DIFFERS = "signer-name-differs"
    FORM_KIND_DIFFERS = "form-kind-differs"
    FORM_AUTHORITY = "form-authority"
    FORM_DATE_AHEAD = "form-date-ahead"
    FORM_ISSUER_DIFFERS = "form-issuer-differs"
    FORM_UNREAD = "form-unread"
    READING_CONFLICT = "reading-conflict"
    READING_NOTE = "reading-note"
    CHANNEL_WAN = "channel-wan"
    CHANNEL_AXIS = "channel-axis"
    CHANNEL_MAIL = "channel-mail"
    PAPER_EXPECTED = "paper-expected"
    AGENCY_ENDED = "agency-ended"
    NUMBER_REPEATS = "number-repeats"
    SECRECY_MARK = "secrecy-mark"


# Those that speak of a mail or a file, and are never the `why` of a seal.
NOT_OF_SEALS = frozenset(
    {
        Code.SEAL_GOOD,
        Code.BOUND,
        Code.TIMESTAMP_GOOD,
        Code.CONTRADICTING_SENDERS,
        Code.ORIGIN_PROVEN,
        Code.ORIGIN_UNPROVEN,
        Code.UNSIGNED_FILE,
        Code.FORM_UNSUPPORTED,
        Code.DATE_DIFFERS,
        Code.PROTECTED_DIFFERS,
        Code.LOCKED,
        Code.LOCK_OPENED,
        Code.FILE_REFUSED,
        Code.CONTAINER_ODD,
        Code.PART_REFUSED,
        Code.HTML_BADGE,
        Code.HTML_HIDDEN,
        Code.HTML_OVERLAY,
        Code.HTML_ACTIVE,
        Code.REMOTE_CONTENT,
        Code.HIDDEN_LETTERS,
        Code.READ_DIFFERENTLY,
        Code.LOOK_ALIKE_SENDER,
        Code.REPLY_ELSEWHERE,
        Code.DOCUMENT_SEAL_MISSING,
        Code.SIGNER_NAME_DIFFERS,
        Code.FORM_KIND_DIFFERS,
        Code.FORM_AUTHORITY,
        Code.FORM_DATE_AHEAD,
        Code.FORM_ISSUER_DIFFERS,
        Code.FORM_UNREAD,
        Code.READING_CONFLICT,
        Code.READING_NOTE,
        Code.CHANNEL_WAN,
        Code.CHANNEL_AXIS,
        Code.CHANNEL_MAIL,
        Code.PAPER_EXPECTED,
        Code.AGENCY_ENDED,
        Code.NUMBER_REPEATS,
        Code.SECRECY_MARK,
    }
)
