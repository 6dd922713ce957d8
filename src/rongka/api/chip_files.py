"""What goes in and out of the interface for passports' chips: the shapes that OpenAPI describes."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from rongka.proofing.chip import NONCE_BYTES
from rongka.proofing.chip.data_groups import MAX_BYTES
from rongka.registers.journal.errors import Invalid
from rongka.rulebook.verification import FIELDS, ChipFacts
from rongka.rulebook.verification.assurance import document_reasons, reason
from rongka.text import Text

if TYPE_CHECKING:
    from rongka.registers.evidence.queries import DocumentCheckCard

MAX_SOD, MAX_SIGNATURE = 32_768, 1_024  # bytes; as `proofing.chip` has them
_HEX = f"^[0-9a-fA-F]{{{2 * NONCE_BYTES}}}$"


class Source(StrEnum):
    """Who hands the files in."""

    APP = "app"
    KIOSK = "kiosk"


def _file(limit: int) -> Any:  # noqa: ANN401 - a type
    """Give the type of a file in base64 (RFC 4648, 4) of at most so many bytes."""
    letters = (limit + 2) // 3 * 4

    def decode(value: object) -> bytes:
        if not isinstance(value, str) or len(value) > letters:
            msg = "not a text of that length"
            raise ValueError(msg)
        return b64decode(value, validate=True)

    schema = {"type": "string", "contentEncoding": "base64", "maxLength": letters}
    return Annotated[bytes, BeforeValidator(decode), WithJsonSchema(schema)]


def _nonce(value: object) -> bytes:
    if not isinstance(value, str):
        msg = "not a text"
        raise ValueError(msg)  # noqa: TRY004 - what pydantic takes for invalid
    return bytes.fromhex(value)


Nonce = Annotated[
    bytes,
    BeforeValidator(_nonce),
    Field(min_length=NONCE_BYTES, max_length=NONCE_BYTES),
    WithJsonSchema({"type": "string", "pattern": _HEX}),
]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class ChipAnswer(_Strict):
    """The chip's answer to our nonce (ICAO 9303-11, 6.1)."""

    nonce: Nonce
    signature: _file(MAX_SIGNATURE)  # type: ignore[valid-type]


class ChipFiles(_Strict):
    """The files as they were read, whole, each in base64."""

    source: Source = Source.APP
    sod: _file(MAX_SOD)  # type: ignore[valid-type]
    dg1: _file(MAX_BYTES[1])  # type: ignore[valid-type]
    dg2: _file(MAX_BYTES[2]) | None = None  # type: ignore[valid-type]
    dg14: _file(MAX_BYTES[14]) | None = None  # type: ignore[valid-type]
    dg15: _file(MAX_BYTES[15]) | None = None  # type: ignore[valid-type]
    answer: ChipAnswer | None = None


class ChipForm(_Strict):
    """What a form says beside its files."""

    source: Source = Source.APP
    answer_nonce: Nonce | None = None

    def nonce_answered(self) -> bytes:
        """Give the nonce that the chip answered; raise `Invalid` when the form does not say it."""
        if self.answer_nonce is None:
            text = Text(zh="缺少芯片所回答的随机数。", en="The nonce that the chip answered is missing.")
            raise Invalid("request.invalid", text, field="answer_nonce")
        return self.answer_nonce


class Words(Schema):
    """Words in both languages."""

    zh: str
    en: str


class Problem(Schema):
    """Why a request was not carried out. Nothing was written."""

    code: str
    text: Words
    next_step: Words | None = None


class WantedFile(Schema):
    """A file of the chip, by its name here and its tag, and whether it must be there."""

    name: str
    file: str
    first_byte: str
    is_needed: bool
    max_bytes: int


class CheckOut(Schema):
    """One thing that was asked about the chip."""

    name: str
    outcome: str = Field(description="passed, warned, not_done, cannot_tell or failed")
    code: str
    text: Words


class Difference(Schema):
    """A field in which the chip differs from the permit record; the values are not told."""

    field: str
    text: Words


class Reason(Schema):
    """Why it does not go on with this, and what to do."""

    code: str
    text: Words
    next_step: Words


class ResultOut(Schema):
    """What came of a check. Only `agrees` lets the holder go on; what cannot be verified is never a pass."""

    status: str = Field(description="pass, fail or cannot_verify")
    level: str = Field(description="none, L2 (the data are the state's) or L3 (and the chip is the original)")
    agrees: bool = Field(description="it passed, and it is the passport on record")
    differences: list[Difference]
    has_portrait: bool = Field(description="a picture was kept, to compare the face with")
    checks: list[CheckOut]
    reasons: list[Reason]
    trust_list_version: str
    checked_at: datetime


class PairingOut(Schema):
    """A pairing, and the newest result that belongs to it."""

    is_open: bool
    expires_at: datetime
    chip_nonce: str = Field(pattern=_HEX, description="eight bytes for INTERNAL AUTHENTICATE")
    files: list[WantedFile]
    result: ResultOut | None


def file_rows() -> list[dict[str, Any]]:
    """Give the files that are wanted. Fingerprints (DG3) and irises (DG4) never are."""
    rows = [
        ("sod", "EF.SOD", "77", True, MAX_SOD),
        ("dg1", "EF.DG1", "61", True, MAX_BYTES[1]),
        ("dg2", "EF.DG2", "75", True, MAX_BYTES[2]),
        ("dg14", "EF.DG14", "6E", False, MAX_BYTES[14]),
        ("dg15", "EF.DG15", "6F", False, MAX_BYTES[15]),
    ]
    return [dict(zip(WantedFile.model_fields, row, strict=True)) for row in rows]


def result_of(check: DocumentCheckCard) -> dict[str, Any]:
    """Give a check as `ResultOut`: without claims, which are personal data."""
    facts = ChipFacts(status=check.status, differences=check.differences)
    lacking = [reason("no-portrait")] if check.agrees and not check.has_portrait else []
    return {
        "status": check.status,
        "level": check.level,
        "agrees": check.agrees,
        "differences": [{"field": name, "text": _words(FIELDS[name])} for name in check.differences],
        "has_portrait": check.has_portrait,
        "checks": [
            {name: row[name] for name in ("name", "outcome", "code")} | {"text": {"zh": row["zh"], "en": row["en"]}}
            for row in check.result["checks"]
        ],
        "reasons": [
            {"code": row.code, "text": _words(row.text), "next_step": _words(row.next_step)}
            for row in (*document_reasons(facts), *lacking)
        ],
        "trust_list_version": check.result["trust_list_version"],
        "checked_at": check.at,
    }


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
