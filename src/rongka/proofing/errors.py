"""What goes wrong with a passport's data.

MrzError        the machine readable zone cannot be read or written; holds one MrzProblem or more
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
