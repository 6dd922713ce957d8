"""A small world to test the kit in: a city with its keys, an anchor, one worker with one device, at one moment."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from rongka.credential import (
    CardClaims,
    Issuer,
    LocalSigner,
    NoticeClaims,
    Purpose,
    Sex,
    SoftwareKey,
    Status,
    StatusList,
    StatusReference,
    TrustedKey,
    TrustList,
    Verdict,
    VerifiedStatusList,
    VerifiedTrustList,
    issue_card_cwt,
    issue_printed_code,
    judge,
    present_live_code,
    sign_trust_list,
    status_claim_set,
    verify_status_list,
    verify_trust_list,
)
from rongka.credential.payment import PaymentClaims
from rongka.text import Text

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LIST_URI = "https://rongka.example/s/1"
INDEX = 70_021

ORDINARY = CardClaims(
    permit_number="310000202501234",
    name_viz="NGUYEN, VAN AN",
    name_mrz="NGUYEN<<VAN<AN",
    sex=Sex.MALE,
    nationality="VNM",
    birth_date=date(1990, 4, 5),
    passport_masked="C***4567",
    category="B",
    employer_name="上海融卡示例国际贸易有限责任公司",
    employer_credit_code="91350100M000100Y43",
    post="软件工程师",
    work_place="上海市浦东新区",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
)
LONGEST = CardClaims(
    permit_number="310000202501239",
    name_viz="WOLFESCHLEGELSTEINHAUSENBERGERDORFF, HUBERT BLAINE",
    name_mrz="WOLFESCHLEGELSTEINHAUSENBERGERDORFF<<HU",
    name_zh="休伯特·沃尔夫施莱格",
    sex=Sex.MALE,
    nationality="DEU",
    birth_date=date(1968, 2, 29),
    passport_masked="C***4567",
    category="A",
    employer_name="上海浦东新区融卡示例国际贸易与跨境数字服务咨询管理有限责任公司第一分公司",
    employer_credit_code="91350100M000100Y43",
    post="人工智能与大数据平台研发总监",
    work_place="中国（上海）自由贸易试验区世纪大道100号",
    valid_from=date(2026, 1, 1),
    valid_until=date(2030, 12, 31),
)
NOTICE = NoticeClaims(
    notice_number="SH2026000123",
    name_viz="MÜLLER, ANNA MARIA",
    name_mrz="MUELLER<<ANNA<MARIA",
    nationality="DEU",
    passport_masked="C***1234",
    category="A",
    employer_name="上海融卡示例国际贸易有限责任公司",
    post="工程师",
    valid_until=date(2027, 2, 1),
)
PAYMENT = PaymentClaims(
    permit_number="310000202501234",
    name_viz="NGUYEN, VAN AN",
    name_mrz="NGUYEN<<VAN<AN",
    passport_masked="C***4567",
    employer_name="上海融卡示例国际贸易有限责任公司",
    employer_credit_code="91350100M000100Y43",
    first_month="2025-11",
    last_month="2026-10",
    months_paid=12,
    insurances=("pension", "medical", "work_injury"),
    valid_until=date(2027, 2, 1),
)


@dataclass
class World:
    """Everything a verdict depends on; tests change one thing and judge."""

    now: datetime = NOW
    anchor: SoftwareKey = field(default_factory=SoftwareKey.generate)
    device: SoftwareKey = field(default_factory=SoftwareKey.generate)
    keys: dict[Purpose, SoftwareKey] = field(
        default_factory=lambda: {purpose: SoftwareKey.generate() for purpose in Purpose}
    )

    @property
    def signer(self) -> LocalSigner:
        return LocalSigner(self.keys)

    def card(self, claims: CardClaims = ORDINARY, *, issued_at: datetime = NOW) -> bytes:
        return issue_card_cwt(
            claims=claims,
            device_key=self.device.public,
            status=StatusReference(uri=LIST_URI, index=INDEX),
            issued_at=issued_at,
            signer=self.signer,
        )

    def live_code(self, claims: CardClaims = ORDINARY, **changes) -> str:
        given = {"card_cwt": self.card(claims), "device": self.device, "presented_at": self.now}
        return present_live_code(**given | changes)

    def printed_code(self, claims: NoticeClaims = NOTICE) -> str:
        return issue_printed_code(
            claims=claims,
            issued_at=self.now,
            signer=self.signer,
            status=StatusReference(uri=LIST_URI, index=INDEX),
        )

    def trust(self, **changes) -> VerifiedTrustList:
        rows = tuple(
            TrustedKey(purpose=purpose, key=key.public, signs_from=NOW - timedelta(days=1))
            for purpose, key in self.keys.items()
        )
        given = {
            "issuers": (Issuer(name=Text(zh="上海", en="Shanghai"), keys=rows),),
            "issued_at": NOW,
            "next_update": NOW + timedelta(days=30),
        }
        token = sign_trust_list(trust=TrustList(**given | changes), anchor=self.anchor)
        return verify_trust_list(token=token, anchor=self.anchor.public)

    def status_token(self, status: Status = Status.VALID, *, issued_at: datetime = NOW, uri: str = LIST_URI) -> bytes:
        entries = StatusList(size=1 << 17)
        entries.set(INDEX, status)
        claim_set = status_claim_set(
            uri=uri,
            entries=entries,
            issued_at=issued_at,
            expires_at=issued_at + timedelta(days=2),
            ttl=timedelta(hours=1),
        )
        return self.signer.sign_status_list(claim_set=claim_set)

    def status_lists(self, status: Status = Status.VALID, **changes) -> dict[str, VerifiedStatusList]:
        token = self.status_token(status, **changes)
        verified = verify_status_list(token=token, trust=self.trust(), now=self.now)
        return {verified.uri: verified}

    def judge(self, code: str | None = None, **changes) -> Verdict:
        given = {
            "code": self.live_code() if code is None else code,
            "trust": self.trust(),
            "status_lists": self.status_lists(),
            "now": self.now,
        }
        return judge(**given | changes)
