"""Legal identifiers, checked for real: the unified social credit code and the permanent resident's number."""

from .credit_code import CreditCode, parse_credit_code
from .errors import IdentifierError
from .resident_id import ResidentId, parse_resident_id

__all__ = ["CreditCode", "IdentifierError", "ResidentId", "parse_credit_code", "parse_resident_id"]
