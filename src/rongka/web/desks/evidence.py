"""What a passport's chip proved, as an officer reads it: every check, each field beside the record, names explained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from rongka.documents.wording import SEXES
from rongka.proofing.chip.checks import CheckName, Outcome
from rongka.proofing.chip.results import DocumentLevel, DocumentStatus
from rongka.proofing.names import match_names
from rongka.registers.agencies.queries import staff_cards
from rongka.registers.evidence.kinds import Source
from rongka.registers.identity.counter_chips import facts_of
from rongka.rulebook.verification import FIELDS, Level, level_at_counter
from rongka.text import Text
from rongka.web.components.parts import Column, Row, Status, StatusKind

from . import showing
from .comparing import DIFFERS
from .showing import number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.evidence.queries import DocumentCheckCard
    from rongka.registers.people.queries import PersonCard

TITLES: Final = {
    CheckName.FORM: Text("文件形式", "Form of the files"),
    CheckName.SIGNATURE: Text("签名", "Signature"),
    CheckName.SIGNER: Text("签名证书", "Signer"),
    CheckName.SIGNER_TIME: Text("签名时间", "Time of signing"),
    CheckName.REVOCATION: Text("证书撤销", "Revocation"),
    CheckName.ALGORITHMS: Text("算法", "Algorithms"),
    CheckName.DATA_GROUPS: Text("数据组", "Data groups"),
    CheckName.ZONE: Text("机读码", "Machine-readable zone"),
    CheckName.ISSUING_STATE: Text("签发国", "Issuing state"),
    CheckName.CLONE: Text("芯片是否为复制品", "Is the chip a copy"),
    CheckName.PROVIDER: Text("外部核验服务的答复", "Answer of the outside provider"),
}
_WORDS: Final = {
    Outcome.PASSED: Text("通过", "Passed"),
    Outcome.WARNED: Text("通过，须留意", "Passed, with a remark"),
    Outcome.NOT_DONE: Text("未核对", "Not checked"),
    Outcome.CANNOT_TELL: Text("无法判断", "Cannot tell"),
    Outcome.FAILED: Text("不通过", "Failed"),
}
_KINDS: Final = {
    Outcome.PASSED: StatusKind.DONE,
    Outcome.WARNED: StatusKind.ATTENTION,
    Outcome.NOT_DONE: StatusKind.WAITING,
    Outcome.CANNOT_TELL: StatusKind.ATTENTION,
    Outcome.FAILED: StatusKind.REFUSED,
}
STATUSES: Final = {
    DocumentStatus.PASS: Status(StatusKind.DONE, Text("芯片验证通过", "Chip verified")),
    DocumentStatus.CANNOT_VERIFY: Status(StatusKind.ATTENTION, Text("无法验证，不等于通过", "Cannot be verified")),
    DocumentStatus.FAIL: Status(StatusKind.REFUSED, Text("芯片验证不通过", "Chip not genuine")),
}
LEVELS: Final = {
    DocumentLevel.NONE: Text("未证明", "Nothing is proved"),
    DocumentLevel.L2: Text("L2：数据出自签发国", "L2: the data are the issuing state's"),
    DocumentLevel.L3: Text("L3：数据出自签发国，且芯片为原件", "L3: and the chip is the original"),
}
SOURCES: Final = {
    Source.APP: Text("手机应用", "An app"),
    Source.KIOSK: Text("自助机", "A kiosk"),
    Source.WALLET: Text("本人在钱包中上传", "The holder, in the wallet"),
    Source.COUNTER: Text("窗口读卡器", "A reader at the counter"),
}
REACHED: Final = {
    Level.L3: Text("两名工作人员核验后为L3：芯片为原件。", "With it two officers reach L3: the chip is the original."),
    Level.OFFICER_DUAL: Text(
        "两名工作人员核验后为双人核验；芯片未证明为原件，不到L3。",
        "With it two officers reach officer_dual. It is not L3: the chip was not shown to be the original.",
    ),
}
NOT_REACHED: Final = Text("按此证据不能核验通过：", "With this evidence nobody is verified:")
NOT_KEPT: Final = Text("不保存", "Not kept")
NO_ANSWER: Final = Text("未核对：芯片没有回答我们的随机数。", "Not checked: the chip did not answer a nonce of ours.")


@dataclass(frozen=True, slots=True)
class ChipEvidence:
    """One check of a chip, ready to be drawn by `desks/chip_evidence.html`."""

    status: Status
    facts: Sequence[Row]
    clone: Row
    clone_words: Text
    check_columns: Sequence[Column]
    checks: Sequence[Sequence[object]]
    summary: Text
    is_doubtful: bool
    field_columns: Sequence[Column]
    fields: Sequence[Sequence[object]]
    names: Text | None
    hashes: Sequence[Row]


def chip_evidence(check: DocumentCheckCard, person: PersonCard) -> ChipEvidence:
    """Return a chip's evidence beside the person on record."""
    asked = {row["name"]: row for row in check.result["checks"]}
    clone = asked.pop(CheckName.CLONE.value, None)
    claims = check.result.get("claims")
    return ChipEvidence(
        status=STATUSES[DocumentStatus(check.status)],
        facts=_facts(check),
        clone=Row(TITLES[CheckName.CLONE], _status(Outcome(clone["outcome"]) if clone else Outcome.NOT_DONE)),
        clone_words=Text(zh=clone["zh"], en=clone["en"]) if clone else NO_ANSWER,
        check_columns=[Column(_("Check")), Column(_("Result"), is_short=True), Column(_("Why"))],
        checks=[_check(row) for row in asked.values()],
        summary=_summary(asked.values()),
        is_doubtful=check.status != DocumentStatus.PASS,
        field_columns=[Column(_("Field")), Column(_("Record")), Column(_("Chip")), Column(_("Compared"))],
        fields=_fields(claims, check.differences, person),
        names=names_explained(claims, person) if claims else None,
        hashes=_hashes(check),
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """What a countersignature would reach with a chip's evidence: a level, or the reasons that stand against it."""

    words: Text
    reasons: Sequence[Text] = ()


READ_ELSEWHERE: Final = Reached(
    Text(
        "这次读取不在窗口、或已过时，不计入本次核验；请在窗口重新读取芯片。",
        "This was not read at a counter just now, so it adds nothing to what two officers do here: read it again.",
    )
)


def reached_by(check: DocumentCheckCard) -> Reached:
    """Ask the rule book what two officers reach with this check."""
    answer = level_at_counter(facts_of(check))
    if isinstance(answer, Level):
        return Reached(REACHED[answer])
    return Reached(NOT_REACHED, [one.text for one in answer.reasons])


@dataclass(frozen=True, slots=True)
class Readings:
    """Every time that this counter read the chip while the person is here, oldest first."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]


def readings(checks: Sequence[DocumentCheckCard], counting: DocumentCheckCard | None) -> Readings:
    """Lay out a counter's checks of a chip: what each said, and which of them the level rests on."""
    return Readings(
        columns=[Column(_("Verified at")), Column(_("Done by")), Column(_("Result")), Column(_("Counts"))],
        rows=[
            [
                _at(one),
                _officer(one.officer_id) if one.officer_id else "",
                Status(StatusKind.REFUSED, DIFFERS) if one.differences else STATUSES[DocumentStatus(one.status)],
                _("This one") if one is counting else "",
            ]
            for one in checks
        ],
    )


def names_explained(claims: dict[str, Any], person: PersonCard) -> Text:
    """Say how the chip's name and the recorded one are alike. They are never compared letter by letter."""
    return match_names(
        " ".join(part for part in (claims["surname"], claims["given_names"]) if part),
        viz_surname=person.surname,
        viz_given_names=person.given_names,
        mrz_surname=person.mrz_surname,
        mrz_given_names=person.mrz_given_names,
    ).text


def _facts(check: DocumentCheckCard) -> list[Row]:
    return [
        Row(Text("结论", "Result"), STATUSES[DocumentStatus(check.status)]),
        Row(Text("证据等级", "Level of the evidence"), LEVELS[DocumentLevel(check.level)]),
        Row(Text("读取方式", "Read by"), SOURCES[Source(check.source)]),
        *([Row(Text("经办", "Done by"), _officer(check.officer_id))] if check.officer_id else []),
        Row(Text("验证时间", "Verified at"), _at(check)),
        Row(Text("信任名单版本", "Version of the trust list"), number(check.result.get("trust_list_version"))),
    ]


def _at(check: DocumentCheckCard) -> datetime:
    return check.at


def _officer(officer_id: UUID) -> object:
    card = staff_cards([officer_id]).get(officer_id)
    return showing.colleague_name(card) if card else ""


def _summary(rows: Collection[dict[str, Any]]) -> Text:
    """Say how many checks came out how, so that nobody has to open the table to know."""
    counts = Counter(Outcome(row["outcome"]) for row in rows)
    parts = [(_WORDS[outcome], counts[outcome]) for outcome in Outcome if counts[outcome]]
    zh = "，".join(f"{word.zh}{number}项" for word, number in parts)
    en = ", ".join(f"{number} {word.en.lower()}" for word, number in parts)
    return Text(zh=f"逐项核对（共{len(rows)}项）：{zh}", en=f"{len(rows)} checks: {en}")


def _status(outcome: Outcome) -> Status:
    return Status(_KINDS[outcome], _WORDS[outcome])


def _check(row: dict[str, Any]) -> list[object]:
    return [TITLES[CheckName(row["name"])], _status(Outcome(row["outcome"])), Text(zh=row["zh"], en=row["en"])]


def _fields(claims: dict[str, Any] | None, differences: Sequence[str], person: PersonCard) -> list[list[object]]:
    """Lay out the five fields that the rule compares (PROOFING), and how each came out there.

    Of a chip that differs the register keeps which fields do, and nothing that it says of somebody else.
    """
    if claims is None and not differences:
        return []
    rows = _compared(claims, person)
    differs, agrees = Status(StatusKind.REFUSED, DIFFERS), _("Agrees")
    return [
        [showing.heading_of(title), *rows[code], differs if code in differences else agrees]
        for code, title in FIELDS.items()
    ]


def _compared(claims: dict[str, Any] | None, person: PersonCard) -> dict[str, tuple[object, object]]:
    recorded = {
        "issuing-state": number(person.issuing_state),
        "number": number(person.passport_number),
        "birth-date": person.birth_on,
        "sex": SEXES[person.sex],
        "expiry": person.passport_expires_on,
    }
    if claims is None:
        return {code: (value, NOT_KEPT) for code, value in recorded.items()}
    read = {
        "issuing-state": number(claims["issuing_state"]),
        "number": number(claims["number"]),
        "birth-date": date.fromisoformat(claims["birth_on"]),
        "sex": SEXES[claims["sex"]],
        "expiry": date.fromisoformat(claims["expires_on"]),
    }
    return {code: (value, read[code]) for code, value in recorded.items()}


def _hashes(check: DocumentCheckCard) -> list[Row]:
    files = [Row(number(row["name"]), number(row["sha256"])) for row in check.result.get("hashes", [])]
    signers = [
        (Text("签名证书指纹", "Fingerprint of the signer"), check.result.get("signer_fingerprint")),
        (Text("根证书指纹", "Fingerprint of the root"), check.result.get("csca_fingerprint")),
    ]
    return [*files, *(Row(title, number(value)) for title, value in signers if value)]
