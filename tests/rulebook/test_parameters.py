from datetime import date

import pytest

from rongka.rulebook import Confidence
from rongka.rulebook.order import Category
from rongka.rulebook.parameters import (
    ParameterError,
    Unit,
    parameter,
    parameter_for,
    parameters,
    read_definition,
)

DAY = date(2025, 6, 30)
SOURCE = {
    "document": "memory",
    "clause": {"zh": "示例", "en": "Example"},
    "checked_on": date(2026, 1, 1),
    "confidence": "unverified",
}


def table(*periods):
    return {
        "name": "example.days",
        "title": {"zh": "示例", "en": "Example"},
        "unit": "days",
        "counting": "calendar",
        "period": [
            {"value": value, "source": SOURCE | {"effective_from": start}} | ({"until": until} if until else {})
            for value, start, until in periods
        ],
    }


@pytest.mark.parametrize("name", parameters())
def test_every_parameter_answers_with_a_value_a_source_and_both_languages(name):
    found = parameter(name, on=DAY)

    assert found.value > 0
    assert found.amount.zh.startswith(str(found.value))
    assert found.source.document.zh
    assert found.source.checked_on >= found.source.effective_from


@pytest.mark.parametrize("name", parameters())
def test_what_no_document_supports_is_marked_unverified(name):
    source = parameter(name, on=DAY).source

    if "未" in source.document.zh or "二手" in source.document.zh or "论坛" in source.document.zh:
        assert source.confidence is Confidence.UNVERIFIED


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("residence.lodging-registration", 24, Unit.HOURS),
        ("residence.apply-within", 30, Unit.DAYS),
        ("residence.decision-within", 15, Unit.DAYS),
        ("originals.check-within", 30, Unit.DAYS),
        ("insurance.enrol-within", 30, Unit.DAYS),
        ("wallet.connect-after", 7, Unit.DAYS),
        ("wallet.hide-after", 30, Unit.DAYS),
        ("permit.extension-opens", 90, Unit.DAYS),
        ("permit.extension-closes", 30, Unit.DAYS),
    ],
)
def test_the_clocks_have_the_values_of_their_sources(name, value, unit):
    found = parameter(name, on=DAY)

    assert (found.value, found.definition.unit) == (value, unit)


def test_what_is_our_own_policy_says_so_beside_its_value():
    wallet = [name for name in parameters() if name.startswith("wallet.")]

    doubts = {parameter(name, on=DAY).source.doubt.en for name in wallet}

    assert doubts == {"Rongka's own policy, not law"}


def test_the_three_clocks_are_apart_and_claiming_the_card_has_none():
    residence = parameter("residence.apply-within", on=DAY)
    originals = parameter("originals.check-within", on=DAY)

    assert residence.source.document != originals.source.document
    assert not [name for name in parameters() if name.startswith("card.")]


def test_a_value_that_differs_by_category_is_asked_by_category():
    years = [parameter_for("permit.max-years", category=category, on=DAY).value for category in Category]

    assert years == [5, 2, 1]


def test_an_unknown_name_is_refused():
    with pytest.raises(ParameterError, match="no parameter"):
        parameter("card.claim-within", on=DAY)


def test_a_day_before_the_first_period_has_no_value():
    with pytest.raises(ParameterError, match="no value on 2013-06-30"):
        parameter("residence.apply-within", on=date(2013, 6, 30))


def test_periods_that_meet_are_read_in_order():
    found = read_definition(table((2, date(2025, 7, 1), None), (1, date(2024, 7, 1), date(2025, 7, 1))))

    assert [period.value for period in found.periods] == [1, 2]
    assert found.periods[0].holds(on=date(2025, 6, 30))
    assert not found.periods[0].holds(on=date(2025, 7, 1))


@pytest.mark.parametrize("until", [date(2025, 6, 30), date(2025, 7, 2), None], ids=["gap", "overlap", "open"])
def test_periods_with_a_gap_or_an_overlap_are_refused(until):
    with pytest.raises(ParameterError, match="does not end where the next begins"):
        read_definition(table((1, date(2024, 7, 1), until), (2, date(2025, 7, 1), None)))


def test_a_parameter_without_a_period_is_refused():
    with pytest.raises(ParameterError, match="no period"):
        read_definition(table())
