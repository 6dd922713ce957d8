"""What every test stands on: a database of its own, no network but loopback, fast password hashing."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Set before Django's settings are read: tests never touch the demo city, nor what the developer has set for it.
os.environ["RONGKA_HOME"] = str(ROOT / ".cache" / "test-home")
os.environ["RONGKA_MODE"] = "demo"
os.environ["RONGKA_DATABASE_OWNER"] = "1"  # the test database is made by its owner; see the fixture as_application
