"""Nơi nhận: the list at the lower left."""

from mailbridge.reading.recipients import recipients_of
from tests.unit.reading.placed import page


def test_the_list_ends_with_the_archive_and_keeps_to_the_left() -> None:
    made = page(
        (85, 400, "Nơi nhận:"), (360, 400, "GIÁM ĐỐC"), (85, 386, "- Như trên;"),
        (85, 372, "- Ban Tổ chức"), (360, 370, "Lê An"), (85, 358, "Tỉnh ủy;"),
        (85, 344, "- Lưu: VT, TH."), (85, 330, "Trần Bình"),
    )  # fmt: skip
    assert recipients_of(made) == ("Như trên", "Ban Tổ chức Tỉnh ủy")


def test_a_sentence_about_recipients_is_no_list() -> None:
    made = page((113, 400, "Nơi nhận hồ sơ là bộ phận một cửa."), (85, 386, "- Như trên;"))
    assert recipients_of(made) == ()
