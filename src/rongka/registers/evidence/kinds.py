"""The few words that evidence is filed under."""

from enum import StrEnum

from rongka.text import Text


class Source(StrEnum):
    """Who handed a chip's files over; each is verified alike, and only the counter's is under an officer's eyes."""

    APP = "app"
    KIOSK = "kiosk"
    WALLET = "wallet"
    COUNTER = "counter"


class ImageKind(StrEnum):
    """The picture in the passport, or one that a camera took."""

    PORTRAIT = "portrait"
    FRAME = "frame"


DELETION_REASONS: dict[str, Text] = {
    "time-over": Text(zh="保存期限届满", en="The time for keeping them is over"),
    "accepted": Text(zh="核验已通过", en="The verification was accepted"),
    "withdrawn": Text(zh="本人已撤回核验", en="The holder withdrew the verification"),
    "consent-withdrawn": Text(zh="本人已撤回同意", en="The holder withdrew the consent"),
    "counter-decided": Text(zh="窗口已作出决定", en="The counter has decided"),
}
"""Why pictures are deleted."""
