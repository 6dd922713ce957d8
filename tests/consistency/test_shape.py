"""The shape of the code (STYLE): what is too long is a place to look at, and here the build stops to look."""

import ast
from pathlib import Path

import pytest

import rongka

SOURCE = Path(rongka.__file__).parent
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
HOMELESS = {"utils", "util", "misc", "helpers", "common", "core", "base", "managers"}
# Django loads a database backend's class from a module of this name.
NAMED_BY_DJANGO = {SOURCE / "config" / "postgres" / "base.py"}


def _long_functions(text: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_has_a_name_that_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= LONGEST_FILE
    assert _long_functions(text) == []
    assert path in NAMED_BY_DJANGO or not HOMELESS & set(path.relative_to(SOURCE).with_suffix("").parts)


def test_a_long_function_would_be_found():
    assert _long_functions("def long():\n" + "    pass\n" * LONGEST_FUNCTION) == ["long"]
