"""What an inspector can file."""

from rongka.text import Text

RESULTS: dict[str, Text] = {
    "in-order": Text(zh="未发现问题", en="In order"),
    "irregular": Text(zh="发现问题", en="Irregular"),
}
