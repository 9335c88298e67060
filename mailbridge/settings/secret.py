"""Where a secret lies. The settings name the place and never hold the secret itself."""

import os
import shlex
import subprocess
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

# A secret command that waits for a person would stop the service for ever.
COMMAND_SECONDS = 20
SECRET_SIZE = 64 * 1024


class SecretError(Exception):
    """A secret cannot be had; the text names the place and never the secret."""


class Secret(BaseModel):
    """Exactly one of a file, a systemd credential, or a command that prints the secret."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Path | None = Field(None, description="File that holds the secret alone, mode 0600.")
    credential: str | None = Field(
        None, description="Name of a systemd credential (LoadCredential= in the unit)."
    )
    command: tuple[str, ...] | None = Field(
        None, description="Program with arguments that prints the secret, run without a shell."
    )

    @model_validator(mode="after")
    def _one_place(self) -> "Secret":
        places = [place for place in (self.file, self.credential, self.command) if place]
        if len(places) != 1:
            raise ValueError("name exactly one of file, credential and command")
        return self

    def read(self) -> str:
        """Fetch the secret now; raises SecretError."""
        octets = self._from_command() if self.command else self._from_file(self.place())
        return octets.decode("utf-8", "replace").rstrip("\r\n")

    def place(self) -> Path:
        """Name the file of a file or credential secret."""
        if self.credential:
            folder = os.environ.get("CREDENTIALS_DIRECTORY")
            if not folder:
                raise SecretError(
                    f"credential {self.credential!r}: không có; unit systemd cần LoadCredential="
                )
            return Path(folder) / self.credential
        return self.file or Path()

    def _from_file(self, path: Path) -> bytes:
        try:
            with path.open("rb") as opened:
                return opened.read(SECRET_SIZE)
        except OSError as error:
            raise SecretError(f"{path}: {error.strerror}") from error

    def _from_command(self) -> bytes:
        command = self.command or ()
        try:
            done = subprocess.run(
                command, capture_output=True, check=True, timeout=COMMAND_SECONDS, stdin=-3
            )
        except (OSError, subprocess.SubprocessError) as error:
            # The output may hold the secret: only the program's name is told.
            raise SecretError(f"{shlex.quote(command[0])}: {type(error).__name__}") from None
        return done.stdout[:SECRET_SIZE]
