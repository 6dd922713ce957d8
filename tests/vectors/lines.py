"""JSON with one entry a line, so that a changed case is one changed line."""

import json


def in_lines(content: dict[str, object]) -> str:
    """Write a document whose lists and maps stand one entry a line."""
    return "{\n" + ",\n".join(f"{_dump(name)}: {_in_lines(value)}" for name, value in content.items()) + "\n}\n"


def _in_lines(value: object) -> str:
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f" {_dump(key)}: {_dump(item)}" for key, item in value.items()) + "\n}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(f" {_dump(item)}" for item in value) + "\n]"
    return _dump(value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
