"""How fast the credential kit is: costs counted in raw signature checks, beside other people's libraries.

Nothing imports this package but the ``rongka bench`` command. Peers are measured where they are installed.
"""
