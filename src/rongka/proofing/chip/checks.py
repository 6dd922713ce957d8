"""What is asked about a chip, one by one: the name of each check, how it came out, and why in both languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from rongka.proofing.errors import ChipError, ChipUnknownError, MrzError
from rongka.text import Text

_Value = TypeVar("_Value")


class CheckName(StrEnum):
    """In the order in which they are asked."""

    FORM = "form"
    SIGNATURE = "signature"
    SIGNER = "signer"
    SIGNER_TIME = "signer-time"
    REVOCATION = "revocation"
    ALGORITHMS = "algorithms"
    DATA_GROUPS = "data-groups"
    ZONE = "zone"
    CLONE = "clone"
    ISSUING_STATE = "issuing-state"
    PROVIDER = "provider"  # whether an outside provider's answer counts; the built-in verifier never asks it


class Outcome(StrEnum):
    """`WARNED` and `NOT_DONE` stop nobody; the difference to `PASSED` is for who decides."""

    PASSED = "passed"
    WARNED = "warned"
    NOT_DONE = "not_done"
    CANNOT_TELL = "cannot_tell"
    FAILED = "failed"


REQUIRED: Final = frozenset(CheckName) - {
    CheckName.ALGORITHMS,
    CheckName.REVOCATION,
    CheckName.CLONE,
    CheckName.PROVIDER,
}
"""The checks without which nothing passes."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check's outcome; `code` is the name, or that of the reason why it did not pass."""

    name: CheckName
    outcome: Outcome
    code: str
    text: Text


_PASSED: Final = {
    CheckName.FORM: Text("芯片文件完整、格式正确。", "The chip's files are whole and well formed."),
    CheckName.SIGNATURE: Text("数据组清单的签名正确。", "The signature over the list of data groups is right."),
    CheckName.ALGORITHMS: Text("所用的摘要算法现在仍可靠。", "The digests in use are sound today."),
    CheckName.SIGNER: Text(
        "签名证书由可信名单中该国的根证书签发。",
        "The signer's certificate was issued by a root of its country on our trust list.",
    ),
    CheckName.SIGNER_TIME: Text("签名时，证书均在有效期内。", "The certificates were valid when they signed."),
    CheckName.REVOCATION: Text("签名证书未被撤销。", "The signer's certificate has not been revoked."),
    CheckName.DATA_GROUPS: Text(
        "读取的数据组与签名时相同。", "The data groups that were read are those that were signed."
    ),
    CheckName.ZONE: Text("机读码的校验码全部正确。", "All check digits of the machine readable zone are right."),
    CheckName.ISSUING_STATE: Text(
        "护照的签发国就是根证书的国家。", "The passport's issuing state is the country of the root certificate."
    ),
    CheckName.CLONE: Text(
        "回答我们随机数的，是只有原芯片才有的密钥。",
        "Our nonce was answered with the key that only the original chip has.",
    ),
}
_NOTES: Final = {
    "chip.sha-1": Text("护照使用了旧的摘要算法SHA-1。", "The passport rests on the old digest SHA-1."),
    "chip.no-revocation-list": Text(
        "没有该国的证书撤销名单，未核对是否撤销。",
        "We have no revocation list of this country; revocation was not checked.",
    ),
    "chip.revocation-list-old": Text(
        "该国的证书撤销名单已过期；名单中没有这份证书。",
        "The revocation list of this country is out of date; the certificate is not on it.",
    ),
    "chip.clone-not-checked": Text(
        "未核对芯片是否为复制品：以上核对看不出复制的芯片。",
        "It was not checked whether the chip is a copy; the other checks cannot see a copy.",
    ),
}


@dataclass(slots=True)
class CheckLog:
    """Collects the checks of one document."""

    rows: list[Check] = field(default_factory=list)

    def take(self, name: CheckName, step: Callable[[], _Value]) -> _Value | None:
        """Run a step: give what it returns when it passes, None when it does not, and note either."""
        try:
            value = step()
        except ChipUnknownError as error:
            self.rows.append(Check(name, Outcome.CANNOT_TELL, error.code, error.text))
            return None
        except (ChipError, MrzError) as error:
            self.rows.append(Check(name, Outcome.FAILED, error.code, error.text))
            return None
        self.passed(name)
        return value

    def passed(self, name: CheckName) -> None:
        """Note that a check passed."""
        self.rows.append(Check(name, Outcome.PASSED, f"chip.{name}", _PASSED[name]))

    def note(self, name: CheckName, outcome: Outcome, code: str) -> None:
        """Note a check that came out otherwise; `code` is one of this module's own."""
        self.rows.append(Check(name, outcome, code, _NOTES[code]))
