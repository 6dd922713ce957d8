"""The residence permit: which papers are enough."""

from .notice_or_card_with_passport import papers_for_residence

__all__ = ["papers_for_residence"]
