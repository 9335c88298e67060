"""The moment of signing: what is proven, what is claimed, and how the two differ."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509

from mailbridge.clock import in_vietnam
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.timestamps import Stamp

# Some programs write the time of Vietnam as if it were universal.
_AHEAD = timedelta(hours=7)
_ODDS = timedelta(minutes=5)
_SHOWN = "%H:%M ngày %d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a signature was there for certain, by whose word, and what is to be told of it."""

    at: datetime
    # What is shown as the time of the seal, and where it comes from.
    shown: datetime | None = None
    source: str = "none"
    codes: Codes = ()
    # Good stamps of which something could not be looked up: then neither is their time certain.
    doubtful: tuple[Stamp, ...] = ()


def of(stamps: tuple[Stamp, ...], fallback: datetime, claimed: datetime | None) -> Moment:
    """Take the earliest good time-stamp, else our own first receipt (DESIGN section 3).

    A bad stamp never excuses; a claimed time is shown, and never believed.
    """
    proven = [stamp.time for stamp in stamps if stamp.is_good and stamp.time is not None]
    doubtful = tuple(stamp for stamp in stamps if stamp.is_good and stamp.unchecked)
    codes: list[tuple[Code, str]] = []
    if any(not stamp.is_good for stamp in stamps):
        codes.append((Code.TIMESTAMP_BAD, ""))
    if not proven:
        codes += _of_claimed(claimed, fallback, None)
        return Moment(fallback, claimed, "claimed" if claimed else "none", tuple(codes))
    earliest = min(proven)
    codes.append((Code.TIMESTAMP_GOOD, _words(earliest)))
    codes += _of_claimed(claimed, fallback, earliest)
    return Moment(min(earliest, fallback), earliest, "timestamp", tuple(codes), doubtful)


def expired_since(certificate: x509.Certificate, moment: Moment, now: datetime) -> Codes:
    """Tell what was good when it was made, and has ended since (RFC 5280 §4.1.2.5)."""
    end = certificate.not_valid_after_utc
    return ((Code.EXPIRED_SINCE, ""),) if moment.at <= end < now else ()


def _of_claimed(claimed: datetime | None, seen: datetime, stamped: datetime | None) -> Codes:
    if claimed is None:
        return ()
    told: Codes = () if stamped else ((Code.TIME_CLAIMED, _words(claimed)),)
    if stamped is not None:
        shifted = abs(claimed - stamped - _AHEAD) <= _ODDS
    else:
        # The way from the signer to us took a part of the seven hours.
        shifted = timedelta() < claimed - seen <= _AHEAD
    return (*told, (Code.TIME_SHIFTED, "")) if shifted else told


def _words(time: datetime) -> str:
    """Write a time as a clerk reads it: that of Vietnam."""
    return in_vietnam(time).strftime(_SHOWN)
