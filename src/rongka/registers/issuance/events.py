"""Events of the issuance register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRegistered(Event):
    """A device may show the card from now on."""

    code: ClassVar[str] = "device.registered"
    title: ClassVar[Text] = Text(zh="设备已登记", en="Device registered")

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRevoked(Event):
    """A device may no longer show the card."""

    code: ClassVar[str] = "device.revoked"
    title: ClassVar[Text] = Text(zh="设备已撤销", en="Device revoked")


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialIssued(Event):
    """The issuer signed a credential for a device."""

    code: ClassVar[str] = "credential.issued"
    title: ClassVar[Text] = Text(zh="电子凭证已签发", en="Credential issued")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCodeIssued(Event):
    """The notice got its printed code."""

    code: ClassVar[str] = "notice-code.issued"
    title: ClassVar[Text] = Text(zh="通知二维码已签发", en="Printed code issued")
