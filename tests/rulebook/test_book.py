from pathlib import Path

import pytest

from rongka.rulebook import RuleId
from rongka.rulebook.book import all_pages
from rongka.rulebook.cases import all_cases
from rongka.rulebook.parameters import parameters

PAGES = all_pages()
DOCS = Path(__file__).parents[2] / "docs"


def test_both_languages_have_the_same_pages():
    names = {
        language: {n.split("/")[2] for n in PAGES if n.startswith(f"book/{language}/")} for language in ("zh", "en")
    }

    assert names["zh"] == names["en"]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_in_the_repository_is_fresh(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], "run `make book`"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_book_has_every_rule_every_case_and_every_clock(language):
    rules, clocks = (PAGES[f"book/{language}/{page}.md"] for page in ("rules", "clocks"))

    assert all(f"`{rule_id.value}`" in rules for rule_id in RuleId)
    assert all(case.title.in_language(language) in rules for case in all_cases())
    for name, definition in parameters().items():
        if not name.startswith("category."):
            assert definition.title.in_language(language) in clocks


@pytest.mark.parametrize("name", [name for name in PAGES if "/en/" in name])
def test_the_english_pages_hold_no_chinese(name):
    assert not [character for character in PAGES[name] if "\u4e00" <= character <= "\u9fff"]


def test_the_pages_are_the_same_every_time():
    assert all_pages() == PAGES
