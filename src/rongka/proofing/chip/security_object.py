"""EF.SOD: the list of the data groups' hashes, signed by the issuing state (ICAO 9303-10, 4.6.2)."""

from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import LDS_SECURITY_OBJECT, SecurityObject, algorithm_of, is_absent, reading
from rongka.proofing.chip.cms import SignedMessage, read_signed_message
from rongka.proofing.chip.der import check_der, content_of
from rongka.proofing.chip.signatures import Digest, digest_of
from rongka.proofing.errors import ChipFormatError, ChipMismatchError

MAX_SOD_BYTES: Final = 32_768  # real ones have 1 to 5 KB
GROUPS: Final = range(1, 17)  # DG1 to DG16
_TAG: Final = 0x77
_VERSIONS: Final = (0, 1)
_WHAT: Final = reasons.SOD


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedSod:
    """What an EF.SOD says; `message.verify` tells whether its signer said so, a trust store who that is."""

    message: SignedMessage
    digest: Digest  # of the data groups
    hashes: dict[int, bytes]  # by the data group's number

    def check_group(self, number: int, data: bytes) -> None:
        """Raise ChipMismatchError unless `data` is the whole file of this data group, as its hash was signed."""
        expected = self.hashes.get(number)
        if expected is None:
            raise ChipMismatchError(reasons.group_not_listed(number))
        if not compare_digest(self.digest.of(data), expected):
            raise ChipMismatchError(reasons.group_changed(number))


def read_sod(data: bytes) -> UnverifiedSod:
    """Read a whole EF.SOD, tag 0x77; raises as `read_signed_message`, and ChipFormatError for its own form."""
    if len(data) > MAX_SOD_BYTES:
        raise ChipFormatError(reasons.too_large(_WHAT, limit=MAX_SOD_BYTES))
    message = read_signed_message(content_of(data, tag=_TAG, what=_WHAT), content_type=LDS_SECURITY_OBJECT, what=_WHAT)
    check_der(message.content, what=_WHAT)
    with reading(_WHAT):
        parsed = SecurityObject.load(message.content, strict=True)
        version, has_info = parsed["version"].native, not is_absent(parsed["version_info"])
        digest = digest_of(*algorithm_of(parsed["hash_algorithm"]))
        rows = [(row["number"].native, bytes(row["value"].native)) for row in parsed["hashes"]]
    # ICAO 9303-10, 4.6.2.2: version 1 says which LDS and Unicode it is of, version 0 does not.
    if version not in _VERSIONS or has_info != bool(version):
        raise ChipFormatError(reasons.malformed(_WHAT))
    hashes = dict(rows)
    if len(hashes) != len(rows) or not all(n in GROUPS and len(value) == digest.size for n, value in rows):
        raise ChipFormatError(reasons.malformed(_WHAT))
    return UnverifiedSod(message=message, digest=digest, hashes=hashes)
