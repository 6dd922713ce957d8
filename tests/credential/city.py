"""A city that issues all formats: its trust list names keys and roots."""

from datetime import timedelta

from rongka.credential import Issuer, Purpose, TrustedKey, VerifiedTrustList
from rongka.text import Text
from tests.credential.mdoc.world import MdocWorld
from tests.credential.world import NOW


class City(MdocWorld):
    """A city whose list names the roots of its document signers and the keys of everything else."""

    def trust(self, *, without: Purpose | None = None, distrusted: bool = False, **dates) -> VerifiedTrustList:
        keys = tuple(
            TrustedKey(
                purpose=purpose,
                key=key.public,
                signs_from=NOW - timedelta(days=1),
                distrusted_from=NOW if distrusted and purpose is Purpose.CARD else None,
            )
            for purpose, key in self.keys.items()
            if purpose is not without
        )
        roots = () if without else self.roots()
        city = Issuer(name=Text(zh="上海", en="Shanghai"), keys=keys, roots=roots)
        return super(MdocWorld, self).trust(issuers=(city,), **dates)
