"""The work permit notice: how long it serves for the visa."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.parameters import Parameter, parameter

if TYPE_CHECKING:
    from datetime import date


def notice_validity(*, on: date) -> Parameter:
    """Return how many days a notice issued on that day serves for the visa.

    No official source is known; of the figures in use the longest refuses nobody too early.
    """
    return parameter("notice.visa-validity-longest", on=on)
