"""Passport and person: the machine readable zone and the matching of names; no clock, no I/O.

Import from the modules: ``rongka.proofing.mrz``, ``rongka.proofing.names``, ``rongka.proofing.display``.
"""
