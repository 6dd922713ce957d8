"""The machine readable zone of a passport: TD3, two lines of 44 characters (ICAO 9303-4, section 4.2).

All five check digits are verified. The name line has none, so a wrong letter in a name is not seen here.
"""

from rongka.proofing.errors import MrzError, MrzProblem
from rongka.proofing.mrz.layout import Sex, check_digit
from rongka.proofing.mrz.reading import Mrz, parse_td3
from rongka.proofing.mrz.writing import build_td3, mrz_names

__all__ = ["Mrz", "MrzError", "MrzProblem", "Sex", "build_td3", "check_digit", "mrz_names", "parse_td3"]
