import pytest

from tests.unit.letters import keyring as keyrings


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> keyrings.Keyring:
    return keyrings.make(tmp_path_factory.mktemp("keys"))
