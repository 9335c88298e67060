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
    reminders: int = Field(
        2, ge=0, le=9, description="Reminders of an overdue receipt before a person is called."
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
