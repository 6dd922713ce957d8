"""Why a verdict is what it is: a stable code, the words in both languages, and what to do next."""

from dataclasses import dataclass
from typing import Final

from rongka.text import Text


@dataclass(frozen=True, slots=True)
class VerdictReason:
    """One reason; `code` never changes, the words may."""

    code: str
    text: Text
    next_step: Text


_COMPARE: Final = Text("请核对护照：照片须为本人，姓名须一致。", "Compare the person and the name with the passport.")
_NEW_CODE: Final = Text("请持卡人重新打开亮码页面后再扫。", "Ask the holder to open the code page again, then scan.")
_ASK_AUTHORITY: Final = Text("请勿采信，联系发证机关。", "Do not rely on it. Contact the issuing authority.")
_UPDATE: Final = Text("请联网更新后重新扫码。", "Go online, update the lists and scan again.")
_RENEW: Final = Text("请持卡人联系用人单位或主管部门。", "The holder should ask the employer or the authority.")

VALID: Final = VerdictReason("code.valid", Text("有效", "Valid"), _COMPARE)

TRUST_MISSING: Final = VerdictReason(
    "trust.missing", Text("没有可信名单，无法判断", "There is no trust list: cannot tell"), _UPDATE
)
TRUST_STALE: Final = VerdictReason(
    "trust.stale", Text("可信名单已过期，无法判断", "The trust list is out of date: cannot tell"), _UPDATE
)
STATUS_MISSING: Final = VerdictReason(
    "status.missing",
    Text("没有状态名单，无法判断是否已注销", "There is no status list: cannot tell whether it was revoked"),
    _UPDATE,
)
STATUS_STALE: Final = VerdictReason(
    "status.stale", Text("状态名单过旧，无法判断", "The status list is too old: cannot tell"), _UPDATE
)
UNCHECKABLE: Final = VerdictReason(  # given by browsers without Ed25519; we always have it
    "signature.uncheckable",
    Text("本机无法验证此签名，无法判断", "This device cannot check the signature: cannot tell"),
    Text("请换用其他设备查验。", "Check with another device."),
)
CLOCKS_DIFFER: Final = VerdictReason(
    "clock.differs",
    Text("本机时钟与持卡人手机相差较大", "This clock and the holder's differ"),
    Text("请核对两部设备的时间后再扫。", "Check the time on both devices, then scan again."),
)
PRINTED: Final = VerdictReason(
    "document.printed",
    Text("打印码：只证明通知真实，不证明持有人身份", "A printed code proves the notice, not the person"),
    _COMPARE,
)
EMPLOYER_DIFFERS: Final = VerdictReason(
    "employer.differs",
    Text("许可的用人单位与此处不同", "The permit is for another employer"),
    Text("请核实此人是否在此单位工作。", "Find out whether the person works here."),
)
PLACE_DIFFERS: Final = VerdictReason(
    "place.differs",
    Text("许可的工作地点与此处不同", "The permit is for another place of work"),
    Text("请核实工作地点是否已变更。", "Find out whether the place of work was changed."),
)
EXPIRING: Final = VerdictReason(
    "permit.expiring",
    Text("将在 30 天内到期", "Expires within 30 days"),
    Text("请提醒持卡人和用人单位办理延期。", "Remind the holder and the employer to extend it."),
)

DAMAGED: Final = VerdictReason(
    "code.damaged", Text("码不完整或已被改动", "The code is cut, damaged or altered"), _NEW_CODE
)
MALFORMED: Final = VerdictReason(
    "code.malformed", Text("码的内容不符合规范", "The code does not follow the format"), _ASK_AUTHORITY
)
STALE: Final = VerdictReason(
    "code.stale",
    Text("码已超过 60 秒，可能是截图", "The code is older than 60 seconds; it may be a screenshot"),
    _NEW_CODE,
)
FROM_FUTURE: Final = VerdictReason(
    "code.from_future", Text("码的时间在未来", "The code is dated in the future"), _NEW_CODE
)
NO_DEVICE: Final = VerdictReason(
    "card.without_device", Text("码没有设备签名", "The code was not signed by a device"), _NEW_CODE
)
OTHER_DEVICE: Final = VerdictReason(
    "device.other_key", Text("码不是由绑定的设备生成", "The code was not made by the card's own device"), _ASK_AUTHORITY
)
ISSUER_UNKNOWN: Final = VerdictReason(
    "issuer.unknown", Text("签发者不在可信名单上", "The issuer is not on the trust list"), _ASK_AUTHORITY
)
ISSUER_DISTRUSTED: Final = VerdictReason(
    "issuer.distrusted",
    Text("签发密钥不再可信或当时无权签发", "The issuing key no longer counts, or did not when it signed"),
    _ASK_AUTHORITY,
)
ISSUER_SIGNATURE: Final = VerdictReason(
    "issuer.signature", Text("签发者的签名不正确", "The issuer's signature is wrong"), _ASK_AUTHORITY
)
EXPIRED: Final = VerdictReason("permit.expired", Text("已过有效期", "Expired"), _RENEW)
NOT_YET_VALID: Final = VerdictReason("permit.not_yet_valid", Text("尚未生效", "Not valid yet"), _RENEW)
REVOKED: Final = VerdictReason(
    "status.revoked", Text("已注销或设备已停用", "Cancelled, or its device was revoked"), _RENEW
)
SUSPENDED: Final = VerdictReason("status.suspended", Text("已暂停", "Suspended"), _RENEW)
CHALLENGE_UNANSWERED: Final = VerdictReason(
    "challenge.unanswered",
    Text("码没有回答本次查验的随机数", "The code does not answer this inspection's challenge"),
    _NEW_CODE,
)

FOREIGN: Final = VerdictReason(
    "code.foreign",
    Text("不是本系统的码", "Not a code of this system"),
    Text("请持卡人打开电子社保卡的亮码页面。", "Ask the holder to open the code page of the card."),
)
