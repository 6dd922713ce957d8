"""A made-up city to measure with: its keys, lists and one worker, at the moment that it is given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from rongka.credential.claims import CardClaims, NoticeClaims, Sex
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.documents import Purpose, StatusReference
from rongka.credential.issuing import LocalSigner, issue_card_cwt, issue_printed_code
from rongka.credential.keys import SoftwareKey
from rongka.credential.live_code import present_live_code
from rongka.credential.mdoc import issue_mdoc, openid4vp_transcript, present_mdoc
from rongka.credential.sd_jwt import issue_sd_jwt_vc, present_sd_jwt_vc
from rongka.credential.trust_list import (
    Issuer,
    TrustedKey,
    TrustedRoot,
    TrustList,
    VerifiedTrustList,
    sign_trust_list,
    verify_trust_list,
)
from rongka.text import Text

AUDIENCE: Final = "x509_san_dns:verifier.example"
NONCE: Final = "n-0S6_WzA2Mj"
RESPONSE_URI: Final = "https://verifier.example/response"
ISSUER: Final = "https://rongka.example"
FOUR: Final = ("name", "category", "employer_name", "post")
_DAY: Final = timedelta(days=1)
_STATUS: Final = StatusReference(uri="https://rongka.example/s/1", index=70_021)
_EMPLOYER: Final = "上海融卡示例国际贸易有限责任公司"


@dataclass(frozen=True)
class Town:
    """What is verified, by whom it was signed, and what a verifier holds; made on first use, the same ever after."""

    now: datetime

    @cached_property
    def keys(self) -> dict[Purpose, SoftwareKey]:
        """The city's keys."""
        return {purpose: SoftwareKey.generate() for purpose in Purpose}

    @cached_property
    def device(self) -> SoftwareKey:
        """The worker's device."""
        return SoftwareKey.generate()

    @cached_property
    def root(self) -> DemoRoot:
        """The root above the city's document signer."""
        return DemoRoot.make(name="bench", valid_from=self.now - _DAY)

    @cached_property
    def trust(self) -> VerifiedTrustList:
        """The verified trust list."""
        begins = self.now - _DAY
        keys = tuple(TrustedKey(purpose=p, key=key.public, signs_from=begins) for p, key in self.keys.items())
        root = TrustedRoot(
            purpose=Purpose.CARD,
            certificate=self.root.certificate,
            signs_from=begins,
            signs_until=self.now + 365 * _DAY,
        )
        issuer = Issuer(name=Text(zh="测试市", en="Bench"), keys=keys, roots=(root,))
        trust = TrustList(issuers=(issuer,), issued_at=self.now, next_update=self.now + 30 * _DAY)
        anchor = SoftwareKey.generate()
        return verify_trust_list(token=sign_trust_list(trust=trust, anchor=anchor), anchor=anchor.public)

    @cached_property
    def card(self) -> CardClaims:
        """The claims of an ordinary worker."""
        today = self.now.date()
        return CardClaims(
            permit_number="310000202501234",
            name_viz="NGUYEN, VAN AN",
            name_mrz="NGUYEN<<VAN<AN",
            sex=Sex.MALE,
            nationality="VNM",
            birth_date=date(1990, 4, 5),
            passport_masked="C***4567",
            category="B",
            employer_name=_EMPLOYER,
            employer_credit_code="91350100M000100Y43",
            post="软件工程师",
            work_place="上海市浦东新区",
            valid_from=today - 30 * _DAY,
            valid_until=today + 365 * _DAY,
        )

    @cached_property
    def notice(self) -> NoticeClaims:
        """The claims of a notice."""
        return NoticeClaims(
            notice_number="SH2026000123",
            name_viz="MÜLLER, ANNA MARIA",
            name_mrz="MUELLER<<ANNA<MARIA",
            nationality="DEU",
            passport_masked="C***1234",
            category="A",
            employer_name=_EMPLOYER,
            post="工程师",
            valid_until=self.now.date() + 60 * _DAY,
        )

    def printed_code(self) -> str:
        """Issue a printed code."""
        signer = LocalSigner(self.keys)
        return issue_printed_code(claims=self.notice, issued_at=self.now, signer=signer, status=_STATUS)

    def card_cwt(self) -> bytes:
        """Issue a card as CWT."""
        return issue_card_cwt(
            claims=self.card,
            device_key=self.device.public,
            status=_STATUS,
            issued_at=self.now,
            signer=LocalSigner(self.keys),
        )

    @cached_property
    def live_code(self) -> str:
        """Give a live code, made now."""
        return present_live_code(card_cwt=self.card_cwt(), device=self.device, presented_at=self.now)

    def sd_jwt(self) -> str:
        """Issue the card as SD-JWT VC."""
        return issue_sd_jwt_vc(
            claims=self.card,
            holder_key=self.device.public,
            status=_STATUS,
            issuer=ISSUER,
            issued_at=self.now,
            key=self.keys[Purpose.CARD],
        )

    def present_sd_jwt(self, sd_jwt: str) -> str:
        """Present four elements of an SD-JWT VC, bound to the verifier."""
        return present_sd_jwt_vc(
            sd_jwt=sd_jwt, disclose=FOUR, holder=self.device, audience=AUDIENCE, nonce=NONCE, presented_at=self.now
        )

    @cached_property
    def transcript(self) -> bytes:
        """The session transcript of an OpenID4VP request."""
        return openid4vp_transcript(client_id=AUDIENCE, nonce=NONCE, response_uri=RESPONSE_URI, encryption_key=None)

    @cached_property
    def certificate(self) -> bytes:
        """The document signer's certificate (DER)."""
        return self.root.certify(key=self.keys[Purpose.CARD].public, valid_from=self.now - _DAY)

    def mdoc(self) -> bytes:
        """Issue the card as mdoc."""
        return issue_mdoc(
            claims=self.card,
            device_key=self.device.public,
            status=_STATUS,
            issued_at=self.now,
            key=self.keys[Purpose.CARD],
            certificate=self.certificate,
        )

    @cached_property
    def device_response(self) -> bytes:
        """Present all twelve elements of an mdoc."""
        from rongka.credential.document_types import elements_of  # noqa: PLC0415

        return present_mdoc(
            issuer_signed=self.mdoc(),
            disclose=tuple(elements_of(self.card)),
            device=self.device,
            session_transcript=self.transcript,
        )
