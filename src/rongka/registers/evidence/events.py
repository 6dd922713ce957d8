"""Events of the evidence register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """A holder agreed to having face data processed."""

    code: ClassVar[str] = "consent.given"
    title: ClassVar[Text] = Text(zh="已同意处理人脸信息", en="Consent to face data given")

    language: str
    text_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A holder took the consent back; the pictures are deleted with it."""

    code: ClassVar[str] = "consent.withdrawn"
    title: ClassVar[Text] = Text(zh="已撤回对处理人脸信息的同意", en="Consent to face data withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingOpened(Event):
    """An app or a kiosk may hand in a chip's files for a short while."""

    code: ClassVar[str] = "pairing.opened"
    title: ClassVar[Text] = Text(zh="已生成读取护照芯片的配对码", en="Pairing opened for reading the passport's chip")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChecked(Event):
    """A passport's chip was checked."""

    code: ClassVar[str] = "document.checked"
    title: ClassVar[Text] = Text(zh="护照芯片已核对", en="Passport's chip checked")

    source: str
    status: str
    level: str
    differences: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesSeen(Event):
    """Somebody looked at the pictures that are kept of a person."""

    code: ClassVar[str] = "evidence.pictures-seen"
    title: ClassVar[Text] = Text(zh="查看了所存图像", en="Kept pictures were looked at")

    images: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesDeleted(Event):
    """Pictures of a person were deleted; with the last of them the key."""

    code: ClassVar[str] = "evidence.pictures-deleted"
    title: ClassVar[Text] = Text(zh="所存图像已删除", en="Kept pictures deleted")

    images: int
    reason: str
