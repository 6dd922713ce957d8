"""Numbers that people copy from paper: random, so that knowing one tells nothing about another."""

import secrets

# No I, L, O, U, 0 or 1: read aloud or off a print, they are taken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_number(*, prefix: str, length: int) -> str:
    """Return a prefix and so many random characters; 12 of them give 59 bits."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(length))
