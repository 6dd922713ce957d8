"""The card: no time limit for claiming it, no physical card needed for it."""

from .no_claim_deadline import claim_refusals
from .physical_is_optional import use_refusals

__all__ = ["claim_refusals", "use_refusals"]
