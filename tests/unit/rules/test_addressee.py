"""Lists and unknown addresses do not show that somebody else is meant (Điều 10.1)."""

from mailbridge.model.directory import Agency, Directory
from mailbridge.model.examination import MailView
from mailbridge.model.message import Address
from mailbridge.rules.addressee import is_ours


def test_an_unknown_alias_in_to_is_no_wrong_addressee() -> None:
    directory = Directory((Agency("C", "C", mailboxes=("c@x.vn",)),))
    mail = MailView(to=(Address("danh-sach@x.vn"),))
    assert is_ours(mail, None, "B", ("b@x.vn",), directory)
