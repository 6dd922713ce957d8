"""Worked examples of the judgement: facts, and where they lead; they are tests, and a page of the book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.rulebook import data

from .assurance import ChipFacts, FaceVerdict, ProofFacts, Way

if TYPE_CHECKING:
    from rongka.text import Text


@dataclass(frozen=True, slots=True)
class ProofCase:
    """One example."""

    title: Text
    facts: ProofFacts
    way: Way
    codes: tuple[str, ...]


def proof_cases() -> tuple[ProofCase, ...]:
    """Return the cases, in the order of their file."""
    tables = data.read_table("verification", "cases", "assurance.toml")["case"]
    return tuple(
        ProofCase(
            title=data.text(table["title"]),
            facts=_facts(table),
            way=Way(table["way"]),
            codes=tuple(table.get("reasons", ())),
        )
        for table in tables
    )


def _facts(table: data.Table) -> ProofFacts:
    chip = ChipFacts(table["document"], tuple(table.get("differences", ()))) if "document" in table else None
    return ProofFacts(
        has_consent=table["has_consent"],
        chip=chip,
        has_portrait=table.get("has_portrait", False),
        tries_left=table["tries_left"],
        is_expired=table.get("is_expired", False),
        is_portrait_ending=table.get("is_portrait_ending", False),
        face=FaceVerdict(table["person"]) if "person" in table else None,
        is_live=table.get("is_live", False),
    )
