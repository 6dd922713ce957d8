"""Words that somebody typed and that will stand in a signed code: one line, nothing that cannot be shown."""

from .errors import Unprintable


def one_line(words: str, *, field: str) -> str:
    """Return the words with plain single spaces; raise `Unprintable` for control and invisible characters.

    Chinese keyboards type U+3000 as a space, and pages that are copied from hold U+00A0 and U+200B.
    """
    plain = " ".join(words.split())
    if not plain.isprintable():
        raise Unprintable(field)
    return plain
