"""The served city, one for all tests of these folders; and people with browsers of their own."""

import os
from collections.abc import Iterator

import pytest

from tests.journeys import serving
from tests.journeys.actors import Company
from tests.journeys.town import people_of


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[serving.Served]:
    """Serve the demo city; in a parallel run one worker has it for all (xdist_group), and a second is a mistake."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        (tmp_path_factory.getbasetemp().parent / "served-once").mkdir()
    with serving.served_city(tmp_path_factory.mktemp("served")) as city:
        yield city


@pytest.fixture(scope="session")
def people(served) -> dict[str, dict[str, str]]:
    """Know the numbers of the city's people."""
    return people_of(served)


@pytest.fixture
def company(browser, served) -> Iterator[Company]:
    """Give whoever a test needs a browser of their own."""
    company = Company(browser, served.origin)
    yield company
    company.close()
