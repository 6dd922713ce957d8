"""How a try to prove oneself online stands, or ended."""

from rongka.rulebook.titled import TitledEnum
from rongka.text import Text


class Outcome(TitledEnum):
    """`OPEN` while the camera runs, `SUBMITTED` while an officer reviews; the others are ends."""

    OPEN = "open"
    FAILED = "failed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    def _find_title(self) -> Text:
        return _TITLES[self]


_TITLES = {
    Outcome.OPEN: Text(zh="进行中", en="Under way"),
    Outcome.FAILED: Text(zh="未成功", en="Not successful"),
    Outcome.SUBMITTED: Text(zh="已提交，待审核", en="Submitted; under review"),
    Outcome.ACCEPTED: Text(zh="审核通过", en="Accepted"),
    Outcome.REJECTED: Text(zh="审核不通过", en="Rejected"),
    Outcome.WITHDRAWN: Text(zh="本人已撤回", en="Withdrawn by the holder"),
    Outcome.LAPSED: Text(zh="逾期未审核，已失效", en="Lapsed without a review"),
}
