"""The settings of what we send; `schema` holds the rest."""

from pathlib import Path

from pydantic import Field

from mailbridge.settings.schema_of_mail import Table


class Sending(Table):
    """How documents leave."""

    mail_mib: int = Field(
        25, ge=1, le=100, description="Largest mail that servers of recipients take, MiB."
    )
    per_minute: int = Field(
        120, ge=0, description="Letters to one mail domain a minute; 0: as many as there are."
    )
    receipts_per_minute: int = Field(
        10,
        ge=0,
        description=(
            "Mails with receipts to one address a minute; more wait, and leave together. "
            "0: no limit."
        ),
    )
    receipts_most: int = Field(
        3_000,
        ge=0,
        description=(
            "Mails with receipts in ten minutes, to all addresses together; after more of them "
            "receipts pause, and the clerk is told. 0: never."
        ),
    )
    receipts_pause_minutes: int = Field(
        15, ge=1, le=1440, description="How long receipts pause then."
    )
    reminders: int = Field(
        2, ge=0, le=9, description="Reminders of an overdue receipt before a person is called."
    )
    warn_minutes: int = Field(
        0,
        ge=0,
        le=2880,
        description=(
            "Minutes before the receipt of a document is due when its recipient is warned, in one "
            "letter for all; who had less than twice that time is not. 0: nobody."
        ),
    )
    warn_urgent_minutes: int = Field(
        15, ge=0, le=720, description="As warn_minutes, for urgent documents; at any hour."
    )
    warn_handling_days: int = Field(
        0,
        ge=0,
        le=30,
        description=(
            "Working days before a handling deadline when a recipient that entered the document "
            "is warned. 0: nobody."
        ),
    )
    never_warn: tuple[str, ...] = Field(
        (), description="Identifiers of agencies that get no warnings: they cannot answer so."
    )
    encrypt: bool = Field(
        default=False,
        description="Lock documents for recipients whose encryption certificate is enrolled.",
    )
    folder: Path | None = Field(
        None,
        description=(
            "Drop folder: a folder for each named person, in it a folder for each document, with "
            "its files and gui.toml."
        ),
    )
