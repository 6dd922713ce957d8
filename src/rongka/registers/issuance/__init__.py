"""Devices, the credentials made for them, printed codes, status lists and trust list."""
