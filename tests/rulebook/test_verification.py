"""What a verification leads to: the official's cases, and that nothing unproved ever passes, whatever the facts."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from rongka.rulebook.parameters import parameter
from rongka.rulebook.verification import (
    FIELDS,
    ChipFacts,
    FaceVerdict,
    Judgement,
    Level,
    ProofFacts,
    Way,
    all_reasons,
    before_the_face,
    chip_that_counts,
    judge_proof,
    level_at_counter,
)
from rongka.rulebook.verification.cases import proof_cases

DAY = date(2026, 11, 23)
GOOD = ProofFacts(
    has_consent=True,
    chip=ChipFacts("pass"),
    has_portrait=True,
    tries_left=1,
    face=FaceVerdict.PASS,
    is_live=True,
)
CHIPS = [None, *(ChipFacts(status) for status in ("pass", "fail", "cannot_verify")), ChipFacts("pass", ("sex",))]


def every_case():
    """Every combination of facts that can make a difference."""
    faces = [None, *FaceVerdict]
    for consent, chip, portrait, tries, face, live in product(
        (True, False), CHIPS, (True, False), (0, 1), faces, (True, False)
    ):
        yield ProofFacts(
            has_consent=consent, chip=chip, has_portrait=portrait, tries_left=tries, face=face, is_live=live
        )


@pytest.mark.parametrize("case", proof_cases(), ids=lambda case: case.title.en)
def test_the_rule_book_judges_as_the_official_expects(case):
    judgement = judge_proof(case.facts)

    assert (judgement.way, tuple(reason.code for reason in judgement.reasons)) == (case.way, case.codes)


def test_only_what_is_proved_in_every_part_goes_to_review():
    passed = [facts for facts in every_case() if judge_proof(facts).way is Way.BIND_NEEDS_REVIEW]

    assert passed
    for facts in passed:
        assert facts.has_consent
        assert facts.chip == ChipFacts("pass")
        assert facts.has_portrait
        assert facts.face in {FaceVerdict.PASS, FaceVerdict.REVIEW}
        assert facts.is_live


def test_every_other_judgement_has_reasons_with_a_next_step_and_nobody_tries_again_without_tries():
    for facts in every_case():
        judgement = judge_proof(facts)

        assert (judgement.reasons == ()) == (judgement.way is Way.BIND_NEEDS_REVIEW)
        assert all(reason.text.zh and reason.next_step.en for reason in judgement.reasons)
        assert facts.tries_left or judgement.way is not Way.AGAIN


def test_the_face_is_asked_for_only_when_all_else_is_in_order():
    assert before_the_face(GOOD) is None
    for change in ({"has_consent": False}, {"chip": None}, {"has_portrait": False}, {"tries_left": 0}):
        assert before_the_face(replace(GOOD, **change)).reasons


@pytest.mark.parametrize(
    ("chip", "level"),
    [
        (None, Level.OFFICER_DUAL),
        (ChipFacts("cannot_verify"), Level.OFFICER_DUAL),
        (ChipFacts("pass"), Level.OFFICER_DUAL),
        (ChipFacts("pass", is_original=True), Level.L3),
    ],
)
def test_a_counter_reaches_the_highest_level_only_with_a_chip_that_is_no_copy(chip, level):
    assert level_at_counter(chip) is level


@pytest.mark.parametrize("chip", [ChipFacts("fail"), ChipFacts("pass", ("number", "sex"), is_original=True)])
def test_a_chip_that_failed_or_differs_stops_two_officers(chip):
    judgement = level_at_counter(chip)

    assert isinstance(judgement, Judgement)
    assert all(FIELDS[name].en in judgement.reasons[0].text.en for name in chip.differences)


def test_each_reason_has_a_code_of_its_own_and_is_marked_as_our_policy():
    codes = [reason.code for reason in all_reasons()]

    assert len(codes) == len(set(codes))
    assert {reason.source.confidence.value for reason in all_reasons()} == {"policy"}


@pytest.mark.parametrize("name", ["face-pass", "face-review"])
def test_thresholds_say_that_nobody_calibrated_them(name):
    found = parameter(f"verification.{name}", on=DAY)

    assert found.source.confidence.value == "policy"
    assert "ncalibrated" in found.definition.note.en


PLAIN, ORIGINAL, UNKNOWN = ChipFacts("pass"), ChipFacts("pass", is_original=True), ChipFacts("cannot_verify")
COPY, OTHER, FAILED = (
    ChipFacts("fail", is_copy=True),
    ChipFacts("pass", ("number",), is_original=True),
    ChipFacts("fail"),
)


@pytest.mark.parametrize(
    ("read", "place"),
    [
        ([], None),
        ([UNKNOWN, PLAIN], 1),
        ([PLAIN, UNKNOWN], 0),
        ([ORIGINAL, PLAIN], 0),
        ([PLAIN, ORIGINAL, PLAIN], 1),
        ([FAILED, UNKNOWN], 0),
        ([OTHER, UNKNOWN, PLAIN], 2),
        ([COPY, PLAIN], 0),
        ([COPY, OTHER, PLAIN], 1),
        ([COPY, OTHER, ORIGINAL, PLAIN], 2),
        ([ORIGINAL, COPY], 1),
    ],
)
def test_what_a_chip_said_against_its_bearer_stands_until_it_is_answered(read, place):
    assert chip_that_counts(read) == place
