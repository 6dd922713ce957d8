import pytest

from tests.credential.world import World


@pytest.fixture
def world() -> World:
    return World()
