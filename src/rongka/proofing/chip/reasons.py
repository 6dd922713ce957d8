"""The words for each thing that can be wrong with a chip, or cannot be told. They never repeat the chip's data."""

from typing import Final

from rongka.proofing.errors import ChipReason
from rongka.text import Text

SOD: Final = Text("文件EF.SOD", "EF.SOD")
CERTIFICATE: Final = Text("证书", "a certificate")
PUBLIC_KEY: Final = Text("公钥", "a public key")
ALGORITHM_NAME: Final = Text("签名算法的说明", "the description of the signature's algorithm")
MASTER_LIST: Final = Text("CSCA主名单", "the master list")
REVOCATION_LIST: Final = Text("证书撤销名单", "the revocation list")
CHIP_ANSWER: Final = Text("芯片的回答", "the chip's answer")
GROUP: Final = {number: Text(f"数据组DG{number}", f"data group DG{number}") for number in range(1, 17)}


def malformed(what: Text) -> ChipReason:
    """Refuse bytes that are not what they should be."""
    return ChipReason(
        "chip.malformed",
        Text(
            f"{what.zh}的格式不正确：读取不完整，或已损坏。",
            f"The form is wrong of {what.en}: read in part only, or damaged.",
        ),
    )


def too_large(what: Text, *, limit: int) -> ChipReason:
    """Refuse more bytes than such a file ever has."""
    return ChipReason(
        "chip.too-large",
        Text(f"{what.zh}超过{limit}字节。", f"More than {limit} bytes: {what.en}."),
    )


def group_changed(number: int) -> ChipReason:
    """Refuse a data group that is not the one whose hash was signed."""
    return ChipReason(
        "chip.group-changed",
        Text(
            f"数据组DG{number}与签发国签名时的内容不同。",
            f"Data group DG{number} is not what the issuing state signed.",
        ),
    )


def group_not_listed(number: int) -> ChipReason:
    """Refuse a data group that the issuing state never signed."""
    return ChipReason(
        "chip.group-not-listed",
        Text(f"签发国的签名不包括数据组DG{number}。", f"The issuing state's signature does not cover DG{number}."),
    )


def _reason(code: str, zh: str, en: str) -> ChipReason:
    return ChipReason(f"chip.{code}", Text(zh, en))


ALGORITHM_UNKNOWN: Final = _reason(
    "algorithm-unknown",
    "芯片使用了本系统不能核对的算法或密钥。请到窗口办理。",
    "The chip uses an algorithm or a key that this system cannot check. Go to a counter.",
)
ALGORITHMS_DISAGREE: Final = _reason(
    "algorithms-disagree",
    "签名所列的算法前后不一致。",
    "The algorithms that the signature names contradict each other.",
)
CURVE_CHANGED: Final = _reason(
    "curve-changed",
    "密钥的曲线参数与任何已知曲线都不完全相同。",
    "The key's curve parameters are not in full those of any known curve.",
)
WEAK_KEY: Final = _reason("weak-key", "密钥太短或不是有效的密钥。", "The key is too short, or is not a valid key.")
SIGNATURE: Final = _reason(
    "signature-wrong",
    "芯片数据的签名不正确：数据已被改动，或不是由该签发者签名。",
    "The signature over the chip's data is wrong: the data were changed, or somebody else signed them.",
)
DIGEST: Final = _reason(
    "digest-wrong",
    "签名所附的摘要与数据组清单不符。",
    "The digest that was signed is not that of the list of data groups.",
)
NO_SIGNER: Final = _reason(
    "no-signer",
    "芯片中没有签名者的证书，因此无法核对。",
    "The chip does not hold its signer's certificate, so nothing can be checked.",
)
SEVERAL_SIGNERS: Final = _reason(
    "several-signers",
    "芯片数据由多人签名，本系统只核对单一签名。",
    "The chip's data have several signatures; this system checks one.",
)
NOT_A_SIGNER: Final = _reason(
    "not-a-document-signer",
    "签名所用的证书不是证件签名证书。",
    "The certificate that signed is not one for signing documents.",
)
CSCA_UNKNOWN: Final = _reason(
    "csca-unknown",
    "本系统的可信名单中没有签发这份证书的国家根证书（CSCA），因此无法核对，也不代表护照有假。",
    "Our trust list has no national root certificate (CSCA) for this signer. It cannot be checked; "
    "that does not mean that the passport is false.",
)
CSCA_DID_NOT_SIGN: Final = _reason(
    "csca-did-not-sign",
    "该国根证书并未签发这份签名证书。",
    "The national root certificate did not sign this signer's certificate.",
)
OTHER_COUNTRY: Final = _reason(
    "signer-of-another-country",
    "签名证书与其根证书属于不同国家。",
    "The signer's certificate and its root are of different countries.",
)
OUTSIDE_ITS_TIME: Final = _reason(
    "signed-outside-validity",
    "签名时，签名证书或其根证书尚未生效或已过期。",
    "When it signed, the signer's certificate or its root was not yet valid or had expired.",
)
SIGNED_IN_THE_FUTURE: Final = _reason(
    "signed-in-the-future", "签名时间晚于现在。", "The time of signing is later than now."
)
SIGNING_TIME_UNKNOWN: Final = _reason(
    "signing-time-unknown",
    "签名没有时间，而签名证书现已过期，无法判断签名时是否有效。",
    "The signature has no time and the signer's certificate has expired: "
    "it cannot be told whether it was valid when it signed.",
)
REVOKED: Final = _reason(
    "signer-revoked", "签发国已撤销这份签名证书。", "The issuing state has revoked the signer's certificate."
)
GROUP_MISSING: Final = _reason(
    "group-missing", "缺少数据组DG1，无法读取护照资料。", "Data group DG1 is missing, so there are no data to read."
)
STATE_UNKNOWN: Final = _reason(
    "state-unknown",
    "无法把护照所列的签发国与根证书的国家代码对应起来。",
    "The issuing state in the passport cannot be matched with the root certificate's country code.",
)
STATE_DIFFERS: Final = _reason(
    "state-differs",
    "护照所列的签发国不是根证书所属的国家。",
    "The issuing state in the passport is not the country of the root certificate.",
)
CLONE: Final = _reason(
    "clone-check-failed",
    "芯片没有用自己的密钥正确回答：这可能是复制的芯片。",
    "The chip did not answer rightly with its own key: it may be a copy.",
)
NO_CHIP_KEY: Final = _reason(
    "no-chip-key",
    "芯片的回答没有可核对的密钥：缺少经签名的数据组DG15。",
    "There is no key to check the chip's answer with: no signed data group DG15 was read.",
)
NO_PORTRAIT: Final = _reason(
    "no-portrait", "数据组DG2中没有可用的人像。", "Data group DG2 holds no portrait that can be used."
)
LIST_NOT_TRUSTED: Final = _reason(
    "list-not-trusted",
    "名单不是由指定的签发者签名。",
    "The list is not signed under a certificate that was named as its anchor.",
)
