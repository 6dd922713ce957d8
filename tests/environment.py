"""The environment of the tests; a plugin of pytest, since pytest-django reads the settings before any conftest."""

import os
from pathlib import Path

# Tests touch neither the demo city nor what a developer has set for it. Two runs at once need two homes.
HOME = Path(__file__).parents[1] / ".cache" / "test-home"
os.environ["RONGKA_HOME"] = os.environ.get("RONGKA_TEST_HOME", str(HOME))
os.environ["RONGKA_MODE"] = "demo"
os.environ["RONGKA_DATABASE_OWNER"] = "1"  # the test database is made by its owner; see the fixture as_application
# The workers of pytest-xdist inherit the number of the run that started them.
os.environ.setdefault("RONGKA_TEST_RUN", str(os.getpid()))
