"""Enumerations whose members have a title in both languages."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rongka.text import Text


class TitledEnum(StrEnum):
    """A word of the domain: its value is stable and for machines, its title is for readers."""

    @property
    def title(self) -> Text:  # type: ignore[override]  # a reader's title; str's method of that name is of no use here
        """The word as a reader sees it."""
        return self._find_title()

    def _find_title(self) -> Text:
        raise NotImplementedError
