"""The entries of a list: 1, 2, 4 or 8 bits each, lowest index in the lowest bits (Token Status List, 4.1)."""

from enum import IntEnum
from functools import cache
from typing import Final

from rongka.credential.errors import StatusError
from rongka.credential.status_list import deflate

WIDTHS: Final = (1, 2, 4, 8)  # Token Status List, 4.1 step 1
MAX_LIST_BYTES: Final = 1 << 22  # 16 million entries of two bits; more credentials go into more lists
_BITS_OF_A_BYTE: Final = 8


class Status(IntEnum):
    """Values of an entry (Token Status List, 7.1)."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


@cache
def statuses_by_byte(bits: int) -> tuple[tuple[Status | None, ...], ...]:
    """Give the statuses that each of the 256 bytes holds, in the order of their index; None for one we do not know."""
    known = {int(status): status for status in Status}
    shifts, mask = range(0, _BITS_OF_A_BYTE, bits), (1 << bits) - 1
    return tuple(tuple(known.get(byte >> shift & mask) for shift in shifts) for byte in range(256))


class StatusList:
    """A list that its issuer changes; every entry begins as valid. What did not change is not compressed again."""

    def __init__(self, *, size: int, bits: int = 2, entries: bytes | None = None) -> None:
        """Make a list of `size` entries, whole bytes of them, or take up stored `entries`; raise `StatusError`."""
        if bits not in WIDTHS:
            raise StatusError("an entry has 1, 2, 4 or 8 bits")
        length, rest = divmod(size * bits, _BITS_OF_A_BYTE)
        if rest or not 0 < length <= MAX_LIST_BYTES:
            raise StatusError(f"a list has whole bytes, 1 to {MAX_LIST_BYTES}")
        self.bits: Final = bits
        self.size: Final = size
        self._entries = bytearray(length if entries is None else entries)
        if len(self._entries) != length:
            raise StatusError("stored entries of another size")
        pieces = -(-length // deflate.PIECE_BYTES)
        self._pieces = [b""] * pieces
        self._changed = set(range(pieces))
        self._hasty: set[int] = set()  # pieces that were compressed in a hurry

    @property
    def entries(self) -> bytes:
        """The packed entries."""
        return bytes(self._entries)

    def get(self, index: int) -> Status:
        """Give the status at `index`; raise `StatusError` outside the list or for a value that we do not know."""
        try:
            return Status(self.value(index))
        except ValueError:
            raise StatusError("a status that we do not know") from None

    def value(self, index: int) -> int:
        """Give the number at `index`, whatever it means; raise `StatusError` outside the list."""
        place, shift = self._place(index)
        return self._entries[place] >> shift & ((1 << self.bits) - 1)

    def set(self, index: int, status: int) -> None:
        """Change the status at `index`; raise `StatusError` outside the list or for what its bits do not hold."""
        place, shift = self._place(index)
        mask = (1 << self.bits) - 1
        if not 0 <= status <= mask:
            raise StatusError("a status of more bits than an entry has")
        self._entries[place] = self._entries[place] & ~(mask << shift) | status << shift
        self._changed.add(place // deflate.PIECE_BYTES)

    def packed(self, *, thoroughly: bool = True) -> bytes:
        """Give the entries as one zlib stream (Token Status List, 4.1 step 4), compressing only what has changed.

        Without `thoroughly` a changed piece of 128 kB takes 1 ms instead of some 35, and a little more room until
        the list is packed thoroughly.
        """
        again = self._changed | self._hasty if thoroughly else self._changed
        for number in again:
            start = number * deflate.PIECE_BYTES
            piece = self._entries[start : start + deflate.PIECE_BYTES]
            is_last = number == len(self._pieces) - 1
            self._pieces[number] = deflate.deflate(piece, last=is_last, thoroughly=thoroughly)
        self._hasty = set() if thoroughly else self._hasty | again
        self._changed = set()
        return deflate.join(self._pieces, entries=self._entries)

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < self.size:
            raise StatusError("an index outside the list")
        place, rest = divmod(index * self.bits, _BITS_OF_A_BYTE)
        return place, rest
