"""Errors of the evidence register.

RegisterError
├── NotFound
│   └── PairingUnknown       never opened, over, closed: the three look the same
├── Invalid
│   └── NonceDiffers         the chip answered another nonce than the pairing's
└── Conflict
    ├── ConsentMissing       a holder's face data need the holder's consent
    ├── ImagesDeleted        the pictures are gone, on schedule or because they were taken back
    ├── KeyUnreadable        a person's key was encrypted by a secret that this instance no longer has
    └── TooManyChecks        more checks of chips in a day than anybody needs
"""

from rongka.registers.journal.errors import Conflict, Invalid, NotFound
from rongka.text import Text


class PairingUnknown(NotFound):
    """A pairing that nobody opened, or that is over."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "pairing.unknown",
            Text(zh="配对码不正确或已失效。", en="This pairing code is wrong, or no longer good."),
            field="secret",
        )
        self.next_step = Text(
            zh="请在手机或窗口上重新生成配对码。", en="Have a new pairing code shown in the wallet or at the counter."
        )


class NonceDiffers(Invalid):
    """An answer to somebody else's question proves nothing here."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "document.nonce-differs",
            Text(zh="芯片回答的不是本次的随机数。", en="The chip answered another nonce than the one of this pairing."),
            next_step=Text(zh="请用本次配对的随机数重新读取芯片。", en="Read the chip again with this nonce."),
            field="answer",
        )


class ConsentMissing(Conflict):
    """No face data without a consent of its own."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "consent.missing",
            Text(
                zh="尚未取得您对处理人脸信息的单独同意。",
                en="You have not agreed to having face data processed.",
            ),
            next_step=Text(
                zh="请先阅读并同意，或到核验窗口办理。", en="Read and give it first, or go to a verification counter."
            ),
        )


class ImagesDeleted(Conflict):
    """What was deleted cannot be looked at."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "evidence.images-deleted",
            Text(zh="图像已按期删除。", en="The pictures have been deleted."),
            next_step=Text(zh="请本人再次核验，或到核验窗口办理。", en="The person tries again, or goes to a counter."),
        )


class KeyUnreadable(Conflict):
    """The secret that encrypts the keys of persons was replaced: no picture can be kept beside the old ones."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "evidence.key-unreadable",
            Text(zh="本系统密钥已更换，不能保存图像。", en="This system's key was replaced: no picture can be kept."),
            next_step=Text(zh="请到核验窗口办理。", en="Go to a verification counter."),
        )


class TooManyChecks(Conflict):
    """A limit for machines; a person with a passport does not come near it."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "document.too-many-checks",
            Text(zh="今日读取芯片的次数过多。", en="The chip was checked too many times today."),
            next_step=Text(
                zh="请改日再试，或到核验窗口办理。", en="Try again tomorrow, or go to a verification counter."
            ),
        )
