"""What a proof of payment (社会保险缴费凭证) says: for which months social insurance was paid, by whom and for whom.

It exists as SD-JWT VC and as mdoc only; no code that a camera reads carries it.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from rongka.credential.errors import ClaimsError
from rongka.credential.fields import checked_text

# The five social insurances (Social Insurance Law, art. 2).
INSURANCES: Final = ("pension", "medical", "work_injury", "unemployment", "maternity")
_MONTH: Final = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")
_TEXTS: Final = (
    "permit_number",
    "name_viz",
    "name_mrz",
    "passport_masked",
    "employer_name",
    "employer_credit_code",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentClaims:
    """Months are ``YYYY-MM`` and both inclusive; `months_paid` counts the paid ones among them.

    `insurances` are codes of `INSURANCES`, each once. On `valid_until`, at 00:00 in China, the proof ends.
    """

    permit_number: str
    name_viz: str
    name_mrz: str
    passport_masked: str
    employer_name: str
    employer_credit_code: str
    first_month: str
    last_month: str
    months_paid: int
    insurances: tuple[str, ...]
    valid_until: date

    def __post_init__(self) -> None:
        """Refuse claims that could not be shown or do not agree with each other."""
        for name in _TEXTS:
            checked_text(getattr(self, name), name=name)
        span = _months(self.last_month) - _months(self.first_month) + 1
        if not 0 < self.months_paid <= span:
            raise ClaimsError("more months paid than the period has, or none")
        checked_insurances(self.insurances, name="insurances")


def checked_month(value: object, *, name: str) -> str:
    """Give a month written ``YYYY-MM``; raise `ClaimsError` for anything else."""
    if type(value) is not str or not _MONTH.fullmatch(value):
        raise ClaimsError(f"{name} is no month")
    return value


def checked_insurances(value: object, *, name: str) -> tuple[str, ...]:
    """Give a list of insurances as a tuple, each a code of `INSURANCES` and there once; raise `ClaimsError` else."""
    if not isinstance(value, list | tuple) or not 0 < len(value) <= len(INSURANCES):
        raise ClaimsError(f"{name} is no list of insurances")
    if any(code not in INSURANCES for code in value) or len(set(value)) != len(value):
        raise ClaimsError(f"{name} names an insurance twice, or one that we do not know")
    return tuple(value)


def _months(month: str) -> int:
    year, number = checked_month(month, name="a month of payment").split("-")
    return 12 * int(year) + int(number)
