"""The work permit itself: no physical ones any more."""

from .no_physical_permit_since_2024_12_01 import physical_permit_refusals

__all__ = ["physical_permit_refusals"]
