"""What the comparison of a face says, as a reviewer reads it: the score on its scale, the challenge, their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from rongka.proofing.face.results import PersonStatus
from rongka.text import Text
from rongka.web.components.parts import Row, Status, StatusKind
from rongka.web.components.words import in_page_language, typed

from . import showing
from .showing import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from rongka.registers.identity.queries import ReviewCase


MADE: Final = Text("在限时内按顺序完成", "Made in their order, in time")
NOT_MADE: Final = Text("没有按要求完成", "Not made as asked for")
CERTIFIED: Final = Text("已按ISO/IEC 30107-3检测", "By ISO/IEC 30107-3")
NOT_CERTIFIED: Final = Text("未经检测", "Not tested")
MARKER: Final = 6
WIDTH: Final = 600  # of the drawing, in its own units: a cosine of 1
STATUSES: Final = {
    PersonStatus.PASS: Status(StatusKind.DONE, Text("高于上限", "Above the upper threshold")),
    PersonStatus.REVIEW: Status(StatusKind.ATTENTION, Text("介于两限之间，请细看", "Between the two: look closely")),
    PersonStatus.FAIL: Status(StatusKind.REFUSED, Text("低于下限", "Below the lower threshold")),
    PersonStatus.CANNOT_VERIFY: Status(StatusKind.ATTENTION, Text("无法比对，不等于通过", "Could not be compared")),
}
TURNS: Final = {
    "ahead": Text("正对镜头", "straight ahead"),
    "left": Text("向左", "left"),
    "right": Text("向右", "right"),
    "up": Text("抬头", "up"),
    "down": Text("低头", "down"),
}
UNCALIBRATED: Final = Text(
    "阈值未经校准：没有人测量过它们在本市人群中出错的比例。分数只供参考，由您对照照片判断。",
    "The thresholds are uncalibrated: nobody has measured how often they are wrong for the people of this city. "
    "The score is a hint; you compare the pictures.",
)
LIMITS: Final = Text(
    "转头动作可挡住举照片冒充的人，挡不住面具、播放录像和虚拟摄像头；未经ISO/IEC 30107-3检测。",
    "The head turns stop a photo held up to the camera. They stop no mask, no replayed video and no injected camera; "
    "they were not tested by ISO/IEC 30107-3.",
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The score among its thresholds, in units of the drawing and in words."""

    words: str
    review_from: int
    pass_from: int
    marker: int

    @property
    def between(self) -> int:
        """How wide the part between the thresholds is."""
        return self.pass_from - self.review_from

    @property
    def marker_from(self) -> int:
        """Where the marker begins, so that it stands inside the drawing."""
        return min(max(self.marker - MARKER // 2, 0), WIDTH - MARKER)

    @property
    def above(self) -> int:
        """How wide the part above the upper threshold is."""
        return WIDTH - self.pass_from


@dataclass(frozen=True, slots=True)
class FaceEvidence:
    """One comparison, ready to be drawn by `desks/face_evidence.html`."""

    status: Status
    scale: Scale | None
    rows: Sequence[Row]
    kept: Sequence[Row]
    uncalibrated: Text
    limits: SafeString | str


def face_evidence(case: ReviewCase) -> FaceEvidence:
    """Return what was found when the face was compared."""
    result, score = case.result, case.result["score"]
    thresholds = result["thresholds"]
    scale = None
    if score is not None:
        scale = scale_of(score=score, review_from=thresholds["review_at"], pass_from=thresholds["pass_at"])
    return FaceEvidence(
        status=STATUSES[PersonStatus(result["status"])],
        scale=scale,
        rows=_rows(case),
        kept=_kept(result),
        uncalibrated=UNCALIBRATED,
        limits=typed(in_page_language(LIMITS)),
    )


def scale_of(*, score: float, review_from: float, pass_from: float) -> Scale:
    """Lay a cosine between 0 and 1; one below zero stands at the left end."""
    words = _("Likeness %(score)s. Below %(lower)s not alike, from %(upper)s alike; in between, look closely.") % {
        "score": f"{score:.3f}",
        "lower": f"{review_from:.3f}",
        "upper": f"{pass_from:.3f}",
    }
    return Scale(words, *(round(max(0.0, min(1.0, one)) * WIDTH) for one in (review_from, pass_from, score)))


def turns_in_words(turns: Sequence[str]) -> Text:
    """Say which turns were asked for, in their order."""
    known = [TURNS[turn] for turn in turns]
    return Text("、".join(one.zh for one in known), ", then ".join(one.en for one in known))


def _rows(case: ReviewCase) -> list[Row]:
    liveness, challenge = case.result["liveness"], case.challenge
    tested = CERTIFIED if liveness["certified"] else NOT_CERTIFIED
    return [
        Row(Text("要求的动作", "What was asked for"), turns_in_words(challenge["turns"])),
        Row(Text("动作", "The movements"), MADE if liveness["result"] == PersonStatus.PASS else NOT_MADE),
        Row(Text("限时", "Time given"), _seconds(challenge["window_seconds"])),
        Row(Text("活体检测认证", "Tested against attacks"), typed(in_page_language(tested))),
        Row(Text("图像数", "Pictures taken"), str(len(case.looks))),
        *_noted(case.result),
        Row(Text("方法", "Method"), number(case.result["method"])),
    ]


def _noted(result: dict[str, Any]) -> list[Row]:
    """Say what was wrong with single pictures, and why it was no plain pass."""
    both = [*result["reasons"], *result["findings"]]
    texts = [Text(one["text"]["zh"], one["text"]["en"]) for one in both]
    return [Row(Text("发现的问题", "What was noticed"), showing.in_lines(texts))] if texts else []


def _seconds(seconds: int) -> Text:
    return Text(f"{seconds}秒", f"{seconds} seconds")


def _kept(result: dict[str, Any]) -> list[Row]:
    return [
        *(Row(Text("模型", "Model"), number(one)) for one in result["model_hashes"]),
        *(Row(Text("图像", "Picture"), number(one)) for one in result["frame_hashes"]),
    ]
