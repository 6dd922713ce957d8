"""Checks of a card or a notice, and the filing of an inspection."""
