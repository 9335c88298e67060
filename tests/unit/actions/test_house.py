"""A house is made of its settings."""

from pathlib import Path

from mailbridge import wiring
from mailbridge.actions.house import House
from mailbridge.settings.load import load

CONFIG = Path(__file__).parents[3] / "config" / "mailbridge.toml"


def test_letters_are_written_in_the_name_of_our_agency(house: House) -> None:
    assert house.parties["vanthu"].agency == house.of_mailbox("vanthu").code
    assert house.parties["vanthu"].name == "Đảng ủy phường Ví Dụ"
    assert len(house.secret) == 32


def test_a_server_without_a_network_asks_nobody(house: House) -> None:
    assert house.permissions.network is None


def test_what_the_settings_permit_reaches_the_examinations(tmp_path: Path) -> None:
    written = CONFIG.read_text(encoding="utf-8")
    assert "authserv_ids = []" in written
    written = written.replace("authserv_ids = []", 'authserv_ids = ["MX.vn"]')
    (tmp_path / "mailbridge.toml").write_text(
        written.replace("allow_3des = false", "allow_3des = true"), encoding="utf-8"
    )
    made = wiring.permissions(load(tmp_path / "mailbridge.toml"), cache=None)
    assert (made.authserv_ids, made.allow_3des) == (("mx.vn",), True)
    assert made.network is not None
