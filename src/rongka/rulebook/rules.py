"""The nine hard rules of the guide: their words and sources, and the set of those that are in force.

Each rule has a `<rule>.toml` (title, statement, source, words of its refusals) beside a `<rule>.py` that applies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from . import data
from .decisions import Reason
from .sources import Source, read_source
from .titled import TitledEnum

if TYPE_CHECKING:
    from rongka.text import Text


class RuleId(StrEnum):
    """The names of the rules; the part before the dot is the topic."""

    ORDER_FIXED = "order.fixed"
    ENTRY_ORIGINAL_NOTICE = "entry.original-notice"
    ENTRY_CARD_IS_NO_ENTRY_DOCUMENT = "entry.card-is-no-entry-document"
    CARD_NO_CLAIM_DEADLINE = "card.no-claim-deadline"
    CARD_PHYSICAL_IS_OPTIONAL = "card.physical-is-optional"
    PERMIT_NO_PHYSICAL_PERMIT = "permit.no-physical-permit-since-2024-12-01"
    LEGACY_NO_CHANGE_UNLESS_RENEWAL = "legacy.no-change-unless-renewal"
    LEGACY_STAYS_VALID = "legacy.stays-valid"
    RESIDENCE_NOTICE_OR_CARD = "residence.notice-or-card-with-passport"

    @property
    def topic(self) -> str:
        """The folder in which the rule lives."""
        return self.value.partition(".")[0]

    @property
    def file_name(self) -> str:
        """The name of the rule's files, without ending."""
        return self.value.partition(".")[2].replace("-", "_")


class RuleKind(TitledEnum):
    """A prohibition forbids or demands something; a freedom says that something may not be demanded."""

    PROHIBITION = "prohibition"
    FREEDOM = "freedom"

    def _find_title(self) -> Text:
        return data.text(data.read_table("rules.toml")["kind"][self.value])


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one refusal; `{…}` are filled in by the rule."""

    code: str
    text: Text
    next_step: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as an official reads it. `statement.zh` is authoritative."""

    id: RuleId
    kind: RuleKind
    title: Text
    statement: Text
    explanation: Text
    source: Source
    wordings: dict[str, Wording]

    def reason(self, name: str, **words: Text) -> Reason:
        """Return the refusal of that name, its `{…}` filled with the given texts."""
        wording = self.wordings[name]
        return Reason(
            code=wording.code,
            text=_filled(wording.text, words),
            source=self.source,
            next_step=_filled(wording.next_step, words),
            rule=self.id,
        )


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules in force. Taking one out is for `rongka rules check` alone: a freedom then becomes a prohibition."""

    without: frozenset[RuleId] = frozenset()

    def has(self, rule_id: RuleId) -> bool:
        """Say whether the rule is in force."""
        return rule_id not in self.without


ALL_RULES = RuleSet()


@cache
def rule(rule_id: RuleId) -> Rule:
    """Return the rule of that name."""
    table = data.read_table(rule_id.topic, f"{rule_id.file_name}.toml")
    return Rule(
        id=RuleId(table["id"]),
        kind=RuleKind(table["kind"]),
        title=data.text(table["title"]),
        statement=data.text(table["statement"]),
        explanation=data.text(table["explanation"]),
        source=read_source(table["source"]),
        wordings={name: _wording(entry) for name, entry in table["refusal"].items()},
    )


def _wording(table: data.Table) -> Wording:
    return Wording(code=table["code"], text=data.text(table["text"]), next_step=data.text(table["next_step"]))


def _filled(template: Text, words: dict[str, Text]) -> Text:
    if not words:
        return template
    zh = template.zh.format(**{name: word.zh for name, word in words.items()})
    en = template.en.format(**{name: word.en for name, word in words.items()})
    return type(template)(zh=zh, en=en)
