"""Errors of the people's register.

RegisterError
├── Invalid
│   ├── MrzInvalid           the machine-readable zone fails a check
│   ├── PassportExpired
│   └── NamesDiffer          printed name and MRZ name cannot be the same person's
└── Conflict
    └── PassportOfAnother    this passport is recorded with other data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.journal.errors import Conflict, Invalid
from rongka.rulebook.sources import named_source
from rongka.text import Text

if TYPE_CHECKING:
    from rongka.proofing.mrz import MrzError


class MrzInvalid(Invalid):
    """ICAO 9303-4: a check digit or a field of the machine-readable zone is wrong."""

    source = named_source("machine-readable-zone")

    def __init__(self, cause: MrzError) -> None:
        """Take code and words from the parser, which names the field."""
        super().__init__(
            cause.code,
            cause.text,
            next_step=Text(
                zh="请对照护照资料页底部两行逐位核对。", en="Compare it with the two bottom lines of the data page."
            ),
            field="mrz",
        )


class PassportExpired(Invalid):
    """The passport is no longer valid on the day of the act."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "passport.expired",
            Text(zh="护照已过期。", en="The passport has expired."),
            next_step=Text(zh="请使用有效护照办理。", en="Use a passport that is valid."),
            field="mrz",
        )


class NamesDiffer(Invalid):
    """The printed name does not fit the MRZ's."""

    source = named_source("names")

    def __init__(self, explanation: Text) -> None:
        """Carry the matcher's explanation."""
        super().__init__(
            "passport.names-differ",
            explanation,
            next_step=Text(
                zh="请按护照资料页所印姓名填写；多个名字请全部填写。",
                en="Write the name as printed on the data page, with every given name.",
            ),
            field="surname",
        )


class PassportOfAnother(Conflict):
    """The passport is on record for somebody with another birth date or sex."""

    def __init__(self) -> None:
        """Say so, and nothing about the other person."""
        super().__init__(
            "passport.of-another",
            Text(zh="该护照号码已登记于另一人名下。", en="This passport is on record for another person."),
            next_step=Text(
                zh="请核对证件；如无误，请联系许可机关。", en="Check the document; if it is right, ask the authority."
            ),
            field="mrz",
        )
