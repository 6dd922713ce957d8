"""What each chapter of the book says, written from the rule book's data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rongka.rulebook.cases import cases_of
from rongka.rulebook.category import ground_of
from rongka.rulebook.check import ALL_INVARIANTS
from rongka.rulebook.guide import guide
from rongka.rulebook.identifiers.cases import CASE_FILES, identifier_cases
from rongka.rulebook.order import Track, steps_of, the_order
from rongka.rulebook.parameters import Parameter, parameter, parameter_for, parameters
from rongka.rulebook.rules import Rule, RuleId, rule
from rongka.rulebook.sources import document_title
from rongka.rulebook.verification import Level, all_reasons
from rongka.rulebook.verification.cases import proof_cases
from rongka.rulebook.vocabulary import Category, State

from .words import cited, edition, outcome, situation, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rongka.rulebook.guide import GuideItem, GuideStep
    from rongka.text import Text

    from .markdown import Page


def write_order(page: Page) -> None:
    """Write the order as a table, the states, and the steps of the tracker."""
    page.paragraph(word("order-intro"))
    page.heading(word("events"), level=2)
    page.table(head=_heads("event", "actor", "state", "to", "source", "code"), rows=_transition_rows(page))
    page.heading(word("states"), level=2)
    page.table(head=_heads("state", "turn", "todo", "code"), rows=_state_rows())
    page.heading(word("steps"), level=2)
    for track in Track:
        steps = " → ".join(page.words(step.title) for step in steps_of(track=track))
        page.bullets([f"{page.words(track.title)}: {steps}"])


def write_rules(page: Page) -> None:
    """Write every rule, clause by clause, with its cases."""
    page.paragraph(word("rules-intro"))
    for rule_id in RuleId:
        _write_rule(page, rule(rule_id))


def write_assurance(page: Page) -> None:
    """Write the levels, the cases and the reasons of the judgement on verifications."""
    page.paragraph(word("assurance-intro"))
    page.heading(word("levels"), level=2)
    page.table(head=_heads("level", "statement"), rows=[[f"`{level}`", word(f"level.{level}")] for level in Level])
    page.heading(word("cases"), level=2)
    rows: list[list[Text | str]] = [
        [case.title, case.way.title, ", ".join(f"`{code}`" for code in case.codes)] for case in proof_cases()
    ]
    page.table(head=_heads("case", "expected", "code"), rows=rows)
    page.heading(word("refusals"), level=2)
    page.table(
        head=_heads("code", "expected", "answer", "next"),
        rows=[[f"`{one.code}`", one.way.title, one.text, one.next_step] for one in all_reasons()],
    )


def write_clocks(page: Page) -> None:
    """Write every dated value but those of the categories."""
    page.paragraph(word("clocks-intro"))
    found = (parameter(name, on=edition()) for name in parameters())
    rows = [_parameter_row(page, value) for value in found if not value.definition.name.startswith("category.")]
    page.table(head=_heads("title", "value", "counted", "note", "source", "since", "checked"), rows=rows)


def write_categories(page: Page) -> None:
    """Write grounds, terms and the points table."""
    page.paragraph(word("categories-intro"))
    page.table(head=_heads("category", "ground", "value", "source"), rows=[_category_row(page, c) for c in Category])
    points = (parameter(name, on=edition()) for name in parameters() if name.startswith("category."))
    page.table(
        head=_heads("title", "value", "source"),
        rows=[[value.title, value.amount, cited(page, value.source)] for value in points],
    )


def write_guide(page: Page) -> None:
    """Write the public guide, per category and track."""
    for track in Track:
        for category in Category:
            shown = guide(category=category, track=track, on=edition())
            page.heading(f"{page.words(track.title)} · {page.words(category.title)}", level=2)
            page.table(
                head=_heads("step", "actor", "note", "papers", "time", "source"), rows=_guide_rows(page, shown.steps)
            )
            if shown.beside:
                page.paragraph(word("beside"))
                head = _heads("title", "note", "papers", "time", "source")
                page.table(head=head, rows=[[row[0], *row[2:]] for row in _guide_rows(page, shown.beside)])


def write_identifiers(page: Page) -> None:
    """Write the cases of the legal identifiers."""
    for name, title in CASE_FILES.items():
        page.heading(title, level=2)
        rows: list[list[Text | str]] = [
            [case.title, f"`{case.text}`", f"`{case.code}`" if case.code else word("word.allowed")]
            for case in identifier_cases(name)
        ]
        page.table(head=_heads("case", "text", "expected"), rows=rows)


def write_invariants(page: Page) -> None:
    """Write every statement that the check holds the answers against."""
    page.paragraph(word("invariants-intro"))
    rows: list[list[Text | str]] = [[f"`{inv.code}`", inv.statement, f"`{inv.rule.value}`"] for inv in ALL_INVARIANTS]
    page.table(head=_heads("code", "statement", "rule"), rows=rows)


def _write_rule(page: Page, shown: Rule) -> None:
    page.heading(shown.title, level=2)
    page.quote(shown.statement)
    page.paragraph(shown.explanation)
    page.table(
        head=_heads("rule", "kind", "source", "since", "checked"),
        rows=[
            [
                f"`{shown.id.value}`",
                shown.kind.title,
                cited(page, shown.source),
                shown.source.effective_from.isoformat(),
                shown.source.checked_on.isoformat(),
            ]
        ],
    )
    page.heading(word("cases"), level=3)
    page.table(
        head=_heads("case", "date", "facts", "expected"),
        rows=[
            [case.title, case.on.isoformat(), situation(page, case), outcome(page, case)] for case in cases_of(shown.id)
        ],
    )
    page.heading(word("refusals"), level=3)
    page.table(
        head=_heads("code", "answer", "next"),
        rows=[
            [f"`{wording.code}`", _with_gaps(page, wording.text), _with_gaps(page, wording.next_step)]
            for wording in shown.wordings.values()
        ],
    )


def _with_gaps(page: Page, template: Text) -> str:
    # What a rule fills in at run time is left open in print.
    return re.sub(r"\{\w+\}", "…", page.words(template))


def _heads(*names: str) -> list[Text]:
    return [word(f"col.{name}") for name in names]


def _transition_rows(page: Page) -> Iterable[list[Text | str]]:
    for row in the_order().rows:
        former = page.words(word("word.former")) if row.former else ""
        yield [
            page.words(row.event.title) + former,
            row.actor.title,
            row.state.title,
            row.to.title,
            document_title(row.document),
            f"`{row.state.value}` + `{row.event.value}` → `{row.to.value}`",
        ]


def _state_rows() -> Iterable[list[Text | str]]:
    for state in State:
        yield [state.title, state.turn.title if state.turn else "", state.todo, f"`{state.value}`"]


def _parameter_row(page: Page, value: Parameter) -> list[Text | str]:
    definition, source = value.definition, value.source
    return [
        value.title,
        value.amount,
        definition.start or "",
        definition.note or "",
        cited(page, source),
        source.effective_from.isoformat(),
        source.checked_on.isoformat(),
    ]


def _category_row(page: Page, category: Category) -> list[Text | str]:
    found = ground_of(category)
    term = parameter_for("permit.max-years", category=category, on=edition())
    return [
        category.title,
        found.ground,
        page.words(word("word.value")).format(page.words(term.title), page.words(term.amount)),
        cited(page, found.source),
    ]


def _guide_rows(page: Page, steps: Iterable[GuideStep]) -> list[list[Text | str]]:
    return [
        [
            step.title,
            step.actor.title if step.actor else "",
            "<br>".join([page.words(step.what), *_items(page, (*step.results, *step.notes))]),
            "<br>".join(_items(page, step.papers)),
            "<br>".join(_items(page, step.times)),
            cited(page, step.source),
        ]
        for step in steps
    ]


def _items(page: Page, items: Iterable[GuideItem]) -> list[str]:
    return [f"{page.words(item.text)} [{page.words(item.source.confidence.title)}]" for item in items]
