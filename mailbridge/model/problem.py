"""What can be odd about a mail: the closed list of the check contract."""

from enum import StrEnum


class Problem(StrEnum):
    """Words of `mail.problems`. They say what was met; findings say what it means."""

    # Fields that may stand once, or must stand (RFC 5322 §3.6).
    TWO_FROM = "two-from"
    TWO_SENDER = "two-sender"
    TWO_TO = "two-to"
    TWO_SUBJECT = "two-subject"
    TWO_DATE = "two-date"
    TWO_MESSAGE_ID = "two-message-id"
    NO_FROM = "no-from"
    NO_DATE = "no-date"
    NO_MESSAGE_ID = "no-message-id"
    BAD_DATE = "bad-date"
    RESENT = "resent"
    # Addresses that programs read differently.
    SEVERAL_FROM = "several-from"
    BAD_ADDRESS = "bad-address"
    ENCODED_ADDRESS = "encoded-address"
    GROUP_FROM = "group-from"
    # The header as octets.
    EIGHT_BIT_HEADER = "8bit-header"
    NUL = "nul"
    BARE_CR = "bare-cr"
    MBOX_LINE = "mbox-line"
    LEADING_LINES = "leading-lines"
    BROKEN_HEADER_LINE = "broken-header-line"
    NO_EMPTY_LINE = "no-empty-line"
    BAD_ENCODED_WORD = "bad-encoded-word"
    # The structure of parts.
    DUPLICATE_CONTENT_TYPE = "duplicate-content-type"
    DUPLICATE_FIELD = "duplicate-content-field"
    DUPLICATE_PARAMETER = "duplicate-parameter"
    BAD_CONTENT_TYPE = "bad-content-type"
    NAMES_DIFFER = "names-differ"
    MISSING_BOUNDARY = "missing-boundary"
    NO_BOUNDARY_LINE = "no-boundary-line"
    REPEATED_BOUNDARY = "repeated-boundary"
    UNTERMINATED_MULTIPART = "unterminated-multipart"
    PARTS_AFTER_END = "parts-after-end"
    TEXT_AFTER_END = "text-after-end"
    EMPTY_MULTIPART = "empty-multipart"
    ENCODED_MULTIPART = "encoded-multipart"
    NESTED_MESSAGE = "nested-message"
    ENCODED_MESSAGE = "encoded-message"
    # What says to be S/MIME: another protocol, or octets that are none.
    PROTOCOL_DIFFERS = "protocol-differs"
    BROKEN_CMS = "broken-cms"
    # Bodies and their encodings.
    EMPTY_BODY = "empty-body"
    LF_ONLY = "lf-only"
    UNKNOWN_ENCODING = "unknown-encoding"
    BROKEN_BASE64 = "broken-base64"
    BROKEN_QUOTED_PRINTABLE = "broken-quoted-printable"
    UNKNOWN_CHARSET = "unknown-charset"
    WRONG_CHARSET = "wrong-charset"
    NO_CHARSET = "no-charset"
    LEGACY_FONT = "legacy-font"
    MOJIBAKE = "mojibake"
    UTF_7 = "utf-7"
    TEXT_CUT = "text-cut"
    # An attachment of an edXML packet that does not decode.
    RUINED_ATTACHMENT = "ruined-attachment"
