from datetime import date

import pytest

from rongka.rulebook import Confidence, Decision, RuleId, RuleKind, rule
from rongka.rulebook.cases import all_cases, cases_of
from rongka.rulebook.data import folder

SEED_RULES = {
    "entry.card-is-no-entry-document",
    "entry.original-notice",
    "card.no-claim-deadline",
    "card.physical-is-optional",
    "permit.no-physical-permit-since-2024-12-01",
    "legacy.no-change-unless-renewal",
    "legacy.stays-valid",
    "residence.notice-or-card-with-passport",
    "order.fixed",
}
FREEDOMS = {
    "card.no-claim-deadline",
    "card.physical-is-optional",
    "legacy.stays-valid",
    "residence.notice-or-card-with-passport",
}


def test_the_rules_are_the_nine_of_the_guide():
    assert {rule_id.value for rule_id in RuleId} == SEED_RULES


@pytest.mark.parametrize("rule_id", RuleId)
def test_every_rule_has_its_words_its_source_and_its_date(rule_id):
    found = rule(rule_id)

    assert found.id is rule_id
    assert found.source.confidence is Confidence.SEED
    assert found.source.effective_from == date(2024, 12, 1)
    assert found.wordings
    assert (found.kind is RuleKind.FREEDOM) == (rule_id.value in FREEDOMS)


@pytest.mark.parametrize("rule_id", RuleId)
def test_every_rule_has_a_module_and_cases_of_its_own(rule_id):
    module = folder(rule_id.topic, f"{rule_id.file_name}.py")

    assert module.is_file()
    assert f"`{rule_id.value}`" in module.read_text(encoding="utf-8")
    assert len(cases_of(rule_id)) >= 3


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.rule}: {case.title.en}")
def test_the_rule_book_decides_as_the_official_expects(case):
    decision = case.decision()

    assert tuple(reason.code for reason in decision.reasons) == case.codes
    assert decision.allowed == (not case.codes)
    assert decision.to == case.to


@pytest.mark.parametrize("rule_id", RuleId)
def test_each_code_belongs_to_one_rule(rule_id):
    others = {wording.code for other in RuleId if other is not rule_id for wording in rule(other).wordings.values()}

    assert not others & {wording.code for wording in rule(rule_id).wordings.values()}


def test_at_the_border_a_card_instead_of_the_notice_is_refused_with_the_rule_and_what_to_bring():
    case = next(case for case in cases_of(RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT))

    first = case.decision().reasons[0]

    assert first.rule is RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT
    assert "工作许可通知原件" in first.next_step.zh
    assert "original work permit notice" in first.next_step.en


def test_a_refusal_without_a_reason_cannot_be_made():
    with pytest.raises(ValueError, match="refused with reasons"):
        Decision(allowed=False)
