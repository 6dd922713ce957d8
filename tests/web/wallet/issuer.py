"""The city's issuer in memory, for pages that register a device or print a notice; and how its codes are judged."""

from datetime import UTC, datetime, timedelta

from rongka.credential import (
    Challenge,
    Issuer,
    LocalSigner,
    Purpose,
    SoftwareKey,
    TrustedKey,
    TrustList,
    Verdict,
    judge,
    sign_trust_list,
    verify_status_list,
    verify_trust_list,
)
from rongka.registers.issuance.commands import Issuing
from rongka.registers.issuance.queries import published_status_lists
from rongka.text import Text

URL = "https://city.example"
ANCHOR = SoftwareKey.generate()
KEYS = {purpose: SoftwareKey.generate() for purpose in Purpose}


def issuing() -> Issuing:
    """Give what `settings.RONGKA_ISSUING` names."""
    return Issuing(url=URL, signer=LocalSigner(KEYS))


def verdict_on(code: str, *, challenge: Challenge | None = None) -> Verdict:
    """Judge a code as a scanner with fresh lists does."""
    now = datetime.now(UTC)
    begun = now - timedelta(days=1)
    keys = tuple(TrustedKey(purpose=purpose, key=key.public, signs_from=begun) for purpose, key in KEYS.items())
    city = Issuer(name=Text(zh="测试市", en="Test city"), keys=keys)
    listed = TrustList(issuers=(city,), issued_at=now, next_update=now + timedelta(days=30))
    trust = verify_trust_list(token=sign_trust_list(trust=listed, anchor=ANCHOR), anchor=ANCHOR.public)
    lists = [verify_status_list(token=row.token, trust=trust, now=now) for row in published_status_lists()]
    return judge(code=code, trust=trust, status_lists={one.uri: one for one in lists}, now=now, challenge=challenge)
