"""Rongka: work permit and electronic social security card as one verifiable card."""
