"""The categories A, B and C: on what ground a person is in one. The order does not depend on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.sources import Source, read_source

if TYPE_CHECKING:
    from rongka.rulebook.vocabulary import Category
    from rongka.text import Text


@dataclass(frozen=True, slots=True)
class CategoryGround:
    """On what ground a person is in a category."""

    category: Category
    ground: Text
    source: Source


@cache
def ground_of(category: Category) -> CategoryGround:
    """Return the ground of a category."""
    table = data.read_table("category", "categories.toml")
    return CategoryGround(
        category=category, ground=data.text(table[category.value]["ground"]), source=read_source(table["source"])
    )
