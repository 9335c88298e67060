"""A lock under a password opens with it, and costs no day of deriving."""

from asn1crypto import cms as asn1_cms

from mailbridge.model.parcel import LockWhy
from mailbridge.parcel.password_recipients import ITERATIONS
from tests.unit.parcel.locked import PLAIN, envelope, folder, opened

DER = envelope(PLAIN, options=("-pwri_password", "bí mật"))


def test_the_password_for_anything_opens() -> None:
    assert opened(DER, folder(), (("*", "không"), ("*", "bí mật"))).plain == PLAIN


def test_the_password_of_another_file_is_not_tried() -> None:
    assert opened(DER, folder(), (("b.p7m", "bí mật"),)).why is LockWhy.NEEDS_WORD


def test_a_wrong_password_is_told_from_none() -> None:
    assert opened(DER, folder(), (("a.p7m", "không"),)).why is LockWhy.WRONG_WORD


def test_a_count_without_end_is_not_begun() -> None:
    info = asn1_cms.ContentInfo.load(DER)
    recipient = info["content"]["recipient_infos"][0].chosen
    recipient["key_derivation_algorithm"]["parameters"]["iteration_count"] = ITERATIONS + 1
    found = opened(info.dump(force=True), folder(), (("*", "bí mật"),))
    assert found.why is LockWhy.WRONG_WORD
