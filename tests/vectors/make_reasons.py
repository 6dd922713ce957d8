"""Makes frontend/shared/reasons.json from Python's table of reasons, so that the words stand in one place."""

import json
from pathlib import Path

from rongka.credential import reasons
from rongka.text import Text

FILE = Path(__file__).parents[2] / "frontend" / "shared" / "reasons.json"


def written() -> str:
    """The file's text."""
    every = [value for value in vars(reasons).values() if isinstance(value, reasons.VerdictReason)]
    table = {reason.code: {"text": _text(reason.text), "nextStep": _text(reason.next_step)} for reason in every}
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
