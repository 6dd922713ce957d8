import pytest

from tests.credential.mdoc.world import MdocWorld


@pytest.fixture(scope="session")
def city() -> MdocWorld:
    """One city for all tests of mdocs, since none of them changes it and its keys take time to make."""
    return MdocWorld()
