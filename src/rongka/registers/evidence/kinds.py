"""The few words that evidence is filed under."""

from enum import StrEnum


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
