"""What can be said of a number that was typed. A number proves no card and no device: never more than "check"."""

from __future__ import annotations

from typing import Final

from rongka.credential import Verdict, VerdictKind, VerdictReason
from rongka.text import Text

_SHOW_CODE: Final = Text(
    zh="请持卡人亮码后扫码查验，并核对护照。",
    en="Ask the holder to show the code and scan it; compare with the passport.",
)
_DO_NOT_RELY: Final = Text(zh="请勿采信，联系发证机关。", en="Do not rely on it. Contact the issuing authority.")


def _answer(kind: VerdictKind, code: str, text: Text, next_step: Text) -> Verdict:
    return Verdict(kind=kind, reason=VerdictReason(code, text, next_step))


NUMBER_ACTIVE: Final = _answer(
    VerdictKind.CHECK,
    "number.active",
    Text(
        zh="该编号的许可有效；编号不能证明出示人身份",
        en="The permit of this number is valid; a number proves no person",
    ),
    _SHOW_CODE,
)
NUMBER_LEGACY: Final = _answer(
    VerdictKind.CHECK,
    "number.legacy",
    Text(
        zh="该编号为原实体工作许可，按「不变不换」继续有效",
        en="A legacy permit: valid as before, no change unless renewal",
    ),
    Text(zh="请查验实体证件并核对护照。", en="Look at the physical permit and compare it with the passport."),
)
NUMBER_NOT_ACTIVE: Final = _answer(
    VerdictKind.NOT_VALID,
    "number.not-active",
    Text(zh="该编号的卡尚未激活", en="The card of this number is not active yet"),
    _DO_NOT_RELY,
)
NUMBER_NOT_YET_VALID: Final = _answer(
    VerdictKind.NOT_VALID,
    "number.not-yet-valid",
    Text(zh="该编号的许可尚未生效", en="The permit of this number is not valid yet"),
    _DO_NOT_RELY,
)
NUMBER_SUSPENDED: Final = _answer(
    VerdictKind.NOT_VALID,
    "number.suspended",
    Text(zh="该编号的卡已暂停使用", en="The card of this number is suspended"),
    _DO_NOT_RELY,
)
NUMBER_CANCELLED: Final = _answer(
    VerdictKind.NOT_VALID,
    "number.cancelled",
    Text(zh="该编号的许可已注销", en="The permit of this number is cancelled"),
    _DO_NOT_RELY,
)
NUMBER_EXPIRED: Final = _answer(
    VerdictKind.NOT_VALID,
    "number.expired",
    Text(zh="该编号的许可已过期", en="The permit of this number has expired"),
    _DO_NOT_RELY,
)
NUMBER_UNKNOWN: Final = _answer(
    VerdictKind.NOT_OUR_CODE,
    "number.unknown",
    Text(zh="本系统没有该编号", en="This system has no such number"),
    Text(zh="请核对编号；外地许可请扫码查验。", en="Check the number; scan the code of a permit from another city."),
)
NOTICE_ISSUED: Final = _answer(
    VerdictKind.CHECK,
    "notice.issued",
    Text(zh="该通知真实有效；编号不能证明出示人身份", en="The notice is genuine and valid; a number proves no person"),
    Text(zh="请核对护照：照片须为本人，姓名须一致。", en="Compare the person and the name with the passport."),
)
NOTICE_EXPIRED: Final = _answer(
    VerdictKind.NOT_VALID,
    "notice.expired",
    Text(zh="该通知已过有效期", en="The notice is no longer valid"),
    _DO_NOT_RELY,
)
NOTICE_UNKNOWN: Final = _answer(
    VerdictKind.NOT_OUR_CODE,
    "notice.unknown",
    Text(zh="没有与编号和首字母相符的通知", en="No notice fits this number and these letters"),
    Text(zh="请核对编号，以及姓和名的首字母。", en="Check the number and the first letters of both names."),
)
