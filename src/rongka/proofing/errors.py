"""What goes wrong with a passport's data.

MrzError        the machine readable zone cannot be read or written; holds one MrzProblem or more
PhotoError      a photo off which no zone can be read; holds one MrzProblem
ChipError       what came from a passport's chip does not prove what it should; holds one ChipReason
├── ChipFormatError        bytes that do not have the form they must have, or are too many
├── ChipMismatchError      a signature, a hash, a country or a time that is wrong
├── ChipUnknownError       nothing is wrong, but it cannot be told that it is right: no CSCA, no algorithm of ours
└── TrustStoreError        a master list, a certificate or a revocation list that cannot be trusted or read
FaceError       what has to do with pictures of faces; holds one FaceReason
├── FaceImageError         bytes that are no picture of ours, or too large a one
└── FaceModelsMissing      the models are not installed, or are not those that were examined
"""

from dataclasses import dataclass

from rongka.text import Text


@dataclass(frozen=True, slots=True)
class MrzProblem:
    """One thing wrong in the zone: where it stands, counted from 1, and the check digit that was expected."""

    code: str
    text: Text
    line: int | None = None
    position: int | None = None
    expected: str | None = None


class MrzError(Exception):
    """The zone is refused; ``code`` and ``text`` are those of the first problem, ``problems`` has them all."""

    def __init__(self, *problems: MrzProblem) -> None:
        """Keep the problems in the order in which they stand in the zone."""
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
        self.code = problems[0].code
        self.text = problems[0].text


class PhotoError(Exception):
    """No zone can be read off the photo; `code` is stable."""

    def __init__(self, problem: MrzProblem) -> None:
        """Keep the problem's code and words."""
        super().__init__(problem.code)
        self.code = problem.code
        self.text = problem.text


@dataclass(frozen=True, slots=True)
class ChipReason:
    """Why a chip is refused or cannot be judged; ``code`` is stable, the words never repeat the chip's data."""

    code: str
    text: Text


class ChipError(Exception):
    """Root of what can go wrong with a chip; hostile bytes raise a subclass of it and nothing else."""

    def __init__(self, reason: ChipReason) -> None:
        """Keep the reason's code and words."""
        super().__init__(reason.code)
        self.code = reason.code
        self.text = reason.text


class ChipFormatError(ChipError):
    """Bytes that do not have the form they must have."""


class ChipMismatchError(ChipError):
    """A signature, a hash, a country or a time that is wrong: the document fails."""


class ChipUnknownError(ChipError):
    """What we cannot judge: the document is neither passed nor failed."""


class TrustStoreError(ChipError):
    """A list or a certificate of those who sign passports that cannot be trusted or read."""


@dataclass(frozen=True, slots=True)
class FaceReason:
    """Why a picture or a person is refused, or what is wrong with one picture; `code` is stable."""

    code: str
    text: Text


class FaceError(Exception):
    """Root of what can go wrong with pictures of faces; hostile bytes raise a subclass of it and nothing else."""

    def __init__(self, reason: FaceReason) -> None:
        """Keep the reason's code and words."""
        super().__init__(reason.code)
        self.reason = reason
        self.code = reason.code
        self.text = reason.text


class FaceImageError(FaceError):
    """Bytes that are not a picture that we read, or are too many."""


class FaceModelsMissing(FaceError):  # noqa: N818 - it says what happened
    """`rongka[face]` is not installed, or a model's hash is not the pinned one."""
