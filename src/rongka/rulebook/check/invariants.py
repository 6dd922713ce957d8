"""All invariants: the guide's statements in its own words, and the search that would find a counterexample."""

from __future__ import annotations

from rongka.rulebook.rules import RuleId
from rongka.text import Text

from . import statements
from .invariant import Invariant
from .sequence import SEQUENCE_INVARIANTS
from .whole import WHOLE_INVARIANTS

STATEMENT_INVARIANTS = (
    Invariant(
        code="entry.card-changes-nothing",
        rule=RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT,
        statement=Text(zh="电子社保卡不可替代入境证件。", en="A card cannot replace entry documents."),
        search=statements.card_changes_nothing_at_the_border,
    ),
    Invariant(
        code="entry.passport-and-original-notice",
        rule=RuleId.ENTRY_ORIGINAL_NOTICE,
        statement=Text(
            zh="入境必须携带护照和工作许可通知原件，缺一不可。",
            en="Passport and original notice must be carried at entry.",
        ),
        search=statements.entry_needs_both,
    ),
    Invariant(
        code="entry.copy-is-no-original",
        rule=RuleId.ENTRY_ORIGINAL_NOTICE,
        statement=Text(zh="复印件不是原件。", en="A copy is not the original."),
        search=statements.copy_is_no_original,
    ),
    Invariant(
        code="entry.papers-are-enough",
        rule=RuleId.ENTRY_ORIGINAL_NOTICE,
        statement=Text(zh="证件齐全的，不得拒绝登记入境。", en="With all entry documents the entry is recorded."),
        search=statements.entry_papers_are_enough,
    ),
    Invariant(
        code="card.claim-on-any-day",
        rule=RuleId.CARD_NO_CLAIM_DEADLINE,
        statement=Text(zh="申领电子社保卡没有30天强制时限。", en="There is no 30-day limit for claiming the card."),
        search=statements.card_can_be_claimed_on_any_day,
    ),
    Invariant(
        code="card.days-decide-nothing",
        rule=RuleId.CARD_NO_CLAIM_DEADLINE,
        statement=Text(
            zh="任何步骤均不因入境天数而不予办理。", en="No step is refused because of the days since entry."
        ),
        search=statements.days_since_entry_decide_nothing,
    ),
    Invariant(
        code="card.physical-decides-nothing",
        rule=RuleId.CARD_PHYSICAL_IS_OPTIONAL,
        statement=Text(
            zh="实体社保卡不影响电子卡使用与资质备案。", en="The electronic card does not depend on a physical one."
        ),
        search=statements.physical_card_decides_nothing,
    ),
    Invariant(
        code="permit.no-physical-permit",
        rule=RuleId.PERMIT_NO_PHYSICAL_PERMIT,
        statement=Text(
            zh="自2024年12月1日起不再发放实体工作许可证。", en="From 2024-12-01 no physical permit is issued."
        ),
        search=statements.no_physical_permit_is_issued,
    ),
    Invariant(
        code="permit.no-new-legacy-holders",
        rule=RuleId.PERMIT_NO_PHYSICAL_PERMIT,
        statement=Text(zh="不再产生新的旧卡持有人。", en="Nobody becomes a legacy holder any more."),
        search=statements.nobody_becomes_a_legacy_holder,
    ),
    Invariant(
        code="legacy.switch-needs-an-occasion",
        rule=RuleId.LEGACY_NO_CHANGE_UNLESS_RENEWAL,
        statement=Text(zh="旧卡不变不换。", en="No change unless renewal."),
        search=statements.switch_needs_an_occasion,
    ),
    Invariant(
        code="legacy.every-occasion-is-enough",
        rule=RuleId.LEGACY_NO_CHANGE_UNLESS_RENEWAL,
        statement=Text(
            zh="延期、变更时统一切换；用人单位也可自愿提前切换。",
            en="Extension, change and reissue by choice open the switch.",
        ),
        search=statements.every_occasion_is_enough,
    ),
    Invariant(
        code="legacy.nobody-is-made-to-switch",
        rule=RuleId.LEGACY_NO_CHANGE_UNLESS_RENEWAL,
        statement=Text(
            zh="仅延期、变更时切换，其他情形不得要求。",
            en="The switch is due at extension or change, and not otherwise.",
        ),
        search=statements.nobody_is_made_to_switch,
    ),
    Invariant(
        code="legacy.valid-to-its-end",
        rule=RuleId.LEGACY_STAYS_VALID,
        statement=Text(zh="已持有的旧卡在有效期内继续有效。", en="A legacy permit stays valid to its end."),
        search=statements.legacy_permit_is_valid_to_its_end,
    ),
    Invariant(
        code="legacy.valid-permit-can-be-switched",
        rule=RuleId.LEGACY_STAYS_VALID,
        statement=Text(zh="有效的旧卡可凭以申请切换。", en="A valid legacy permit can be switched."),
        search=statements.valid_legacy_permit_can_be_switched,
    ),
    Invariant(
        code="residence.either-proof-is-enough",
        rule=RuleId.RESIDENCE_NOTICE_OR_CARD,
        statement=Text(
            zh="工作许可通知和电子社保卡二选一，搭配护照即可。", en="Notice or card, either one, with the passport."
        ),
        search=statements.either_proof_is_enough,
    ),
    Invariant(
        code="residence.less-is-not-enough",
        rule=RuleId.RESIDENCE_NOTICE_OR_CARD,
        statement=Text(
            zh="没有护照，或者两种凭证都没有的，不予办理。", en="No passport, or neither proof: not accepted."
        ),
        search=statements.less_is_not_enough,
    ),
)

ALL_INVARIANTS = (*SEQUENCE_INVARIANTS, *WHOLE_INVARIANTS, *STATEMENT_INVARIANTS)
