"""Many lists for many credentials: which list and which place in it, drawn so that a place tells nothing.

A list of 2^20 entries of two bits has 256 kB, and 15 kB compressed at 1 % revoked. It is filled to a half, so that a
random draw finds a free place at once and an unused one looks like a valid one: 100 million credentials stand in
191 lists, 3 MB in all.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from rongka.credential.documents import StatusReference
from rongka.credential.errors import StatusError

SHARD_ENTRIES: Final = 1 << 20  # half a million holders look alike to whoever serves the list; the download stays small


def random_index(*, size: int) -> int:
    """Draw an index that tells nothing of when or for whom it was drawn; the caller keeps the drawn ones."""
    return secrets.randbelow(size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shards:
    """Lists of one size below one address: list n is at `base`/n, from 1 on."""

    base: str
    entries: int = SHARD_ENTRIES

    def draw(self, *, first: int, last: int) -> int:
        """Draw a place at random among the lists `first` to `last`, which are open at once; the caller keeps it.

        Several open lists hide when a document was issued (Token Status List, 12.5.1).
        """
        if not 0 < first <= last:
            raise StatusError("no open list")
        return (first - 1 + secrets.randbelow(last - first + 1)) * self.entries + random_index(size=self.entries)

    def place(self, number: int) -> StatusReference:
        """Give the list and the index of the place `number`, from 0 on; raise `StatusError` below that."""
        if number < 0:
            raise StatusError("places are counted from 0")
        shard, index = divmod(number, self.entries)
        return StatusReference(uri=f"{self.base}/{shard + 1}", index=index)

    def needed(self, *, credentials: int) -> int:
        """Give how many lists so many credentials take, each list filled to a half."""
        return -(-2 * credentials // self.entries)
