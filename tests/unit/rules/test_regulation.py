"""What is shipped can be used as it is."""

from mailbridge import wiring
from mailbridge.rules.regulation import Regulation


def test_what_is_shipped_is_more_than_nothing() -> None:
    shipped = wiring.regulation(None)
    assert shipped.authority
    assert shipped.minutes.express < shipped.minutes.urgent
    assert Regulation().paper == ()
