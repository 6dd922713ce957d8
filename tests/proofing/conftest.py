"""Third-party test data beside the project; a test that needs a missing set skips and says which."""

import json
from pathlib import Path

import pytest

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors"


def vectors(name: str) -> object:
    """Read a JSON file of the third-party data."""
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"third-party test data missing: ../shared/vectors/{name}")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def naughty_strings() -> list[str]:
    return vectors("naughty-strings/blns.json")


@pytest.fixture(scope="session")
def pymrtd_zones() -> list[str]:
    return [sample["mrz"] for sample in vectors("pymrtd/mrz-samples.json")]
