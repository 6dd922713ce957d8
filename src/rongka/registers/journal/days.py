"""Which day an instant falls on, where this city is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime

CITY_TIME = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """Return the local date of an instant: deadlines of law count local days."""
    return at.astimezone(CITY_TIME).date()
