"""The settings of whom we tell, and when; `schema` holds the rest."""

from pydantic import Field

from mailbridge.settings.schema_of_mail import Lower, Table


class Notices(Table):
    """When our own people are told."""

    batch_minutes: int = Field(15, ge=0, description="Notices that are not urgent leave together.")
    escalate_hours: int = Field(24, ge=1, description="What is held longer is told to the head.")
    due_before_hours: int = Field(
        24, ge=0, description="Hours before a handling deadline when its handler is warned."
    )
    due_head_hours: int = Field(
        24, ge=0, description="Hours after a handling deadline when the head is told."
    )
    paper_days: int = Field(
        10, ge=1, le=90, description="Working days until paper beside a document is overdue."
    )
    reply: bool = Field(
        default=True,
        description="People may act by a proven reply to a notice or digest: nhận, chuyển, xong.",
    )
    repeat_khan: int = Field(60, ge=1, description="Minutes between notices of a khẩn document.")
    repeat_thuong_khan: int = Field(30, ge=1, description="The same for thượng khẩn.")
    repeat_hoa_toc: int = Field(15, ge=1, description="The same for hỏa tốc.")


class Route(Table):
    """A rule for passing on (Điều 5.2); all that is given must fit. The first that fits decides."""

    office: str | None = Field(None, description="Identifier of our agency that it is for.")
    to: Lower = Field(description="Address of the unit or person.")
    sender: str | None = Field(None, description="Identifier of the sending agency.")
    type: str | None = Field(None, description="Type of document, e.g. Công văn.")
    words: tuple[str, ...] = Field((), description="Words of which one stands in the summary.")
