"""The document that names every list of an issuer (Token Status List, 9.3), for whoever keeps all of them offline."""

from collections.abc import Iterable
from typing import Final

from rongka.credential import strict_json
from rongka.credential.errors import ClaimsError
from rongka.credential.fields import checked_text

MEDIA_TYPE: Final = "application/json"
MAX_LISTS: Final = 10_000  # 200 serve 100 million credentials; bounds what a reader goes on to fetch
MAX_BYTES: Final = 4 << 20  # as many addresses of the longest kind


def write_aggregation(uris: Iterable[str]) -> bytes:
    """Give the document in JSON; raise `ClaimsError` for an address that cannot be written, or too many."""
    addresses = [checked_text(uri, name="uri") for uri in uris]
    if len(addresses) > MAX_LISTS:
        raise ClaimsError("more lists than a reader takes")
    return strict_json.encode({"status_lists": addresses})


def read_aggregation(document: bytes) -> tuple[str, ...]:
    """Give the addresses that a document names; raise a `FormatError`. It is not signed: each list proves itself."""
    addresses = strict_json.decode_object(document, max_bytes=MAX_BYTES).get("status_lists")
    if type(addresses) is not list or len(addresses) > MAX_LISTS:
        raise ClaimsError("no addresses of lists, or more than a reader takes")
    return tuple(_address(address) for address in addresses)


def _address(value: object) -> str:
    if type(value) is not str:
        raise ClaimsError("an address that is no text")
    return checked_text(value, name="status_lists")
