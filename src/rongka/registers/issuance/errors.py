"""Errors of the issuance register.

RegisterError
├── Conflict
│   ├── CardNotActive       only an active card is shown
│   ├── DeviceOfAnother     this key is registered for somebody else, or was revoked
│   ├── DeviceIsRevoked     what was revoked gets no new credential
│   ├── TooManyDevices
│   └── ClaimsUnfit         the record holds what no code can carry
├── Invalid
│   └── DeviceKeyInvalid    not a P-256 public key
└── SignerAway              the signer process does not answer; try again
"""

from rongka.registers.journal.errors import Conflict, Invalid, RegisterError
from rongka.text import Text


class CardNotActive(Conflict):
    """A suspended, cancelled or unfinished card is not shown."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "device.card-not-active",
            Text(zh="卡尚未激活或已停用，不能登记设备。", en="The card is not active, so no device can show it."),
            next_step=Text(zh="请查看办理进度。", en="Look at your steps."),
        )


class DeviceOfAnother(Conflict):
    """A key belongs to one person, and a revoked key stays revoked."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "device.key-in-use",
            Text(zh="该设备密钥不可使用。", en="This device key cannot be used."),
            next_step=Text(
                zh="请清除本站数据后重新登记设备。", en="Clear this site's data, then register the device anew."
            ),
        )


class DeviceIsRevoked(Conflict):
    """A device that was revoked stays so."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "device.revoked",
            Text(zh="该设备已撤销。", en="This device was revoked."),
            next_step=Text(zh="如需继续使用，请重新登记设备。", en="To go on with it, set it up anew."),
        )


class TooManyDevices(Conflict):
    """A holder has a handful of devices, not a farm of them."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "device.too-many",
            Text(zh="已登记设备数量达到上限。", en="You have as many devices as can be registered."),
            next_step=Text(zh="请先撤销不再使用的设备。", en="Revoke one that you no longer use."),
        )


class ClaimsUnfit(Conflict):
    """The record holds words that no code can carry: too many, or such as cannot be shown."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "credential.claims-unfit",
            Text(
                zh="登记内容过长或含无法显示的字符，不能签发凭证。", en="The record holds words that no code can carry."
            ),
            next_step=Text(zh="请联系许可机关更正登记内容。", en="Ask the permit authority to correct the record."),
        )


class DeviceKeyInvalid(Invalid):
    """The key that the device sent cannot be used."""

    def __init__(self) -> None:
        """Say what is expected."""
        super().__init__(
            "device.key-invalid",
            Text(zh="设备密钥格式不正确，须为P-256公钥。", en="The device key is not a P-256 public key."),
            next_step=Text(zh="请更新浏览器后重试。", en="Update the browser and try again."),
            field="public_key",
        )


class SignerAway(RegisterError):
    """Nothing was issued, because the signer could not be reached."""

    status = 503

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "signer.away",
            Text(zh="签发服务暂时不可用。", en="The signing service is not available right now."),
            next_step=Text(
                zh="请稍后重试；您的办理进度不受影响。", en="Try again in a moment; your steps are not affected."
            ),
        )
