"""A house is made of its settings."""

from mailbridge.actions.house import House


def test_letters_are_written_in_the_name_of_our_agency(house: House) -> None:
    assert house.parties["vanthu"].agency == house.office.agency
    assert house.parties["vanthu"].name == "Đảng ủy phường Ví Dụ"
    assert len(house.secret) == 32
