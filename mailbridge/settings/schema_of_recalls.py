"""The settings of what others call back from us (Điều 10.2); `schema` holds the rest."""

from typing import Literal

from pydantic import Field

from mailbridge.settings.schema_of_mail import Table


class Recall(Table):
    """How a document that is called back is destroyed; it is withheld at once in any case."""

    destroy: Literal["clerk", "at-once"] = Field(
        "clerk",
        description='"clerk": the clerk destroys it within the deadline; "at-once": the machine.',
    )
    deadline_hours: int = Field(
        24, ge=1, le=240, description="Hours that the clerk has; then the head is told."
    )
