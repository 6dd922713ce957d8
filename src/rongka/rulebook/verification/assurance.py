"""What the facts of an online verification lead to: a review, another try, the counter, or a refusal.

A pure table of answers: who asks brings the facts. Whatever cannot be verified is never a pass, and the counter is open
in every case. The words and their source are in `assurance.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.sources import Source, read_source
from rongka.rulebook.titled import TitledEnum
from rongka.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Way(TitledEnum):
    """Where the facts lead; the order is from the least to the most that stands in the way."""

    BIND_NEEDS_REVIEW = "bind-needs-review"
    AGAIN = "again"
    COUNTER = "counter"
    REFUSE = "refuse"

    def _find_title(self) -> Text:
        return data.text(_file()["way"][self.value])


class FaceVerdict(StrEnum):
    """What a comparison of faces said."""

    PASS = "pass"  # noqa: S105  # no password
    REVIEW = "review"
    FAIL = "fail"
    CANNOT_VERIFY = "cannot_verify"


@dataclass(frozen=True, slots=True)
class ChipFacts:
    """What a check of a passport's chip said; `status` is pass, fail or cannot_verify.

    `is_copy` says that the chip was asked whether it is the original and answered wrongly.
    """

    status: str
    differences: tuple[str, ...] = ()
    is_original: bool = False
    is_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """What is known of one online verification; `face` is None while nobody has looked.

    `is_portrait_ending` says that the portrait is to be deleted before a review has its time.
    """

    has_consent: bool
    chip: ChipFacts | None
    has_portrait: bool
    tries_left: int
    is_expired: bool = False
    is_portrait_ending: bool = False
    face: FaceVerdict | None = None
    is_live: bool = False


@dataclass(frozen=True, slots=True)
class ProofReason:
    """Why it does not go on: a stable code, the words, what to do next."""

    code: str
    way: Way
    text: Text
    next_step: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where the facts lead, and why; without a reason only to the review."""

    way: Way
    reasons: tuple[ProofReason, ...] = ()


def before_the_face(facts: ProofFacts) -> Judgement | None:
    """Say why the face cannot be looked at yet; None when it can."""
    reasons = [*_before(facts)]
    if facts.tries_left < 1:
        reasons.append(reason("no-tries-left"))
    return judged(reasons) if reasons else None


def judge_proof(facts: ProofFacts) -> Judgement:
    """Say where a verification leads once the face was looked at. `tries_left` counts those after this one."""
    reasons = [*_before(facts)] or [*_by_face(facts)]
    if reasons and facts.tries_left < 1 and judged(reasons).way is Way.AGAIN:
        reasons.append(reason("no-tries-left"))
    return judged(reasons) if reasons else Judgement(Way.BIND_NEEDS_REVIEW)


def passport_replaced() -> Judgement:
    """Say that the passport on record is not the one that was read, so that nothing rests on it any more."""
    return judged([reason("passport-replaced")])


def passport_expired() -> Judgement:
    """Say that the passport's last day is over."""
    return judged([reason("document-expired")])


def judged(reasons: Iterable[ProofReason]) -> Judgement:
    """Take of several reasons the way of the one that weighs most."""
    found = tuple(reasons)
    return Judgement(max((one.way for one in found), key=list(Way).index), found)


def document_reasons(chip: ChipFacts) -> Iterator[ProofReason]:
    """Yield what is wrong with a chip that was read."""
    if chip.status == "fail":
        yield reason("document-failed")
    elif chip.status != "pass":
        yield reason("document-cannot-be-verified")
    elif chip.differences:
        yield reason("document-differs", fields=[FIELDS[name] for name in chip.differences])


def reason(name: str, *, fields: Iterable[Text] = ()) -> ProofReason:
    """Return the reason of that name, with the fields that it speaks of."""
    table, named = _file()["reason"][name], tuple(fields)
    words = data.text(table["text"])
    return ProofReason(
        code=table["code"],
        way=Way(table["way"]),
        text=Text(
            zh=words.zh.replace("{fields}", "、".join(one.zh for one in named)),
            en=words.en.replace("{fields}", ", ".join(one.en for one in named)),
        ),
        next_step=data.text(table["next_step"]),
        source=read_source(_file()["source"]),
    )


def all_reasons() -> tuple[ProofReason, ...]:
    """Return every reason, in the order of the file; the fields that one would name are left open."""
    return tuple(reason(name, fields=[Text(zh="……", en="…")]) for name in _file()["reason"])


@cache
def rules_version() -> str:
    """Return which edition of words and values judged: the beginning of the SHA-256 of both files."""
    files = (("verification", "assurance.toml"), ("verification", "parameters", "clocks.toml"))
    return sha256(b"".join(data.folder(*parts).read_bytes() for parts in files)).hexdigest()[:16]


def _before(facts: ProofFacts) -> Iterator[ProofReason]:
    if not facts.has_consent:
        yield reason("no-consent")
    if facts.chip is None:
        yield reason("no-document")
        return
    wrong = tuple(document_reasons(facts.chip))
    yield from wrong
    if facts.is_expired:
        yield reason("document-expired")
    if not wrong and not facts.has_portrait:
        yield reason("no-portrait")
    elif not wrong and facts.is_portrait_ending:
        yield reason("chip-read-too-long-ago")


def _by_face(facts: ProofFacts) -> Iterator[ProofReason]:
    if facts.face in {None, FaceVerdict.CANNOT_VERIFY}:
        yield reason("face-cannot-be-verified")
        return
    if facts.face is FaceVerdict.FAIL:
        yield reason("face-differs")
    if not facts.is_live:
        yield reason("not-live")


@cache
def _file() -> data.Table:
    return data.read_table("verification", "assurance.toml")


FIELDS: dict[str, Text] = {name: data.text(table) for name, table in _file()["field"].items()}
"""The fields in which a chip must equal the permit record; the name is never among them."""
