"""The settings of how mails are examined: limits, reading, network and secrecy."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from mailbridge.settings.schema_of_mail import Lower, Table


class Examination(Table):
    """Limits of one examination (the attacks that they stop: `mailbridge/model/limits.py`)."""

    workers: int = Field(2, ge=1, le=16, description="Mails examined at the same time.")
    mail_mib: int = Field(64, ge=1, le=512, description="Larger mails are recorded, not fetched.")
    memory_mib: int = Field(1024, ge=256, description="Address space of a child process, MiB.")
    cpu_seconds: int = Field(60, ge=1, description="CPU time of one mail in a child process.")
    wall_seconds: int = Field(90, ge=1, description="Time of one mail in a child process.")
    authserv_ids: tuple[Lower, ...] = Field(
        (),
        description=(
            "Names of our own mail servers whose Authentication-Results are believed. They must "
            "remove foreign fields that bear their name (RFC 8601 §5). None: we judge DKIM alone."
        ),
    )
    allow_3des: bool = Field(
        default=False,
        description="Open what is locked by Triple DES, which is too weak today (RFC 8551 §2.7).",
    )


class Reading(Table):
    """Machine reading of scans (OCR), by tesseract with its Vietnamese model."""

    ocr: Literal["auto", "off"] = Field(
        "auto", description='"auto": where tesseract and its model "vie" are installed.'
    )
    pages: int = Field(6, ge=1, le=100, description="Pages of one mail that are read so.")
    seconds: int = Field(45, ge=1, le=300, description="Longest time for one page.")


class Network(Table):
    """What may be asked of the network; the answers only ever help to prove, never to trust."""

    dns: bool = Field(default=True, description="Ask DNS for the keys of DKIM signatures.")
    fetch_revocation: bool = Field(
        default=True,
        description="Fetch the CRLs and ask the OCSP servers that certificates name.",
    )
    allowed_hosts: tuple[Lower, ...] = Field(
        (),
        description=(
            "Hosts that may be asked although their address is private, or their port is "
            "neither 80 nor 443: a CRL server inside the office's network."
        ),
    )


class Secrecy(Table):
    """Mails with a mark of secrecy are impounded (Điều 5.1)."""

    certificate: Path | None = Field(
        None,
        description=(
            "Certificate (PEM or DER, RSA) of the cơ yếu officer: impounded mails are locked for "
            "it. None: nothing of them is kept but digest, size and source."
        ),
    )
    officer: Lower | None = Field(
        None, description="Address of the cơ yếu officer, who is called beside the clerk."
    )
    officer_account: str | None = Field(
        None,
        description="User of this machine who may list and erase what is impounded without a key.",
    )
