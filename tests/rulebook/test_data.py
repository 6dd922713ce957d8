import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from rongka.rulebook.order import ActorKind, Category, Event, Occasion, Paper, State

ROOT = Path(str(resources.files("rongka.rulebook")))
FILES = sorted(ROOT.rglob("*.toml"))
TITLES = {
    "actors": ActorKind,
    "categories": Category,
    "events": Event,
    "occasions": Occasion,
    "papers": Paper,
    "states": State,
}


def texts(value):
    """Every table with zh or en in it, however deep."""
    if isinstance(value, dict):
        if "zh" in value or "en" in value:
            yield value
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_text_has_both_languages_each_in_its_own(path):
    for text in texts(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert text["zh"].strip()
        assert text["en"].strip()
        assert not re.search("[\u4e00-\u9fff]", text["en"]), text
        # Chinese has its own punctuation beside Chinese characters.
        assert not re.search("[\u4e00-\u9fff][,;:?!]", text["zh"]), text


@pytest.mark.parametrize("name", TITLES)
def test_the_titles_are_those_of_the_members_and_no_others(name):
    table = tomllib.loads((ROOT / "vocabulary" / f"{name}.toml").read_text(encoding="utf-8"))

    assert list(table) == [member.value for member in TITLES[name]] or set(table) == {m.value for m in TITLES[name]}
    assert all(member.title.zh and member.title.en for member in TITLES[name])
