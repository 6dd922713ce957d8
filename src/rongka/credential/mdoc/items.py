"""IssuerSignedItem (ISO/IEC 18013-5, 8.3.2.1.2.2): one element, its salt, and the number of its digest."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Final, NamedTuple, Self

from rongka.credential.document_types import Value
from rongka.credential.errors import MdocError
from rongka.credential.mdoc import encoding

SALT_BYTES: Final = 32  # what we write; ISO/IEC 18013-5, 9.1.2.5 asks for at least 16
LEAST_SALT_BYTES: Final = 16
MOST_SALT_BYTES: Final = 64  # a longer one hides nothing better
# ISO/IEC 18013-5, 9.1.2.4 has numbers below 2^31. @owf/mdoc draws them below 2^32, which harms nobody.
MAX_DIGEST_ID: Final = (1 << 32) - 1
_ID, _SALT, _NAME, _VALUE = "digestID", "random", "elementIdentifier", "elementValue"
_MEMBERS: Final = 4


class Item(NamedTuple):
    """An element as the issuer wrote it; `content` is the encoded map itself, without tag 24 around it.

    A tuple, since a frozen dataclass takes three times as long to make and a document has a dozen.
    """

    digest_id: int
    name: str
    value: object
    content: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 over IssuerSignedItemBytes: the bytes as they came, in tag 24 (ISO/IEC 18013-5, 9.1.2.5)."""
        return sha256(encoding.embed(self.content)).digest()

    @classmethod
    def write(cls, *, digest_id: int, name: str, value: Value, salt: bytes) -> Self:
        """Make the item of an element; days become full-dates, tuples arrays."""
        written = encoding.write_date(value) if isinstance(value, date) else value
        content = encoding.encode({_ID: digest_id, _SALT: salt, _NAME: name, _VALUE: written})
        return cls(digest_id, name, value, content)


def read_items(contents: Sequence[bytes]) -> tuple[Item, ...]:
    """Read the items of a namespace; raise a `FormatError` for one that has not its four members, each of its type."""
    return tuple(map(_item, encoding.decode_each(contents), contents))


def _item(item: object, content: bytes) -> Item:
    try:
        digest_id, salt, name, value = item[_ID], item[_SALT], item[_NAME], item[_VALUE]  # type: ignore[index]
    except (KeyError, TypeError):
        raise MdocError("an item that has not its members") from None
    if len(item) != _MEMBERS:  # type: ignore[arg-type] # what has four members is a map
        raise MdocError("an item that has more than its members")
    if type(digest_id) is not int or not 0 <= digest_id <= MAX_DIGEST_ID:
        raise MdocError("no digest number")
    if type(salt) is not bytes or not LEAST_SALT_BYTES <= len(salt) <= MOST_SALT_BYTES:
        raise MdocError("a salt that is too short to hide anything, or too long")
    if type(name) is not str:
        raise MdocError("an element without a name")
    return Item(digest_id, name, value if type(value) is str else encoding.read_value(value), content)
