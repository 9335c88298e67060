import pytest

from tests.simulators.token import Hsm
from tests.unit.letters import keyring as keyrings


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> keyrings.Keyring:
    return keyrings.make(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Hsm:
    return Hsm(tmp_path_factory.mktemp("hsm"))
