"""A duty without doors and folders is a whole one."""

from mailbridge import wiring
from mailbridge.settings.schema import Settings


def test_without_doors_and_folders_nothing_is_opened(settings: Settings) -> None:
    duty = wiring.duty(wiring.prepared(settings))
    assert (duty.gateway, duty.drop_folder) == (None, None)
    assert duty.leads()
    duty.house.database.close()
