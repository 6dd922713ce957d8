"""Errors of the permits' register.

RegisterError
├── Invalid
│   ├── PeriodInvalid          the period asked for does not run forward, or lies in the past
│   ├── ReasonMissing          returning or refusing needs a reason from the list
│   ├── PassportDiffers        the passport shown is not the one on record
│   ├── NoticeDiffers          the notice shown is not this person's
│   ├── NoticeExpired          too late for a visa on this notice
│   ├── VisaPeriodInvalid      a visa is valid for some days at least
│   └── VisaExpired            too late for an entry on this visa
├── NotFound
│   ├── NoticeNotFound
│   └── ArrivalNotFound        nobody with this passport is expected
└── Conflict
    ├── AlreadyDecided         another officer decided this version; says when
    ├── VisaNumberTaken        another visa has this number
    ├── VersionReplaced        the employer has submitted a newer version since
    ├── PassportNotNew         this passport is the one on record
    └── OpenElsewhere          another employer's case for this person is open
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.journal.errors import Conflict, Invalid, NotFound
from rongka.text import Text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class PeriodInvalid(Invalid):
    """The period of work asked for cannot be."""

    def __init__(self) -> None:
        """Say what is expected."""
        super().__init__(
            "application.period-invalid",
            Text(
                zh="工作期限的终止日期须晚于开始日期，且不得早于今天。",
                en="The period must end after it begins, and not before today.",
            ),
            next_step=Text(zh="请更正起止日期。", en="Correct the two dates."),
            field="valid_until",
        )


class ReasonMissing(Invalid):
    """A decision against the applicant without a reason from the list."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "ruling.reason-missing",
            Text(zh="退回补正或不予许可须选择理由。", en="Returning or refusing needs at least one reason."),
            next_step=Text(zh="请在列表中选择理由。", en="Choose a reason from the list."),
            field="reasons",
        )


class PassportDiffers(Invalid):
    """The passport shown is not the one on record for this notice."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "border.passport-differs",
            Text(zh="所持护照与登记的护照不一致。", en="The passport shown is not the one on record."),
            next_step=Text(
                zh="请核对护照号码；如已换发新护照，须先由用人单位更新。",
                en="Check the number; if the passport was renewed, the employer records the new one first.",
            ),
            field="passport_number",
        )


class NoticeDiffers(Invalid):
    """The notice belongs to someone else."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "border.notice-differs",
            Text(zh="所持通知不是该护照持有人的通知。", en="The notice shown is not this passport holder's."),
            next_step=Text(zh="请核对通知编号与护照。", en="Compare the number of the notice with the passport."),
            field="notice_number",
        )


class NoticeExpired(Invalid):
    """A visa is issued on a notice that is still valid."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "notice.expired",
            Text(zh="该工作许可通知已过有效期。", en="This notice is no longer valid."),
            next_step=Text(zh="请用人单位联系许可机关。", en="The employer asks the permit authority."),
            field="notice_number",
        )


class VisaPeriodInvalid(Invalid):
    """A visa is issued for days to come."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "visa.period-invalid",
            Text(zh="签证有效期须晚于今天。", en="The visa must be valid for longer than today."),
            next_step=Text(zh="请按签证所印日期填写。", en="Write the date that is printed on the visa."),
            field="expires_on",
        )


class VisaExpired(Invalid):
    """An entry needs a visa that is still valid."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "visa.expired",
            Text(zh="该签证已过有效期。", en="This visa is no longer valid."),
            next_step=Text(zh="请联系签发签证的使领馆。", en="Ask the consulate that issued it."),
            field="passport_number",
        )


class NoticeNotFound(NotFound):
    """No notice has this number."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "notice.not-found",
            Text(zh="未找到该编号的工作许可通知。", en="No notice has this number."),
            field="notice_number",
        )


class ArrivalNotFound(NotFound):
    """Nobody with this passport is on record."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "border.arrival-not-found",
            Text(zh="未找到持该护照的申请人。", en="Nobody with this passport is on record."),
            field="passport_number",
        )


class AlreadyDecided(Conflict):
    """One version is decided once."""

    def __init__(self, *, officer_id: UUID, at: datetime) -> None:
        """Keep who decided, and when, for the page that says so."""
        super().__init__(
            "ruling.already-decided",
            Text(zh="该版本申请已由其他工作人员作出决定。", en="Another officer has already decided this version."),
            next_step=Text(zh="请查看已作出的决定。", en="Look at the decision that was made."),
        )
        self.officer_id = officer_id
        self.at = at


class VisaNumberTaken(Conflict):
    """A visa number is given once."""

    def __init__(self) -> None:
        """Say so, and not whose it is."""
        super().__init__(
            "visa.number-taken",
            Text(zh="该签证号码已登记。", en="This visa number is on record already."),
            next_step=Text(zh="请按签证逐位核对号码。", en="Compare the number with the visa, character by character."),
            field="visa_number",
        )


class VersionReplaced(Conflict):
    """The employer corrected the application while the officer was reading."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "ruling.version-replaced",
            Text(zh="用人单位已提交新版本。", en="The employer has submitted a newer version."),
            next_step=Text(zh="请重新打开案件，审查最新版本。", en="Open the case again and read the newest version."),
        )


class PassportNotNew(Conflict):
    """A renewal brings another passport; the names of an approved one are not typed anew this way."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "passport.not-new",
            Text(zh="该护照即为现登记的护照。", en="This is the passport that is on record already."),
            next_step=Text(zh="请录入新护照的机读码。", en="Enter the zone of the new passport."),
            field="mrz",
        )


class OpenElsewhere(Conflict):
    """A person has one open case at a time."""

    def __init__(self) -> None:
        """Say so, and not whose it is."""
        super().__init__(
            "application.open-elsewhere",
            Text(zh="该人员已有其他用人单位的在办申请。", en="Another employer's case for this person is open."),
            next_step=Text(
                zh="请本人联系原用人单位或许可机关。", en="The person asks the other employer, or the authority."
            ),
        )
