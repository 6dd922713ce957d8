"""Words that somebody typed and that will stand in a signed code: one line, nothing that cannot be shown."""

from .errors import TooLong, Unprintable

MAX_WORDS = 120  # characters: as many as the records hold, and fewer than a code does


def one_line(words: str, *, field: str, most: int = MAX_WORDS) -> str:
    """Return the words with plain single spaces; raise `TooLong`, or `Unprintable` for what cannot be shown.

    Chinese keyboards type U+3000 as a space, and pages that are copied from hold U+00A0 and U+200B.
    """
    plain = " ".join(words.split())
    if not plain.isprintable():
        raise Unprintable(field)
    if len(plain) > most:
        raise TooLong(field)
    return plain
