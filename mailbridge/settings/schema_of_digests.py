"""The settings of digests: when they leave, and who reads what."""

from datetime import time
from typing import Literal

from pydantic import Field

from mailbridge.settings.schema_of_mail import Lower, Table


class DigestPerson(Table):
    """A person who gets digests of his own; all that is given of the filter must fit."""

    to: Lower = Field(description="Address.")
    office: str | None = Field(
        None, description="Identifier of our agency that it is of, where there are several."
    )
    handler: str = Field("", description='"me", or an address or unit: what they handle alone.')
    types: tuple[str, ...] = Field((), description="Types of document, e.g. Quyết định.")
    agencies: tuple[str, ...] = Field((), description="Identifiers of the other side.")
    urgency: Literal["thường", "khẩn", "thượng khẩn", "hỏa tốc"] = Field(
        "thường", description="Documents of this urgency and above."
    )
    sheet: bool = Field(default=False, description="The tables as XLSX, too.")
    editions: tuple[Literal["morning", "evening"], ...] = Field(
        ("morning", "evening"), description="Which of the day."
    )


class Digests(Table):
    """When digests leave on working days; clerk and head of each office get everything."""

    morning: time | None = Field(time(7, 30), description="Vietnam time; none: no morning digest.")
    evening: time | None = Field(time(16, 45), description="The same for the evening.")
    enabled: bool = Field(default=True, description="Whether digests leave at all.")
    sheet: bool = Field(default=False, description="Clerk and head get the tables as XLSX, too.")
    certificate_days: int = Field(
        30, ge=1, le=365, description="Days before a certificate ends when it is named."
    )
    person: tuple[DigestPerson, ...] = Field((), description="More readers, each with a filter.")
